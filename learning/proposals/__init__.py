"""Proposals as they are kept: what was found, its draft, its alarms."""

from learning.proposals.drafts import draft_of, identifier, intent_of, title_of

__all__ = [
    "draft_of",
    "identifier",
    "intent_of",
    "title_of",
]
