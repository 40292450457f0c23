"""Procedures out of YAML, checked so that what loads can run: every fault is told with file, line and what to do."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

import yaml

from agent.procedures import model as m
from agent.procedures.expressions import Expression, ExpressionInvalid, Language
from agent.procedures.texts import Text, TextInvalid, compile_text
from quick_yaml import SafeLoader, load_yaml

Written = Mapping[str, Any]
"""Part of a file as YAML gives it; what it must look like is checked as it is read."""

LINE = "__line__"
GIVEN = ("today", "said", "asked_again", "channel", "language", "customer", "speaks_for", "item")
"""Names every expression may use: ISO date, the customer's words on this topic, whether they ask for more than was
told, who they are, a record in a loop."""

TYPES = frozenset(
    [
        "text",
        "name",
        "email",
        "phone",
        "date",
        "money",
        "number",
        "yes_no",
        "choice",
        "postcode",
        "address",
        "registration",
        "date_of_birth",
        "other_date_of_birth",
        "time",
        "when",
    ]
)
_FIELDS: dict[str, frozenset[str]] = {
    "collect": frozenset(
        [
            "type",
            "label",
            "prompt",
            "options",
            "synonyms",
            "if",
            "optional",
            "may_be_unknown",
            "valid",
            "invalid_say",
            "prefill",
            "future",
            "of_customer",
            "opening",
            "yes",
            "no",
            "means_yes",
            "means_no",
            "hint",
            "not_about",
        ]
    ),
    "identify": frozenset(),
    "tool": frozenset(["with", "as", "undo"]),
    "pick": frozenset(["from", "key", "reference", "words", "label", "prompt", "none"]),
    "say": frozenset(),
    "answer": frozenset(["section", "optional"]),
    "if": frozenset(["then", "else"]),
    "set": frozenset(),
    "for_each": frozenset(["in", "do"]),
    "call": frozenset(),
    "confirm": frozenset(),
    "hand_over": frozenset(),
    "note": frozenset({"label"}),
    "end": frozenset(),
}


class ProcedureInvalid(Exception):
    """A procedure breaks a rule; the message names file, line and what to do, and nothing was loaded."""


@dataclass(frozen=True)
class Surroundings:
    """What procedures may refer to."""

    tools: Mapping[str, frozenset[str]]
    """Fields of each tool's result, by tool."""
    needs_identity: frozenset[str]
    """Tools that only run once we know who is there."""
    queues: frozenset[str]
    """Empty: not checked."""
    articles: frozenset[str]
    references: frozenset[str]
    intents: frozenset[str]


class _Lines(SafeLoader):
    """Mappings know the line they begin at."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        read: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        found = {
            {True: "yes", False: "no"}.get(key, key) if isinstance(key, bool) else key: value
            for key, value in read.items()
        }
        found[LINE] = node.start_mark.line + 1
        return found


def read_procedures(name: str, text: str) -> dict[str, Any]:
    """A file's content with line numbers in it; raises ProcedureInvalid for what is not YAML."""
    try:
        content = load_yaml(text, _Lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise ProcedureInvalid(f"{name}{line}: not YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(content, dict) or not isinstance(content.get("procedures"), list):
        raise ProcedureInvalid(f"{name}: expected a list under 'procedures:'")
    return content


def plain(content: object) -> Any:
    """What was read, without the numbers of its lines."""
    if isinstance(content, dict):
        return {key: plain(value) for key, value in content.items() if key != LINE}
    return [plain(value) for value in content] if isinstance(content, list) else content


def parse_procedures(name: str, content: Written, around: Surroundings) -> tuple[m.Procedure, ...]:
    """The procedures of one file, already read. Raises ProcedureInvalid."""
    return tuple(_Reader(name, one, around).procedure() for one in content["procedures"])


def check_together(procedures: Sequence[m.Procedure], intents_known: Collection[str] = ()) -> None:
    """What only all procedures together show: unknown calls, calls in a circle, two for one intent, one for none.

    `intents_known`: those of the library; empty, and it is not asked whether each procedure can ever start.
    """
    by_id: dict[str, m.Procedure] = {}
    intents: dict[str, str] = {}
    for one in procedures:
        if one.id in by_id:
            raise ProcedureInvalid(f"two procedures are called {one.id!r}")
        by_id[one.id] = one
        if one.intent and intents.setdefault(one.intent, one.id) != one.id:
            raise ProcedureInvalid(
                f"procedures {intents[one.intent]!r} and {one.id!r} both serve intent {one.intent!r}"
            )
    for one in procedures:
        _check_calls(one, by_id, ())
    if intents_known:
        _check_starts(procedures, intents_known)


def _check_starts(procedures: Sequence[m.Procedure], intents: Collection[str]) -> None:
    called = {step.procedure for one in procedures for step in one.all_steps() if isinstance(step, m.Call)}
    for one in procedures:
        if not one.intent and one.id not in called:
            near = get_close_matches(one.id, intents, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ProcedureInvalid(
                f"{one.file}, line {one.line}: procedure {one.id!r} can never start: no intent has this name, and no"
                f" procedure calls it{hint}"
            )


def _check_calls(one: m.Procedure, by_id: Mapping[str, m.Procedure], path: tuple[str, ...]) -> None:
    if one.id in path:
        raise ProcedureInvalid(f"procedures call each other in a circle: {' -> '.join((*path, one.id))}")
    for step in one.all_steps():
        if isinstance(step, m.Call):
            called = by_id.get(step.procedure)
            if called is None:
                raise ProcedureInvalid(
                    f"procedure {one.id!r}, line {step.line}: calls {step.procedure!r}, which does not exist"
                )
            _check_calls(called, by_id, (*path, one.id))


class _Reader:
    """Reads one procedure."""

    def __init__(self, file: str, content: object, around: Surroundings) -> None:
        self._file, self._content, self._around = file, content, around
        self._id = str(content.get("id", "?")) if isinstance(content, dict) else "?"

    def procedure(self) -> m.Procedure:
        content = self._content
        if not isinstance(content, dict):
            raise ProcedureInvalid(f"{self._file}: every procedure is a mapping with 'id' and 'steps'")
        line = content.get(LINE, 0)
        known = {"id", "intent", "noun", "steps", "questions_first", "status", "uses", LINE}
        for field in content:
            if field not in known:
                self._fail(line, f"unknown field {field!r}; there are {', '.join(sorted(known - {LINE}))}")
        for field in ("id", "noun", "steps"):
            if not content.get(field):
                self._fail(line, f"has no {field!r}")
        intent = str(content.get("intent", self._id))
        if intent and self._around.intents and intent not in self._around.intents and content.get("intent") is not None:
            self._fail(line, f"serves intent {intent!r}, which is not in intents.yaml")
        if content.get("intent") is None and self._around.intents and intent not in self._around.intents:
            intent = ""
        self._language = Language({*GIVEN, *_names(content["steps"]), *content.get("uses", ())})
        steps = self._steps(content["steps"], "")
        self._check_flow(steps)
        return m.Procedure(
            id=self._id,
            intent=intent,
            noun=str(content["noun"]),
            steps=steps,
            questions_first=bool(content.get("questions_first", True)),
            uses=tuple(str(one) for one in content.get("uses", ())),
            is_status=bool(content.get("status", False)),
            reference=next(
                (step.reference for step in m.inside(steps) if isinstance(step, m.Pick) and step.reference), ""
            ),
            file=self._file,
            line=line,
        )

    def _fail(self, line: int, message: str) -> NoReturn:
        raise ProcedureInvalid(f"{self._file}, line {line}: procedure {self._id!r}: {message}")

    def _steps(self, content: object, prefix: str) -> tuple[m.Step, ...]:
        if not isinstance(content, list):
            self._fail(0, f"the steps of {prefix or 'the procedure'} are not a list")
        return tuple(self._step(one, f"{prefix}{number}") for number, one in enumerate(content, 1))

    def _step(self, content: object, place: str) -> m.Step:
        if content == "end":
            return m.End(place, 0)
        if not isinstance(content, dict):
            self._fail(0, f"step {place} is {content!r}; a step is a mapping such as 'say: …'")
        line = content.get(LINE, 0)
        kinds = [kind for kind in _FIELDS if kind in content]
        if "collect" in kinds:
            kinds = ["collect"]
        if len(kinds) != 1:
            hint = (
                f"it has {', '.join(kinds)}"
                if kinds
                else f"it has {', '.join(str(key) for key in content if key != LINE)}"
            )
            self._fail(line, f"step {place} must be exactly one of {', '.join(_FIELDS)}; {hint}")
        kind = kinds[0]
        for field in content:
            if field not in (kind, LINE) and field not in _FIELDS[kind]:
                known = ", ".join(sorted(_FIELDS[kind])) or "none"
                self._fail(line, f"step {place}: {kind} has no field {field!r}; there are {known}")
        reader = getattr(self, f"_{kind}")
        step: m.Step = reader(content, place, line)
        return step

    def _collect(self, content: Written, place: str, line: int) -> m.Collect:
        type_ = str(content.get("type", content["collect"]))
        if type_ not in TYPES and type_ not in self._around.references:
            self._fail(
                line, f"step {place}: no type {type_!r}; there are {', '.join(sorted(TYPES | self._around.references))}"
            )
        if (type_ == "choice") != bool(content.get("options")):
            self._fail(line, f"step {place}: 'options' belong to the type choice, and a choice needs them")
        is_optional = bool(content.get("optional", False))
        if not is_optional and not content.get("prompt"):
            self._fail(line, f"step {place}: how should it be asked? Give a 'prompt', or 'optional: true'")
        invalid = content.get("invalid_say")
        if bool(content.get("valid")) != bool(invalid):
            self._fail(line, f"step {place}: 'valid' and 'invalid_say' belong together")
        synonyms = {key: value for key, value in (content.get("synonyms") or {}).items() if key != LINE}
        return m.Collect(
            place,
            line,
            name=str(content["collect"]),
            label=str(content.get("label", str(content["collect"]).replace("_", " "))),
            type=type_,
            prompt=self._text(content.get("prompt", ""), line),
            options=tuple(str(one) for one in content.get("options", ())),
            synonyms=tuple((str(key), tuple(str(one) for one in value)) for key, value in synonyms.items()),
            when=self._expression(content["if"], line) if "if" in content else None,
            is_optional=is_optional,
            may_be_unknown=bool(content.get("may_be_unknown", False)),
            valid=self._expression(content["valid"], line) if content.get("valid") else None,
            invalid_say=self._text(invalid, line) if invalid else None,
            prefill=self._expression(content["prefill"], line) if content.get("prefill") else None,
            is_future=bool(content.get("future", False)),
            is_of_customer=bool(content.get("of_customer", type_ in self._around.references)),
            is_opening=bool(content.get("opening", False)),
            yes=tuple(str(one) for one in content.get("yes", ())),
            no=tuple(str(one) for one in content.get("no", ())),
            means_yes=tuple(str(one) for one in content.get("means_yes", ())),
            means_no=tuple(str(one) for one in content.get("means_no", ())),
            hint=tuple(str(one) for one in content.get("hint", ())),
            not_about=tuple(str(one) for one in content.get("not_about", ())),
        )

    def _identify(self, content: Written, place: str, line: int) -> m.Identify:
        if content["identify"] not in ("customer", "applicant"):
            self._fail(line, f"step {place}: identify is 'customer' or 'applicant', not {content['identify']!r}")
        return m.Identify(place, line, applicant=content["identify"] == "applicant")

    def _tool(self, content: Written, place: str, line: int) -> m.UseTool:
        tool = str(content["tool"])
        if tool not in self._around.tools:
            self._fail(line, f"step {place}: no tool {tool!r}; there are {', '.join(sorted(self._around.tools))}")
        if content.get("undo") and content["undo"] not in self._around.tools:
            self._fail(line, f"step {place}: no tool {content['undo']!r} to undo it")
        arguments = {key: value for key, value in (content.get("with") or {}).items() if key != LINE}
        return m.UseTool(
            place,
            line,
            tool=tool,
            arguments=tuple((str(key), self._expression(value, line)) for key, value in arguments.items()),
            result=str(content.get("as", tool)),
            undo=str(content.get("undo", "")),
        )

    def _pick(self, content: Written, place: str, line: int) -> m.Pick:
        for field in ("from", "key", "label", "prompt"):
            if not content.get(field):
                self._fail(line, f"step {place}: pick needs {field!r}")
        return m.Pick(
            place,
            line,
            name=str(content["pick"]),
            items=self._expression(content["from"], line),
            key=str(content["key"]),
            reference=str(content.get("reference", "")),
            words=tuple(str(one) for one in content.get("words", ())),
            label=self._text(content["label"], line),
            prompt=self._text(content["prompt"], line),
            otherwise=self._steps(content.get("none") or [], f"{place}.none."),
        )

    def _say(self, content: Written, place: str, line: int) -> m.SayText:
        return m.SayText(place, line, text=self._text(content["say"] or None, line))

    def _answer(self, content: Written, place: str, line: int) -> m.AnswerFrom:
        article = "" if content["answer"] in ("any", None) else str(content["answer"])
        if article and self._around.articles and article not in self._around.articles:
            self._fail(line, f"step {place}: no article {article!r} in knowledge/; 'any' takes the best of all")
        return m.AnswerFrom(
            place,
            line,
            article=article,
            section=str(content.get("section", "")),
            is_needed=not content.get("optional", False),
        )

    def _if(self, content: Written, place: str, line: int) -> m.If:
        if not content.get("then"):
            self._fail(line, f"step {place}: 'if' needs 'then'")
        return m.If(
            place,
            line,
            condition=self._expression(content["if"], line),
            then=self._steps(content["then"], f"{place}.then."),
            otherwise=self._steps(content.get("else") or [], f"{place}.else."),
        )

    def _set(self, content: Written, place: str, line: int) -> m.SetValue:
        pairs = [(key, value) for key, value in content["set"].items() if key != LINE]
        if len(pairs) != 1:
            self._fail(line, f"step {place}: set one value a step: 'set: {{name: expression}}'")
        return m.SetValue(place, line, name=str(pairs[0][0]), value=self._expression(pairs[0][1], line))

    def _for_each(self, content: Written, place: str, line: int) -> m.ForEach:
        if not content.get("in") or not content.get("do"):
            self._fail(line, f"step {place}: for_each needs 'in' (the records) and 'do' (the steps)")
        return m.ForEach(
            place,
            line,
            name=str(content["for_each"]),
            items=self._expression(content["in"], line),
            steps=self._steps(content["do"], f"{place}.do."),
        )

    def _call(self, content: Written, place: str, line: int) -> m.Call:
        return m.Call(place, line, procedure=str(content["call"]))

    def _confirm(self, content: Written, place: str, line: int) -> m.Confirm:
        return m.Confirm(place, line, text=self._text(content["confirm"] or None, line))

    def _hand_over(self, content: Written, place: str, line: int) -> m.HandOver:
        given = content["hand_over"] or {}
        if isinstance(given, str):
            given = {"say": given}
        known = {"say", "queue", "reason", "priority", "offer", LINE}
        for field in given:
            if field not in known:
                self._fail(
                    line,
                    f"step {place}: hand_over has no field {field!r}; there are {', '.join(sorted(known - {LINE}))}",
                )
        queue = str(given.get("queue", ""))
        if queue and self._around.queues and queue not in self._around.queues:
            self._fail(line, f"step {place}: no queue {queue!r}; there are {', '.join(sorted(self._around.queues))}")
        return m.HandOver(
            place,
            line,
            text=self._text(given["say"], line) if given.get("say") else None,
            queue=queue,
            reason=str(given.get("reason", "policy_restriction")),
            priority=int(given.get("priority", 0)),
            is_offer=bool(given.get("offer", False)),
        )

    def _note(self, content: Written, place: str, line: int) -> m.Note:
        return m.Note(
            place, line, label=str(content.get("label", "note")), text=self._text(content["note"] or None, line)
        )

    def _end(self, _content: Written, place: str, line: int) -> m.End:
        return m.End(place, line)

    def _expression(self, source: object, line: int) -> Expression:
        text = (
            source
            if isinstance(source, str)
            else repr(source).replace("'", '"')
            if isinstance(source, list)
            else str(source).lower()
            if isinstance(source, bool)
            else str(source)
        )
        try:
            return self._language.compiled(text)
        except ExpressionInvalid as error:
            raise ProcedureInvalid(
                f"{self._file}, line {line}: procedure {self._id!r}: expression {text!r}: {error}."
                " A name must be collected, set or a tool's result somewhere in the procedure"
            ) from error

    def _text(self, source: object, line: int) -> Text:
        if source is None or (isinstance(source, str) and source != "" and not source.strip()):
            self._fail(line, "a sentence is empty: write what is to be said, or take its step out")
        if isinstance(source, dict | list):
            self._fail(line, 'a sentence with a colon or a bracket in it needs quotes around it: "..."')
        try:
            return compile_text(" ".join(str(source).split()), self._language)
        except (TextInvalid, ExpressionInvalid) as error:
            raise ProcedureInvalid(
                f"{self._file}, line {line}: procedure {self._id!r}: text {str(source)[:60]!r}: {error}"
            ) from error

    def _check_flow(self, steps: tuple[m.Step, ...]) -> None:
        """No step after an end, fields that tools really give, identity before what needs it."""
        for branch in _branches(steps):
            for number, step in enumerate(branch[:-1]):
                if isinstance(step, m.End) or (isinstance(step, m.HandOver) and not step.is_offer):
                    self._fail(
                        branch[number + 1].line,
                        f"step {branch[number + 1].place} is never reached: step {step.place} ends it",
                    )
        identified = False
        results: dict[str, frozenset[str]] = {}
        for step in m.inside(steps):
            match step:
                case m.Identify():
                    identified = True
                case m.UseTool():
                    if step.tool in self._around.needs_identity and not identified:
                        self._fail(step.line, f"step {step.place}: {step.tool} needs an 'identify:' step before it")
                    results[step.result] = self._around.tools[step.tool]
                case _:
                    pass
            for source in _sources(step):
                for name, fields in results.items():
                    for field in _fields_of(source, name):
                        if fields and field not in fields:
                            known = ", ".join(sorted(fields))
                            self._fail(
                                step.line, f"step {step.place}: {name} has no field {field!r}; there are {known}"
                            )


def _branches(steps: tuple[m.Step, ...]) -> Iterator[tuple[m.Step, ...]]:
    if steps:
        yield steps
    for step in steps:
        match step:
            case m.If():
                yield from _branches(step.then)
                yield from _branches(step.otherwise)
            case m.ForEach():
                yield from _branches(step.steps)
            case m.Pick():
                yield from _branches(step.otherwise)
            case _:
                continue


def _sources(step: m.Step) -> Iterator[str]:
    for value in vars(step).values():
        if isinstance(value, Expression):
            yield value.source
        elif isinstance(value, Text):
            yield from (part[0].source for part in value.parts if not isinstance(part, str))


def _fields_of(source: str, name: str) -> Iterator[str]:
    import re

    for match in re.finditer(rf"(?<![\w.]){re.escape(name)}\.(\w+)(?!\w*\()", source):
        yield match[1]


def _names(content: object) -> Iterator[str]:
    """Every name that steps give a value."""
    for step in content if isinstance(content, list) else ():
        if not isinstance(step, dict):
            continue
        for kind in ("collect", "pick", "for_each"):
            if kind in step:
                yield str(step[kind])
        if "tool" in step:
            yield str(step.get("as", step["tool"]))
        if isinstance(step.get("set"), dict):
            yield from (str(key) for key in step["set"] if key != LINE)
        for inner in ("then", "else", "do", "none"):
            yield from _names(step.get(inner))
