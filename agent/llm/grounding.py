"""Decides if a language model's sentence may be used: nothing in it that the approved text does not say.

The guard is here and not in the prompt: a looser prompt made a 1.5B model invent a telephone number (llm.md 3.5).
It errs to the safe side, since a refused sentence costs nothing: the approved text is quoted instead. What it cannot
see is a wrong relation between right words within one clause; therefore the source stays on the screen.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from agent.llm import claims

MOST_SENTENCES = 2

ANSWER_SUPPORT = 0.6
"""Share of a sentence's content words that the passages must contain. Chosen on paraphrases of the demo articles
(tests/agent/test_llm_grounding.py): faithful ones have 0.67 to 1.0, changes of subject under 0.5."""

SUMMARY_SUPPORT = 0.5
"""Lower, because a summary reports about the conversation in words of its own."""

SUMMARY_CHARACTERS = 280


class Flaw(StrEnum):
    """Why a sentence was not used."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    MARKUP = "markup"
    FIRST_PERSON = "first_person"
    """Approved text says "we"; an "I" is the model's own promise, refusal or persona."""
    LINK = "link"
    NUMBER = "number"
    NAME = "name"
    OPPOSITE = "opposite"
    """Says no where the approved text says yes, or the other way round."""
    CONDITION = "condition"
    """Leaves out the "if", "when" or "only" of the approved text."""
    UNSUPPORTED = "unsupported"
    OUTCOME = "outcome"
    """Tells that something was done which nobody said was done."""


_MARKUP = re.compile(r"[<>{}\[\]`|*\\\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|myself)\b")
_OUTCOME = re.compile(
    r"\b(?:was|were|been|is|are|has|have|had|got|gets)\b(?:\s+(?:already|now|been|fully|successfully))*\s+"
    r"(?:refunded|resolved|approved|accepted|paid|repaid|cancelled|canceled|booked|arranged|confirmed|contacted|closed|"
    r"completed|fixed|sent|issued|transferred|refused|rejected|declined|settled|verified|identified|agreed)\b",
    re.IGNORECASE,
)


def reworded(quote: str, candidate: str, question: str = "") -> bool:
    """True when `candidate` may stand for the approved `quote`."""
    return flaw_in_answer(candidate, [quote], question) is None


def flaw_in_answer(candidate: str, passages: Sequence[str], question: str) -> Flaw | None:
    """What is wrong with an answer; None when it may be said.

    A number, date or link must come from the passages: one that only the customer said is not ours to confirm. A name
    may come from the question.
    """
    approved = " ".join(passages)
    parts = claims.sentences(candidate)
    if not parts:
        return Flaw.EMPTY
    if len(parts) > MOST_SENTENCES or len(candidate) > len(approved):
        return Flaw.TOO_LONG
    if _MARKUP.search(candidate):
        return Flaw.MARKUP
    if _FIRST_PERSON.search(candidate) and not _FIRST_PERSON.search(approved):
        return Flaw.FIRST_PERSON
    if not set(claims.links(candidate)) <= set(claims.links(approved)):
        return Flaw.LINK
    approved_parts = [part for passage in passages for part in claims.sentences(passage)]
    stems = claims.content_stems(approved)
    known = {token.lower() for token in claims.tokens(f"{approved} {question}")}
    for part in parts:
        if not _numbers_are_kept(part, approved_parts, question):
            return Flaw.NUMBER
        if _names_someone_else(part, known, stems | claims.content_stems(question)):
            return Flaw.NAME
        if _support(part, stems) < ANSWER_SUPPORT:
            return Flaw.UNSUPPORTED
        if _says_the_opposite(part, approved_parts):
            return Flaw.OPPOSITE
        if _drops_a_condition(part, approved_parts):
            return Flaw.CONDITION
    return None


def flaw_in_summary(candidate: str, turns: Sequence[str]) -> Flaw | None:
    """What is wrong with the summary line; None when the operator may read it."""
    said = " ".join(turns)
    if not candidate:
        return Flaw.EMPTY
    if len(claims.sentences(candidate)) > 1 or len(candidate) > SUMMARY_CHARACTERS:
        return Flaw.TOO_LONG
    if _MARKUP.search(candidate):
        return Flaw.MARKUP
    if not candidate.startswith("The customer"):
        return Flaw.UNSUPPORTED
    if not set(claims.links(candidate)) <= set(claims.links(said)):
        return Flaw.LINK
    if not _numbers_occur(candidate, said):
        return Flaw.NUMBER
    known = {token.lower() for token in claims.tokens(said)} | {"the", "customer"}
    stems = claims.content_stems(said) | _REPORTING
    if _names_someone_else(candidate, known, stems):
        return Flaw.NAME
    plain = said.lower()
    if any(found.group().lower() not in plain for found in _OUTCOME.finditer(candidate)):
        return Flaw.OUTCOME
    return Flaw.UNSUPPORTED if _support(candidate, stems) < SUMMARY_SUPPORT else None


_REPORTING = claims.content_stems("customer wants needs asks asked about says said reports would like agent help")


_PLAIN_VERBS = claims.content_stems("cost costs pay charge take takes get give come go goes make use need amounts")
"""Another may stand for these: "costs £25" and "you pay £25"."""


def _numbers_are_kept(part: str, approved: Sequence[str], question: str) -> bool:
    """Every number with its unit and limit, said of the same things as in the approved text."""
    runs, rest = claims.digit_runs(part)
    every_run = [run for sentence in approved for run in claims.digit_runs(sentence)[0]]
    if not all(any(run in known for known in every_run) for run in runs):
        return False
    limits = claims.limits_in(part)
    words = claims.content_stems(part)
    mentioned = words | claims.content_stems(question) | _PLAIN_VERBS
    pieces = [piece for clause in claims.clauses(rest) for piece in claims.alternatives(clause)]
    return all(
        any(
            _is_same_number(number, claims.content_stems(piece) or words, limits, sentence, mentioned)
            for sentence in approved
        )
        for piece in pieces
        for number in claims.numbers(piece)
    )


def _is_same_number(
    number: claims.Number, about: set[str], limits: frozenset[str], sentence: str, mentioned: set[str]
) -> bool:
    """True when a clause of the approved sentence says this number of the same things, none of them left out.

    Without the last a 1.5B model makes "cover for accidents begins 48 hours after" into "pet cover begins 48 hours
    after".
    """
    may_add = claims.limits_in(sentence)
    for clause in claims.clauses(sentence):
        for piece in claims.alternatives(clause):
            own = claims.content_stems(piece)
            near = own or claims.content_stems(sentence)
            is_about_it = 2 * len(about & near) > min(len(about), len(near)) and own <= mentioned
            if is_about_it and any(
                known.digits == number.digits
                and known.unit == number.unit
                and known.limits <= limits
                and number.limits <= may_add
                for known in claims.numbers(piece)
            ):
                return True
    return False


def _numbers_occur(candidate: str, said: str) -> bool:
    runs, rest = claims.digit_runs(candidate)
    known_runs = claims.digit_runs(said)[0]
    known = {number.digits for number in claims.numbers(said)}
    return all(any(run in one for one in known_runs) for run in runs) and all(
        number.digits in known for number in claims.numbers(rest)
    )


def _names_someone_else(part: str, known: set[str], stems: set[str]) -> bool:
    opener = claims.first_word(part)
    is_odd_opener = not (claims.is_opener(opener) or opener in known or claims.stem(opener) in stems)
    return is_odd_opener or any(name not in known for name in claims.names(part))


def _support(part: str, stems: set[str]) -> float:
    own = claims.content_stems(part)
    return len(own & stems) / len(own) if own else 0.0


def _says_the_opposite(part: str, approved: Sequence[str]) -> bool:
    """Compares each clause with the approved clauses nearest in words; when they disagree, the safe answer is yes."""
    known = [clause for sentence in approved for clause in claims.clauses(sentence)]
    return any(
        claims.negations(known[at]) != claims.negations(clause)
        for clause in claims.clauses(part)
        for at in _nearest(clause, known)
    )


def _drops_a_condition(part: str, approved: Sequence[str]) -> bool:
    """True when an unconditional sentence is nearest to something that holds on a condition."""
    if claims.is_conditional(part):
        return False
    known = [pair for sentence in approved for pair in claims.conditional_clauses(sentence)]
    words = [clause for clause, _ in known]
    return any(known[at][1] for clause in claims.clauses(part) for at in _nearest(clause, words))


def _nearest(clause: str, known: Sequence[str]) -> list[int]:
    """Positions of the same clause, else of those that share most words with it; none when no clause shares any."""
    plain = claims.plain(clause)
    same = [at for at, one in enumerate(known) if claims.plain(one) == plain]
    if same:
        return same
    own = claims.content_stems(clause)
    shared = [len(own & claims.content_stems(one)) for one in known]
    most = max(shared, default=0)
    return [at for at, count in enumerate(shared) if most and count == most]
