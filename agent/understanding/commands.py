"""What a turn means in its conversation, as typed commands: several a turn, in the order they are to be obeyed.

Here the words of a turn meet what was asked, what is open and what was said last. Whoever understands (these rules and
small models, or a language model beside them) emits the same commands, under the same checks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from agent.understanding.acts import Act
from agent.understanding.dates import find_days, find_due, find_time, find_when
from agent.understanding.found import Found, Kind, Owner
from agent.understanding.meaning import Meaning
from agent.understanding.names import find_names
from agent.understanding.reference_kinds import ReferenceKinds
from agent.understanding.understanding import Clause, Understanding
from agent.understanding.values import find_values
from agent.understanding.yes_no import read_yes_no
from conversation import QuestionKind
from conversation.events import Question

UNKNOWN = "not known"
"""The value of what the customer does not know or does not have yet."""
LONGEST_TEXT = 600
"""Characters of an open answer that are kept as its value."""


@dataclass(frozen=True)
class Wanted:
    """A value that an open procedure can use."""

    name: str
    type: str
    label: str
    is_asked: bool = False
    options: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    meaning: Meaning | None = None
    hint: tuple[str, ...] = ()
    not_about: tuple[str, ...] = ()
    is_future: bool = False
    is_of_customer: bool = False
    is_opening: bool = False
    may_be_unknown: bool = False
    value: str = ""
    """What was said before; empty when nothing was."""

    @property
    def is_filled(self) -> bool:
        return self.value != ""


@dataclass(frozen=True)
class Context:
    """What the conversation is at, as far as understanding needs it."""

    today: date
    references: ReferenceKinds
    question: Question | None
    open_intents: tuple[str, ...]
    """The current one last."""
    wanted: tuple[Wanted, ...]
    """Of the current procedure, in its order."""
    last_article: tuple[str, str] | None
    """Article and section read out last."""
    is_opening: bool
    """Nothing was said by the customer before."""
    known: tuple[str, ...] = ()
    """Names of the references given so far, the newest last."""
    is_new_topic: bool = False
    """The turn opens the topic: what it says goes before what was said of such a topic earlier."""
    is_for_other: bool = False
    """They speak for the account holder, whose birth date is "his" or "hers"."""
    is_verified: bool = False
    """Their record is open: a birth date or a name said now is somebody else's."""

    @property
    def asked(self) -> Wanted | None:
        return next((one for one in self.wanted if one.is_asked), None)


@dataclass(frozen=True)
class SetValue:
    """A value for the customer or the topic."""

    name: str
    label: str
    value: str
    of_customer: bool
    is_correction: bool = False
    is_answer: bool = False
    """It answers the question that was open."""


@dataclass(frozen=True)
class Start:
    """A wish that a procedure serves."""

    intent: str
    confidence: float
    clause: Clause
    is_question: bool
    is_plain: bool = True
    """By its own words, without what else the turn or the conversation says."""


@dataclass(frozen=True)
class AskKnowledge:
    """A question an approved article may answer."""

    clause: Clause


@dataclass(frozen=True)
class Say:
    """One of the acts that is no wish by itself."""

    act: Act


@dataclass(frozen=True)
class Choose:
    """One of the options of a clarifying question; None: none of them."""

    intent: str | None


@dataclass(frozen=True)
class Unknown:
    clause: Clause


Command: TypeAlias = SetValue | Start | AskKnowledge | Say | Choose | Unknown


def name_of(command: Command) -> str:
    """The command for the record, without the customer's values."""
    match command:
        case SetValue():
            verb = "correct" if command.is_correction else "answer" if command.is_answer else "set"
            return f"{verb} {command.name}"
        case Start():
            return f"start {command.intent} {command.confidence:.2f}"
        case AskKnowledge():
            passage = command.clause.passage
            return f"ask {passage.article_id}#{passage.section} {passage.score:.2f}" if passage else "ask"
        case Say():
            return command.act.value
        case Choose():
            return f"choose {command.intent or 'none'}"
        case Unknown():
            return "unknown"


def values_of(one: Understanding, context: Context) -> tuple[SetValue, ...]:
    """Every value of the turn that is the customer's or that the open procedure can use."""
    asked = context.asked
    kind = asked.type if asked else ""
    found = list(find_values(one.text, context.today, context.references, asked=kind))
    found += find_names(one.text, one.spans, asked=kind)
    set_ = list(_of_customer(one.text, found, context))
    set_ += _of_topic(one, found, context, {command.name for command in set_})
    if not set_ and one.has(Act.CORRECT):
        set_ += _corrected(one, context)
    return tuple(set_)


def _corrected(one: Understanding, context: Context) -> Iterator[SetValue]:
    """ "No, it's 4471": the number named last, said again without its kind."""
    for name in reversed(context.known):
        kind = context.references.kind(name)
        for found in context.references.find_bare(one.text, name) if kind else ():
            yield SetValue(name, kind.label if kind else name, found.value, of_customer=True)
            return


_OTHERS_LETTERS = re.compile(r"\b[A-Z]{2,3}[ /-]$")


def _of_customer(text: str, found: list[Found], context: Context) -> Iterator[SetValue]:
    """References, birth date, name, contact data: true whatever the topic."""
    asked = context.asked
    seen: set[str] = set()
    others = {Kind.BIRTH_DATE, Kind.NAME} if _is_of_other(context) else set()
    if asked is not None and not asked.is_of_customer and asked.type in ("text", "address"):
        others |= {Kind.POSTCODE, Kind.NAME}  # whoever the story or the letter is about
    taken_by_topic = {
        want.type for want in context.wanted if not want.is_of_customer and _is_of_address(found, context)
    }
    for one in found:
        is_holders = context.is_for_other and one.owner is Owner.OTHER and one.kind == Kind.BIRTH_DATE
        if (one.owner is not Owner.CUSTOMER and not is_holders) or one.kind in seen or one.kind in others:
            continue
        if one.value.isdigit() and context.references.kind(one.kind) and _OTHERS_LETTERS.search(text[: one.start]):
            continue  # "LY 88142 26" is a number of somebody else's
        kind = context.references.kind(one.kind)
        label = kind.label if kind else {Kind.BIRTH_DATE: "date of birth"}.get(one.kind, "")  # type: ignore[call-overload]
        if one.kind in (Kind.EMAIL, Kind.PHONE, Kind.NAME, Kind.POSTCODE):
            label = {
                Kind.EMAIL: "email address",
                Kind.PHONE: "phone number",
                Kind.NAME: "name",
                Kind.POSTCODE: "postcode",
            }[Kind(one.kind)]
            is_for_topic = asked is not None and asked.type == one.kind and not asked.is_of_customer
            if is_for_topic or (one.kind == Kind.POSTCODE and Kind.POSTCODE in taken_by_topic):
                continue
        if label:
            seen.add(one.kind)
            is_answer = asked is not None and asked.type == one.kind
            yield SetValue(one.kind, label, one.value, of_customer=True, is_answer=is_answer)


def _is_of_other(context: Context) -> bool:
    """A name or birth date said now is another person's: the record is open, or just that was asked for."""
    asked = context.asked
    is_asked_for = asked is not None and asked.type in _OF_OTHERS and not asked.is_of_customer
    return is_asked_for or (context.is_verified and any(want.type in _OF_OTHERS for want in context.wanted))


def _of_topic(one: Understanding, found: list[Found], context: Context, done: set[str]) -> Iterator[SetValue]:
    used: set[int] = set()
    for want in sorted(context.wanted, key=lambda want: not want.is_asked):
        is_reconsidered = want.type in _RECONSIDERED and _may_replace(one, context)
        is_reconsidered |= want.type == Kind.POSTCODE and _beside_address(found)
        if want.name in done or (want.is_filled and not want.is_asked and not is_reconsidered):
            continue
        said, values = _without_refused(one, found) if want.is_filled else (one, found)
        value = _value_for(want, said, values, used, context)
        if value is not None:
            yield SetValue(want.name, want.label, value, of_customer=want.is_of_customer, is_answer=want.is_asked)


_REFUSED = re.compile(
    r"\bnot (?:on |for |to )*(?:the )?$|\b(?:why|how come|shows?|showing|says|said|saying)\b[^.!?]*$", re.IGNORECASE
)
"""In front of a value: it is refused, or wondered at."""


def _without_refused(one: Understanding, found: list[Found]) -> tuple[Understanding, list[Found]]:
    """The turn without the values that are not to replace what stands: "NO not the 23rd", "why does it say the 23rd"."""
    refused = [each for each in found if _REFUSED.search(one.text[: each.start])]
    text = one.text
    for each in refused:
        text = text[: each.start] + "·" * (each.end - each.start) + text[each.end :]
    return replace(one, text=text), [replace(each, kind="") if each in refused else each for each in found]


def _beside_address(found: list[Found]) -> bool:
    """A postcode right behind a street is that street's."""
    streets = [one.end for one in found if one.kind == Kind.ADDRESS]
    return any(one.kind == Kind.POSTCODE and any(0 <= one.start - end < 40 for end in streets) for one in found)


def _is_of_address(found: list[Found], context: Context) -> bool:
    """A postcode said now belongs to the address this topic collects, and not to who they are."""
    return _beside_address(found) or any(want.type == Kind.ADDRESS and want.is_filled for want in context.wanted)


def _may_replace(one: Understanding, context: Context) -> bool:
    """What was read back, or is being corrected, is put right by saying it anew."""
    is_read_back = context.question is not None and context.question.kind is QuestionKind.CONFIRM_ACTION
    return is_read_back or context.is_new_topic or one.has(Act.CORRECT)


_OF_OTHERS = ("name", "other_date_of_birth")
_RECONSIDERED = ("when", "date", "phone", "email", "postcode", "choice", "address")
"""Types of values that are put right by saying them anew."""


def _value_for(want: Wanted, one: Understanding, found: list[Found], used: set[int], context: Context) -> str | None:
    match want.type:
        case "yes_no":
            return _yes_no(want, one)
        case "choice":
            return _choice(want, one)
        case "text":
            return _text(want, one, context)
        case "time":
            return find_time(one.text) if want.is_asked else None
        case "when":
            return _when(want, one, found, context)
        case "date":
            value = _date(want, one, found, used, context)
        case "number":
            figures = re.search(r"\d+", one.text)
            value = figures[0] if figures and want.is_asked else None
        case _:
            value = _typed(want, one, found, used, context)
    if value is None and want.is_asked and want.may_be_unknown and one.has(Act.DONT_KNOW, Act.NO):
        return UNKNOWN
    return value


LONGEST_WHEN = 8
"""Words of a day or time that no rule reads: "when the shops open"."""
_NO_TIME = re.compile(r"\?|\b(?:not|no|never|(?:do|did|ca|wo|is)n'?t|want|know)\b", re.IGNORECASE)
"""In what is no answer to "when?"."""
_OTHER_DAY = re.compile(r"\b(?:another|a different|some other|an alternative) (?:day|date|time|slot)\b", re.IGNORECASE)
_INSTEAD = re.compile(r"(?:^|(?<=[,.;!?]))([^,.;!?]*)\binstead\b", re.IGNORECASE)


def _when(want: Wanted, one: Understanding, found: list[Found], context: Context) -> str | None:
    text = one.text
    for each in found:
        if each.kind == Kind.BIRTH_DATE:  # no appointment
            text = text[: each.start] + "·" * (each.end - each.start) + text[each.end :]
    if want.not_about:
        text = _without_clauses_about(text, want)
    if not want.is_asked and _OTHER_DAY.search(text):
        return None  # the day they name is the one that does not suit
    instead = _INSTEAD.search(text)
    said = (find_when(instead[1]) if instead else None) or find_when(text)
    if said is None:
        is_answer = want.is_asked and len(text.split()) <= LONGEST_WHEN and not _NO_TIME.search(text)
        return _text(want, one, context) if is_answer else None
    before = find_due(want.value, context.today)
    if before is not None and not find_days(said, context.today, future=True):  # "at ten, rather": of the same day
        return f"{before[0]:%A} {before[0].day} {before[0]:%B} {said}"
    return said


_CLAUSE = re.compile(r"[,;.!?]+\s|\b(?:but|and)\b|:")


def _without_clauses_about(text: str, want: Wanted) -> str:
    """Without the clauses about something else that has a time: "ring me, it's to move the repair to Thursday"."""
    kept, start = "", 0
    for end in (*(match.end() for match in _CLAUSE.finditer(text)), len(text)):
        clause = text[start:end]
        is_other = any(re.search(rf"(?<!\w){word}(?!\w)", clause, re.IGNORECASE) for word in want.not_about)
        is_own = any(re.search(rf"(?<!\w){word}(?!\w)", clause, re.IGNORECASE) for word in want.hint)
        kept += "·" * len(clause) if is_other and not is_own else clause
        start = end
    return kept


def _yes_no(want: Wanted, one: Understanding) -> str | None:
    if want.is_asked:
        first = one.clauses[0].text if one.clauses else one.text
        said = read_yes_no(one.text, yes=want.yes, no=want.no) or read_yes_no(first)
        return said or (_meant(want.meaning, one) if want.meaning and not one.whole.is_question else None)
    if any(re.search(rf"(?<!\w)(?:{phrase})(?!\w)", one.text, re.IGNORECASE) for phrase in want.no):
        return "no"
    is_yes = any(re.search(rf"(?<!\w)(?:{phrase})(?!\w)", one.text, re.IGNORECASE) for phrase in want.yes)
    return "yes" if is_yes else None


def _meant(meaning: Meaning, one: Understanding) -> str | None:
    """What its clauses say where they agree, and else the whole turn."""
    said = {meaning.of(clause.query.vector) for clause in one.clauses} - {None}
    return said.pop() if len(said) == 1 else meaning.of(one.whole.query.vector)


LONGEST_CHOICE = 6
"""Words of a question that may name an option by a part of it."""


def _choice(want: Wanted, one: Understanding) -> str | None:
    plain = one.text.lower()
    synonyms = dict(want.synonyms)
    hits = [
        (match.start(), option)
        for option in want.options
        for word in (option, *synonyms.get(option, ()))
        if (match := re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", plain))
    ]
    chosen = list(dict.fromkeys(option for _, option in sorted(hits)))
    if len(chosen) == 1 or (chosen and want.is_asked):
        return chosen[0]
    if not want.is_asked or chosen:
        return None
    ordinal = _ordinal(plain, len(want.options))
    if ordinal is not None:
        return want.options[ordinal]
    if one.whole.is_question and len(plain.split()) > LONGEST_CHOICE:
        return None  # it only has a word in common with the option
    words = set(re.findall(r"\w{3,}", plain))
    scores = {option: len(words & set(re.findall(r"\w{3,}", option.lower()))) for option in want.options}
    best = max(scores.values(), default=0)
    winners = [option for option, score in scores.items() if score == best]
    return winners[0] if best and len(winners) == 1 else None


def _ordinal(plain: str, count: int) -> int | None:
    """ "the first", "number two", "the last one": a place in a list that was offered."""
    for place, pattern in enumerate(
        (r"first|1st|number one|option 1|former", r"second|2nd|number two|option 2", r"third|3rd|number three|option 3")
    ):
        if place < count and re.search(rf"\b(?:{pattern})\b", plain):
            return place
    return count - 1 if count and re.search(r"\b(?:last|latter)(?: one)?\b", plain) and len(plain) < 30 else None


_NO_ANSWER = frozenset(
    {
        Act.CHITCHAT,
        Act.POSTPONE,
        Act.REPEAT,
        Act.ASK_WHY,
        Act.WANTS_PERSON,
        Act.CANCEL_TASK,
        Act.ASK_IF_AI,
        Act.CLOSING,
        Act.GREET,
        Act.THANK,
    }
)
_LEAD = re.compile(
    r"^(?:(?:well|so|um+|er+|ok(?:ay)?|yes|yeah|sure|it's|it is|its|because|about|that)[,.]? )+", re.IGNORECASE
)


_FIGURE = re.compile(r"\d")


def _text(want: Wanted, one: Understanding, context: Context) -> str | None:
    if want.is_asked:
        if _FIGURE.search(one.text) and not re.search(r"[^\W\d_]{3,}", one.text):
            return None  # a number is the answer to something else
        if one.whole.acts & _NO_ANSWER and len(one.text) < 80:
            return None
        if (
            one.whole.is_question
            and (one.whole.wish or (one.whole.passage and one.whole.passage.is_answer))
            and len(one.clauses) < 2
        ):
            return None
        if want.may_be_unknown and one.has(Act.DONT_KNOW) and len(one.text) < 60:
            return UNKNOWN
        if read_yes_no(one.text) and len(one.text.split()) <= 3:
            return UNKNOWN if want.may_be_unknown and read_yes_no(one.text) == "no" else None
        if not want.may_be_unknown and one.has(Act.DONT_KNOW, Act.ACKNOWLEDGE) and len(one.text.split()) < 5:
            return None
        return one.text[:LONGEST_TEXT]
    if want.is_opening and context.is_opening and len(one.text.split()) >= 6:
        return one.text[:LONGEST_TEXT]
    return None


BARE_DATE = 3
"""Words; "next Friday" said alone is for the procedure that wants a day to come, whatever was asked."""


def _date(want: Wanted, one: Understanding, found: list[Found], used: set[int], context: Context) -> str | None:
    if want.is_future:
        places = {(day.start, day.end): day.day.isoformat() for day in find_days(one.text, context.today, future=True)}
        ahead = [day for day in places.values() if day > context.today.isoformat()]
        if (
            not want.is_asked
            and len(ahead) == 1
            and len(one.text.split()) <= BARE_DATE
            and not _FIGURE.search(one.text)
        ):
            return ahead[0]
    candidates = [
        (number, each)
        for number, each in enumerate(found)
        if each.kind in (Kind.DATE,) and number not in used and each.owner is Owner.CUSTOMER
    ]
    if not want.is_asked and not (want.is_filled and _may_replace(one, context)):
        near = [pair for pair in candidates if not want.hint or _has_hint(one.text, pair[1], want.hint)]
        candidates = near
    if not candidates:
        return None
    number, each = candidates[0]
    used.add(number)
    value = each.value
    if want.is_future:
        value = (
            next(iter(places.values()), value)
            if len(places) == 1
            else next((day for (start, _), day in places.items() if abs(start - each.start) < 6), value)
        )
    at = find_time(one.text)
    return f"{value} {at}" if at and not want.is_future else value


def _has_hint(text: str, found: Found, hints: tuple[str, ...]) -> bool:
    around = text[max(0, found.start - 40) : found.end + 25].lower()
    return any(re.search(rf"(?<!\w){hint}(?!\w)", around) for hint in hints)


def _typed(want: Wanted, one: Understanding, found: list[Found], used: set[int], context: Context) -> str | None:
    kinds = {"other_date_of_birth": Kind.BIRTH_DATE}
    kind = kinds.get(want.type, want.type)
    fitting = [(number, each) for number, each in enumerate(found) if each.kind == kind and number not in used]
    if want.type == "other_date_of_birth":
        fitting = [pair for pair in fitting if pair[1].owner is Owner.OTHER or _is_of_other(context)]
    elif (
        want.type == Kind.POSTCODE
        and not want.is_asked
        and not want.is_of_customer
        and not _is_of_address(found, context)
    ):
        fitting = [pair for pair in fitting if pair[1].owner is Owner.NEW]  # the one that identifies them is not it
    elif not want.is_asked:
        fitting = [pair for pair in fitting if not want.hint or _has_hint(one.text, pair[1], want.hint)]
        if want.type == Kind.NAME:
            is_other = _is_of_other(context)
            fitting = [pair for pair in fitting if pair[1].owner is Owner.OTHER or want.is_of_customer or is_other]
    if (
        not fitting
        and want.is_asked
        and want.type == Kind.ADDRESS
        and _PLACE.search(one.text)
        and not one.whole.is_question
    ):
        return re.sub(_LEAD, "", one.text)[:160]
    if not fitting:
        return None
    preferred = [pair for pair in fitting if pair[1].owner is Owner.NEW] or fitting
    used.add(preferred[0][0])
    return preferred[0][1].value


_PLACE = re.compile(
    r"\d|\b(?:street|st|road|rd|lane|close|avenue|ave|drive|way|row|court|crescent|terrace|place|square|gardens?|hill|house"
    r"|cottage|farm|flat|park|walk|mews|grove|green|rise|view|yard|wharf|quay|parade|villas?|lodge|barn|mill)\b",
    re.IGNORECASE,
)
"""Something of an address; words without it are an answer to another question."""


_PERSONAL = re.compile(
    r"\b(?:my|mine|our|me|his|her|hers|(?:does|do|did|has|will) (?:he|she)|i've|i have|i had|i was|i'm waiting|you (?:said|promised|told|took|sent|owe|declined|rejected|refused|asked)|we've|have you)\b",
    re.IGNORECASE,
)


def is_personal(clause: Clause) -> bool:
    """About this customer's own affairs."""
    return bool(_PERSONAL.search(clause.text)) or bool(re.search(r"\d{4,}", clause.text))


_WISHES = re.compile(
    r"\b(?:i(?:'d| would) like|i want(?:ed)? (?:to|you|a|an|my|the|it|this|that)|(?<!do )(?<!would )(?<!did )(?<!will )i need (?:to|you|a|an|my|the)|(?<!do )i have to|i wish to|please|can you|could you|would you|will you|i'm (?:calling|writing|ringing) to|i am (?:calling|writing) to"
    r"|let me|help me|let'?s (?:start|do|open|begin|get|make|book)|we (?:want|need|would like)|pls|plz)\b",
    re.IGNORECASE,
)
_MAY_I = re.compile(
    r"\b(?:can|could|may|might) (?:i|we|my \w+|someone|somebody)\b|\bis it possible\b|\bam i able\b|\bdo i (?:need|have) to\b|\bdoes it\b|\bdo you\b",
    re.IGNORECASE,
)


def is_wish(clause: Clause) -> bool:
    """Asks for something to be done, whatever its question mark."""
    return bool(_WISHES.search(clause.text)) or not clause.is_question


def says_wish(clause: Clause) -> bool:
    """The words of a wish stand in it."""
    return bool(_WISHES.search(clause.text))


def asks_whether(clause: Clause) -> bool:
    """ "Could I …?": wants to know first, and perhaps then to have it done."""
    return clause.is_question and bool(_MAY_I.search(clause.text)) and not _WISHES.search(clause.text)


_GENERAL = re.compile(
    r"\b(?:how long (?:do|does|will|is)|usually|normally|generally|in general|what happens|what does|what is an?|what are|how do(?:es)?|how (?:is|are)|do you|does (?:a|an|it|the)|are (?:there|you)|is there|why do|when do you|how often|how can i|which|who (?:gets|pays|is|can|do)|where (?:do|does|can))\b",
    re.IGNORECASE,
)


_IMAGINED = re.compile(
    r"\bif (?:i|we|my|you|the|it|a|an|someone)\b|\bwould (?:i|it|you|my|that|travel|the)\b|\bwhat if\b", re.IGNORECASE
)


def is_general(clause: Clause) -> bool:
    """About how things are for everybody."""
    if not clause.is_question:
        return False
    return bool(_IMAGINED.search(clause.text)) or (bool(_GENERAL.search(clause.text)) and not is_personal(clause))


_ADDRESS = re.compile(r"\S+@\S+")


def has_words(clause: Clause) -> bool:
    """More than numbers and names of months: something that can be a wish."""
    return len(re.findall(r"[^\W\d_]{2,}", _ADDRESS.sub(" ", clause.text))) >= 2
