"""Walks a procedure: from its first step every turn, past what is done, to the first thing that needs the outside.

There is no program counter. A step is done when its value is there, or when it is remembered with the same inputs
(`StepDone`): so a corrected value undoes exactly what was computed from it, a digression comes back by itself, and the
same conversation walks to the same place whenever it is replayed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent import identity
from agent.decision import Decision, HandOff, UseTool
from agent.draft import RECENTLY, DecisionDraft, digest
from agent.procedures import model as m
from agent.procedures.expressions import ExpressionFailed
from agent.procedures.texts import Text
from agent.understanding.commands import UNKNOWN
from agent.understanding.reference_kinds import ReferenceKinds
from agent.unmatched_log import exhausted
from conversation import EscalationReason, QuestionKind, Slot, TopicOutcome
from conversation import Step as DoneStep
from encoder import content_stems, stems
from json_object import JsonObject
from knowledge import KnowledgeIndex, Passage

MOST_STEPS = 400
"""Steps of one walk; a procedure that needs more is broken, and a person takes over."""
MOST_ATTEMPTS = 3
"""A question and two retries; then a person."""
ASKED_AGAIN = "asked again"
"""A step of a topic whose record was told just so before: they want more of it."""
CLEARLY = 0.12
"""So much nearer, a passage of another article is read out instead of one of the article named."""
MOST_CHOICES = 6
_ALL = re.compile(r"\b(?:both|all (?:of (?:them|those)|two|three|four)|each|every one)\b", re.IGNORECASE)
"""Records named in one question."""


@dataclass(frozen=True)
class Surrounds:
    """What a walk needs beside the conversation."""

    procedures: Mapping[str, m.Procedure]
    knowledge: KnowledgeIndex
    references: ReferenceKinds
    synonyms: Mapping[str, tuple[str, ...]]
    """What customers call a word of a record: "motor" -> car, vehicle."""


class _Finished(Exception):
    """The procedure says that it ends here."""


class Walk:
    """One walk of one procedure in one decision."""

    def __init__(self, draft: DecisionDraft, procedure: m.Procedure, around: Surrounds) -> None:
        self._draft, self._procedure, self._around = draft, procedure, around
        self._left = MOST_STEPS
        self._names = self._given()

    def run(self) -> Decision | None:
        """What is to be done next; None when the procedure is finished."""
        try:
            return self._steps(self._procedure.steps, "")
        except _Finished:
            return None

    def open_collects(self) -> tuple[m.Collect, ...]:
        """What the procedure may still ask for, as far as its conditions can be told now: not the other branches'."""
        return tuple(self._reachable(self._procedure.steps))

    def tools_done(self) -> list[tuple[m.UseTool, DoneStep]]:
        """The tools of this topic that have run and were not taken back, in the order they ran."""
        topic = self._draft.state.topic
        tools = list(self._tools_inside(self._procedure))
        return [
            (step, done)
            for done in (topic.steps if topic else ())
            for step in tools
            if done.result is not None and (done.step == step.place or done.step.endswith(f".{step.place}"))
        ]

    def _tools_inside(self, procedure: m.Procedure) -> Iterator[m.UseTool]:
        for step in procedure.all_steps():
            if isinstance(step, m.UseTool):
                yield step
            elif isinstance(step, m.Call):
                yield from self._tools_inside(self._around.procedures[step.procedure])

    def _reachable(self, steps: Sequence[m.Step]) -> Iterator[m.Collect]:
        for step in steps:
            try:
                match step:
                    case m.Collect() if step.when is None or step.when.holds(self._names):
                        yield step
                    case m.SetValue():
                        self._names[step.name] = step.value.value(self._names)
                    case m.If():
                        yield from self._reachable(step.then if step.condition.holds(self._names) else step.otherwise)
                    case m.ForEach():
                        yield from self._reachable(step.steps)
                    case m.Call():
                        yield from self._reachable(self._around.procedures[step.procedure].steps)
                    case m.Pick():
                        yield from self._reachable(step.otherwise)
                    case _:
                        continue
            except ExpressionFailed:  # depends on what no tool has read yet: either way may be taken
                yield from self._reachable((*step.then, *step.otherwise)) if isinstance(step, m.If) else ()

    @property
    def _topic(self) -> str:
        return self._draft.state.topic.intent if self._draft.state.topic else ""

    def _given(self) -> JsonObject:
        state, topic = self._draft.state, self._draft.state.topic
        slots = {
            slot.name: slot.value
            for scope in ("", topic.intent if topic else "")
            for slot in state.dialogue.slots
            if slot.topic == scope
        }
        names: JsonObject = dict.fromkeys(_declared(self._procedure, self._around.procedures))
        for collect in collects_of(self._procedure, self._around.procedures):
            names[collect.name] = _typed(collect, slots.get(collect.name))
        names |= {name: slots.get(name) for name in _used(self._procedure, self._around.procedures)}
        person = state.record.identity
        since = [
            turn.text
            for turn in state.talk.last_turns
            if topic is not None and turn.speaker == "customer" and turn.seq > topic.said_seq
        ]
        said = " ".join(dict.fromkeys((topic.words if topic else "", *since, self._draft.understood.text)))
        return names | {
            "today": self._draft.now.date().isoformat(),
            "said": said.lower(),
            "asked_again": topic is not None and topic.step(ASKED_AGAIN) is not None,
            "channel": str(state.talk.channel),
            "language": state.talk.language,
            "customer": {
                "name": person.name or "",
                "is_verified": int(person.assurance) >= 2,
                "id": person.customer_id or "",
            },
            "speaks_for": slots.get(identity.SPEAKS_FOR, ""),
            "item": None,
        }

    def _steps(self, steps: Sequence[m.Step], prefix: str) -> Decision | None:
        for number, step in enumerate(steps):
            self._left -= 1
            if self._left < 0:
                return self._broken(step, "too many steps")
            try:
                if isinstance(step, m.Pick) and self._wants_all(step, rest := steps[number + 1 :]):
                    return self._for_all(step, rest, prefix)
                decision = self._step(step, prefix + step.place)
            except ExpressionFailed as error:
                return self._broken(step, str(error))
            if decision is not None:
                return decision
        return None

    def _broken(self, step: m.Step, reason: str) -> Decision:
        """A procedure that cannot go on: the customer gets a person, the operator the place."""
        self._draft.fill(
            "procedure_fault", "procedure fault", f"{self._procedure.id}, step {step.place}: {reason}"[:300]
        )
        return HandOff(EscalationReason.AGENT_ERROR, says=(*self._draft.says,), notes=self._draft.settled())

    def _step(self, step: m.Step, place: str) -> Decision | None:  # one case a kind of step: splitting hides the table
        match step:
            case m.Collect():
                return self._collect(step)
            case m.Identify():
                return identity.identify(self._draft, self._around.references, applicant=step.applicant)
            case m.UseTool():
                return self._tool(step, place)
            case m.Pick():
                return self._pick(step, place)
            case m.SayText():
                self._say(step.text, place)
                return None
            case m.AnswerFrom():
                return self._answer(step, place)
            case m.If():
                branch = step.then if step.condition.holds(self._names) else step.otherwise
                return self._steps(branch, _above(place, step.place))
            case m.SetValue():
                self._names[step.name] = step.value.value(self._names)
                return None
            case m.ForEach():
                return self._each(step, place)
            case m.Call():
                return self._steps(self._around.procedures[step.procedure].steps, f"{place}.{step.procedure}.")
            case m.Confirm():
                return self._confirm(step, place)
            case m.HandOver():
                return self._hand_over(step, place)
            case m.Note():
                self._draft.fill(f"note_{place}", step.label, step.text.filled(self._names), topic=self._topic)
                return None
            case m.End():
                raise _Finished

    def _collect(self, step: m.Collect) -> Decision | None:
        draft = self._draft
        if step.when is not None and not step.when.holds(self._names):
            self._names[step.name] = None
            return None
        if self._names[step.name] is None and step.prefill is not None:
            value = step.prefill.value(self._names)
            if value is not None:
                draft.fill(step.name, step.label, str(value), topic="" if step.is_of_customer else self._topic)
                self._names[step.name] = _typed(step, str(value))
        if self._names[step.name] is not None:
            return self._validated(step)
        return None if step.is_optional else self._ask(step)

    def _validated(self, step: m.Collect) -> Decision | None:
        if (
            step.valid is None
            or step.invalid_say is None
            or self._names[step.name] == UNKNOWN
            or step.valid.holds(self._names)
        ):
            return None
        self._draft.say(step.invalid_say.filled(self._names))
        self._draft.clear(step.name, topic="" if step.is_of_customer else self._topic)
        self._names[step.name] = None
        return self._ask(step)

    def _ask(self, step: m.Collect) -> Decision:
        draft = self._draft
        if draft.attempts(step.name) >= MOST_ATTEMPTS:
            draft.line("sorry_not_right")
            return HandOff(EscalationReason.UNABLE_TO_PROCEED, says=draft.says, notes=draft.settled())
        if draft.attempts(step.name) and not draft.has_said and not draft.has_learnt:
            draft.line("did_not_catch")
        choices = step.options or (("Yes", "No") if step.type == "yes_no" else ())
        draft.ask(QuestionKind.SLOT, step.prompt.filled(self._names), slot=step.name, choices=choices)
        return draft.reply()

    def _tool(self, step: m.UseTool, place: str) -> Decision | None:
        arguments = {name: expression.value(self._names) for name, expression in step.arguments}
        inputs = digest((step.tool, sorted(arguments.items(), key=lambda pair: pair[0])))
        topic = self._draft.state.topic
        done = topic.step(place) if topic else None
        if done is not None and done.inputs == inputs and done.result is not None:
            self._names[step.result] = done.result
            return None
        return UseTool(step.tool, arguments, self._draft.settled(), step=place, inputs=inputs, says=self._draft.says)

    def _pick(self, step: m.Pick, place: str) -> Decision | None:
        items = step.items.value(self._names) or []
        if not items:
            if step.otherwise:
                return self._steps(step.otherwise, _above(place, step.place))
            self._draft.line("none_found", what=self._procedure.noun)
            raise _Finished
        chosen = self._chosen(step, items)
        if chosen is None:
            return self._ask_which(step, items)
        self._names[step.name] = chosen
        return None

    def _wants_all(self, step: m.Pick, rest: Sequence[m.Step]) -> bool:
        """ "Both, please": every record is told, where what follows only tells."""
        draft = self._draft
        topic = draft.state.topic
        is_asked = draft.asked is not None and draft.asked.slot == step.name
        said = draft.understood.text if is_asked or topic is None else topic.words
        only_tells = not any(isinstance(one, m.Confirm | m.UseTool | m.Collect) for one in m.inside(tuple(rest)))
        return only_tells and bool(_ALL.search(said))

    def _for_all(self, step: m.Pick, rest: Sequence[m.Step], prefix: str) -> Decision | None:
        for item in (step.items.value(self._names) or [])[:MOST_CHOICES]:
            self._names[step.name] = item
            decision = self._steps(rest, prefix)
            if decision is not None:
                return decision
        return None

    def _chosen(self, step: m.Pick, items: list[JsonObject]) -> JsonObject | None:
        draft = self._draft
        by_key = {str(item[step.key]): item for item in items}
        text = draft.understood.text
        named = next(
            (slot for slot in draft.state.dialogue.slots if slot.name == step.reference and slot.value in by_key), None
        )
        before = next(
            (slot for slot in draft.state.dialogue.slots if (slot.name, slot.topic) == (step.name, self._topic)), None
        )
        if (draft.is_confirming or self._is_confirmed()) and (kept := before or named) and kept.value in by_key:
            return by_key[kept.value]  # the yes is to what was read back, whatever else the turn speaks of
        if named is not None and named.said_seq == draft.understood.seq:
            return by_key[named.value]
        if len(items) == 1:
            return items[0]
        is_asked = draft.asked is not None and draft.asked.slot == step.name
        topic = draft.state.topic
        described = text if is_asked or topic is None else f"{topic.words} {text}"
        found = _by_words(described, items, step, self._around.synonyms)
        if found is None and is_asked:
            found = _by_ordinal(text, items)
        if found is None:
            known = [slot for slot in (named, before, self._told_last(step)) if slot and slot.value in by_key]
            if known:
                return by_key[max(known, key=lambda slot: slot.said_seq).value]
        if found is not None:
            draft.fill(step.name, step.name.replace("_", " "), str(found[step.key]), topic=self._topic)
        return found

    def _is_confirmed(self) -> bool:
        topic = self._draft.state.topic
        confirms = [step.place for step in self._procedure.all_steps() if isinstance(step, m.Confirm)]
        done = [one.step for one in topic.steps] if topic else []
        return any(one == place or one.endswith(f".{place}") for one in done for place in confirms)

    def _told_last(self, step: m.Pick) -> Slot | None:
        """The record of that kind they chose a few turns ago, for another wish."""
        draft = self._draft
        chosen = [slot for slot in draft.state.dialogue.slots if slot.name == step.name]
        last = max(chosen, key=lambda slot: slot.said_seq, default=None)
        return last if last is not None and last.said_seq >= draft.state.seq - RECENTLY else None

    def _ask_which(self, step: m.Pick, items: list[JsonObject]) -> Decision:
        draft = self._draft
        if draft.attempts(step.name) >= MOST_ATTEMPTS:
            return HandOff(EscalationReason.UNABLE_TO_PROCEED, says=draft.says, notes=draft.settled())
        labels = tuple(step.label.filled(self._names | {"item": item}) for item in items[:MOST_CHOICES])
        self._names["item"] = None
        text = step.prompt.filled(self._names | {"item": {"options": ", ".join(labels[:-1]) + " or " + labels[-1]}})
        draft.ask(QuestionKind.SLOT, text, slot=step.name, choices=labels)
        return draft.reply()

    def _say(self, text: Text, place: str) -> None:
        filled = text.filled(self._names)
        inputs = digest(filled)
        topic = self._draft.state.topic
        done = topic.step(place) if topic else None
        if done is not None and done.inputs == inputs:
            return
        self._draft.say(filled)
        is_fact = any(not isinstance(part, str) for part in text.parts)
        self._draft.done(place, inputs, {"told": filled} if is_fact else None)

    def _answer(self, step: m.AnswerFrom, place: str) -> Decision | None:
        topic = self._draft.state.topic
        if topic is not None and topic.step(place) is not None:
            return None
        knowledge, query = self._around.knowledge, self._draft.understood.whole.query
        within = knowledge.search(query, limit=8, within=step.article or None)
        if step.section:
            passage = next((one for one in knowledge.all_of(step.article) if one.section == step.section), None)
        else:
            passage = within[0] if within and (step.article or within[0].is_answer) else None
            best = next(iter(knowledge.search(query, limit=1)), None)
            if best and passage and step.article and _answers_better(best, passage):
                passage = best  # another article answers clearly better than the one that is usual here
            before = self._draft.read_before()
            if passage and (passage.article_id, passage.section) in before:
                fresh = (one for one in within if one.is_answer and (one.article_id, one.section) not in before)
                passage = next(fresh, None)
                if passage is None:
                    self._draft.close_topic(TopicOutcome.DONE)
                    return exhausted(self._draft)
        self._draft.done(place, "")
        if passage is None:
            if not step.is_needed:
                return None
            return HandOff(EscalationReason.MISSING_KNOWLEDGE, says=self._draft.says, notes=self._draft.settled())
        if (passage.article_id, passage.section) not in self._draft.read_out:
            self._draft.quote(knowledge.condensed(passage, query))
        return None

    def _each(self, step: m.ForEach, place: str) -> Decision | None:
        for number, item in enumerate(step.items.value(self._names) or []):
            self._names[step.name] = item
            decision = self._steps(step.steps, f"{place}.{number}.")
            if decision is not None:
                return decision
        return None

    def _confirm(self, step: m.Confirm, place: str) -> Decision | None:
        draft = self._draft
        text = step.text.filled(self._names)
        inputs = digest(text)
        topic = draft.state.topic
        done = topic.step(place) if topic else None
        if done is not None and done.inputs == inputs:
            return None
        asked = draft.asked
        if (
            draft.is_confirming
            and asked is not None
            and asked.kind is QuestionKind.CONFIRM_ACTION
            and asked.slot == f"{place}:{inputs}"
        ):
            draft.done(place, inputs)
            return None
        draft.ask(
            QuestionKind.CONFIRM_ACTION,
            draft.text("confirm", what=text),
            slot=f"{place}:{inputs}",
            choices=("Yes, go ahead", "No"),
        )
        return draft.reply()

    def _hand_over(self, step: m.HandOver, place: str) -> Decision | None:
        draft = self._draft
        topic = draft.state.topic
        if step.is_offer and not draft.state.is_waiting:
            if topic is not None and topic.step(place) is not None:
                return None
            asked = draft.asked
            if not (asked is not None and asked.kind is QuestionKind.OFFER_PERSON and asked.slot == place):
                text = step.text.filled(self._names) if step.text else draft.text("offer_person")
                draft.ask(QuestionKind.OFFER_PERSON, text, slot=place, choices=("Yes, please", "No, thanks"))
                return draft.reply()
            draft.done(place, "")  # only a yes takes it up, and that is answered before
            return None
        if step.text is not None and not step.is_offer:
            draft.say(step.text.filled(self._names))
        return HandOff(
            EscalationReason(step.reason),
            intent=self._topic or None,
            queue=step.queue or None,
            says=draft.says,
            notes=draft.settled(),
            extra_priority=step.priority,
        )


def _above(place: str, own: str) -> str:
    """The prefix of a step's surroundings: steps inside branches carry their whole place themselves."""
    return place[: len(place) - len(own)]


def _typed(collect: m.Collect, value: str | None) -> Any:
    if value is None:
        return None
    if collect.type == "yes_no" and value in ("yes", "no"):
        return value == "yes"
    return int(value) if collect.type == "number" and value.isdigit() else value


def _declared(procedure: m.Procedure, procedures: Mapping[str, m.Procedure]) -> Iterator[str]:
    for step in procedure.all_steps():
        match step:
            case m.Collect() | m.Pick() | m.SetValue() | m.ForEach():
                yield step.name
            case m.UseTool():
                yield step.result
            case m.Call():
                yield from _declared(procedures[step.procedure], procedures)
            case _:
                continue


def _used(procedure: m.Procedure, procedures: Mapping[str, m.Procedure]) -> Iterator[str]:
    yield from procedure.uses
    for step in procedure.all_steps():
        if isinstance(step, m.Call):
            yield from _used(procedures[step.procedure], procedures)


def collects_of(procedure: m.Procedure, procedures: Mapping[str, m.Procedure]) -> Iterator[m.Collect]:
    """Every value the procedure may ask for, those of the procedures it calls in their place."""
    for step in procedure.all_steps():
        if isinstance(step, m.Collect):
            yield step
        elif isinstance(step, m.Call):
            yield from collects_of(procedures[step.procedure], procedures)


def _by_words(
    text: str, items: list[JsonObject], step: m.Pick, synonyms: Mapping[str, tuple[str, ...]]
) -> JsonObject | None:
    """The record that the customer's words describe, if they describe one of them better than all others."""
    said = content_stems(text)
    numbers = re.findall(r"\d{4,}", text)
    for item in items:
        key = re.sub(r"\D", "", str(item[step.key]))
        if any(number == key for number in numbers):
            return item
    described = []
    for item in items:
        words = {word for field in step.words for word in stems(str(item.get(field) or ""))}
        words |= {word for one in list(words) for name in synonyms.get(one, ()) for word in stems(name)}
        described.append(words)
    counts: dict[str, int] = {}
    for words in described:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    scores = [sum(1.0 / counts[word] for word in words & said if counts[word] < len(items)) for words in described]
    order = sorted(range(len(items)), key=lambda at: -scores[at])
    if scores[order[0]] <= 0 or scores[order[0]] - scores[order[1]] < 0.34:
        return None
    return items[order[0]]


def _by_ordinal(text: str, items: list[JsonObject]) -> JsonObject | None:
    plain = text.lower()
    for place, words in enumerate(("first|1st|one\\b(?= please|$)", "second|2nd|other", "third|3rd", "fourth")):
        if place < len(items) and re.search(rf"\b(?:{words})\b", plain):
            return items[place]
    if re.search(r"\b(?:latest|newest|most recent|last)\b", plain):
        return items[0]
    return None


def _answers_better(best: Passage, usual: Passage) -> bool:
    """Another article than the one that is usual here clearly answers, and this one less."""
    if best.confidence is not None and usual.confidence is not None:
        return best.is_sure and best.confidence > usual.confidence + CLEARLY
    return best.is_answer and best.score > usual.score + CLEARLY
