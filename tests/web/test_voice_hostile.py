"""A call among the ill-meaning and the unlucky: what one device does, or what fails beneath, harms nobody else."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from typing import Any, Never

import pytest

from agent import wording
from conversation import TypingChanged
from conversation.events import AgentSaid
from conversation.feed import DEFAULT_BUFFER
from speech.stt.values import Transcript, TranscriptionRequest
from storage.kit import StorageError
from telephony.call.values import CallTiming
from tests.conftest import Start
from tests.support.calls import QUIET, SCRIPTED, Phone, ToneTranscriber, bare_phone, phone, pitch_of, tone
from tests.support.live import Live

CLAIM = "where is my claim CL52318?"


async def says(caller: Phone, words: str) -> None:
    """Wait for a line of the agent with these words in it."""
    await caller.expect("caption", lambda m: m["speaker"] == "agent" and words in m["text"])


def make_lag(lines: Live, conversation_id: str) -> None:
    """More has happened than the call's buffer takes: it must read the record."""
    for _ in range(DEFAULT_BUFFER + 1):
        lines.centre.feed.publish(conversation_id, TypingChanged(conversation_id, "customer", True))


async def test_callers_of_the_same_moment_are_all_counted(start: Start) -> None:
    async with start(**SCRIPTED, most_calls=2, source_limits=0) as live, AsyncExitStack() as stack:
        async with phone(live) as first:
            await first.hang_up()
        callers = [await stack.enter_async_context(bare_phone(live)) for _ in range(8)]
        await asyncio.gather(*[one.ring() for one in callers])
        answers = [one.expect("started") for one in callers]
        await asyncio.gather(*answers, return_exceptions=True)
        told = [one.get("code", one["type"]) for caller in callers for one in caller.received]
        assert Counter(told)["started"] == 2
        assert Counter(told)["busy"] == 6


@pytest.mark.parametrize("type_", ["mute", "played", "ping", "skip_brief"])
async def test_a_storm_of_any_message_closes_the_line(lines: Live, type_: str) -> None:
    fields: dict[str, dict[str, Any]] = {"mute": {"is_muted": True}, "played": {"mark": "m1"}, "ping": {"id": 1}}
    async with bare_phone(lines) as caller:
        await caller.ring()
        await caller.expect("started")
        for _ in range(500):
            await caller.send(type_, **fields.get(type_, {}))
        assert await caller.refused() == ("too_fast", 1008)


async def test_words_the_recogniser_breaks_on_are_asked_for_again(lines: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: ToneTranscriber, _request: TranscriptionRequest) -> Transcript:
        raise RuntimeError("no adapter foresaw this")

    async with phone(lines, captions=True) as caller:
        with monkeypatch.context() as patch:
            patch.setattr(ToneTranscriber, "transcribe", broken)
            await caller.say(CLAIM)
            await says(caller, wording.SAY_AGAIN)
        await caller.say(CLAIM)
        await says(caller, "date of birth")


async def test_a_database_that_fails_in_mid_call_is_named(lines: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object, **__: object) -> Never:
        raise StorageError("away")

    async with phone(lines) as caller:
        monkeypatch.setattr(lines.centre.store, "read", away)
        make_lag(lines, caller.conversation_id)
        assert await caller.refused() == ("unavailable", 1013)


async def test_a_line_recorded_while_the_call_catches_up_is_said(lines: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    centre, read = lines.centre, lines.centre.store.read
    to_say = ["The first thing.", "The second thing."]

    async def say_next(conversation_id: str) -> None:
        if to_say:
            await centre.append(await centre.store.reload(conversation_id), [AgentSaid(to_say.pop(0))])

    async def read_slowly(conversation_id: str, *, after: int = 0) -> Any:
        await say_next(conversation_id)
        found = await read(conversation_id, after=after)
        await say_next(conversation_id)
        return found

    async with phone(lines, captions=True) as caller:
        monkeypatch.setattr(centre.store, "read", read_slowly)
        make_lag(lines, caller.conversation_id)
        await says(caller, "The first thing.")
        await says(caller, "The second thing.")


async def test_an_answer_prepared_to_words_that_were_not_the_turn_is_given_up(
    lines: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, given_up = asyncio.Event(), asyncio.Event()

    async def prepare_for_ever(*_: object) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            given_up.set()

    monkeypatch.setattr("actions.answering.answer.answer_preemptively", prepare_for_ever)
    async with bare_phone(lines) as caller:
        await caller.ring()
        await caller.expect("started")
        for frame in (*tone(pitch_of(CLAIM), 0.4), *[QUIET] * 15):  # a pause, and not the end of the turn
            await caller.send_sound(frame)
        await asyncio.wait_for(begun.wait(), 20)
        for key in "1#":
            await caller.send("dtmf", key=key)
        await asyncio.wait_for(given_up.wait(), 20)


async def test_a_device_that_falls_silent_with_an_open_microphone_is_lost(
    lines: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.calls.voice_wire.DEAF_SECONDS", 0.3)
    async with bare_phone(lines) as caller:
        await caller.ring()
        started = await caller.expect("started")
        await caller.send_sound(QUIET)
        assert (await caller.closed())[0] == 1013
        state = await lines.centre.store.reload(started["conversation_id"])
        assert state.is_live, "the caller may come back"


async def test_a_device_with_its_microphone_off_may_be_silent(lines: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.calls.voice_wire.DEAF_SECONDS", 0.3)
    lines.server.calls.timing = CallTiming(silence_seconds=0.5)
    async with bare_phone(lines) as caller:
        await caller.ring()
        await caller.expect("started")
        await caller.send_sound(QUIET)
        await caller.send("mute", is_muted=True)
        assert (await caller.expect("ended"))["reason"] == "conversation_ended"
