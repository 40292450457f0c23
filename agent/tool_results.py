"""What comes of a tool: the procedure goes on, or what was done is taken back and a person fetched."""

from datetime import datetime

from agent import identity
from agent.agent import Agent
from agent.decision import Decision, HandOff, UseTool
from agent.draft import DecisionDraft
from agent.queue_turns import kept_waiting
from agent.tools.typed_action import ToolResult
from agent.topics import advance
from agent.understanding.understanding import Understanding
from conversation import Assurance, EscalationReason, State
from conversation.events import (
    CallbackRequested,
    HandOffWithdrawn,
    IdentityChecked,
    StepDone,
)

UNDOING, UNDONE = "undo:", "undone"


def resume(
    agent: Agent, state: State, understood: Understanding, now: datetime, used: UseTool, result: ToolResult
) -> Decision:
    """What to do with a tool's result; `state` already has the ToolUsed event."""
    draft = DecisionDraft(state, understood, now, agent.library, agent.wording, used.says)
    tool = used.tool
    if tool == "verify_customer":
        return _verified(agent, draft, result)
    if used.step.startswith(UNDOING):
        return _undone(agent, draft, used, result)
    if not result.is_ok:
        return _failed(agent, draft, result)
    if draft.state.topic:
        draft.note(StepDone(draft.state.topic.intent, used.step, used.inputs, result.data))
    if tool == "request_callback":
        draft.note(_callback(agent, draft, result))
        if draft.state.is_waiting and draft.state.value("care") is None:  # who is in need keeps the place as well
            draft.note(HandOffWithdrawn())
    decision = advance(agent, draft)
    return kept_waiting(draft, decision) if draft.state.is_waiting else decision


def _verified(agent: Agent, draft: DecisionDraft, result: ToolResult) -> Decision:
    if result.is_ok:
        data = result.data
        draft.note(
            IdentityChecked(
                True,
                Assurance(data["assurance"]),
                data["method"],
                data["customer_id"],
                data["name"],
                identity.compared(draft),
            )
        )
        draft.clear(identity.SPEAKS_FOR)
        draft.line("verified", first=str(data.get("speaker") or data["name"]).split()[0])
        return advance(agent, draft)
    draft.note(IdentityChecked(False, Assurance.UNKNOWN, "references and a personal detail"))
    if not result.is_missing:
        return _failed(agent, draft, result)
    if result.data.get("is_other_person"):
        draft.fill(identity.SPEAKS_FOR, "speaks for", "the account holder")
    if any(slot.name == identity.SPEAKS_FOR for slot in draft.state.dialogue.slots):
        return identity.for_somebody_else(draft)
    return identity.checked(draft, agent.references)


def _failed(agent: Agent, draft: DecisionDraft, result: ToolResult) -> Decision:
    if (
        result.is_missing
        and any(slot.name == "policy_number" for slot in draft.state.dialogue.slots)
        and draft.state.dialogue.misses < 3
    ):
        draft.clear("policy_number")
        draft.line("not_found", what="that policy number")
        return advance(agent, draft)
    draft.line("tool_failed")
    return _take_back(agent, draft)


def _take_back(agent: Agent, draft: DecisionDraft) -> Decision:
    """What this procedure has done is undone, the last first; then a person goes on."""
    topic, procedure = draft.state.topic, agent.procedure_of(draft)
    steps = [step for step in agent.walk(draft, procedure).tools_done() if step[0].undo] if procedure else []
    if topic is None or not steps:
        return HandOff(EscalationReason.TOOL_FAILURE, says=draft.says, notes=draft.settled())
    step, done = steps[-1]
    arguments = dict(done.result or {})
    return UseTool(step.undo, arguments, draft.settled(), step=f"{UNDOING}{done.step}", says=draft.says)


def _undone(agent: Agent, draft: DecisionDraft, used: UseTool, result: ToolResult) -> Decision:
    place = used.step.removeprefix(UNDOING)
    draft.done(place, UNDONE)
    if not result.is_ok:
        draft.fill("not_undone", "could not be undone", place)
    return _take_back(agent, draft)


def _callback(agent: Agent, draft: DecisionDraft, result: ToolResult) -> CallbackRequested:
    others = [
        seen
        for seen in draft.state.dialogue.intents
        if seen.intent != (draft.state.topic.intent if draft.state.topic else "")
    ]
    named = [slot for slot in draft.state.dialogue.slots if slot.name in agent.look_ups]
    about_number = agent.look_ups[named[-1].name] if named else None
    wish = others[-1].intent if others else about_number
    intent = agent.library.find(wish) if wish else None
    numbers = [slot.value for slot in named]
    words = others[-1].words if others else draft.state.topic.words if draft.state.topic else ""
    parts = [draft.state.value("care") or "", intent.name if intent else "", *numbers[-1:], words]
    about = " · ".join(part for part in parts if part) or "General question"
    return CallbackRequested(
        callback_id=result.data["callback_id"],
        phone=result.data["phone"],
        when=result.data["when"],
        about=about[:300],
        queue=draft.state.owner.queue or (intent.queue if intent and intent.queue else "general"),
        name=draft.state.record.identity.name or draft.state.value("name") or "",
        due=result.data["due"],
    )
