"""What is said aloud of what the agent writes: screens show cards and links, a voice can't."""

import re

from conversation.events import AgentSaid

_URL = re.compile(r"https?://\S+")


def spoken_text(said: AgentSaid) -> str:
    """The line as a sentence for the ear."""
    text = _URL.sub("the link on your screen", said.text)
    card = said.card or {}
    if card.get("kind") == "handover":
        headline = str(card.get("headline", "")).rstrip(".")
        return f"{text.rstrip(':')}: {headline}. Say so if anything should be changed."
    return text
