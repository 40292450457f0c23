"""Who asks for a person, speaks of law or is angry gets one."""

from agent.agent import Agent
from agent.context import context_of
from agent.decision import Decision, HandOff
from agent.draft import DecisionDraft
from agent.topics import note_values, open_wish
from agent.understanding.acts import Act, says_person
from agent.understanding.commands import (
    Start,
    values_of,
)
from agent.understanding.understanding import Understanding
from agent.wishes import Wishes, wishes_of
from conversation import EscalationReason

PLAIN_OTHER = 0.95
"""So likely another wish, only the words themselves ask for a person."""

SURE_PERSON, SHORT_WISH = 0.9, 6
"""A short turn so likely to ask for a person does, whatever its words."""

ANGER_LEVEL = -3
"""One turn this angry hands over; two in a row at -2 do too."""


def when_person_is_wanted(agent: Agent, draft: DecisionDraft) -> Decision | None:
    understood = draft.understood
    is_plain = Act.WANTS_PERSON in understood.whole.acts  # "get me a human, not a bot" asks nothing
    if understood.has(Act.REFUSE_PERSON) or (understood.has(Act.ASK_IF_AI) and not is_plain):
        return None
    if not _asks_for_person(understood):
        return None
    asked = draft.asked
    context = context_of(agent, draft)
    is_story = (
        asked is not None
        and context.asked is not None
        and context.asked.type == "text"
        and len(understood.text.split()) > 15
    )
    if is_story:
        return None
    draft.understand("wants_person")
    note_values(draft, values_of(understood, context))
    wishes = wishes_of(agent, draft, context)
    for start in reversed(wishes.starts):
        if draft.state.topic is None or start.confidence >= 0.7:
            open_wish(agent, draft, start)
    if understood.mood <= -2:
        draft.line("sorry_frustrating")
    else:
        draft.line("to_person")
    return HandOff(EscalationReason.CUSTOMER_REQUEST, is_requested=True, says=draft.says, notes=draft.settled())


def _asks_for_person(understood: Understanding) -> bool:
    best = next(iter(understood.whole.intent.candidates), None)
    is_wished = best is not None and best.intent == "talk_to_person" and best.probability >= SURE_PERSON
    if best is not None and best.intent != "talk_to_person" and best.probability >= PLAIN_OTHER:
        return says_person(understood.text)  # a wish as plain as this is no wish for a person
    is_plain = not understood.whole.acts and len(understood.text.split()) <= SHORT_WISH
    return understood.has(Act.WANTS_PERSON) or (is_wished and is_plain)


def when_legal(agent: Agent, draft: DecisionDraft) -> Decision | None:
    if not draft.understood.is_legal:
        return None
    draft.understand("legal")
    context = context_of(agent, draft)
    note_values(draft, values_of(draft.understood, context))
    for start in reversed(wishes_of(agent, draft, context).starts):
        open_wish(agent, draft, start)
    draft.fill("care", "take care", agent.safety.legal_label)
    draft.line("legal")
    return HandOff(
        EscalationReason.POLICY_RESTRICTION,
        says=draft.says,
        notes=draft.settled(),
        extra_priority=agent.safety.legal_priority,
    )


def is_angry(draft: DecisionDraft) -> bool:
    recent = draft.state.dialogue.moods[-2:]
    return draft.understood.mood <= ANGER_LEVEL or (len(recent) == 2 and max(recent) <= -2)


def takes_anger(agent: Agent, start: Start) -> bool:
    """A wish whose procedure is made for it, such as a complaint, serves better than being passed on."""
    procedure = agent.procedures.get(start.intent)
    return procedure is not None and not procedure.is_derived


def calm(agent: Agent, draft: DecisionDraft, wishes: Wishes) -> Decision:
    draft.understand("anger")
    for start in reversed(wishes.starts):
        open_wish(agent, draft, start)
    draft.line("sorry_frustrating")
    return HandOff(EscalationReason.NEGATIVE_SENTIMENT, says=draft.says, notes=draft.settled(), extra_priority=50)
