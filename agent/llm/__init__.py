"""The optional language model: asked for a wording, a reading or a summary, and believed only where grounded."""

from agent.llm.commands import MOST_PROCEDURES, Line, TurnFacts, checked

__all__ = [
    "MOST_PROCEDURES",
    "Line",
    "TurnFacts",
    "checked",
]
