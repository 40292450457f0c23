"""Reads transcripts from a file: CSV, JSON lines or Parquet."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from intents.discovery.turns import Turn
from intents.library import IntentsError

TEXT_COLUMNS = ("text", "utterance", "message", "content", "transcript", "body")
CONVERSATION_COLUMNS = ("conversation", "conversation_id", "dialogue_id", "session_id", "session", "call_id", "chat_id")
ROLE_COLUMNS = ("role", "speaker", "author", "sender", "from")
TIME_COLUMNS = ("at", "time", "timestamp", "created_at", "created", "date")
ID_COLUMNS = ("turn_id", "id", "message_id", "turn")
CUSTOMER_ROLES = frozenset({"customer", "user", "caller", "client", "visitor", "guest", "consumer"})


class HistoryInvalid(IntentsError):
    """A file of transcripts cannot be read; the message names file and line."""


@dataclass
class History:
    """What a file holds."""

    turns: list[Turn] = field(default_factory=list)
    """What customers said, in the order of the file."""
    replies: dict[str, list[str]] = field(default_factory=dict)
    """What everybody else said, per conversation."""


def read_history(path: Path) -> History:
    """The turns of a .csv, .jsonl or .parquet file.

    A row is one turn with a column for its text and, if there are such, for conversation, role, time and id (the
    names tried are the lists above); a JSON line may also hold a whole conversation under `turns`. Without a role
    every row counts as a customer's, without a conversation as one of its own. Raises HistoryInvalid.
    """
    readers = {".csv": _csv_rows, ".jsonl": _json_rows, ".ndjson": _json_rows, ".parquet": _parquet_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise HistoryInvalid(f"{path.name}: not one of {', '.join(readers)}")
    history = History()
    try:
        for line, row in reader(path):
            _take(history, row, f"{path.name}: line {line}", line)
    except OSError as error:
        raise HistoryInvalid(f"{path.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise HistoryInvalid(f"{path.name}: not UTF-8 text") from error
    return history


def _csv_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        start = stream.read(4096)
        stream.seek(0)
        first_line = start.splitlines()[0] if start else ""
        delimiter = max(",;\t|", key=first_line.count)
        yield from enumerate(csv.DictReader(stream, delimiter=delimiter), start=2)


def _json_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise HistoryInvalid(f"{path.name}: line {number}: not JSON: {error.msg}") from error
            if not isinstance(row, dict):
                raise HistoryInvalid(f"{path.name}: line {number}: not an object")
            yield number, row


def _parquet_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        from pyarrow import ArrowInvalid, parquet
    except ImportError as error:
        raise HistoryInvalid(f"{path.name}: reading Parquet needs the package pyarrow: pip install pyarrow") from error
    try:
        rows = parquet.read_table(path).to_pylist()
    except ArrowInvalid as error:
        raise HistoryInvalid(f"{path.name}: not a Parquet file: {error}") from error
    yield from enumerate(rows, start=1)


def _take(history: History, row: Mapping[str, Any], place: str, number: int) -> None:
    named = {str(name).strip().lower(): value for name, value in row.items() if name is not None}
    if isinstance(named.get("turns"), list):
        conversation = str(_first(named, CONVERSATION_COLUMNS) or _first(named, ID_COLUMNS) or number)
        for position, turn in enumerate(named["turns"]):
            if not isinstance(turn, dict):
                raise HistoryInvalid(f"{place}: turn {position + 1} is not an object")
            _take(history, {"conversation": conversation, "id": f"{conversation}/{position}"} | turn, place, number)
        return
    text = _first(named, TEXT_COLUMNS)
    if text is None:
        if any(name in named for name in TEXT_COLUMNS):
            return
        raise HistoryInvalid(f"{place}: no column for the text; tried {', '.join(TEXT_COLUMNS)}")
    conversation = str(_first(named, CONVERSATION_COLUMNS) or f"row {number}")
    role = str(_first(named, ROLE_COLUMNS) or "customer").strip().lower()
    if role not in CUSTOMER_ROLES:
        history.replies.setdefault(conversation, []).append(str(text))
        return
    identity = _first(named, ID_COLUMNS)
    # An id such as "3" is often only the place within its conversation.
    unique = f"{conversation}/{identity if identity is not None else number}"
    at = _time(_first(named, TIME_COLUMNS), place)
    history.turns.append(Turn(str(identity) if "/" in str(identity) else unique, conversation, str(text), at))


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)


def _time(value: Any, place: str) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        at = value
    elif isinstance(value, int | float):
        at = datetime.fromtimestamp(value, UTC)
    else:
        try:
            at = datetime.fromisoformat(str(value).strip())
        except ValueError as error:
            raise HistoryInvalid(f"{place}: {value!r} is not a time such as 2026-11-22T09:30:00Z") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)
