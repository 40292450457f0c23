"""What one turn means in this conversation: the canary's share, and a language model's reading where in doubt."""

from datetime import datetime

from actions.change import Centre
from agent import Agent, Clarify, Decision, context_of, decide
from agent.llm import MOST_PROCEDURES, TurnFacts, checked
from agent.understanding import Context, Understanding
from conversation import State
from conversation.events import UtteranceUnmatched


async def understand(
    centre: Centre, state: State, understood: Understanding, now: datetime
) -> tuple[Understanding, Decision]:
    """The turn as this conversation is to understand it, and what the agent decides about it.

    Only where the agent would have asked what is meant, or said that it does not know, is a language model asked too.
    Its commands are checked like the local ones and stand beside them; without them it goes on as before.
    """
    runtime = centre.agent_slot.runtime
    understood = runtime.understanding.understander.in_conversation(state.conversation_id, understood)
    agent = runtime.agent.in_conversation(state.conversation_id)
    decision = decide(agent, state, understood, now)
    if not _is_in_doubt(decision):
        return understood, decision
    context = context_of(agent, agent.draft(state, understood, now))
    turn = turn_facts(agent, state, understood, context)
    lines = await centre.agent_slot.read(turn)
    commands = checked(lines, turn, understood, context) if lines else None
    return understood, decide(agent, state, understood, now, read=commands) if commands else decision


def _is_in_doubt(decision: Decision) -> bool:
    return isinstance(decision, Clarify) or any(isinstance(note, UtteranceUnmatched) for note in decision.notes)


def turn_facts(agent: Agent, state: State, understood: Understanding, context: Context) -> TurnFacts:
    """What a language model is told of the turn: the likeliest procedures first."""
    likely = [one.intent for one in understood.whole.intent.candidates]
    known = [one.id for one in agent.library.live() if one.id in agent.procedures and not one.is_group]
    ordered = [*(one for one in likely if one in known), *(one for one in known if one not in likely)]
    about = tuple((one, _about(agent, one)) for one in ordered[:MOST_PROCEDURES])
    return TurnFacts(understood.text, state.talk.last_agent_text, about, context.wanted)


def _about(agent: Agent, intent_id: str) -> str:
    return agent.library.get(intent_id).description or agent.procedures[intent_id].noun
