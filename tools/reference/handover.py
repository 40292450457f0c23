"""docs/reference/handover-context.md: the hand-over card, field by field and as a JSON schema."""

import json

from conversation import handover
from storage.conversation.codec import handover_schema
from tools.reference.source import documented
from tools.reference.words import GENERATED, field_table, word_sets

INTRODUCTION = """# The hand-over card

{doc} The server checks it against the schema below when it
is written and when it is read, and refuses one of more than {limit:,} bytes. How it comes about:
[hand-over](../explain/hand-over.md). Source: `conversation/handover.py`.

"""


def page() -> str:
    """The page's text."""
    docs = documented(handover)
    schema = handover_schema()
    top = docs["HandoverContext"]
    parts = [GENERATED, INTRODUCTION.format(doc=top.doc, limit=handover.MAX_HANDOVER_BYTES)]
    parts.append(f"## HandoverContext\n\n{field_table(schema, top.fields)}")
    for name, one in docs.items():
        if name in schema["$defs"]:
            parts.append(f"\n## {name}\n\n{one.doc}\n\n{field_table(schema['$defs'][name], one.fields)}")
    parts.append(f"\n## Word sets\n\n{word_sets(schema['$defs'])}")
    parts.append(f"\n## JSON schema\n\n```json\n{json.dumps(schema, indent=2)}\n```\n")
    return "".join(parts)
