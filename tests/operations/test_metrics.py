"""What a monitoring system reads, and who may."""

import asyncio
import json
import re
import time
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from loop_guard import LoopGuard
from tests.conftest import Start
from tests.support.live import Live

MONITORING = Path("demo/monitoring")


async def read(live: Live, **headers: str) -> dict[str, float]:
    """Samples by name and labels, as "name{label}"."""
    async with live.browser() as browser:
        answer = await browser.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.text
    return {
        one.name + "".join(f"{{{value}}}" for value in one.labels.values()): one.value
        for family in text_string_to_metric_families(answer.text)
        for one in family.samples
    }


async def test_what_happens_is_counted_and_how_it_stands_is_told(live: Live) -> None:
    async with live.chat() as customer, live.chat() as waiting, live.desk() as maya:
        await customer.ask("what does my excess mean?")
        await waiting.ask_for_person()
        await waiting.send("confirm_handover")
        await maya.accept(waiting.conversation_id)
        found = await read(live)
    assert found["switchboard_conversations_started_total{chat}"] == 2
    assert found["switchboard_turn_seconds_count"] >= 2
    assert 0 < found["switchboard_turn_seconds_sum"] < 60
    assert found["switchboard_offers_total{accepted}"] == 1
    assert found["switchboard_queue_wait_seconds_count"] == 1
    assert found["switchboard_operators{available}"] == 1
    assert found["switchboard_operator_load"] == 1
    assert found["switchboard_customers_online"] == 2
    assert found["switchboard_agent_ready"] == found["switchboard_leads"] == found["switchboard_processes"] == 1
    assert all(value == 0 for name, value in found.items() if name.startswith("switchboard_worker_failures"))


async def test_only_this_machine_asks_or_who_shows_the_token(start: Start) -> None:
    async with start() as live, live.browser() as browser:
        assert (await browser.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"})).status_code == 403
    async with start(metrics_token="a token of ours") as live, live.browser() as browser:
        assert (await browser.get("/metrics")).status_code == 403
        assert (await browser.get("/metrics", headers={"Authorization": "Bearer wrong"})).status_code == 403
        assert await read(live, Authorization="Bearer a token of ours")


async def test_rules_and_dashboard_name_what_there_is(live: Live) -> None:
    async with live.browser() as browser:
        text = (await browser.get("/metrics")).text
    known = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    rules = yaml.safe_load((MONITORING / "prometheus-rules.yaml").read_text())
    dashboard = json.loads((MONITORING / "grafana-dashboard.json").read_text())
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    asked += [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    for expression in asked:
        for name in re.findall(r"switchboard_\w+", expression):
            assert re.sub(r"_(bucket|count|sum)$", "", name) in known or name in known, name


async def test_whatever_holds_the_loop_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    guard = LoopGuard()
    guard.start()
    try:
        await asyncio.sleep(0.1)
        hold_everybody_up()
        await asyncio.sleep(0.05)
    finally:
        guard.stop()
    said = capsys.readouterr().out
    assert "the event loop is held" in said
    assert "hold_everybody_up" in said
    assert 0.1 < guard.take_longest() < 5
    assert guard.take_longest() == 0


def hold_everybody_up() -> None:
    time.sleep(0.3)
