"""The AI: given a conversation and what was just heard, what to do next.

`decide(agent, state, understood, now)` is a function from values to a value, `resume` goes on with a tool's result.
The room holds no socket, no session and no clock. What must be right (identity, disclosure, escalation, numbers) is
deterministic code.

    understanding/  what a turn means, as commands      procedures/  what is done about a wish, as data
    tools/          what it can look up and do          wording/     what it says, as data
    llm/            the optional language model

    deciding        the order of the gates and of a turn   danger, other_language, to_person   the gates
    wishes, topics  which wishes, and their procedures     answers       answers to what was asked
    tool_results    what comes of a tool                   queue_turns   turns while a person is awaited
    identity, spokesperson, own_record                     who is there, and about which record
    summary, brief  the card of a hand-over, and its spoken form
"""

from agent.agent import Agent
from agent.brief import introduction, spoken_brief
from agent.context import context_of
from agent.deciding import decide
from agent.decision import AdjustHandOff, Clarify, Close, Decision, HandOff, Reply, Say, UseTool
from agent.identity import IDENTITY
from agent.pack import (
    PROCEDURES,
    SYSTEM_INTENTS_FILE,
    Pack,
    PackInvalid,
    parse_pack,
    procedures_in,
    read_pack,
    with_procedures,
)
from agent.summary import build_context, mood_of, recollected
from agent.tool_results import resume

__all__ = [
    "IDENTITY",
    "PROCEDURES",
    "SYSTEM_INTENTS_FILE",
    "AdjustHandOff",
    "Agent",
    "Clarify",
    "Close",
    "Decision",
    "HandOff",
    "Pack",
    "PackInvalid",
    "Reply",
    "Say",
    "UseTool",
    "build_context",
    "context_of",
    "decide",
    "introduction",
    "mood_of",
    "parse_pack",
    "procedures_in",
    "read_pack",
    "recollected",
    "resume",
    "spoken_brief",
    "with_procedures",
]
