"""The library as files for elsewhere: our own YAML, and Rasa's NLU format in both directions."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import yaml

from intents.intent import Attribute, Example, Intent, ReviewState, Solution, SolutionKind, Support, folded
from intents.library import Library, LibraryInvalid

IMPORTED = "rasa"
"""Source of an example that came out of a Rasa file."""

_ENTITY = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})")


def to_yaml(library: Library) -> str:
    """The library in the layout that `load_library` reads; reading it gives an equal library."""
    return yaml.safe_dump(to_data(library), sort_keys=False, allow_unicode=True, width=120)


def to_data(library: Library) -> dict[str, Any]:
    """The content of that file as plain values; `parse_library` reads them."""
    groups = [
        _intent_fields(group)
        | {
            "line_of_business": group.line_of_business,
            "queue": group.queue,
            "skills": list(group.skills),
            "intents": [
                _intent_fields(intent)
                | {
                    "line_of_business": intent.line_of_business,
                    "queue": intent.queue,
                    "skills": list(intent.skills),
                }
                for intent in library.intents
                if intent.group == group.id
            ],
        }
        for group in library.intents
        if group.is_group
    ]
    return {"version": library.version, "groups": groups}


def to_rasa_nlu(library: Library) -> str:
    """Every live intent with its examples as Rasa NLU training data, version 3.1."""
    nlu = [
        {"intent": intent.id, "examples": "".join(f"- {_one_line(example.text)}\n" for example in intent.examples)}
        for intent in library.live()
        if intent.examples
    ]
    return yaml.dump({"version": "3.1", "nlu": nlu}, Dumper=_BlockDumper, sort_keys=False, allow_unicode=True)


def from_rasa_nlu(name: str, content: object, library: Library) -> Library:
    """The library with the examples of a Rasa NLU file added, one version on; `name` stands in the errors,
    `content` is what its YAML says.

    Examples of an intent we have join it. An intent we lack becomes a pending one in the first group, for a supervisor
    to complete. Entity marks are taken off, examples that are there already are skipped. Raises LibraryInvalid if the
    file is no such file, the library has no group, or an example belongs to another intent already: nothing is applied.
    """
    group = next((intent for intent in library.intents if intent.is_group), None)
    if group is None:
        raise LibraryInvalid(f"{name}: the library has no group that new intents could join")
    intents = {intent.id: intent for intent in library.intents}
    owners = {folded(example.text): intent.id for intent in library.intents for example in intent.examples}
    for label, examples in _rasa_intents(name, content).items():
        intent_id = _identifier(label)
        current = intents.get(intent_id) or _pending(intent_id, label, group)
        added: list[Example] = []
        known = {folded(one.text) for one in current.examples}
        for example in examples:
            owner = owners.setdefault(folded(example), intent_id)
            if owner != intent_id:
                raise LibraryInvalid(f"{name}: intent {label!r}: {example!r} is already an example of {owner!r}")
            if folded(example) not in known:
                known.add(folded(example))
                added.append(Example(example, IMPORTED))
        intents[intent_id] = replace(current, examples=(*current.examples, *added))
    return Library(library.version + 1, tuple(intents.values()))


class _BlockDumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, which is how Rasa writes examples."""


def _block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_BlockDumper.add_representer(str, _block)


def _intent_fields(intent: Intent) -> dict[str, Any]:
    canary = {} if intent.share == 1.0 else {"share": intent.share}
    return canary | {
        "id": intent.id,
        "name": intent.name,
        "description": intent.description,
        "support": intent.support.value,
        "solution": {"kind": intent.solution.kind.value, "target": intent.solution.target},
        "attributes": [_attribute_fields(attribute) for attribute in intent.attributes],
        "examples": [{"text": example.text, "source": example.source} for example in intent.examples],
        "review_state": intent.review_state.value,
        "is_live": intent.is_live,
    }


def _attribute_fields(attribute: Attribute) -> dict[str, Any]:
    return {
        "name": attribute.name,
        "label": attribute.label,
        "type": attribute.type.value,
        "prompt": attribute.prompt,
        "mandatory": attribute.mandatory,
        "options": list(attribute.options),
        "description": attribute.description,
    }


def _rasa_intents(name: str, content: object) -> dict[str, list[str]]:
    blocks = content.get("nlu") if isinstance(content, Mapping) else None
    if not isinstance(blocks, list):
        raise LibraryInvalid(f"{name}: no list `nlu`, so not Rasa NLU training data")
    found: dict[str, list[str]] = {}
    for block in blocks:
        if not isinstance(block, Mapping) or "intent" not in block:
            # Synonyms, lookup tables and regular expressions stand in the same list.
            continue
        lines = block.get("examples")
        if not isinstance(lines, str):
            raise LibraryInvalid(
                f"{name}: intent {block['intent']!r}: examples: not a block of lines that start with -"
            )
        examples = [_ENTITY.sub(r"\1", line.strip()[1:]).strip() for line in lines.splitlines() if line.strip()]
        found.setdefault(str(block["intent"]), []).extend(example for example in examples if example)
    return found


def _pending(intent_id: str, label: str, group: Intent) -> Intent:
    return Intent(
        id=intent_id,
        name=label.replace("_", " ").replace("/", ": ").capitalize(),
        description="Imported from Rasa; not described yet.",
        group=group.id,
        line_of_business=group.line_of_business,
        queue=group.queue,
        skills=group.skills,
        examples=(),
        attributes=(),
        solution=Solution(SolutionKind.QUEUE, group.queue),
        support=Support.ASSIST_ONLY,
        review_state=ReviewState.PENDING,
        is_live=False,
    )


def _identifier(label: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")
    return plain if plain[:1].isalpha() else f"intent_{plain}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
