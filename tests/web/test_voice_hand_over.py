"""A caller is put through: sound really passes between sockets, and every failure leaves the caller with somebody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from telephony.call.values import CallTiming
from tests.support.calls import Phone, bare_phone, phone, softphone
from tests.support.live import ChatClient, DeskClient, Live, sign_in

MAYA, TOM = "maya@harbour.example", "tom@harbour.example"
LOW, HIGH, OTHER = 2_000, 2_600, 3_200
"""Pitches that stand for no text: only their sound matters."""


@dataclass(frozen=True)
class Talk:
    """A caller and the operator who took the call; both lines are open and bridged."""

    caller: Phone
    chat: ChatClient
    desk: DeskClient
    line: Phone

    @property
    def conversation_id(self) -> str:
        return str(self.caller.conversation_id)

    async def tell(self, verb: str, **fields: Any) -> None:
        await self.desk.send(verb, conversation_id=self.conversation_id, **fields)


@asynccontextmanager
async def waiting(lines: Live) -> AsyncIterator[tuple[Phone, ChatClient]]:
    """A caller in the queue, with the page's chat open beside the call."""
    async with (
        phone(lines, captions=True) as caller,
        lines.chat(conversation_id=caller.conversation_id, token=caller.token) as chat,
    ):
        await caller.say("an operator, please")
        await chat.stage("queued")
        yield caller, chat


@asynccontextmanager
async def bridged(lines: Live) -> AsyncIterator[Talk]:
    async with lines.desk(MAYA) as maya, waiting(lines) as (caller, chat):
        await maya.accept(caller.conversation_id)
        async with softphone(lines, MAYA, caller.conversation_id, captions=True) as line:
            await caller.line("bridged")
            yield Talk(caller, chat, maya, line)


async def passes(speaker: Phone, *listeners: Phone, pitch: int = LOW) -> None:
    """What one says is heard by the others."""
    for listener in listeners:
        listener.forget()
    speaker.talk(pitch, 1.0)
    for listener in listeners:
        await listener.hears(pitch)


async def test_sound_passes_both_ways(lines: Live) -> None:
    async with bridged(lines) as talk:
        await passes(talk.caller, talk.line, pitch=LOW)
        await passes(talk.line, talk.caller, pitch=HIGH)
        assert not talk.line.has_heard(HIGH), "nobody hears themselves"


async def test_what_both_sides_say_is_written_down(lines: Live) -> None:
    async with bridged(lines) as talk:
        talk.line.speak("your repairer comes on tuesday")
        said = await talk.chat.event("operator_said")
        assert said["text"] == "your repairer comes on tuesday"
        talk.caller.speak("thank you so much")
        assert (await talk.chat.event("customer_said", lambda data: data["text"] == "thank you so much"))["seq"]
        legs = await talk.line.expect("line", lambda m: len(m["legs"]) == 2 and not m["is_held"])
        assert [one["role"] for one in legs["legs"]] == ["customer", "operator"]


async def test_the_caller_waits_with_hold_sound_and_is_told_who_comes(lines: Live) -> None:
    async with waiting(lines) as (caller, _):
        await caller.expect("caption", lambda m: m["speaker"] == "agent" and "pass on" in m["text"])
        await caller.line("holding")
        await caller.hears_hold_sound()
        async with lines.desk(MAYA) as maya:
            await maya.accept(caller.conversation_id)
            await caller.hears_hold_sound()
            async with softphone(lines, MAYA, caller.conversation_id):
                await caller.expect("caption", lambda m: m["speaker"] == "agent" and "Maya" in m["text"])
                shown = await caller.line("bridged")
                assert shown["operator_name"] == "Maya Okafor"


async def test_an_operator_may_hear_what_it_is_about_first(lines: Live) -> None:
    async with lines.desk(MAYA) as maya, waiting(lines) as (caller, _):
        await maya.accept(caller.conversation_id)
        async with softphone(lines, MAYA, caller.conversation_id, wants_brief=True) as line:
            await line.expect("line", lambda m: m["is_brief_playing"])
            await line.hears_anything()
            await line.expect("line", lambda m: not m["is_brief_playing"])
            await caller.line("bridged")


async def test_a_stranger_gets_no_line(lines: Live) -> None:
    async with bridged(lines) as talk, lines.browser() as browser:
        ticket = await sign_in(browser, TOM)
        async with bare_phone(lines, "/ws/desk-voice") as stranger:
            await stranger.ring(conversation_id=talk.conversation_id, ticket=ticket)
            assert await stranger.refused() == ("not_allowed", 1008)


@pytest.mark.parametrize("ticket", [None, "", "made-up"])
async def test_a_softphone_needs_a_good_ticket(lines: Live, ticket: str | None) -> None:
    async with bare_phone(lines, "/ws/desk-voice") as line:
        await line.ring(conversation_id="c-1", ticket=ticket)
        assert await line.refused() == ("not_welcome", 4401)


async def test_a_softphone_opens_from_its_own_site_only(lines: Live) -> None:
    with pytest.raises(InvalidStatus):
        async with bare_phone(lines, "/ws/desk-voice", Origin="https://evil.example"):
            pass


async def test_a_chat_has_no_line(lines: Live) -> None:
    async with lines.desk(MAYA) as maya, lines.chat() as chat, lines.browser() as browser:
        await chat.ask_for_person()
        await maya.accept(chat.conversation_id)
        async with bare_phone(lines, "/ws/desk-voice") as line:
            ticket = await sign_in(browser, MAYA)
            await line.ring(conversation_id=chat.conversation_id, ticket=ticket)
            assert await line.refused() == ("no_call", 1008)


async def test_hold_silences_both_ways_and_ends(lines: Live) -> None:
    async with bridged(lines) as talk:
        await talk.tell("hold", is_on=True)
        await talk.caller.line("on_hold")
        await talk.line.expect("line", lambda m: m["is_held"])
        talk.line.forget()
        talk.caller.forget()
        talk.caller.talk(LOW, 0.6)
        talk.line.talk(HIGH, 0.6)
        await talk.caller.hears_hold_sound()
        await talk.tell("hold", is_on=False)
        await talk.caller.line("bridged")
        assert not talk.line.has_heard(LOW)
        assert not talk.caller.has_heard(HIGH)
        await passes(talk.line, talk.caller, pitch=OTHER)
        await passes(talk.caller, talk.line, pitch=OTHER)


def _consult(message: dict[str, Any]) -> dict[str, Any]:
    call = message["item"]["call"] or {}
    found: dict[str, Any] = call.get("consult") or {}
    return found


@asynccontextmanager
async def consulted(lines: Live) -> AsyncIterator[tuple[Talk, DeskClient, Phone]]:
    """Tom has been asked in and has come."""
    async with lines.desk(TOM) as tom, bridged(lines) as talk:
        await talk.tell("consult", operator_id=tom.board["me"]["operator_id"], note="is this covered?")
        await tom.expect("item", lambda m: _consult(m).get("status") == "asked")
        await talk.caller.line("on_hold")
        await tom.send("consult_answer", conversation_id=talk.conversation_id, takes=True)
        await tom.expect("item", lambda m: _consult(m).get("status") == "private")
        async with softphone(lines, TOM, talk.conversation_id) as line:
            await talk.line.expect("line", lambda m: len(m["legs"]) == 3)
            yield talk, tom, line


async def test_operators_consult_alone_then_all_three_talk(lines: Live) -> None:
    async with consulted(lines) as (talk, _, toms):
        await passes(talk.line, toms, pitch=LOW)
        await passes(toms, talk.line, pitch=HIGH)
        assert not talk.caller.has_heard(LOW)
        assert not talk.caller.has_heard(HIGH)
        talk.caller.forget()
        await talk.caller.hears_hold_sound()

        await talk.tell("consult_merge")
        await talk.caller.line("bridged")
        await passes(talk.caller, talk.line, toms, pitch=OTHER)
        await passes(toms, talk.line, talk.caller, pitch=LOW)
        await passes(talk.line, toms, talk.caller, pitch=HIGH)

        await talk.tell("consult_end")
        assert (await toms.expect("ended"))["goes_on_in_chat"]
        assert (await toms.closed())[0] == 1000
        await passes(talk.line, talk.caller, pitch=OTHER)


async def test_the_colleague_takes_the_call_over(lines: Live) -> None:
    async with consulted(lines) as (talk, tom, toms):
        await talk.tell("consult_complete")
        over = await talk.line.expect("ended")
        assert over["reason"] == "passed_on"
        assert (await talk.line.closed())[0] == 1000
        await tom.item(talk.conversation_id, "operator")
        shown = await talk.caller.line("bridged")
        assert shown["operator_name"].startswith("Tom")
        await passes(talk.caller, toms, pitch=LOW)
        await passes(toms, talk.caller, pitch=HIGH)


async def test_a_colleague_who_can_not_leaves_the_caller_with_the_holder(lines: Live) -> None:
    async with lines.desk(TOM) as tom, bridged(lines) as talk:
        await talk.tell("consult", operator_id=tom.board["me"]["operator_id"], note="")
        await tom.expect("item", lambda m: _consult(m).get("status") == "asked")
        await tom.send("consult_answer", conversation_id=talk.conversation_id, takes=False)
        await talk.caller.line("bridged")
        await passes(talk.line, talk.caller, pitch=LOW)


async def test_the_end_takes_both_lines_down_and_leaves_wrap_up(lines: Live) -> None:
    async with bridged(lines) as talk:
        await talk.tell("end")
        for side in (talk.line, talk.caller):
            over = await side.expect("ended")
            assert over["reason"] == "conversation_ended"
            assert not over["goes_on_in_chat"]
            assert (await side.closed())[0] == 1000
        await talk.desk.item(talk.conversation_id, "wrap_up")


async def test_the_caller_who_hangs_up_leaves_wrap_up(lines: Live) -> None:
    async with bridged(lines) as talk:
        await talk.caller.hang_up()
        assert (await talk.line.expect("ended"))["reason"] == "conversation_ended"
        await talk.desk.item(talk.conversation_id, "wrap_up")


async def test_the_caller_may_go_on_in_the_chat_with_the_operator(lines: Live) -> None:
    async with bridged(lines) as talk:
        assert (await talk.caller.hang_up(keeps_chat=True))["goes_on_in_chat"]
        assert (await talk.line.expect("ended"))["goes_on_in_chat"]
        await talk.desk.say(talk.conversation_id, "I'm still here.")
        assert (await talk.chat.event("operator_said"))["text"] == "I'm still here."


async def test_an_operator_whose_line_is_lost_comes_back(lines: Live) -> None:
    async with bridged(lines) as talk:
        await talk.line.lose()
        await talk.caller.line("holding")
        await talk.caller.hears_hold_sound()
        async with softphone(lines, MAYA, talk.conversation_id) as back:
            await talk.caller.line("bridged")
            await passes(talk.caller, back, pitch=LOW)
            await passes(back, talk.caller, pitch=HIGH)


async def test_an_operator_who_opens_a_second_line_speaks_on_that_one(lines: Live) -> None:
    async with bridged(lines) as talk, softphone(lines, MAYA, talk.conversation_id) as second:
        assert (await talk.line.expect("ended"))["reason"] == "taken_over"
        assert (await talk.line.closed())[0] == 1000
        await passes(talk.caller, second, pitch=LOW)
        await passes(second, talk.caller, pitch=HIGH)


async def test_a_caller_lost_and_back_is_with_the_operator_again(lines: Live) -> None:
    async with bridged(lines) as talk:
        await talk.caller.lose()
        async with phone(lines, conversation_id=talk.conversation_id, token=talk.caller.token) as back:
            await back.line("bridged")
            await passes(back, talk.line, pitch=LOW)
            await passes(talk.line, back, pitch=HIGH)


async def test_a_caller_who_does_not_come_back_leaves_the_operator_in_the_chat(lines: Live) -> None:
    lines.centre.timing = replace(lines.centre.timing, line_grace=timedelta(seconds=0.2))
    async with bridged(lines) as talk:
        await talk.caller.lose()
        over = await talk.line.expect("ended")
        assert over["reason"] == "line_lost"
        assert over["goes_on_in_chat"]
        item = await talk.desk.expect("item", lambda m: m["item"]["call"] is None and m["item"]["stage"] == "operator")
        assert item


async def test_a_lost_operator_gives_the_caller_back_to_the_queue(lines: Live) -> None:
    lines.centre.timing = replace(lines.centre.timing, lost_grace=timedelta(seconds=0.2))
    async with lines.desk(TOM) as tom, bridged(lines) as talk:
        await talk.line.lose()
        await talk.desk.wire.close()
        await talk.caller.line("holding")
        offered = await tom.offer(talk.conversation_id)
        await tom.send("accept", conversation_id=talk.conversation_id, offer_id=offered["offer_id"])
        await tom.item(talk.conversation_id, "operator")
        async with softphone(lines, TOM, talk.conversation_id) as toms:
            await talk.caller.expect("state", lambda m: m["line"] == "bridged" and "Tom" in m["operator_name"])
            await passes(talk.caller, toms, pitch=LOW)


async def test_a_declined_call_keeps_its_place_and_is_offered_on(lines: Live) -> None:
    async with lines.desk(MAYA) as maya, waiting(lines) as (caller, _):
        offered = await maya.offer(caller.conversation_id)
        queued_at = (await lines.centre.store.reload(caller.conversation_id)).owner.queued_at
        async with lines.desk(TOM) as tom:
            await maya.send("decline", conversation_id=caller.conversation_id, offer_id=offered["offer_id"])
            await tom.accept(caller.conversation_id)
            assert (await lines.centre.store.reload(caller.conversation_id)).owner.queued_at == queued_at
            async with softphone(lines, TOM, caller.conversation_id) as toms:
                await caller.line("bridged")
                await passes(caller, toms)


async def test_a_missed_call_is_offered_on(lines: Live) -> None:
    lines.centre.timing = replace(lines.centre.timing, offer=timedelta(seconds=0.2))
    async with lines.desk(MAYA) as maya, waiting(lines) as (caller, chat):
        await maya.offer(caller.conversation_id)
        await chat.stage("offered")
        await chat.stage("queued")
        await caller.hears_hold_sound()


async def test_a_call_is_passed_straight_to_a_colleague(lines: Live) -> None:
    async with lines.desk(TOM) as tom, bridged(lines) as talk:
        await talk.tell("transfer_to", operator_id=tom.board["me"]["operator_id"], note="knows boilers")
        assert (await talk.line.expect("ended"))["reason"] == "passed_on"
        await talk.caller.line("holding")
        offered = await tom.offer(talk.conversation_id)
        assert offered["passed_on"]["operator_name"] == "Maya Okafor"
        assert offered["passed_on"]["note"] == "knows boilers"
        await tom.send("accept", conversation_id=talk.conversation_id, offer_id=offered["offer_id"])
        async with softphone(lines, TOM, talk.conversation_id) as toms:
            await talk.caller.expect("state", lambda m: m["line"] == "bridged" and "Tom" in m["operator_name"])
            await passes(talk.caller, toms, pitch=LOW)
            await passes(toms, talk.caller, pitch=HIGH)


async def test_what_a_third_on_the_call_says_is_captioned_with_their_name(lines: Live) -> None:
    async with consulted(lines) as (talk, tom, toms):
        await talk.tell("consult_merge")
        await talk.caller.line("bridged")
        toms.speak("the drying comes first")
        for side in (talk.line, talk.caller):
            caption = await side.expect("caption", lambda m: m["text"] == "the drying comes first")
            assert (caption["speaker"], caption["name"]) == ("operator", "Tom Ashdown")
            assert caption["leg_id"] == tom.board["me"]["operator_id"]
        talk.caller.speak("all right then")
        caption = await toms.expect("caption", lambda m: m["text"] == "all right then")
        assert (caption["speaker"], caption["leg_id"], caption["name"]) == ("customer", "customer", None)


async def test_handed_back_the_agent_goes_on(lines: Live) -> None:
    async with bridged(lines) as talk:
        await talk.tell("hand_back", note="status again, please")
        assert (await talk.line.expect("ended"))["goes_on_in_chat"]
        await talk.caller.line("listening")
        await talk.caller.say("where is my claim CL52318?")
        await talk.caller.expect("caption", lambda m: m["speaker"] == "agent" and "date of birth" in m["text"])


async def test_muted_sides_are_not_heard(lines: Live) -> None:
    async with bridged(lines) as talk:
        await talk.line.send("mute", is_muted=True)
        await talk.line.send("ping", id=1)
        await talk.line.expect("pong")
        talk.caller.forget()
        talk.line.talk(LOW, 0.6)
        await passes(talk.caller, talk.line, pitch=HIGH)
        assert not talk.caller.has_heard(LOW)
        await talk.line.send("mute", is_muted=False)
        await passes(talk.line, talk.caller, pitch=OTHER)


async def test_a_caller_who_plays_with_the_microphone_does_not_take_the_operator_down(lines: Live) -> None:
    async with bridged(lines) as talk:
        with suppress(ConnectionClosed):
            for number in range(3_000):
                await talk.caller.send("mute", is_muted=bool(number % 2))
        assert (await talk.caller.closed())[0] == 1008
        await talk.line.send("ping", id=1)
        await talk.line.expect("pong")


async def test_the_brief_is_heard_once_also_when_the_caller_is_lost_and_back(lines: Live) -> None:
    async with lines.desk(MAYA) as maya, waiting(lines) as (caller, _):
        await maya.accept(caller.conversation_id)
        async with softphone(lines, MAYA, caller.conversation_id, wants_brief=True) as line:
            await line.expect("line", lambda m: m["is_brief_playing"])
            await caller.line("bridged")
            await caller.lose()
            told = len(line.received)
            async with phone(lines, conversation_id=caller.conversation_id, token=caller.token) as back:
                await back.line("bridged")
                await passes(back, line)
                assert not any(one.get("is_brief_playing") for one in line.received[told:])


async def test_an_operator_whose_device_freezes_leaves_the_caller_with_the_agent(
    lines: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines.server.calls.timing = CallTiming(operator_line_seconds=0.2)
    async with bridged(lines) as talk:
        monkeypatch.setattr("web.calls.voice_wire.DEAF_SECONDS", 2.0)
        await passes(talk.line, talk.caller)
        for task in talk.line._tasks:  # it neither sends nor reads, and its socket stays open
            task.cancel()
        await talk.caller.expect("state", lambda m: "line isn't there" in m["text"])
