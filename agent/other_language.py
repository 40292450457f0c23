"""A language the agent does not speak: one approved sentence in it, and a person."""

from agent.agent import Agent
from agent.context import context_of
from agent.decision import Decision, HandOff
from agent.draft import DecisionDraft
from agent.topics import note_values, recognise
from agent.understanding.commands import (
    values_of,
)
from conversation import EscalationReason
from conversation.events import (
    LanguageNoticed,
)


def notice_language(draft: DecisionDraft) -> None:
    code = draft.understood.language
    if (
        code is not None
        and code != draft.state.talk.language
        and (code != "en" or len(draft.understood.text.split()) > 3)
    ):
        draft.note(LanguageNoticed(code))
        draft.understand(f"language {code}")


def when_other_language(agent: Agent, draft: DecisionDraft) -> Decision | None:
    code = draft.understood.language
    if code in (None, "en") or code not in agent.wording.notices:
        return None
    context = context_of(agent, draft)
    note_values(draft, values_of(draft.understood, context))
    draft.say(agent.wording.notices[code])
    best = next((one for one in draft.understood.whole.intent.candidates if one.intent in agent.procedures), None)
    intent = agent.library.find(best.intent) if best and best.probability >= 0.25 else None
    if intent is not None and intent.id in agent.procedures and draft.state.topic is None:
        recognise(agent, draft, intent, draft.understood.whole.intent)
    return HandOff(
        EscalationReason.POLICY_RESTRICTION,
        queue=_likely_queue(agent, draft),
        says=draft.says,
        notes=draft.settled(),
        extra_priority=5,
    )


def _likely_queue(agent: Agent, draft: DecisionDraft) -> str | None:
    """Where most of what the turn may mean is handled, even if it is not sure which of it is meant."""
    mass: dict[str, float] = {}
    for one in draft.understood.whole.intent.candidates:
        intent = agent.library.find(one.intent)
        if intent is not None and intent.id in agent.procedures:
            mass[intent.queue] = mass.get(intent.queue, 0.0) + one.probability
    best = max(mass, key=lambda queue: mass[queue], default=None)
    return best if best is not None and mass[best] >= 0.3 else None
