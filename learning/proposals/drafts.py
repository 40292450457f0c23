"""From a proposal to the intent it would become, with what a supervisor edited."""

import re
from collections.abc import Mapping

from pydantic import TypeAdapter

from intents import (
    Attribute,
    AttributeType,
    DraftData,
    Example,
    Intent,
    IntentData,
    Library,
    LibraryInvalid,
    Solution,
    SolutionKind,
    Support,
    intent_data,
    parse_library,
)
from knowledge import ANSWER_SCORE
from learning.values import NotPossible, groups_of, lines_of
from storage.learning import Finding, StoredProposal

LONGEST_ID = 60
WORTH_ASKING = 0.4
"""Share of the conversations in which operators asked it, from which a question becomes an attribute."""
EDITABLE = (
    "name",
    "description",
    "examples",
    "attributes",
    "group",
    "line_of_business",
    "queue",
    "skills",
    "solution",
    "support",
)


_draft = TypeAdapter(DraftData)


def title_of(row: StoredProposal) -> str:
    """Its name for people: what a supervisor called it, else what discovery did."""
    return str(row.draft.get("name", row.body["title"]))


def draft_of(row: StoredProposal, library: Library) -> DraftData:
    """The fields of the intent-to-be as plain values: what discovery suggests, overlaid by the edits."""
    edited = {key: value for key, value in row.draft.items() if key in EDITABLE}
    draft = _draft.validate_python({**_suggested(row, library), **edited})
    draft["id"] = identifier(draft["name"], library)
    return draft


def intent_of(draft: Mapping[str, object], share: float = 1.0) -> Intent:
    """The intent of a draft. Raises NotPossible, naming the field."""
    fields = {**draft, "share": share}
    group = fields.pop("group")
    line = fields["line_of_business"]
    content = {
        "groups": [
            {
                "id": group or "no_group",
                "name": "Group",
                "description": "Holds the draft while it is read.",
                "line_of_business": line,
                "queue": fields["queue"],
                "intents": [fields],
            }
        ]
    }
    try:
        read = parse_library("The intent", content)
    except LibraryInvalid as error:
        place = str(error).replace(f"group {group!r} ", "").replace(f"intent {fields['id']!r} ", "")
        raise NotPossible(place) from error
    return next(intent for intent in read.intents if not intent.is_group)


def identifier(name: str, library: Library) -> str:
    """An id in snake_case for a name, one the library does not have."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[: LONGEST_ID - 3].strip("_")
    plain = plain if plain[:1].isalpha() else f"intent_{plain}".strip("_")
    number, found = 1, plain
    while library.find(found) is not None:
        number += 1
        found = f"{plain}_{number}"
    return found


def _suggested(row: StoredProposal, library: Library) -> IntentData:
    body = row.body
    groups = groups_of(library)
    group = library.find(body["group"]) if body["group"] else None
    in_line = [one for one in groups if one.line_of_business == row.line_of_business]
    home = group or next(iter(in_line), None) or next(iter(groups), None)
    article = next((one for one in body.get("articles", []) if one["score"] >= ANSWER_SCORE), None)
    queue = body["queue"] or (home.queue if home else "")
    solution = Solution(SolutionKind.ARTICLE, article["id"]) if article else Solution(SolutionKind.QUEUE, queue)
    lines = lines_of(library)
    intent = Intent(
        id="draft",
        name=body["title"],
        description=_description(body),
        group=home.id if home else None,
        line_of_business=row.line_of_business or (home.line_of_business if home else next(iter(lines), "general")),
        queue=queue,
        skills=home.skills if home else (),
        examples=tuple(Example(text, "discovery") for text in body["examples"]),
        attributes=_attributes(body),
        solution=solution,
        support=Support.SELF_SERVICE if article else Support.ASSIST_ONLY,
    )
    return intent_data(intent)


def _description(body: Finding) -> str:
    words = ", ".join(body["subtitle"])
    said = body["examples"][0] if body["examples"] else body["title"]
    return f"Customers say things like “{said}”" + (f" (telling words: {words})." if words else ".")


def _attributes(body: Finding) -> tuple[Attribute, ...]:
    """What operators asked next, where its kind is plain: one attribute a kind."""
    found: dict[str, Attribute] = {}
    for asked in body["asked_next"]:
        kind = AttributeType(asked["type"])
        if kind in (AttributeType.TEXT, AttributeType.YES_NO, AttributeType.CHOICE) or asked["share"] < WORTH_ASKING:
            continue
        label = kind.value.replace("_", " ")
        found.setdefault(kind.value, Attribute(kind.value, label, kind, asked["prompt"], mandatory=False))
    return tuple(found.values())
