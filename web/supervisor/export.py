"""Exports: one conversation as text, CSV or JSON, and all of them, a row each."""

import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime

from conversation import State
from conversation.events import (
    AgentSaid,
    CustomerSaid,
    HandOffRequested,
    IdentityChecked,
    IntentRecognised,
    NoteAdded,
    Notice,
    OperatorSaid,
    Recorded,
    SlotFilled,
    StepDone,
    ToolUsed,
    TurnUnderstood,
    UtteranceUnmatched,
)
from storage.conversation import Lists, event_to_data

COLUMNS = (
    "conversation_id",
    "channel",
    "stage",
    "customer_id",
    "started_at",
    "queued_at",
    "accepted_at",
    "ended_at",
    "duration_seconds",
    "wait_seconds",
    "queue",
    "operator_id",
    "intents",
    "handed_over_because",
    "transfers",
    "ended_by",
    "disposition",
)
"""Times are UTC; wait counts from the hand-over to the first acceptance, duration from hello to the end."""


def safe(text: str) -> str:
    """A cell no spreadsheet runs: a leading =, +, - or @ is quoted."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def row_of(state: State) -> list[str]:
    """One conversation as the values of COLUMNS."""
    values: list[object] = [
        state.conversation_id,
        state.talk.channel,
        state.owner.stage,
        state.record.identity.customer_id,
        state.talk.started_at,
        state.owner.handover.requested_at if state.owner.handover else None,
        state.owner.accepted_at,
        state.owner.ended_at,
        _seconds(state.talk.started_at, state.owner.ended_at),
        _seconds(state.owner.handover.requested_at if state.owner.handover else None, state.owner.accepted_at),
        state.owner.queue,
        state.owner.operator_id,
        " ".join(dict.fromkeys(seen.intent for seen in state.dialogue.intents)),
        state.owner.handover.reason if state.owner.handover else None,
        state.owner.transfers,
        state.owner.ended_by,
        state.owner.disposition,
    ]
    return [safe(_text(value)) for value in values]


async def all_rows(lists: Lists) -> AsyncIterator[str]:
    """Every conversation as CSV, read a page at a time."""
    yield _line(COLUMNS)
    after = ""
    while states := await lists.page(after=after):
        yield "".join(_line(row_of(state)) for state in states)
        after = states[-1].conversation_id


def as_text(recorded: list[Recorded]) -> str:
    """Who said what, when."""
    lines = [(one.at, said) for one in recorded if (said := _spoken(one)) is not None]
    return "".join(f"[{at:%Y-%m-%d %H:%M:%S}] {who}: {_indented(text)}\n" for at, (who, text) in lines)


def as_reasons(recorded: list[Recorded]) -> str:
    """Who said what, and before it why: what the turn was taken for, the steps of its procedure, what was looked up."""
    lines: list[str] = []
    for one in recorded:
        why = _reason(one)
        said = _spoken(one)
        if why:
            lines.append(f"    {why}")
        elif said is not None:
            lines.append(f"[{one.at:%Y-%m-%d %H:%M:%S}] {said[0]}: {_indented(said[1])}")
    return "".join(f"{line}\n" for line in lines)


def _reason(one: Recorded) -> str:
    match one.event:
        case TurnUnderstood(commands=commands):
            return f"understood: {', '.join(commands)}"
        case IntentRecognised(intent=intent, confidence=confidence):
            return f"wish: {intent} ({confidence:.2f})"
        case SlotFilled(name=name, is_correction=is_correction):
            return f"{'corrected' if is_correction else 'learnt'}: {name}"
        case IdentityChecked(is_ok=is_ok, assurance=assurance):
            return f"identity: {'level ' + str(int(assurance)) if is_ok else 'not matched'}"
        case StepDone(intent=intent, step=step):
            return f"step: {intent} {step}"
        case ToolUsed(tool=tool, is_ok=is_ok):
            return f"tool: {tool} {'answered' if is_ok else 'failed'}"
        case UtteranceUnmatched(nearest=nearest, score=score):
            return f"not understood; nearest {nearest or 'nothing'} ({score:.2f})"
        case HandOffRequested(context=context):
            return f"handed over: {context.reason}"
    return ""


def as_csv(recorded: list[Recorded]) -> str:
    """One row an event."""
    lines = [_line(("seq", "at", "kind", "speaker", "text"))]
    for one in recorded:
        who, text = _spoken(one) or ("", "")
        lines.append(_line((str(one.seq), one.at.isoformat(), one.event.kind, safe(who), safe(text))))
    return "".join(lines)


def as_json(recorded: list[Recorded]) -> str:
    """Every event whole."""
    events = [{"seq": one.seq, "at": one.at.isoformat(), **event_to_data(one.event)} for one in recorded]
    return json.dumps({"conversation_id": recorded[0].conversation_id if recorded else "", "events": events}, indent=1)


EXPORTS: dict[str, tuple[str, Callable[[list[Recorded]], str]]] = {
    "txt": ("text/plain; charset=utf-8", as_text),
    "why.txt": ("text/plain; charset=utf-8", as_reasons),
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
}


def _spoken(one: Recorded) -> tuple[str, str] | None:
    """Speaker and text of what was said or shown."""
    match one.event:
        case CustomerSaid(text=text):
            return "Customer", text
        case AgentSaid(text=text):
            return "AI agent", text
        case OperatorSaid(text=text, name=name):
            return name, text
        case Notice(text=text):
            return "—", text
        case NoteAdded(text=text, name=name):
            return f"Note by {name}", text
        case _:
            return None


def _indented(text: str) -> str:
    """Later lines of a message are set in, so that none can pass for another speaker's."""
    return text.replace("\r", "").replace("\n", "\n    ")


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _text(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)


def _seconds(start: datetime | None, end: datetime | None) -> str:
    return f"{(end - start).total_seconds():.0f}" if start and end and end >= start else ""
