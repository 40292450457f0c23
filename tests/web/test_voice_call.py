"""A call over its real socket: greeted, answered, in the record, beside the chat and back to it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from agent import wording
from telephony.call.values import CallTiming
from tests.conftest import Start
from tests.support.calls import Phone, bare_phone, hear_tones, phone, pitch_of, tone
from tests.support.live import ChatClient, Live

CLAIM = "where is my claim CL52318?"


async def captioned(caller: Phone, speaker: str, text: str = "") -> str:
    """The next final caption of a speaker that has a text in it."""
    found = await caller.expect(
        "caption", lambda m: m["speaker"] == speaker and m["is_final"] and text.lower() in m["text"].lower()
    )
    return str(found["text"])


async def events(live: Live, conversation_id: str) -> list[Any]:
    return [one.event for one in await live.centre.store.read(conversation_id)]


async def until_call_ended(chat: ChatClient) -> dict[str, Any]:
    return await chat.event("call_ended")


async def test_a_caller_is_greeted_and_answered(lines: Live) -> None:
    async with phone(lines, captions=True, name="Priya") as caller:
        assert caller.started["agent_name"] == "Harriet"
        assert not caller.started["is_recorded"]
        assert "Harriet" in await captioned(caller, "agent")
        await caller.hears_anything()
        caller.speak(CLAIM)
        assert await captioned(caller, "customer") == CLAIM
        assert "date of birth" in await captioned(caller, "agent")
        assert (await caller.hang_up())["reason"] == "hung_up"
        assert (await caller.closed())[0] == 1000
    recorded = await events(lines, caller.conversation_id)
    kinds = [one.kind for one in recorded]
    assert kinds[:3] == ["conversation_started", "call_started", "agent_said"]
    assert kinds.index("call_ended") < kinds.index("ended")
    said = next(one for one in recorded if one.kind == "customer_said")
    assert said.voice.call_id == caller.call_id
    assert said.voice.start_ms < said.voice.end_ms
    greeting = next(one for one in recorded if one.kind == "agent_heard")
    assert greeting.said_seq == 3


async def test_a_turn_leaves_its_waterfall_for_the_supervisor(lines: Live) -> None:
    async with lines.desk("sam@harbour.example") as sam, phone(lines) as caller:
        await sam.send("open", conversation_id=caller.conversation_id)
        caller.speak(CLAIM)
        timed = await sam.event("turn_timed")
        steps = [timed[name] for name in ("decided_ms", "decision_ms", "first_audio_ms", "played_ms")]
        assert steps == sorted(steps)
        assert timed["speech_end_ms"] < timed["transcript_ms"] <= timed["decision_ms"]
        async with lines.chat(conversation_id=caller.conversation_id, token=caller.token) as chat:
            assert "turn_timed" not in {one["data"]["kind"] for one in chat.welcome["events"]}


async def test_what_is_said_arrives_in_the_chat_beside_the_call(lines: Live) -> None:
    async with lines.chat() as chat:
        await chat.ask("hello")
        async with phone(lines, conversation_id=chat.conversation_id, token=chat.token, captions=True) as caller:
            assert caller.conversation_id == chat.conversation_id
            assert caller.started["token"] is None
            assert await captioned(caller, "agent") == wording.NOW_BY_VOICE
            await caller.say(CLAIM)
            assert (await chat.event("customer_said", lambda data: data["text"] == CLAIM))["text"] == CLAIM
            await chat.event("agent_said", lambda data: "date of birth" in data["text"])
            caller.forget()
            await chat.say("14 September 1987")
            assert "drying certificate" in await captioned(caller, "agent", "drying")
            await caller.hears_anything()
            over = await caller.hang_up(keeps_chat=True)
            assert over["goes_on_in_chat"]
            assert over["reason"] == "moved_to_chat"
        await until_call_ended(chat)
        assert (await chat.ask("what does my excess mean?"))["text"]
        async with phone(lines, conversation_id=chat.conversation_id, token=chat.token) as again:
            assert again.call_id != caller.call_id
            await again.hang_up()
        await chat.stage("closed")


async def test_keys_and_pings_are_answered(lines: Live) -> None:
    async with phone(lines, captions=True) as caller:
        await caller.send("ping", id=7)
        assert (await caller.expect("pong"))["id"] == 7
        for key in "0#":
            await caller.send("dtmf", key=key)
        assert await captioned(caller, "customer") == "0"


@pytest.mark.parametrize("token", ["", "wrong", None])
async def test_another_browser_cannot_call_into_the_conversation(lines: Live, token: str | None) -> None:
    async with lines.chat() as chat, bare_phone(lines) as thief:
        await thief.ring(conversation_id=chat.conversation_id, token=token)
        assert await thief.refused() == ("not_yours", 1008)


async def test_a_conversation_nobody_knows_is_refused(lines: Live) -> None:
    async with bare_phone(lines) as caller:
        await caller.ring(conversation_id="c-unknown", token="x")
        assert await caller.refused() == ("not_yours", 1008)


async def test_an_ended_conversation_takes_no_call(lines: Live) -> None:
    async with phone(lines) as caller:
        await caller.hang_up()
    async with bare_phone(lines) as late:
        await late.ring(conversation_id=caller.conversation_id, token=caller.token)
        problem = await late.expect("problem")
        assert problem["code"] == "conversation_ended"
        assert "Start a new one" in problem["message"]
        assert (await late.closed())[0] == 1008


async def test_where_voice_is_off_the_caller_is_told_and_the_chat_goes_on(start: Start) -> None:
    async with start(SWITCHBOARD_VOICE=False) as live, live.chat() as chat, bare_phone(live) as caller:
        await caller.ring()
        problem = await caller.expect("problem")
        assert problem["code"] == "voice_unavailable"
        assert "chat" in problem["message"]
        assert (await caller.closed())[0] == 1008
        assert await chat.ask("hello")
        async with live.browser() as browser:
            assert not (await browser.get("/healthz")).json()["voice"]


async def test_without_its_models_the_line_says_so_and_the_next_call_tries_again(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear_tones(monkeypatch)
    missing = tmp_path / "no-model"
    async with start(stt="directory", stt_directory=missing, tts="scripted") as live, live.chat() as chat:
        for _ in range(2):
            with capture_logs() as logs:
                async with bare_phone(live) as caller:
                    await caller.ring()
                    assert await caller.refused() == ("voice_unavailable", 1011)
            assert any(str(missing) in str(one.get("why")) for one in logs)
            assert await chat.ask("hello")
        live.server.settings.stt = "scripted"  # type: ignore[assignment]
        async with phone(live) as caller:
            assert caller.call_id


async def test_when_all_lines_are_busy_the_next_caller_is_told(start: Start) -> None:
    async with start(stt="scripted", tts="scripted", most_calls=1) as live, phone(live), bare_phone(live) as second:
        await second.ring()
        assert await second.refused() == ("busy", 1008)


async def test_a_second_line_takes_the_place_of_the_first(lines: Live) -> None:
    async with (
        phone(lines) as first,
        phone(lines, conversation_id=first.conversation_id, token=first.token, captions=True) as second,
    ):
        over = await first.expect("ended")
        assert over["reason"] == "taken_over"
        assert over["goes_on_in_chat"]
        assert (await first.closed())[0] == 1000
        await second.say(CLAIM)
        assert "date of birth" in await captioned(second, "agent", "date of birth")
        live_call = lines.server.calls.find(second.conversation_id)
        assert live_call is not None
        assert live_call.call_id == second.call_id


async def test_a_lost_caller_comes_back_into_the_same_conversation(lines: Live) -> None:
    async with phone(lines, captions=True) as caller:
        await caller.say(CLAIM)
        await captioned(caller, "agent", "date of birth")
        await caller.lose()
    async with phone(lines, conversation_id=caller.conversation_id, token=caller.token, captions=True) as back:
        assert await captioned(back, "agent") == wording.CUT_OFF
        assert "date of birth" in await captioned(back, "agent")
        await back.say("14 September 1987")
        await captioned(back, "agent", "drying certificate")
        state = await lines.centre.store.reload(back.conversation_id)
        assert state.call is not None
        assert state.call.call_id == back.call_id


async def test_a_caller_who_does_not_come_back_has_left(lines: Live) -> None:
    lines.centre.timing = replace(lines.centre.timing, line_grace=timedelta(seconds=0.2))
    async with (
        phone(lines) as caller,
        lines.chat(conversation_id=caller.conversation_id, token=caller.token) as chat,
    ):
        await caller.lose()
        ended = await until_call_ended(chat)
        assert (ended["by"], ended["reason"]) == ("system", "line_lost")
        await chat.stage("closed")


async def test_a_caller_lost_in_the_queue_stays_in_it(lines: Live) -> None:
    lines.centre.timing = replace(lines.centre.timing, line_grace=timedelta(seconds=0.2))
    async with phone(lines, captions=True) as caller:
        await caller.say("an operator, please")
        async with lines.chat(conversation_id=caller.conversation_id, token=caller.token) as chat:
            await chat.stage("queued")
            await caller.lose()
            await until_call_ended(chat)
            state = await lines.centre.store.reload(caller.conversation_id)
            assert state.owner.stage == "queued"
            assert state.call is None


async def test_the_end_of_the_conversation_in_the_chat_ends_the_call(lines: Live) -> None:
    async with (
        phone(lines) as caller,
        lines.chat(conversation_id=caller.conversation_id, token=caller.token) as chat,
    ):
        await chat.send("end")
        over = await caller.expect("ended")
        assert over["reason"] == "conversation_ended"
        assert not over["goes_on_in_chat"]


async def test_a_silent_caller_is_asked_and_at_last_let_go(lines: Live) -> None:
    lines.server.calls.timing = CallTiming(silence_seconds=0.2)
    async with phone(lines, captions=True) as caller:
        assert await captioned(caller, "agent", wording.STILL_THERE)
        assert await captioned(caller, "agent", wording.STILL_THERE_AGAIN)
        assert await captioned(caller, "agent", wording.NOBODY_THERE[:20])
        assert (await caller.expect("ended"))["reason"] == "conversation_ended"
        assert (await caller.closed())[0] == 1000


async def test_a_device_that_never_sends_sound_is_let_go_too(lines: Live) -> None:
    lines.server.calls.timing = CallTiming(silence_seconds=0.2)
    async with bare_phone(lines) as caller:
        await caller.ring()
        assert (await caller.expect("ended"))["reason"] == "conversation_ended"


async def test_a_microphone_that_is_switched_off_ends_the_turn(lines: Live) -> None:
    async with bare_phone(lines) as caller:
        await caller.ring(captions=True)
        await caller.expect("started")
        for frame in tone(pitch_of(CLAIM), 0.5):
            await caller.send_sound(frame)
        await caller.send("mute", is_muted=True)
        assert await captioned(caller, "customer") == CLAIM
        assert "date of birth" in await captioned(caller, "agent", "date of birth")


async def test_speech_stops_the_agent_and_only_what_was_heard_is_recorded(lines: Live) -> None:
    async with phone(lines, captions=True) as caller:
        await captioned(caller, "agent")
        await caller.hears_anything()
        await caller.say(CLAIM)
        await captioned(caller, "agent", "date of birth")
        assert caller.flushes >= 1
    recorded = await events(lines, caller.conversation_id)
    greeting = next(one for one in recorded if one.kind == "agent_said")
    heard = next(one for one in recorded if one.kind == "agent_heard")
    assert not heard.is_whole
    assert greeting.text.startswith(heard.text)
