"""How the agent answers: a turn is understood, decided, its tools are run, and all of it is appended; the agent is
built here.
"""

from actions.answering.answer import Answering, PreemptiveAnswer, speaks_to_agent, unanswered
from actions.answering.build_agent import (
    AgentSources,
    build,
    own_tools,
    read_procedures,
    read_sources,
    variants,
    with_system_intents,
)
from actions.answering.procedure_sources import Content, content_of, procedures_in_use

__all__ = [
    "AgentSources",
    "Answering",
    "Content",
    "PreemptiveAnswer",
    "build",
    "content_of",
    "own_tools",
    "procedures_in_use",
    "read_procedures",
    "read_sources",
    "speaks_to_agent",
    "unanswered",
    "variants",
    "with_system_intents",
]
