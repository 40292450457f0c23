"""The latency report: worked out by hand from turns that are in the record."""

from functools import partial

from conversation import State
from conversation.events import CallStarted, Event, TurnTimed
from tests.conftest import Start
from tests.support.live import sign_in

FAST = TurnTimed("call-1", 4, speech_end_ms=1_000, decided_ms=1_400, transcript_ms=1_300, decision_ms=1_420,
                 first_audio_ms=1_430, played_ms=1_530)  # fmt: skip
SLOW = TurnTimed("call-1", 9, speech_end_ms=5_000, decided_ms=5_500, transcript_ms=5_800, decision_ms=5_850,
                 first_audio_ms=5_900, played_ms=None)  # fmt: skip


async def test_the_report_adds_up_what_turns_took(start: Start) -> None:
    async with start() as live, live.chat() as chat, live.browser() as browser:
        for event in (CallStarted("call-1", "browser", is_recorded=False), FAST, SLOW):
            await live.centre.change(chat.conversation_id, partial(_just, event))
        await sign_in(browser, "sam@harbour.example")

        report = (await browser.get("/api/reports/latency?hours=1")).json()
        rows = (await browser.get("/api/reports/latency.csv?hours=1")).text.splitlines()

    assert (report["turns"], report["calls"]) == (2, 1)
    assert report["p50_ms"] == (530 + 900) / 2
    steps = {one["step"]: one["p50_ms"] for one in report["steps"]}
    # FAST: 400 to decide, text was there, 20 decided, 10 voice, 100 heard. SLOW: 500, 300 for the text, 50, 50, 0.
    assert steps == {"decided": 450, "transcript": 150, "decision": 35, "first_audio": 30, "played": 50}
    assert len(rows) == 3
    assert {row.rsplit(",", 1)[1] for row in rows[1:]} == {"530", "900"}


async def test_only_supervisors_read_reports(start: Start) -> None:
    async with start() as live, live.browser() as browser:
        await sign_in(browser, "maya@harbour.example")

        assert (await browser.get("/api/reports/latency")).status_code == 403


def _just(event: Event, _: State) -> list[Event]:
    return [event]
