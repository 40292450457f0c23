"""Who is there: which details are compared with the record, what is still needed, and for whom somebody speaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.decision import Decision, HandOff, UseTool
from agent.draft import DecisionDraft
from agent.understanding.acts import Act
from agent.understanding.found import Found, Kind, Owner
from agent.understanding.reference_kinds import ReferenceKinds
from agent.wording.lines import spaced
from conversation import Assurance, EscalationReason, QuestionKind, TopicOutcome
from crm_adapter import ReferenceKind
from json_object import JsonObject

BIRTH, POSTCODE, SPEAKS_FOR, INTRODUCED = "date_of_birth", "postcode", "speaks_for", "introduced_as"
IDENTITY = "identity"
"""The slot of the question for whatever identifies the customer."""
MOST_CHECKS = 3
"""Failed checks of one conversation; then a person checks."""
APPLICATION = ReferenceKind.APPLICATION_NUMBER
REFERENCE_NAMES = frozenset(str(kind) for kind in ReferenceKind) - {POSTCODE}
_CONTACTS = (ReferenceKind.EMAIL, ReferenceKind.PHONE, ReferenceKind.POSTCODE)

_RELATIONS = r"husband|wife|partner|mum|mother|mam|dad|father|son|daughter|brother|sister|girlfriend|boyfriend|fianc[ée]+|nan|nana|gran\w*|uncle|aunt\w*|friend|mate|boss|client|customer|neighbour|landlord|tenant|employer|parents?|in-laws?|cousin|nephew|niece|flatmate|patient"
_ON_BEHALF = re.compile(
    rf"\b(?:on behalf of|(?:calling|ringing|asking|writing|enquiring|messaging|phoning|typing) (?:for|about|on behalf of)) (?:my |our |the |a |an )?(?P<a>(?:{_RELATIONS})\b(?: \w+)?|mrs?\.? \w+|ms\.? \w+|miss \w+|dr\.? \w+)"
    rf"|\bi(?:'?m| am) (?:also |actually |just |only )?(?:her|his|their|(?:\w+ ){{0,2}}\w+'?s) (?:\w+ )?(?P<b>husband|wife|partner|mum|mother|dad|father|son|daughter|brother|sister|carer|neighbour|friend|solicitor|assistant|secretary|accountant|executor|girlfriend|boyfriend|niece|nephew|grandson|granddaughter|grandchild|landlord|tenant|boss|colleague|ex|cousin|sister|brother|uncle|aunt|pa|manager|adviser|broker|lawyer|nurse|social worker)\b"
    rf"|\b(?:husband|wife|partner|mum|mother|dad|father|son|daughter|brother|sister|carer|neighbour|friend|assistant|secretary|solicitor) of (?:the )?(?:policy ?holder|account ?holder|mr|mrs|ms|miss|(?-i:[A-Z])\w+)\b"
    rf"|\b(?:this is|it's) (?:(?-i:[A-Z])\w+ ){{0,2}}(?-i:[A-Z])?\w+'s (?:husband|wife|partner|mum|mother|dad|father|son|daughter|brother|sister|carer|neighbour|friend|assistant|secretary|solicitor)\b"
    rf"|\b(?:(?:acting|speaking) for|on behalf of) (?:(?:mr|mrs|ms|miss|dr)\.? )?(?-i:[A-Z])\w+"
    rf"|\b(?:it's|it is|this is|its) (?:not (?:my|mine)[^.]{{0,24}}(?:it's|its)? ?)?my (?P<c>{_RELATIONS})(?:'s|s') (?:policy|claim|account|case|insurance|car|house|cover|payment|application)"
    r"|\bi(?:'?m| am) (?:also |actually |just |only )*(?:his|her|their) (?!own\b)(?:\w+ )?[a-z]{3,}"
    r"|\bi(?:'?m| am) (?:the|a|an) (?:new |live-in )?(?:carer|nurse|social worker|neighbour|solicitor|executor|landlord|attorney)\b"
    r"|\bi(?:'?m| am) (?:a |an |one of (?:the|your) |on the |from the )?(?:members? of )?(?:staff|ombudsman|detective|police officer"
    r"|constable|investigator|auditor|regulator|journalist|reporter|(?:claims|fraud|complaints|support) (?:team|handler|department))\b"
    r"|\bi work (?:for|at|with|in) (?:the |your )?(?:ombudsman|regulator|head office|(?:claims|fraud|complaints|support)(?: team| department)?)\b"
    r"|\b(?:(?:it's|its|this is) (?!not|all|just|only|here)(?:[a-z]{3,})|i'm|i am|calling|ringing|writing) (?:calling |ringing )?from (?:the |your )?"
    r"(?:ombudsman|regulator|head office|police|(?:claims|fraud|complaints|support)(?: team| department| desk)?)\b(?! (?:form|number|line))"
    rf"|\b(?:her|his|their) (?:{_RELATIONS}) (?:is |'s )?(?:typing|writing|here|speaking|asking|on the line)\b"
    r"|\b(?:his|her|their) (?:garage|solicitor|lawyer|bank|employer|accountant|landlord|letting agent|hospital|doctor)\b(?= ?[:,.]| here| speaking)"
    rf"|\bi (?:write|ask|call|ring|type|speak) for (?:my |our )?(?P<n>{_RELATIONS})"
    rf"|\bthat(?:'s| is| was) my (?P<o>{_RELATIONS})(?:'?s|s')(?: \w+)? (?:number|policy|birthday|date|account|details|postcode)\b"
    rf"|\b(?:isn't|is not|not) mine\b[^.?!]{{0,24}}\bmy (?P<p>{_RELATIONS})"
    rf"|\b(?:i help|i'?m (?:just )?helping|i am helping)(?: out)? my (?P<i>{_RELATIONS})\b"
    rf"|\bmy (?P<j>{_RELATIONS}) (?:\w+ ){{1,2}}?\w+'s (?:house |home |car |pet |travel |life )?(?:policy|claim|account|case|payment|application|record|details|cover|insurance)\b"
    rf"|\bmy (?P<d>{_RELATIONS})(?:'?s|s') (?:house |home |car |pet |travel |life )?(?:policy|claim|account|case|payment|application|record|details|cover|insurance)\b"
    rf"|\bmy (?P<e>{_RELATIONS}) (?:can't|cannot|can not|is unable to|doesn't|does not) (?:come to the phone|speak|talk|use|do this|type|see)"
    rf"|\bi (?:look after|handle|manage|deal with|sort out) (?:my )?(?P<f>{_RELATIONS})'s (?:affairs|paperwork|insurance|policies|bills|money)"
    rf"|\b(?:power of attorney|lasting power) (?:for|over) (?:my )?(?P<g>{_RELATIONS}|\w+)"
    rf"|\b(?:for|about) my (?P<k>{_RELATIONS}),? (?-i:[A-Z])\w+"
    rf"|\b(?:it'?s|its|this is|asking) (?:all )?for my (?P<q>{_RELATIONS})\b(?! (?:car|house|home|dog|cat|birthday)\b)"
    rf"|^(?:(?:hi|hello|hey|no|yes|good \w+)[,. ]+)?(?:\w[\w-]+|mrs? \w+)'s (?:new |older |younger )?(?:{_RELATIONS}|pa|carer|assistant|secretary|broker|solicitor)\b(?: here| speaking|[,.]|$)"
    rf"|\b(?:secretary|pa|translator|interpreter|broker|assistant|support worker|social worker|solicitor|accountant|bookkeeper|vet nurse|receptionist|estate agent|letting agent) "
    rf"(?:to|for|here|speaking)\b(?! (?:you|your|help)\b)"
    rf"|\b(?:we're|we are|i'm|i am) (?:her|his|their) (?:new |own )?\w+"
    rf"|\bi(?:'m| am) the (?:vet|vet nurse|broker|estate agent|letting agent|solicitor|new tenant|landlord|garage)\b"
    rf"|\bmy (?P<r>{_RELATIONS}),? (?!and\b|who\b|has\b|is\b|was\b)\w+ (?:had|applied|can'?t|cannot|needs to know|wants to know|lost)\b"
    rf"|\b(?:\w+'s|\w+ is) (?:here|sat|sitting) (?:with|next to|beside) me\b"
    rf"|\bfor (?:\w+ ){{1,3}}?\w+,? (?:s?he(?:'?s| is)|who(?:'?s| is)) my (?P<s>{_RELATIONS})\b"
    rf"|\bwhen my (?P<t>{_RELATIONS}) was born\b"
    r"|^(?:(?:hi|hello|hey)[,. ]+)?(?:her|his|their) (?:pa|assistant|secretary|carer|accountant|broker)\b"
    rf"|\bmy (?P<h>{_RELATIONS})(?: \w+)? (?:asked|told|wants|needs) me to (?:check|ask|find|ring|call|get|see|look|sort|pay|do|deal|handle|write|speak|chat)",
    re.IGNORECASE,
)
_IT_IS = re.compile(
    rf"\b(?:she|he|that|it|they|this)(?:'?s|'re| is| are)? (?:actually |really |only )?(?:my|our|ma) (?P<relation>{_RELATIONS})\b",
    re.IGNORECASE,
)
_HERS_IS = re.compile(
    r"^(?:\w+,? )?(?:(?:hers|his|theirs|(?-i:[A-Z])\w+'s|(?:her|his|their|\w+'s) (?:date|birth\w*|dob|d\.o\.b)\b[^.]{0,12})"
    r" (?:is|was)\b)(?<!\bit's is)",
    re.IGNORECASE,
)
"""The answer to "what is your date of birth?" that gives another person's."""
_OWN_TOO = re.compile(
    r"\b(?:drive|driver|add|quote|born|insure|cover(?:ed)?|pay(?:s|ing)?|joint|named on|remove|beneficiary|die[ds]?|passed|lend|borrow)\b",
    re.IGNORECASE,
)
"""A relative in such a sentence is what the wish is about, not whose account it is."""


DECEASED = "somebody who has died"
"""For whom nobody is let in: what is told goes to a person."""
_INTRODUCES = (
    r"\b(?:i'?m|i am|my name(?:'?s| is)|this is|name'?s|name is|it's) {0}\b|\b{0}(?: \w+)? (?:speaking|here)\b"
)
_IS_HOLDER = re.compile(
    r"\b(?:i am|i'm|it is|it's) (?:the )?(?:account ?holder|policy ?holder|customer)\b|\bit(?:'s| is) (?:my own|mine|my policy|my account|me)\b"
    r"|\bthat(?:'s| is) me\b|\b(?:is |'s )?(?:just |only )?(?:typing|writing|doing) (?:this |it )?for me\b"
    r"|\b(?:it'?s|this is) me\b|\b(?:i'?m|i am) (?:\w+ )?(?:typing|writing|speaking)(?: (?:this|it|now))* (?:myself|for myself)\b"
    r"|\b(?:she|he|they|my \w+(?: \w+)?) (?:may|can|is allowed to|has my permission to) (?:also )?(?:speak|talk|ask|write|deal with (?:you|this|it)) (?:for|on behalf of|about it for) me\b|\bmy \w+(?: is|'s) (?:just |only )?typing\b",
    re.IGNORECASE,
)


_IS_RELATIVE = re.compile(rf"\b(?:her|his|their) (?:\w+ )?(?:{_RELATIONS}|carer|pa|assistant)\b", re.IGNORECASE)
""" "It's me, her daughter": no account holder."""


@dataclass(frozen=True)
class Spokesperson:
    relation: str
    """Whom they speak for, as a customer hears it: "your mother"."""
    is_plain: bool = False
    """They say who they are themselves ("I'm his mum"): whoever was let in before was not the customer."""


def speaks_for(text: str, *, is_identifying: bool = False) -> Spokesperson | None:
    """Whether a plain text says that its writer speaks for somebody else.

    `is_identifying`: it says who is there, so that "she's my friend" speaks of the account holder.
    """
    match = _ON_BEHALF.search(text)
    if match is None and is_identifying and _HERS_IS.search(text):
        return Spokesperson("the account holder")
    if match is None:
        other = _IT_IS.search(text) if is_identifying else None
        return Spokesperson(f"your {other['relation'].lower()}") if other else None
    said = next((value for value in match.groupdict().values() if value), "the account holder").strip().lower()
    is_possessive = match["d"] is not None or match["k"] is not None
    if is_possessive and _OWN_TOO.search(text):
        return None
    if match["b"]:
        return Spokesperson("the account holder", is_plain=True)
    known = re.match(_RELATIONS, said)
    return Spokesperson(f"your {known[0]}" if known else "the account holder")


NOT_CUSTOMER = "not_a_customer"
_NOT_CUSTOMER = re.compile(
    r"\b(?:i'?m|i am|we're|we are) not (?:a customer|insured with you|with you|one of your customers|your customer|on your (?:system|books))\b"
    r"|\bnot a customer of yours\b|\b(?:haven't|don't have|have no|haven't got|do not have) (?:a |any |an )?(?:policy|account|insurance) with you\b"
    r"|\bhaven't got a policy,|\byour (?:customer|driver|policyholder|insured)s?\b[^.?!]{0,30}\b(?:hit|drove|crashed|ran|reversed|bumped|damaged|scraped|into)\b",
    re.IGNORECASE,
)


def is_of_other(text: str, found: Sequence[Found]) -> bool:
    """A birth date given as another's, beside a number or instead of the one asked for: "his birthday is …"."""
    if _OWN_TOO.search(text):
        return False
    return any(one.kind == Kind.BIRTH_DATE and one.owner is Owner.OTHER for one in found)


def is_no_customer(text: str) -> bool:
    """They say that they have nothing with us: there is no record to check them by."""
    return bool(_NOT_CUSTOMER.search(text))


def is_holder(text: str) -> bool:
    """They say that the account is their own."""
    return bool(_IS_HOLDER.search(text)) and not _IS_RELATIVE.search(text)


def introduced(text: str, name: str) -> bool:
    """Whether the turn introduces its writer by that name: "I'm Anne"."""
    return bool(re.search(_INTRODUCES.format(re.escape(name.split()[0])), text, re.IGNORECASE))


def references_of(draft: DecisionDraft) -> dict[ReferenceKind, str]:
    """What an identity check matches, by kind: the references named last, and only those.

    Earlier ones may be another person's policy or a number since corrected. A number says more than an e-mail address,
    and that more than a telephone, which may be new. A postcode finds somebody only beside their name.
    """
    named = [slot for kind in ReferenceKind if (slot := _own(draft, kind)) is not None]
    ranks = [[one for one in named if one.name == kind] for kind in (ReferenceKind.EMAIL, ReferenceKind.PHONE)]
    by_name = [one for one in named if one.name == POSTCODE and _own(draft, "name") is not None]
    numbers = [one for one in named if one.name not in _CONTACTS]
    kept = next((rank for rank in (numbers, *ranks, by_name) if rank), [])
    newest = max((slot.said_seq for slot in kept), default=0)
    return {ReferenceKind(slot.name): slot.value for slot in kept if slot.said_seq == newest}


def compared(draft: DecisionDraft) -> tuple[tuple[str, str], ...]:
    """Names and values an identity check compares with the record now."""
    known = [(str(kind), value) for kind, value in references_of(draft).items()]
    factors = [(name, slot.value) for name in (BIRTH, POSTCODE) if (slot := _own(draft, name)) is not None]
    return tuple(dict.fromkeys((*known, *factors)))


def identify(draft: DecisionDraft, references: ReferenceKinds, *, applicant: bool) -> Decision | None:
    """What is still to be done before we know who is there; None when we do."""
    identity = draft.state.record.identity
    if identity.assurance >= (Assurance.MATCHED if applicant else Assurance.VERIFIED):
        return None
    if _own(draft, NOT_CUSTOMER) is not None:
        draft.line("not_a_customer")
        return HandOff(EscalationReason.POLICY_RESTRICTION, says=draft.says, notes=draft.settled())
    if _own(draft, SPEAKS_FOR) is not None:
        return _representative(draft)
    if identity.failed_checks >= MOST_CHECKS:
        draft.line("check_gave_up")
        return HandOff(EscalationReason.AUTHENTICATION_FAILED, says=draft.says, notes=draft.settled())
    found = references_of(draft)
    birth = _own(draft, BIRTH)
    if applicant and (birth is None or APPLICATION in found):
        known = _application_keys(draft)
        if len(known) >= 2:
            return _check(draft, known, birth=None)
    if found and birth is not None:
        return _check(draft, found, birth=birth.value)
    return _ask(draft, references, found, applicant=applicant)


def _representative(draft: DecisionDraft) -> Decision:
    """Somebody whom the account holder has named may ask as they could: checked by their own name beside the holder's data."""
    name, found, birth = _own(draft, "name"), references_of(draft), _own(draft, BIRTH)
    is_new = (
        name is not None
        and birth is not None
        and draft.understood.seq in (name.said_seq, birth.said_seq, *_said(draft, found))
    )
    if (
        name is None
        or birth is None
        or not found
        or not is_new
        or draft.state.record.identity.failed_checks >= MOST_CHECKS
    ):
        return for_somebody_else(draft)
    return _check(draft, found, birth=birth.value, speaker=name.value)


def _said(draft: DecisionDraft, found: dict[ReferenceKind, str]) -> list[int]:
    return [slot.said_seq for kind in found if (slot := _own(draft, str(kind))) is not None]


def for_somebody_else(draft: DecisionDraft) -> Decision:
    """They speak for another person: nothing is told, general help and a person are offered."""
    slot = _own(draft, SPEAKS_FOR)
    whom = slot.value if slot else "the account holder"
    if whom == DECEASED:
        return HandOff(EscalationReason.POLICY_RESTRICTION, says=draft.says, notes=draft.settled())
    if not draft.attempts(IDENTITY) and not draft.state.record.identity.failed_checks:
        draft.ask(QuestionKind.SLOT, draft.text("third_party", whom=whom), slot=IDENTITY)
        return draft.reply()
    draft.line("third_party_again")
    draft.ask(QuestionKind.OFFER_PERSON, draft.text("offer_person"), choices=("Yes, a person please", "No, thanks"))
    return draft.reply()


def not_named(draft: DecisionDraft) -> Decision:
    """They say that they are not on the record: how they may be, and what can be answered all the same."""
    if draft.state.topic is not None:
        draft.close_topic(TopicOutcome.CANCELLED)
    slot = _own(draft, SPEAKS_FOR)
    draft.ask(QuestionKind.ANYTHING_ELSE, draft.text("not_named", whom=slot.value if slot else "the account holder"))
    return draft.reply()


def checked(draft: DecisionDraft, references: ReferenceKinds) -> Decision:
    """After a check that failed: ask again, or give up."""
    if draft.state.record.identity.failed_checks >= MOST_CHECKS:
        draft.line("check_gave_up")
        return HandOff(EscalationReason.AUTHENTICATION_FAILED, says=draft.says, notes=draft.settled())
    found = references_of(draft)
    kind = next(iter(found), None)
    label = references.kind(str(kind)) if kind else None
    reference = (
        f"{label.label if label else str(kind).replace('_', ' ')} {spaced(found[kind])}" if kind else "what you gave me"
    )
    if kind is ReferenceKind.POSTCODE:
        reference = "the spelling of your name"
    draft.clear(BIRTH)
    draft.ask(QuestionKind.SLOT, draft.text("check_failed", reference=reference), slot=IDENTITY)
    return draft.reply()


def is_of_identity(slot: str | None) -> bool:
    return slot in (IDENTITY, BIRTH, POSTCODE)


def _own(draft: DecisionDraft, name: str) -> Any:
    return next((slot for slot in draft.state.dialogue.slots if (slot.name, slot.topic) == (name, "")), None)


def _application_keys(draft: DecisionDraft) -> dict[ReferenceKind, str]:
    kinds = (APPLICATION, ReferenceKind.EMAIL, ReferenceKind.PHONE)
    return {kind: slot.value for kind in kinds if (slot := _own(draft, kind)) is not None}


def _check(
    draft: DecisionDraft, references: dict[ReferenceKind, str], *, birth: str | None, speaker: str = ""
) -> Decision:
    postcode, name = _own(draft, POSTCODE), _own(draft, "name")
    arguments: JsonObject = {
        "references": {str(kind): value for kind, value in references.items()},
        "date_of_birth": birth,
        "postcode": postcode.value if postcode else None,
        "name": name.value if name and not speaker else "",
        "is_introduced": _own(draft, INTRODUCED) is not None,
        "speaker": speaker,
    }
    return UseTool("verify_customer", arguments, draft.settled(), says=draft.says)


def _ask(
    draft: DecisionDraft, references: ReferenceKinds, found: dict[ReferenceKind, str], *, applicant: bool
) -> Decision:
    if draft.attempts(IDENTITY) >= MOST_CHECKS:
        has_given = bool(found) or _own(draft, BIRTH) is not None
        draft.line("check_gave_up" if has_given else "no_details")
        return HandOff(EscalationReason.AUTHENTICATION_FAILED, says=draft.says, notes=draft.settled())
    has_none = draft.understood.has(Act.DONT_KNOW) and not found and draft.asked is not None
    if has_none and draft.attempts(IDENTITY) == 1:
        draft.ask(QuestionKind.SLOT, draft.text("ask_by_name"), slot=IDENTITY)
        return draft.reply()
    if has_none and draft.attempts(IDENTITY):
        draft.line("no_details")
        draft.ask(QuestionKind.OFFER_PERSON, draft.text("offer_person"), choices=("Yes, a person please", "No, thanks"))
        return draft.reply()
    if draft.attempts(IDENTITY) and not draft.has_said and not draft.has_learnt:
        draft.line("did_not_catch")
    draft.ask(QuestionKind.SLOT, _question(draft, references, found, applicant=applicant), slot=IDENTITY)
    return draft.reply()


def _question(
    draft: DecisionDraft, references: ReferenceKinds, found: dict[ReferenceKind, str], *, applicant: bool
) -> str:
    first = _likely_reference(references)
    birth = _own(draft, BIRTH)
    if applicant:
        has = _application_keys(draft)
        missing = [] if APPLICATION in has else ["application number"]
        if has and missing and draft.attempts(IDENTITY):
            return draft.text("ask_birth_instead", first=missing[0])
        contact = "email address or phone number on the application"
        return draft.text("ask_applicant", first=" and the ".join([*missing, contact]) if len(has) < 2 else contact)
    if found and birth is None:
        kind = next(iter(found))
        known = references.kind(str(kind))
        slot = _own(draft, str(kind))
        is_new = slot is not None and slot.said_seq == draft.understood.seq
        lead = (
            draft.text("read_back", label=_capital(known.label if known else str(kind)), value=spaced(found[kind]))
            if is_new
            else ""
        )
        return f"{lead} {draft.text('ask_birth')}".strip()
    if birth is not None and _own(draft, POSTCODE) is not None:
        return draft.text("ask_name")
    if birth is not None:
        return draft.text("ask_reference", first=first)
    return draft.text("ask_reference_and_birth", first=first)


def _likely_reference(references: ReferenceKinds) -> str:
    """The number the customer most likely has: the policy's."""
    policy = references.kind(ReferenceKind.POLICY_NUMBER)
    return policy.label if policy else "reference number"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
