"""What an intent is: something a customer may want, and what the centre does about it."""

import re
from dataclasses import dataclass
from enum import StrEnum


class AttributeType(StrEnum):
    """What kind of value an attribute holds; the agent knows how to ask for and read each kind."""

    TEXT = "text"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CASE_NUMBER = "case_number"
    CLAIM_NUMBER = "claim_number"
    APPLICATION_NUMBER = "application_number"
    POLICY_NUMBER = "policy_number"
    POSTCODE = "postcode"


class SolutionKind(StrEnum):
    """Who or what serves the customer once the intent is known."""

    TOOL = "tool"
    ARTICLE = "article"
    QUEUE = "queue"


class Support(StrEnum):
    """How far the agent may go alone."""

    SELF_SERVICE = "self_service"
    ASSIST_ONLY = "assist_only"


class ReviewState(StrEnum):
    """Where an intent stands with the supervisors."""

    PENDING = "pending"
    APPROVED = "approved"
    DISCARDED = "discarded"
    MERGED = "merged"


@dataclass(frozen=True)
class Attribute:
    """One fact to collect from the customer before the intent can be served."""

    name: str
    """Key in snake_case, unique within the intent."""
    label: str
    """How people call it, lower case: "claim number"."""
    type: AttributeType
    prompt: str
    """The sentence the agent asks with."""
    mandatory: bool = False
    """True if nothing can be done without it."""
    options: tuple[str, ...] = ()
    """The permitted values of a choice; empty for every other type."""
    description: str = ""
    """For the supervisor; never said aloud."""


@dataclass(frozen=True)
class Solution:
    """Where an intent leads."""

    kind: SolutionKind
    target: str
    """Name of the tool, id of the article or id of the queue."""


@dataclass(frozen=True)
class Example:
    """One thing a customer may say to mean the intent."""

    text: str
    source: str = "library"
    """Where it comes from: library, operator, discovery, paraphrase."""


@dataclass(frozen=True)
class Intent:
    """Something customers want, how they say it and what is done about it."""

    id: str
    """snake_case, unique in the library, never changed."""
    name: str
    """Verb phrase from the customer's side: "Check on a claim"."""
    description: str
    """One or two sentences for people, including what it is not."""
    group: str | None
    """Id of the group intent above it; None at the top."""
    line_of_business: str
    queue: str
    """Where a person handles it."""
    skills: tuple[str, ...]
    """What that person must be able to do."""
    examples: tuple[Example, ...]
    attributes: tuple[Attribute, ...]
    solution: Solution
    support: Support = Support.SELF_SERVICE
    review_state: ReviewState = ReviewState.APPROVED
    is_live: bool = True
    """False while paused: kept, edited, but never recognised."""
    share: float = 1.0
    """Share of conversations it is recognised in; below 1 it is a canary (canary.py)."""
    is_group: bool = False
    """True for an intent that other intents belong to."""


def folded(text: str) -> str:
    """The words alone, without case and punctuation: texts that fold alike are one example."""
    return re.sub(r"\W+", " ", text.casefold()).strip()
