"""What happens to a voice call: it opens, is heard, falls silent, waits, ends. Sound itself is telephony's."""

import secrets
from collections.abc import Sequence
from typing import Literal

from actions.answering import hand_off
from actions.change import Centre
from agent import wording
from agent.understanding import is_presence, objects_to_recording
from conversation import Appended, CallEnd, Channel, ClosureReason, Stage, State
from conversation.events import (
    AgentHeard,
    AgentSaid,
    CallEnded,
    CallStarted,
    ConversationStarted,
    CustomerSaid,
    Ended,
    Event,
    Fact,
    Notice,
    RecordingChanged,
    TurnTimed,
)

CallParty = Literal["customer", "system"]
"""Who ends a line from outside the desk."""

OBJECTION_WORDS = 9
"""Words of an objection to the recording that says nothing else: "Please don't record this, I don't like that"."""


async def start_call(
    centre: Centre, call_id: str, carrier: str, *, is_recorded: bool, name: str | None = None, device: str = ""
) -> tuple[Appended, str]:
    """A call that starts a conversation, greeted by the agent; with the secret for the customer's device."""
    token = secrets.token_urlsafe(24)
    facts = (Fact("name", name, "what the customer is called"),) if name else ()
    events: list[Event] = [
        ConversationStarted(Channel.VOICE, centre.tenant.language, facts, device),
        CallStarted(call_id, carrier, is_recorded),
        AgentSaid(centre.tenant.persona.spoken_greeting),
        *_consent(is_recorded),
    ]
    before = State(centre.new_id("c"))
    appended = await centre.store.append(before, events, centre.clock(), token_hash=centre.tokens.hashed(token))
    centre.publish(appended)
    return appended, token


async def join(centre: Centre, conversation_id: str, call_id: str, carrier: str, *, is_recorded: bool) -> Appended:
    """A call within a conversation that goes on already: from chat, or after a lost line."""

    def decide(state: State) -> list[Event]:
        if not state.is_live:
            return []
        if state.call is not None:  # its line was lost; a recording that was stopped stays stopped
            started = CallStarted(call_id, carrier, is_recorded and state.call.is_recording)
            if state.is_waiting:
                return [started, AgentSaid(wording.CUT_OFF_WAITING)]
            is_back = state.owner.stage is Stage.AGENT
            return [started, *([AgentSaid(wording.CUT_OFF), *_last_words(state)] if is_back else [])]
        started = CallStarted(call_id, carrier, is_recorded)
        if state.owner.stage is not Stage.AGENT:
            return [started, *([Notice("recording", wording.RECORDED)] if is_recorded else [])]
        return [started, AgentSaid(wording.NOW_BY_VOICE), *_consent(is_recorded), *_last_words(state)]

    return await centre.change(conversation_id, decide)


def _last_words(state: State) -> list[Event]:
    """What the agent said last, when it is still its turn that stands: the caller may never have heard it."""
    is_unanswered = bool(state.talk.last_turns) and state.talk.last_turns[-1].speaker == "agent"
    is_to_repeat = state.dialogue.question is not None or is_unanswered
    return [AgentSaid(state.talk.last_agent_text)] if is_to_repeat and state.talk.last_agent_text else []


def _consent(is_recorded: bool) -> list[Event]:
    return [AgentSaid(wording.RECORDED)] if is_recorded else []


async def end(
    centre: Centre, conversation_id: str, call_id: str, by: CallParty, reason: CallEnd, *, ends_conversation: bool
) -> Appended:
    """The line is closed; nothing when another call has taken its place."""

    def decide(state: State) -> list[Event]:
        if not state.is_live or state.call is None or state.call.call_id != call_id:
            return []
        events: list[Event] = [CallEnded(call_id, by, reason)]
        if ends_conversation:
            why = ClosureReason.CUSTOMER_ENDED if by == "customer" else ClosureReason.CUSTOMER_IDLE
            events.append(Ended(by, why))
        elif state.is_with_human and by == "customer":
            events.append(Notice("call_ended", "The customer has left the call; the chat goes on."))
        return events

    return await centre.change(conversation_id, decide)


async def lost(centre: Centre, conversation_id: str, call_id: str) -> None:
    """The line did not come back in time. A customer somebody works for keeps their conversation, as in chat."""
    state = await centre.store.reload(conversation_id)
    ends = state.owner.stage is Stage.AGENT and state.talk.channel is Channel.VOICE
    await end(centre, conversation_id, call_id, "system", CallEnd.LINE_LOST, ends_conversation=ends)


async def note(centre: Centre, conversation_id: str, events: Sequence[AgentHeard | TurnTimed]) -> None:
    """Record what was heard, or how long a turn took."""
    await centre.change(conversation_id, lambda _: list(events))


async def ask_still_there(centre: Centre, conversation_id: str, attempt: int) -> None:
    """The caller is silent: ask whether they are there."""
    text = wording.STILL_THERE if attempt == 1 else wording.STILL_THERE_AGAIN
    # A notice: what the agent said last, and what it asked, stay what they are.
    await _while_with_agent(centre, conversation_id, [Notice("still_there", text)])


async def heed(centre: Centre, state: State, said: CustomerSaid, *, was_asked_there: bool) -> bool:
    """What a caller says of the call itself, that it shall not be recorded or that they are there, is done at once.

    `was_asked_there`: the agent has just asked. False for everything else, which is for the agent to answer.
    """
    if state.call and state.call.is_recording and objects_to_recording(said.text):
        await stop_recording(centre, state.conversation_id, said)
        return True
    if was_asked_there and is_presence(said.text):
        await is_there(centre, state.conversation_id, said)
        return True
    return False


async def is_there(centre: Centre, conversation_id: str, said: CustomerSaid) -> None:
    """The caller is there: a "yes" to that is no answer to what was asked before, which is said again."""

    def decide(state: State) -> list[Event]:
        if not state.is_live or said.client_id in state.talk.client_ids:
            return []
        again = state.talk.last_agent_text or centre.tenant.persona.spoken_greeting
        return [said, AgentSaid(again)] if state.owner.stage is Stage.AGENT else [said]

    await centre.change(conversation_id, decide)


async def ask_again(centre: Centre, conversation_id: str) -> None:
    """The words of a turn could not be had: ask for them once more."""
    await _while_with_agent(centre, conversation_id, [AgentSaid(wording.SAY_AGAIN)])


async def give_up_waiting(centre: Centre, conversation_id: str, reason: CallEnd) -> None:
    """Nobody answers, or it goes on too long: say so and end."""
    text = wording.NOBODY_THERE if reason is CallEnd.SILENCE else wording.TOO_LONG
    await _while_with_agent(centre, conversation_id, [AgentSaid(text), Ended("system", ClosureReason.CUSTOMER_IDLE)])


async def tell_progress(centre: Centre, conversation_id: str) -> None:
    """Tell a waiting caller honestly where they stand."""
    state = await centre.store.reload(conversation_id)
    if not state.is_waiting:
        return
    found = await hand_off.place_in_queue(centre, state)
    if state.owner.stage is Stage.OFFERED:
        text = "Thank you for waiting. I'm connecting you to a colleague now."
    elif found.on_duty:
        wait = wording.wait_in_words(found.estimate_seconds)
        text = f"Thank you for waiting. You're number {found.position} in the queue; {wait}."
    else:
        text = (
            "Thank you for waiting. Nobody is free yet; I keep your place. Say “callback” and we'll ring you instead."
        )

    def decide(state: State) -> list[Event]:
        return [Notice("progress", text)] if state.is_waiting else []

    await centre.change(conversation_id, decide)


async def tell_operator_away(centre: Centre, conversation_id: str) -> None:
    """The operator's line is not there: the caller should know, and stay."""

    def decide(state: State) -> list[Event]:
        if state.owner.stage is not Stage.OPERATOR:
            return []
        first = (state.owner.operator_name or "Your operator").split()[0]
        return [Notice("operator_line_lost", f"{first}'s line isn't there at the moment. Please stay with me.")]

    await centre.change(conversation_id, decide)


async def stop_recording(centre: Centre, conversation_id: str, said: CustomerSaid) -> None:
    """The customer does not want the call recorded: their words, the stop, and that it is so.

    Words that say more than that are left for the agent to answer.
    """
    says_more = len(said.text.split()) > OBJECTION_WORDS

    def decide(state: State) -> list[Event]:
        if not state.is_live or said.client_id in state.talk.client_ids:
            return []
        if not (state.call and state.call.is_recording):
            return [said]
        told = Notice("recording", "The recording is stopped.")
        answer = told if says_more or state.is_with_human else AgentSaid(wording.NOT_RECORDED)
        return [said, RecordingChanged("customer", False), answer]

    await centre.change(conversation_id, decide)


async def _while_with_agent(centre: Centre, conversation_id: str, events: Sequence[Event]) -> None:
    await centre.change(conversation_id, lambda state: list(events) if state.owner.stage is Stage.AGENT else [])
