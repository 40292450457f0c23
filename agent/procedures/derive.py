"""An intent without a procedure of its own is served by one made from its attributes and solution.

attributes -> identity, where the record is needed -> confirm, where something is changed -> answer, tool or person
"""

import re
from collections.abc import Mapping

from agent.procedures import model as m
from agent.procedures.expressions import Language
from agent.procedures.load import GIVEN
from agent.procedures.texts import compile_text
from agent.tools.specs import BUILT_IN
from conversation import Assurance
from intents import Attribute, AttributeType, Intent, Library, SolutionKind, Support


def with_derived(written: Mapping[str, m.Procedure], library: Library) -> dict[str, m.Procedure]:
    """What was written, and one procedure made for every live intent that nobody wrote one for."""
    own = {key: one for key, one in written.items() if not one.is_derived}
    made = {intent.id: derive(intent) for intent in library.live() if intent.id not in own and not intent.is_group}
    return made | own


def derive(intent: Intent) -> m.Procedure:
    """The procedure of an intent that nobody wrote one for."""
    names = [*GIVEN, *(one.name for one in intent.attributes), "done"]
    language = Language(names)
    steps: list[m.Step] = []
    for one in intent.attributes:
        steps.append(_collect(one, f"{len(steps) + 1}", language))
    place = f"{len(steps) + 1}"
    solution = intent.solution
    if intent.support is Support.ASSIST_ONLY or solution.kind is SolutionKind.QUEUE:
        queue = solution.target if solution.kind is SolutionKind.QUEUE else ""
        steps.append(m.HandOver(place, 0, text=None, queue=queue, reason="policy_restriction"))
    elif solution.kind is SolutionKind.ARTICLE:
        steps = [m.AnswerFrom("1", 0, article=solution.target), *steps]
    elif solution.target in BUILT_IN:
        steps += _with_tool(intent, solution.target, len(steps), language)
    else:
        steps.append(m.HandOver(place, 0, text=None, queue="", reason="missing_knowledge"))
    return m.Procedure(intent.id, intent.id, _noun(intent.name), tuple(steps), is_derived=True)


def _with_tool(intent: Intent, tool: str, count: int, language: Language) -> list[m.Step]:
    spec = BUILT_IN[tool]
    steps: list[m.Step] = []

    def place() -> str:
        return str(count + len(steps) + 1)

    if spec.assurance is not Assurance.UNKNOWN:
        steps.append(m.Identify(place(), 0, applicant=spec.assurance is Assurance.MATCHED))
    if spec.changes:
        wanted = "; ".join(f"{one.label}: {{{one.name}}}" for one in intent.attributes if one.mandatory)
        text = f"Let me check: {_noun(intent.name)}" + (f" ({wanted})." if wanted else ".")
        steps.append(m.Confirm(place(), 0, text=compile_text(text, language)))
    arguments = {one.name: one.name for one in intent.attributes}
    if tool == "open_case":
        arguments = {
            "subject": f"'{intent.name}'",
            "details": " + '; ' + ".join(
                f"'{one.label}: ' + string({one.name})" for one in intent.attributes if one.mandatory
            )
            or "said",
        }
        if any(one.name == "policy_number" for one in intent.attributes):
            arguments["policy_number"] = "policy_number"
    elif tool == "request_callback":
        arguments = {
            "phone": "phone",
            "when": "preferred_time" if "preferred_time" in arguments else "when",
            "about": "said",
        }
    compiled = tuple((name, language.compiled(source)) for name, source in arguments.items())
    steps.append(m.UseTool(place(), 0, tool=tool, arguments=compiled, result="done"))
    if tool == "request_callback":
        steps.append(
            m.SayText(
                place(),
                0,
                text=compile_text("Done: a colleague will call you on {done.phone | phone}, {done.when}.", language),
            )
        )
    elif spec.changes:
        steps.append(
            m.SayText(
                place(),
                0,
                text=compile_text("Done: I've opened case {done.number} for this. {done.next_step}", language),
            )
        )
    return steps


def _collect(one: Attribute, place: str, language: Language) -> m.Collect:
    numbers = {
        AttributeType.CLAIM_NUMBER,
        AttributeType.CASE_NUMBER,
        AttributeType.APPLICATION_NUMBER,
        AttributeType.POLICY_NUMBER,
    }
    return m.Collect(
        place,
        0,
        name=one.name,
        label=one.label,
        type=str(one.type),
        prompt=compile_text(one.prompt.replace("{", "(").replace("}", ")"), language),
        options=one.options,
        is_optional=not one.mandatory,
        is_of_customer=one.type in numbers,
    )


_VERBS = re.compile(
    r"^(?:ask about|ask how to|ask for|ask|check on|check|understand|get|report|see|sort out|make|find out about)\s+",
    re.IGNORECASE,
)


def _noun(name: str) -> str:
    """What an intent is about, from its name: "Ask about travel cover" to "travel cover"."""
    plain = _VERBS.sub("", name)
    return plain[:1].lower() + plain[1:] if not plain[:2].isupper() else plain
