"""A tenant's own tools on real servers: what goes out and comes in is checked, and nothing breaks a turn."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from agent.tools import Tools
from agent.tools.declared import ToolsInvalid, parse_tools
from conversation import Assurance
from tests.support.process import ROOT, free_port

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
BASE = {"label": "looked for a garage", "needs": "nobody", "arguments": {"postcode": "string"}, "timeout": 20}
GIVES = {"name": "string", "phone": {"type": "string", "needs": "verified"}}


@asynccontextmanager
async def listening(*command: str, port: int) -> AsyncIterator[str]:
    """A process until the block ends, once its port takes connections; the address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(60):
            while True:
                assert process.returncode is None, "the server ended"
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    break
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
async def garages() -> AsyncIterator[str]:
    port = free_port()
    async with listening("-m", "tests.support.outside.garages", str(port), port=port) as address:
        yield address


def tools_of(*declared: dict[str, Any]) -> Tools:
    return Tools(None, None, parse_tools({"tools": list(declared)}))  # type: ignore[arg-type]  # no CRM in these


async def run(tools: Tools, name: str, *, assurance: Assurance = Assurance.UNKNOWN, **arguments: Any) -> Any:
    return await tools.run(
        name, {"conversation_id": "c-1", "key": "c-1-7", "assurance": int(assurance), "secret": "no", **arguments}
    )


async def seen(garages: str) -> list[dict[str, Any]]:
    looking = tools_of(
        {**BASE, "name": "seen", "http": {"url": f"{garages}/seen"}, "result": {"list": "list"}, "arguments": {}}
    )
    found: list[dict[str, Any]] = (await run(looking, "seen")).data["list"]
    return found


async def test_only_declared_arguments_go_out_and_only_declared_fields_come_in(
    garages: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWITCHBOARD_SECRET_GARAGES", "s3cret")
    http = {"url": f"{garages}/near/{{postcode}}", "headers": {"Authorization": "Bearer {secret:GARAGES}"}}
    tools = tools_of({**BASE, "name": "find", "http": http, "result": GIVES})
    result = await run(tools, "find", postcode="HB3 7PL/../{secret:GARAGES}")
    assert (result.is_ok, result.data) == (True, {"name": "Dawson's", "phone": None})
    asked = (await seen(garages))[-2]
    assert asked["path"] == "/near/HB3 7PL/../{secret:GARAGES}"
    assert asked["headers"]["Authorization"] == "Bearer s3cret"
    assert asked["headers"]["Idempotency-Key"] == "c-1-7"


async def test_a_field_is_told_only_to_whom_it_may_be(garages: str) -> None:
    tools = tools_of({**BASE, "name": "find", "http": {"url": f"{garages}/near/x"}, "result": GIVES})
    result = await run(tools, "find", postcode="x", assurance=Assurance.VERIFIED)
    assert result.data["phone"] == "01632 960111"


async def test_a_tool_for_verified_customers_is_refused_to_others(garages: str) -> None:
    tools = tools_of({**BASE, "name": "find", "needs": "verified", "http": {"url": f"{garages}/near/x"}})
    with pytest.raises(PermissionError):
        await run(tools, "find", postcode="x", assurance=Assurance.MATCHED)


async def test_what_changes_something_is_sent_as_a_body_under_its_key(garages: str) -> None:
    http = {"url": f"{garages}/book", "method": "POST"}
    gives = {"slot": "string", "booking": "integer"}
    tools = tools_of({**BASE, "name": "book", "changes": True, "http": http, "result": gives})
    assert not tools.may_run_on_suspicion("book")
    assert (await run(tools, "book", postcode="HB3")).data == {"slot": "Tuesday 09:00", "booking": 77}
    assert (await seen(garages))[-2]["body"] == {"postcode": "HB3"}


@pytest.mark.parametrize("place", ["nonsense", "page", "huge", "away"])
async def test_nonsense_is_a_result_not_an_error(garages: str, place: str) -> None:
    tools = tools_of({**BASE, "name": "find", "http": {"url": f"{garages}/{place}"}, "result": GIVES})
    result = await run(tools, "find", postcode="x")
    assert (result.is_ok, result.is_missing, result.data) == (False, False, {})


async def test_a_late_answer_is_not_waited_for(garages: str) -> None:
    tools = tools_of({**BASE, "name": "find", "timeout": 0.2, "http": {"url": f"{garages}/late"}})
    assert not (await run(tools, "find", postcode="x")).is_ok


async def test_nothing_found_is_told_apart_from_a_fault(garages: str) -> None:
    gives = {"name": "string", "list": "list"}
    tools = tools_of({**BASE, "name": "find", "http": {"url": f"{garages}/nobody"}, "result": gives})
    result = await run(tools, "find", postcode="x")
    assert (result.is_ok, result.data) == (True, {"name": None, "list": []})


async def test_a_moment_of_absence_is_tried_again(garages: str) -> None:
    tools = tools_of({**BASE, "name": "find", "http": {"url": f"{garages}/flaky"}, "result": GIVES, "arguments": {}})
    assert (await run(tools, "find")).data["name"] == "Dawson's"


async def test_a_missing_argument_and_a_missing_secret_do_not_leave_the_house(garages: str) -> None:
    http = {"url": f"{garages}/near/x", "headers": {"X": "{secret:NOT_SET}"}}
    tools = tools_of({**BASE, "name": "find", "http": http})
    before = len(await seen(garages))
    assert not (await run(tools, "find")).is_ok
    assert not (await run(tools, "find", postcode="x")).is_ok
    assert len(await seen(garages)) == before + 1


async def test_a_rasa_action_server_carries_a_tool_out() -> None:
    port = free_port()
    actions = ["--actions", "tests.support.outside.rasa_actions", "--port", str(port)]
    async with listening("-m", "rasa_sdk", *actions, port=port) as address:
        rasa = {"url": f"{address}/webhook", "action": "action_find_garage"}
        broken = {"url": f"{address}/webhook", "action": "action_breaks"}
        tools = tools_of(
            {**BASE, "name": "find", "rasa": rasa, "result": {"name": "string", "seen_key": "string"}},
            {**BASE, "name": "broken", "rasa": broken},
        )
        result = await run(tools, "find", postcode="HB3")
        assert result.data == {"name": "Dawson's near HB3", "seen_key": "c-1-7"}
        assert not (await run(tools, "broken", postcode="HB3")).is_ok


@pytest.mark.parametrize("is_process", [True, False])
async def test_an_mcp_server_carries_a_tool_out_and_its_death_is_only_a_result(*, is_process: bool) -> None:
    module, port = "tests.support.outside.mcp_garages", free_port()

    def tools(target: dict[str, Any]) -> Tools:
        return tools_of(
            {**BASE, "name": "find_garage", "mcp": target, "result": GIVES},
            {**BASE, "name": "broken", "mcp": {**target, "tool": "breaks"}},
            {**BASE, "name": "deadly", "mcp": {**target, "tool": "dies"}},
            {**BASE, "name": "unknown", "mcp": {**target, "tool": "nothing_of_the_kind"}},
        )

    async def check(of: Tools) -> None:
        result = await run(of, "find_garage", postcode="HB3")
        assert result.data == {"name": "Dawson's near HB3", "phone": None}
        assert not (await run(of, "broken", postcode="HB3")).is_ok
        assert not (await run(of, "unknown", postcode="HB3")).is_ok
        assert not (await run(of, "deadly", postcode="HB3")).is_ok

    if is_process:
        await check(tools({"command": [sys.executable, "-m", module]}))
    else:
        async with listening("-m", module, str(port), port=port) as address:
            await check(tools({"url": f"{address}/mcp"}))


async def test_a_server_that_is_not_there_is_a_result() -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    tools = tools_of(
        {**BASE, "name": "by_http", "http": {"url": nobody}},
        {**BASE, "name": "by_rasa", "rasa": {"url": nobody}},
        {**BASE, "name": "by_mcp", "mcp": {"url": nobody}},
        {**BASE, "name": "by_command", "mcp": {"command": ["/nowhere/at-all"]}},
    )
    for name in ("by_http", "by_rasa", "by_mcp", "by_command"):
        assert not (await run(tools, name, postcode="x")).is_ok


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"http": None}, "exactly one"),
        ({"rasa": {"url": "http://127.0.0.1/webhook"}}, "exactly one"),
        ({"name": "open_case"}, "built-in"),
        ({"http": {"url": "http://x.example/{plate}"}}, "plate"),
        ({"http": {"url": "file:///etc/passwd"}}, "URL"),
        ({"result": {"name": "text"}}, "name"),
        ({"colour": "red"}, "colour"),
        ({"timeout": 600}, "60"),
    ],
)
def test_a_fault_in_the_file_is_told_with_the_tools_name(change: dict[str, Any], told: str) -> None:
    good = {**BASE, "name": "find", "http": {"url": "http://x.example/"}}
    with pytest.raises(ToolsInvalid, match=told):
        parse_tools({"tools": [{**good, **change}]})
