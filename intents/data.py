"""An intent as plain JSON values: how it is kept, shown and compared."""

from typing_extensions import TypedDict

from intents.intent import Intent


class ExampleData(TypedDict):
    """Something a customer may say, and where it comes from."""

    text: str
    source: str


class AttributeData(TypedDict):
    """A fact to collect; the fields are those of intents.Attribute."""

    name: str
    label: str
    type: str
    prompt: str
    mandatory: bool
    options: list[str]
    description: str


class SolutionData(TypedDict):
    """Where an intent leads: tool, article or queue, and its name or id."""

    kind: str
    target: str


class DraftData(TypedDict):
    """What a supervisor writes of an intent; the fields are those of intents.Intent."""

    id: str
    name: str
    description: str
    group: str | None
    line_of_business: str
    queue: str
    skills: list[str]
    examples: list[ExampleData]
    attributes: list[AttributeData]
    solution: SolutionData
    support: str


class IntentData(DraftData):
    """Every field of an intent."""

    review_state: str
    is_live: bool
    share: float
    is_group: bool


def intent_data(intent: Intent) -> IntentData:
    """The intent as plain JSON values, every field of it."""
    return {
        "id": intent.id,
        "name": intent.name,
        "description": intent.description,
        "group": intent.group,
        "line_of_business": intent.line_of_business,
        "queue": intent.queue,
        "skills": list(intent.skills),
        "examples": [{"text": one.text, "source": one.source} for one in intent.examples],
        "attributes": [
            {
                "name": one.name,
                "label": one.label,
                "type": one.type.value,
                "prompt": one.prompt,
                "mandatory": one.mandatory,
                "options": list(one.options),
                "description": one.description,
            }
            for one in intent.attributes
        ],
        "solution": {"kind": intent.solution.kind.value, "target": intent.solution.target},
        "support": intent.support.value,
        "review_state": intent.review_state.value,
        "is_live": intent.is_live,
        "share": intent.share,
        "is_group": intent.is_group,
    }
