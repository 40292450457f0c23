"""Procedures out of Rasa CALM flows, so that a tenant who has some need not write them anew.

python -m agent.procedures.rasa_flows FLOWS.yml... --domain DOMAIN.yml... --out FOLDER [--server URL]

Writes FOLDER/procedures/rasa.yaml and FOLDER/tools.yaml. Read is what Rasa documents of flows.yml: collect with utter
and rejections, action, set_slots, call, link, noop, next with conditions, if of a flow; and of the domain slots and
responses. What has no equal here (a jump back, buttons, custom asks, sub-agents) is named, and a flow that needs it is
left out rather than half translated. Rasa says nothing of who may see what: every action is taken to need a verified
customer, and an identity check stands before it.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from agent.procedures.rasa_predicates import PredicateInvalid, to_cel
from quick_yaml import load_yaml

END = "END"
HAND_OVER = "pattern_human_handoff"
"""Rasa's own flow that fetches a person."""
MOST_STEPS = 300
"""Steps shared by several branches are copied into each; a flow that grows beyond this is left out."""

_IGNORED = frozenset(
    {"description", "id", "next", "ask_before_filling", "reset_after_flow_ends", "metadata", "force_slot_filling"}
)
_TYPES = {"bool": "yes_no", "categorical": "choice", "float": "number"}
_ARGUMENTS = {"bool": "boolean", "float": "number"}
_RESULTS = {"bool": "boolean", "float": "number", "list": "list", "any": "object"}
_BY_NAME = (
    ("email", "email"),
    ("phone", "phone"),
    ("date", "date"),
    ("amount", "money"),
    ("money", "money"),
    ("postcode", "postcode"),
)


Written = Mapping[str, Any]
"""Part of a flow or of the domain, as YAML gives it."""
Step = dict[str, Any]
Steps = list[Any]
"""As they will be written down."""


class FlowRefused(Exception):
    """A flow has no equal here; the message says which step and why."""


@dataclass
class Imported:
    procedures: list[Step] = field(default_factory=list)
    tools: dict[str, Step] = field(default_factory=dict)
    """By name."""
    refused: list[str] = field(default_factory=list)
    """Flows left out, and why."""
    notes: list[str] = field(default_factory=list)
    """What somebody should look at."""


def import_flows(flows: Written, domain: Written, server: str) -> Imported:
    """`flows`: what stands under "flows:", of all files; `domain`: slots and responses; `server`: its action server."""
    found = Imported()
    for flow_id, flow in flows.items():
        if str(flow_id).startswith("pattern_"):
            found.notes.append(f"{flow_id}: patterns are built in here; see wording.yaml to say them otherwise")
            continue
        try:
            one = _Flow(str(flow_id), flow, frozenset(map(str, flows)), domain, found.notes)
            found.procedures.append(one.procedure())
            for name, results in one.results.items():
                _declare(found.tools, name, results, one.arguments[name], {"url": server, "action": one.actions[name]})
        except (FlowRefused, PredicateInvalid) as error:
            found.refused.append(f"{flow_id}: {error}")
    there = {one["id"] for one in found.procedures}
    for made in list(found.procedures):
        missing = {step["call"] for step in _every(made["steps"]) if "call" in step} - there
        if missing:
            found.procedures.remove(made)
            found.refused.append(f"{made['id']}: calls {', '.join(sorted(missing))}, which was left out")
    return found


class _Flow:
    """Translates one flow."""

    def __init__(self, flow_id: str, flow: Any, flows: frozenset[str], domain: Written, notes: list[str]) -> None:
        if not isinstance(flow, dict) or not isinstance(flow.get("steps"), list):
            raise FlowRefused("has no list of steps")
        self._id, self._flow, self._flows, self._notes = flow_id, flow, flows, notes
        self._slots: Written = domain.get("slots") or {}
        self._responses: Written = domain.get("responses") or {}
        self._places = dict(_places(flow["steps"]))
        self._own = {
            name for step in _inside(flow["steps"]) for name in ([step["collect"]] if "collect" in step else _set(step))
        }
        self._count = 0
        self.results: dict[str, dict[str, str]] = {}
        """What each action is read for: slot and type."""
        self.arguments: dict[str, dict[str, str]] = {}
        """What each action is given: slot and type."""
        self.actions: dict[str, str] = {}
        """What Rasa calls each of them."""
        self._uses: set[str] = set()

    def procedure(self) -> Step:
        steps = self._from(self._flow["steps"], 0, (), ())
        guard = self._flow.get("if")
        if guard:
            steps = [{"if": self._condition(guard, ()), "then": steps, "else": ["end"]}]
        name = str(self._flow.get("name") or self._id.replace("_", " "))
        procedure: Step = {"id": self._id, "noun": name, "steps": steps}
        if self._uses:
            procedure["uses"] = sorted(self._uses)
            self._notes.append(f"{self._id}: nothing in it gives a value to {', '.join(sorted(self._uses))}")
        return procedure

    def _from(self, sequence: Steps, at: int, path: tuple[int, ...], done: tuple[str, ...]) -> Steps:
        """This step and all that come after it. `path`: steps on the way here; `done`: actions on the way, in order."""
        step = sequence[at]
        if not isinstance(step, dict):
            raise FlowRefused(f"step {step!r} is no mapping")
        if id(step) in path:
            raise FlowRefused(f"it goes back to step {_name(step)!r}; procedures have no jumps back, their steps do")
        self._count += 1
        if self._count > MOST_STEPS:
            raise FlowRefused("its branches join too often to be written out")
        path = (*path, id(step))
        own, done = self._own_steps(step, done)
        if "link" in step:
            return [*own, self._called(step["link"])]
        following = step.get("next")
        if following is None:
            if at + 1 < len(sequence):
                return [*own, *self._from(sequence, at + 1, path, done)]
            if sequence is not self._flow["steps"]:
                raise FlowRefused(f"step {_name(step)!r} ends a branch without 'next'")
            return own
        return [*own, *self._next(following, path, done)]

    def _next(self, following: Any, path: tuple[int, ...], done: tuple[str, ...]) -> Steps:
        if isinstance(following, str):
            if following.upper() == END:
                return ["end"]
            if following not in self._places:
                raise FlowRefused(f"'next' names {following!r}, which is no step of it")
            return self._from(*self._places[following], path, done)
        if isinstance(following, list) and following and isinstance(following[0], dict):
            first, *rest = following
            if "else" in first:
                return self._branch(first["else"], path, done)
            then = self._branch(first.get("then"), path, done)
            otherwise = self._next(rest, path, done) if rest else []
            return [
                {"if": self._condition(first.get("if"), done), "then": then}
                | ({"else": otherwise} if otherwise else {})
            ]
        raise FlowRefused(f"'next' is {following!r}")

    def _branch(self, target: Any, path: tuple[int, ...], done: tuple[str, ...]) -> Steps:
        if isinstance(target, list) and target:
            return self._from(target, 0, path, done) or ["end"]
        return self._next(target, path, done)

    def _own_steps(self, step: Written, done: tuple[str, ...]) -> tuple[Steps, tuple[str, ...]]:
        kinds = [kind for kind in ("collect", "action", "set_slots", "call", "link", "noop") if kind in step]
        if len(kinds) != 1:
            raise FlowRefused(f"step {_name(step)!r} is none of collect, action, set_slots, call, link and noop")
        for key in step:
            if key not in _IGNORED and key not in (kinds[0], "rejections", "utter"):
                self._notes.append(f"{self._id}: {key!r} of step {_name(step)!r} has no equal here")
        match kinds[0]:
            case "collect":
                return [self._collect(step, done)], done
            case "action" if str(step["action"]).startswith("utter_"):
                return [{"say": self._text(str(step["action"]), done)}], done
            case "action":
                return self._tool(str(step["action"]), done)
            case "set_slots":
                pairs = [(key, value) for one in step["set_slots"] for key, value in one.items()]
                return [{"set": {str(key): _literal(value)}} for key, value in pairs], done
            case "call":
                return [self._called(step["call"])], done
            case _:
                return [], done

    def _collect(self, step: Written, done: tuple[str, ...]) -> Step:
        name = str(step["collect"])
        slot = self._slots.get(name) or {}
        collect: Step = {"collect": name, "type": self._type(name, slot)}
        if collect["type"] == "choice":
            collect["options"] = [str(one) for one in slot.get("values", ())]
        collect["prompt"] = self._text(str(step.get("utter", f"utter_ask_{name}")), done)
        rejections = step.get("rejections") or []
        if rejections:
            conditions = [self._condition(one.get("if"), done) for one in rejections]
            collect["valid"] = " && ".join(f"!({one})" for one in conditions)
            collect["invalid_say"] = self._text(str(rejections[0].get("utter", f"utter_invalid_{name}")), done)
            if len(rejections) > 1:
                self._notes.append(f"{self._id}: all rejections of {name!r} say what the first one says")
        return collect

    @staticmethod
    def _type(name: str, slot: Written) -> str:
        kind = str(slot.get("type", "text"))
        if kind in ("text", "float"):
            named = next((type_ for word, type_ in _BY_NAME if word in name), None)
            if named and (kind == "text" or named == "money"):
                return named
        return _TYPES.get(kind, "text")

    def _tool(self, action: str, done: tuple[str, ...]) -> tuple[Steps, tuple[str, ...]]:
        name = action.removeprefix("action_")
        self.actions[name] = action
        self.results.setdefault(name, {})
        collected = sorted(one for one in self._own if one in self._slots)
        self.arguments.setdefault(name, {f"{one}?": _ARGUMENTS.get(self._kind(one), "string") for one in collected})
        check = [] if done else [{"identify": "customer"}]
        return [*check, {"tool": name, "with": {one: one for one in collected}, "as": name}], (*done, name)

    def _called(self, name: Any) -> Step:
        if name == HAND_OVER:
            return {"hand_over": {}}
        if str(name) not in self._flows:
            raise FlowRefused(f"it calls {name!r}, which is no flow of these files")
        return {"call": str(name)}

    def _text(self, response: str, done: tuple[str, ...]) -> str:
        said = self._responses.get(response)
        if not isinstance(said, list) or not said or not said[0].get("text"):
            raise FlowRefused(f"there is no text for {response!r}; give the domain it stands in with --domain")
        if any("buttons" in one for one in said):
            self._notes.append(f"{self._id}: the buttons of {response!r} are left out")
        return re.sub(r"\{(\w+)\}", lambda match: f"{{{self._value(match[1], done)}}}", str(said[0]["text"])).strip()

    def _condition(self, predicate: Any, done: tuple[str, ...]) -> str:
        kinds = {str(name): str((slot or {}).get("type", "text")) for name, slot in self._slots.items()}
        return to_cel(str(predicate), kinds, lambda name: self._value(name, done))

    def _kind(self, slot: str) -> str:
        return str((self._slots.get(slot) or {}).get("type", "text"))

    def _value(self, slot: str, done: tuple[str, ...]) -> str:
        """A slot as an expression: collected or set here, else what the action before gave."""
        if slot in self._own:
            return slot
        if not done:
            self._uses.add(slot)
            return slot
        self.results[done[-1]][slot] = _RESULTS.get(self._kind(slot), "string")
        return f"{done[-1]}.{slot}"


def _declare(
    tools: dict[str, Step],
    name: str,
    results: dict[str, str],
    arguments: dict[str, str],
    rasa: dict[str, str],
) -> None:
    known = tools.setdefault(
        name,
        {
            "name": name,
            "label": f"ran {name.replace('_', ' ')}",
            "changes": True,
            "arguments": {},
            "result": {},
            "rasa": rasa,
        },
    )
    known["arguments"] |= arguments
    known["result"] |= results


def _places(steps: Steps) -> Iterator[tuple[str, tuple[Steps, int]]]:
    """Every step that has an id, with the sequence it stands in."""
    for at, step in enumerate(steps):
        if not isinstance(step, dict):
            continue
        if "id" in step:
            yield str(step["id"]), (steps, at)
        for inner in _nested(step):
            yield from _places(inner)


def _inside(steps: Steps) -> Iterator[Step]:
    for step in steps:
        if isinstance(step, dict):
            yield step
            for inner in _nested(step):
                yield from _inside(inner)


def _nested(step: Written) -> Iterator[Steps]:
    following = step.get("next")
    for one in following if isinstance(following, list) else ():
        for key in ("then", "else"):
            if isinstance(one, dict) and isinstance(one.get(key), list):
                yield one[key]


def _every(steps: Steps) -> Iterator[Step]:
    for step in steps:
        if isinstance(step, dict):
            yield step
            yield from _every([*step.get("then", ()), *step.get("else", ())])


def _set(step: Written) -> list[str]:
    return [str(name) for one in step.get("set_slots") or () for name in one]


def _name(step: Written) -> str:
    return str(
        step.get("id") or next((step[kind] for kind in ("collect", "action", "call", "link") if kind in step), "?")
    )


def _literal(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value) if isinstance(value, (int, float)) else '"{}"'.format(str(value).replace('"', '\\"'))


def main(arguments: Sequence[str] | None = None) -> int:
    """0: all flows were translated; 1: some were left out; 2: nothing was written."""
    parser = argparse.ArgumentParser(prog="python -m agent.procedures.rasa_flows", description=__doc__.split("\n")[0])
    parser.add_argument("flows", nargs="+", type=Path)
    parser.add_argument("--domain", nargs="+", type=Path, default=[])
    parser.add_argument("--out", type=Path, required=True, help="a folder, for example the tenant's")
    parser.add_argument("--server", default="http://127.0.0.1:5055/webhook", help="the action server (%(default)s)")
    given = parser.parse_args(arguments)
    try:
        flows = _merged(given.flows, "flows")
        domain = {key: _merged(given.domain, key) for key in ("slots", "responses")}
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        print(f"can't be read: {error}", file=sys.stderr)
        return 2
    found = import_flows(flows, domain, given.server)
    written = {
        "procedures/rasa.yaml": {"procedures": found.procedures},
        "tools.yaml": {"tools": [*found.tools.values()]},
    }
    there = [name for name in written if (given.out / name).exists()]
    if there or not found.procedures:
        print(
            f"{given.out / there[0]} is there already: give another folder" if there else "no flow could be translated",
            *found.refused,
            sep="\n",
            file=sys.stderr,
        )
        return 2
    for name, content in written.items():
        (given.out / name).parent.mkdir(parents=True, exist_ok=True)
        (given.out / name).write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120), "utf-8")
    print(f"{len(found.procedures)} flows translated into {given.out}; each starts when an intent of its id is wished")
    for title, lines in (("LEFT OUT", found.refused), ("LOOK AT", found.notes)):
        for line in dict.fromkeys(lines):
            print(f"{title} {line}")
    return 1 if found.refused else 0


def _merged(files: Sequence[Path], key: str) -> Step:
    found: Step = {}
    for file in files:
        content = load_yaml(file.read_text(encoding="utf-8")) or {}
        part = content.get(key) if isinstance(content, dict) else None
        if isinstance(part, dict):
            found |= part
    return found


if __name__ == "__main__":
    sys.exit(main())
