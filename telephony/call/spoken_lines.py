"""What is said aloud of what the agent writes: screens show cards and links, a voice can't."""

import re
from collections.abc import Mapping
from typing import Any

from conversation.events import AgentSaid

_URL = re.compile(r"https?://\S+")
_PASSED_ON = "This is what I'll pass on, so you needn't repeat it:"
MOST_ATTRIBUTES = 3
"""Details said back; more is on the screen, and nobody listens to a list."""


def spoken_text(said: AgentSaid) -> str:
    """The line as a sentence for the ear."""
    text = _URL.sub("the link on your screen", said.text)
    card = said.card or {}
    if card.get("kind") == "handover":
        return f"{text.removesuffix(_PASSED_ON).strip()} {_passed_on(card)} Say so if anything should be changed."
    return text


def _passed_on(card: Mapping[str, Any]) -> str:
    """The summary as it is said to the customer; the card on a screen says it in the third person, to an operator."""
    told = ", ".join(f"{one['label']} {one['value']}" for one in card.get("attributes", ())[-MOST_ATTRIBUTES:])
    issue = str(card.get("issue", "")).strip()
    if issue and told:
        return f"I'll pass on what you told me. {issue}. And: {told}."
    return f"I'll pass on what you told me. {issue or told}." if issue or told else "I'll pass on what we said."
