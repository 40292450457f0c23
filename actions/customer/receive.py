"""A customer starts a conversation, and says something."""

import secrets

from actions.answering.answer import PreemptiveAnswer
from actions.change import Centre, NotAllowed
from agent.understanding import mask_secrets
from conversation import Appended, Channel, ClosureReason, State
from conversation.events import (
    AgentSaid,
    ConversationStarted,
    CustomerSaid,
    Ended,
    Event,
    Fact,
    HandoverConfirmed,
    Spoken,
)
from conversation.fold import IllegalEvent
from storage.conversation import Moved


async def start_chat(
    centre: Centre, channel: Channel, *, pre_chat: tuple[Fact, ...] = (), device: str = "", page: str = ""
) -> tuple[State, str]:
    """A new conversation, greeted by the agent; returns its state and the secret for the customer's browser."""
    token = secrets.token_urlsafe(24)
    before = State(centre.new_id("c"))
    events: list[Event] = [
        ConversationStarted(channel, centre.tenant.language, pre_chat, device, page),
        AgentSaid(centre.tenant.persona.greeting),
    ]
    appended = await centre.store.append(before, events, centre.clock(), token_hash=centre.tokens.hashed(token))
    centre.publish(appended)
    return appended.state, token


async def receive(
    centre: Centre, conversation_id: str, text: str, client_id: str, *, voice: Spoken | None = None
) -> int:
    """Record the customer's message, once; returns its sequence number, or 0 for a repeat.

    `voice`: where in the call it was said. Raises NotAllowed when the conversation has ended.
    """

    def decide(state: State) -> list[Event]:
        if client_id in state.talk.client_ids:
            return []
        if not state.is_live:
            raise NotAllowed("This conversation has ended. Start a new one to go on.")
        return [CustomerSaid(mask_secrets(text), client_id, voice)]

    appended = await centre.change(conversation_id, decide)
    return appended.events[0].seq if appended.events else 0


async def receive_answered(
    centre: Centre, conversation_id: str, said: CustomerSaid, prepared: PreemptiveAnswer
) -> bool:
    """Record what was said together with the answer prepared for it; False when it does not fit any more."""
    state = await centre.store.load(conversation_id)
    if state.seq != prepared.seq or said.text != prepared.text or said.client_id in state.talk.client_ids:
        return False
    try:
        await centre.append(state, [said, *prepared.events])
    except (Moved, IllegalEvent):
        return False
    return True


async def confirm_handover(centre: Centre, conversation_id: str) -> None:
    """The customer says the summary is right: pass it on now."""
    await centre.change(
        conversation_id,
        lambda state: [HandoverConfirmed()] if state.is_waiting and not state.owner.is_handover_confirmed else [],
    )


async def leave(centre: Centre, conversation_id: str) -> Appended:
    """The customer ends the conversation."""
    return await centre.change(
        conversation_id, lambda state: [Ended("customer", ClosureReason.CUSTOMER_ENDED)] if state.is_live else []
    )
