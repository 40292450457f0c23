"""docs/reference/events.md: every fact of a conversation, from conversation/events/."""

from typing import Any, get_args

from conversation import events
from conversation.events import call, ownership, record, talk, understanding
from storage.conversation.codec import event_schema
from tools.reference.source import documented
from tools.reference.words import GENERATED, anchor, field_table, table, word_sets

FAMILIES = (talk, understanding, record, ownership, call)

INTRODUCTION = """# Events

A conversation is an append-only list of these. Each is recorded once, with a sequence number (1 for the first, no
gaps) and a time, and never changed. On the wire and in the table an event is one JSON object; its `kind` says
which. Source: `conversation/events/`; what each one means for the conversation's state: `conversation/fold/`.

The customer's page receives only {visible}. All else stays on our side.

"""


def page() -> str:
    """The page's text."""
    docs = {name: doc for family in FAMILIES for name, doc in documented(family).items()}
    definitions = event_schema()["$defs"]
    kinds = [one.__name__ for one in get_args(events.Event)]
    visible = ", ".join(f"`{one.kind}`" for one in events.CUSTOMER_VISIBLE)
    contents = [
        [f"[`{_kind(definitions[name])}`](#{anchor(_kind(definitions[name]))})", docs[name].doc.replace("|", "/")]
        for name in kinds
    ]
    parts = [GENERATED, INTRODUCTION.format(visible=visible), table(["kind", "what happened"], contents)]
    for name in kinds:
        parts.append(f"\n## {_kind(definitions[name])}\n\n")
        if docs[name].doc:
            parts.append(f"{docs[name].doc}\n\n")
        parts.append(field_table(definitions[name], docs[name].fields, skip=["kind"]) or "No fields.\n")
    parts.append("\n## Values inside\n")
    parts += [
        f"\n### {name}\n\n{docs[name].doc}\n\n{field_table(definitions[name], docs[name].fields)}"
        for name in ("Fact", "Source", "Question", "Spoken")
    ]
    parts.append("\n`HandoverContext` has [a page of its own](handover-context.md).\n")
    parts.append(f"\n### Word sets\n\n{word_sets(definitions)}")
    return "".join(parts)


def _kind(definition: dict[str, Any]) -> str:
    return str(definition["properties"]["kind"]["const"])
