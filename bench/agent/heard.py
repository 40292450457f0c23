"""What is understood of a turn by itself: values, acts, language."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from agent import Agent
from agent.procedures import Collect
from agent.understanding import Context, Understander, Understanding
from agent.understanding.acts import Act
from agent.understanding.commands import Wanted, values_of
from bench.agent.rows import percent, read
from bench.report import Row
from conversation import QuestionKind
from conversation.events import Question
from encoder import content_stems

TODAY = date(2026, 11, 29)
_ACTS = {"person": {Act.WANTS_PERSON}, "goodbye": {Act.CLOSING}, "thank": {Act.THANK}, "closing": {Act.CLOSING}}
SAME_QUESTION = 0.5
"""Share of the words of the shorter of two questions."""
_OF_CUSTOMER = frozenset(["date_of_birth", "email", "phone", "postcode", "name"])


def heard(agent: Agent, understander: Understander, half: str, misses: list[str]) -> list[Row]:
    return [
        *_slots(agent, understander, half, misses),
        _social(understander, half, misses),
        *_languages(understander, half, misses),
    ]


def _understood(understander: Understander, rows: Sequence[dict[str, Any]]) -> list[Understanding]:
    return understander.understand_many([(row["text"], 1) for row in rows])


def _slots(agent: Agent, understander: Understander, half: str, misses: list[str]) -> list[Row]:
    rows = read(half, "slots")
    right = expected = garbage = 0
    for row, one in zip(rows, _understood(understander, rows), strict=True):
        wanted = {name: str(value) for name, value in row["values"].items()}
        found = {value.name: value.value for value in values_of(one, _asking(agent, row, wanted))}
        if "time" in wanted and " " in found.get("date", ""):  # a day with its hour is one value here
            found["date"], found["time"] = found["date"].split(" ")
        expected += len(wanted)
        right += sum(_same(found.get(name), value) for name, value in wanted.items())
        false = {name: value for name, value in found.items() if not _same(wanted.get(name), value)}
        garbage += bool(false)
        if false or any(not _same(found.get(name), value) for name, value in wanted.items()):
            misses.append(f"slots   {row['asked']}: {row['text'][:90]!r}: wanted {wanted}, found {found}")
    return [
        Row("slots_pct", percent(right, expected), "% of the values said"),
        Row("slots_garbage_pct", percent(garbage, len(rows)), "% of the turns, a wrong value read"),
    ]


def _same(found: str | None, wanted: str) -> bool:
    def plain(value: str) -> str:
        return "".join(value.lower().split()).strip(".,!")

    return found is not None and (plain(found) == plain(wanted) or found.startswith(wanted))


def _asking(agent: Agent, row: Mapping[str, Any], said: Collection[str]) -> Context:
    """The moment after a question for that kind of value, in a procedure that can use the others said, too.

    Where the tenant's own procedures ask the row's question, it is asked as they ask it: with their phrases, and for a
    day that lies ahead.
    """
    asked = row["asked"]
    step = _step(agent, asked, row.get("question", "")) if asked else None

    def wants(kind: str) -> Wanted:
        of_customer = kind in _OF_CUSTOMER or agent.references.kind(kind) is not None
        if step is None or kind != asked:
            return Wanted(kind, kind, kind, is_asked=kind == asked, is_of_customer=of_customer)
        return Wanted(
            kind,
            kind,
            kind,
            is_asked=True,
            is_of_customer=of_customer,
            yes=step.yes,
            no=step.no,
            meaning=agent.meanings.get((step.means_yes, step.means_no)),
            is_future=step.is_future,
        )

    wanted = tuple(wants(kind) for kind in dict.fromkeys([*([asked] if asked else []), *said]))
    question = Question(QuestionKind.SLOT, asked) if asked else None
    return Context(TODAY, agent.references, question, (), wanted, None, is_opening=asked is None)


def _step(agent: Agent, asked: str, question: str) -> Collect | None:
    """The tenant's question that shares most of its words with this one; None below SAME_QUESTION."""
    words = content_stems(question)
    own = [
        (len(words & told) / min(len(words), len(told)), step)
        for one in agent.procedures.values()
        for step in one.collects()
        if step.type == asked and words
        for told in (content_stems(step.prompt.source),)
        if told
    ]
    share, best = max(own, key=lambda pair: pair[0], default=(0.0, None))
    return best if share >= SAME_QUESTION else None


def _social(understander: Understander, half: str, misses: list[str]) -> Row:
    rows = read(half, "social")
    right = 0
    for row, one in zip(rows, _understood(understander, rows), strict=True):
        fits = one.has(*_ACTS.get(row["act"], {Act(row["act"])} if row["act"] in set(Act) else set()))
        right += fits
        if not fits:
            misses.append(f"social  {row['act']}: {row['text'][:90]!r}: {sorted(act.value for act in one.whole.acts)}")
    return Row("social_pct", percent(right, len(rows)), "% of small turns taken for what they are")


def _languages(understander: Understander, half: str, misses: list[str]) -> list[Row]:
    rows = read(half, "language")
    found = _understood(understander, rows)
    right = 0
    for row, one in zip(rows, found, strict=True):
        fits = (one.language or "en") == row["lang"]
        right += fits
        if not fits:
            misses.append(f"language {row['lang']}: {row['text'][:90]!r}: {one.language}")
    return [Row("language_pct", percent(right, len(rows)), "% of turns, the language noticed")]
