"""The numbers and addresses a customer can name at any moment, whatever was asked."""

from datetime import datetime

from agent.extract import LONGEST_TEXT, customer_number, extract
from agent.turn import Turn
from crm_adapter.port import ReferenceKind
from intents.library import Attribute, AttributeType

_TYPES = (
    (ReferenceKind.CLAIM_NUMBER, AttributeType.CLAIM_NUMBER, "claim number"),
    (ReferenceKind.CASE_NUMBER, AttributeType.CASE_NUMBER, "case number"),
    (ReferenceKind.APPLICATION_NUMBER, AttributeType.APPLICATION_NUMBER, "application number"),
    (ReferenceKind.POLICY_NUMBER, AttributeType.POLICY_NUMBER, "policy number"),
    (ReferenceKind.EMAIL, AttributeType.EMAIL, "email address"),
    (ReferenceKind.PHONE, AttributeType.PHONE, "phone number"),
)

REFERENCES: dict[str, Attribute] = {
    kind: Attribute(
        name=kind, label=label, type=type_, prompt=f"What's the {label}?", mandatory=True, options=(), description=""
    )
    for kind, type_, label in _TYPES
}
"""Reference attributes by slot name, which is also the ReferenceKind."""

DATE_OF_BIRTH = Attribute(
    name="date_of_birth",
    label="date of birth",
    type=AttributeType.DATE,
    prompt="What's your date of birth?",
    mandatory=True,
    options=(),
    description="",
)


def find_references(text: str, now: datetime) -> dict[str, tuple[str, str]]:
    """Slot name to (label, value) for every reference in the text."""
    found: dict[str, tuple[str, str]] = {}
    text = text[:LONGEST_TEXT]
    for name, attribute in REFERENCES.items():
        value = extract(attribute, text, is_asked=False, now=now)
        if value:
            found[name] = (attribute.label, value)
    number = customer_number(text)
    if number:
        found[ReferenceKind.CUSTOMER_NUMBER] = ("customer number", number)
    return found


def note_references(turn: Turn) -> tuple[str, ...]:
    """Fill the slots of every reference just named; returns their names."""
    found = find_references(turn.heard.text, turn.now)
    for name, (label, value) in found.items():
        turn.fill(name, label, value)
    return tuple(found)


def references_of(turn: Turn) -> dict[ReferenceKind, str]:
    """What an identity check matches, by kind: the references the customer named last.

    Earlier ones may be another person's policy or a number since corrected.
    """
    named = [slot for kind in ReferenceKind if (slot := turn.state.slot(kind)) is not None]
    newest = max((slot.said_seq for slot in named), default=0)
    return {ReferenceKind(slot.name): slot.value for slot in named if slot.said_seq == newest}


def compared(turn: Turn) -> tuple[tuple[str, str], ...]:
    """Names and values an identity check compares with the record now."""
    birth = turn.state.value(DATE_OF_BIRTH.name)
    postcode = None if birth else turn.state.value("postcode")
    factors = ((DATE_OF_BIRTH.name, birth), ("postcode", postcode))
    known = tuple((str(kind), value) for kind, value in references_of(turn).items())
    return (*known, *((name, value) for name, value in factors if value))
