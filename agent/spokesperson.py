"""Somebody who speaks for somebody else, and says so or gives it away."""

import re

from agent import identity
from agent.agent import Agent
from agent.draft import DecisionDraft
from agent.tools.verify_customer import may_be_called
from agent.understanding.commands import (
    SetValue,
)
from agent.understanding.values import find_values
from conversation import Assurance
from conversation.events import (
    IdentityChecked,
)


def notice_spokesperson(agent: Agent, draft: DecisionDraft) -> None:
    text = draft.understood.text
    if identity.is_no_customer(text) and draft.state.record.identity.assurance < Assurance.VERIFIED:
        draft.fill(identity.NOT_CUSTOMER, "not a customer", "says they have no policy with us")
    if identity.is_holder(text) and draft.state.value(identity.SPEAKS_FOR) != identity.DECEASED:
        draft.clear(identity.SPEAKS_FOR)
        draft.clear(identity.INTRODUCED)
        return
    asked = draft.asked.slot if draft.asked else None
    is_known = draft.state.record.identity.assurance >= Assurance.VERIFIED
    is_open = not is_known and draft.state.value(identity.BIRTH) is not None  # whose it is was not asked yet
    found = identity.speaks_for(
        draft.understood.text,
        is_identifying=identity.is_of_identity(asked) or is_open or (is_known and draft.is_just_checked),
    )
    if (
        found is None
        and not is_known
        and _gives_others_birth(agent, draft, is_identifying=identity.is_of_identity(asked))
    ):
        found = identity.Spokesperson("the account holder")
    is_representative = is_known and draft.state.value(identity.SPEAKS_FOR) is not None
    if found is None or is_representative or (is_known and not draft.is_just_checked and not found.is_plain):
        return
    draft.understand("speaks_for_other")
    if is_known:  # whoever was let in was not the customer after all
        draft.note(IdentityChecked(True, Assurance.UNKNOWN, "said to speak for another person"))
        draft.clear(identity.BIRTH)
    draft.fill(identity.SPEAKS_FOR, "speaks for", found.relation)


def _gives_others_birth(agent: Agent, draft: DecisionDraft, *, is_identifying: bool) -> bool:
    text, state = draft.understood.text, draft.state
    has_reference = any(slot.name in identity.REFERENCE_NAMES for slot in state.dialogue.slots) or re.search(
        r"\d{5,}", text
    )
    if not (is_identifying or has_reference) or state.value(identity.SPEAKS_FOR) is not None:
        return False
    return identity.is_of_other(text, find_values(text, draft.now.date(), agent.references))


def notice_introduction(draft: DecisionDraft, values: tuple[SetValue, ...]) -> None:
    name = next((value.value for value in values if value.name == "name" and value.of_customer), None)
    if not name or not identity.introduced(draft.understood.text, name):
        return
    draft.fill(identity.INTRODUCED, "introduced as", name)
    person = draft.state.record.identity
    if person.assurance >= Assurance.VERIFIED and person.name and not may_be_called(person.name, name):
        draft.note(IdentityChecked(True, Assurance.UNKNOWN, "gave another name after the check"))
        draft.clear(identity.BIRTH)
        draft.fill(identity.SPEAKS_FOR, "speaks for", "the account holder")
