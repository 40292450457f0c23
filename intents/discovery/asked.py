"""Proposes attributes for a new intent: what operators asked customers who had the wish."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from encoder import Encoder
from intents.discovery.clusters import group
from intents.discovery.describe import direction
from intents.discovery.masking import mask_personal_data
from intents.discovery.proposal import AskedNext, Proposal
from intents.intent import AttributeType

_TYPES: tuple[tuple[AttributeType, str], ...] = (
    (AttributeType.EMAIL, r"\be-?mail\b"),
    (AttributeType.CLAIM_NUMBER, r"\bclaim (?:number|reference|id)\b"),
    (AttributeType.POLICY_NUMBER, r"\bpolicy (?:number|reference|id)\b"),
    (AttributeType.APPLICATION_NUMBER, r"\bapplication (?:number|reference|id)\b"),
    (AttributeType.CASE_NUMBER, r"\b(?:case|ticket|complaint) (?:number|reference|id)\b"),
    (AttributeType.POSTCODE, r"\b(?:postcode|post code|zip(?: code)?)\b"),
    (AttributeType.PHONE, r"\b(?:phone|telephone|mobile|contact) number\b|\bnumber to (?:call|reach)\b"),
    (AttributeType.DATE, r"\bdate\b|\bwhen (?:did|was|is|will|were)\b|\bwhat day\b|\bborn\b"),
    (AttributeType.MONEY, r"\bhow much\b|\bamount\b|\bprice\b|\bvalue of\b"),
    (AttributeType.NUMBER, r"\bhow many\b|\bmileage\b|\bage\b|\bhow old\b|\bnumber\b"),
    (AttributeType.NAME, r"\b(?:your|full|first|last|family) name\b|\bwho am i speaking\b"),
    (AttributeType.YES_NO, r"^(?:do|does|did|is|are|was|were|have|has|would|will|can|could)\b"),
)
_COMPILED = tuple((type_, re.compile(pattern, re.IGNORECASE)) for type_, pattern in _TYPES)

_QUESTION = re.compile(
    r"[^.!?]*\?|\b(?:may|can|could) i (?:have|get|take)[^.!?]*|\bplease (?:provide|give|tell)[^.!?]*", re.I
)
_SMALL_TALK = re.compile(r"\b(?:anything else|help you|how are you|assist you|hold on|a moment)\b", re.IGNORECASE)

MOST_CONVERSATIONS = 300
"""About so many of a proposal, evenly spaced, are enough to know what share of them a question was asked in."""


def asked_next(
    proposal: Proposal, replies: Mapping[str, Sequence[str]], encoder: Encoder, *, least_share: float = 0.25
) -> tuple[AskedNext, ...]:
    """The questions asked in at least that share of the proposal's conversations, most frequent first.

    `replies` holds per conversation what operators said after the wish. Questions of like meaning count as one; small
    talk does not count.
    """
    conversations = sorted({evidence.conversation for evidence in proposal.evidence})
    conversations = conversations[:: max(1, len(conversations) // MOST_CONVERSATIONS)]
    asked = [
        (conversation, question)
        for conversation in conversations
        for reply in replies.get(conversation, ())
        for question in questions(reply)
    ]
    if not asked:
        return ()
    texts = [question for _, question in asked]
    types = [attribute_type(text) for text in texts]
    vectors = encoder.encode(texts)
    # Questions of a recognised type belong together whatever their wording; the others by meaning.
    groups = group(vectors).partition.tolist()
    keys = [
        type_.value if type_ is not AttributeType.TEXT else f"text {label}"
        for type_, label in zip(types, groups, strict=True)
    ]
    found = []
    for key in Counter(keys):
        rows = [row for row, other in enumerate(keys) if other == key]
        share = len({asked[row][0] for row in rows}) / len(conversations)
        if share >= least_share:
            central = int((vectors[rows] @ direction(vectors[rows])).argmax())
            found.append(AskedNext(texts[rows[central]], types[rows[0]].value, share))
    return tuple(sorted(found, key=lambda one: (-one.share, one.prompt)))


def questions(reply: str) -> tuple[str, ...]:
    """The questions in something an operator said, personal data masked."""
    found = (match.strip() for match in _QUESTION.findall(mask_personal_data(reply)))
    return tuple(question for question in found if len(question.split()) > 1 and not _SMALL_TALK.search(question))


def attribute_type(question: str) -> AttributeType:
    """What kind of value a question asks for; TEXT where nothing tells."""
    return next((type_ for type_, pattern in _COMPILED if pattern.search(question)), AttributeType.TEXT)
