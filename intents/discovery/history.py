"""Reads transcripts from a file: CSV, JSON lines or Parquet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from intents.discovery.progress import Progress, silent
from intents.discovery.rows import HistoryInvalid, Row, RowInvalid, column_name, read_rows
from intents.discovery.turns import CustomerTurn

__all__ = ["History", "HistoryInvalid", "read_history"]

TEXT_COLUMNS = ("text", "utterance", "message", "message_text", "content", "transcript", "body")
CONVERSATION_COLUMNS = ("conversation", "conversation_id", "dialogue_id", "session_id", "session", "call_id", "chat_id")
ROLE_COLUMNS = ("role", "speaker", "author", "sender", "from")
TIME_COLUMNS = ("at", "time", "timestamp", "created_at", "created", "date")
ID_COLUMNS = ("turn_id", "id", "message_id", "turn")
TURNS_COLUMN = "turns"
CUSTOMER_ROLES = frozenset({"customer", "user", "caller", "client", "visitor", "guest", "consumer"})
OTHER_COLUMNS = (*CONVERSATION_COLUMNS, *ROLE_COLUMNS, *TIME_COLUMNS, *ID_COLUMNS, TURNS_COLUMN)

MILLISECONDS_FROM = 1e11
"""A time that is a number counts seconds since 1970 below this (the year 5138), milliseconds from it on."""
NAMED = 5
"""Malformed rows that are kept by name when they are skipped."""


@dataclass
class History:
    """What a file holds."""

    turns: list[CustomerTurn] = field(default_factory=list)
    """What customers said, in the order of the file."""
    replies: dict[str, list[str]] = field(default_factory=dict)
    """What everybody else said, per conversation."""
    malformed: int = 0
    """Rows left out because they could not be understood."""
    malformed_named: list[str] = field(default_factory=list)
    """The first of them, each with file, line and reason."""
    other_roles: Counter[str] = field(default_factory=Counter)
    """Rows of each role that is not the customer's."""


@dataclass(frozen=True)
class _Reply:
    conversation: str
    text: str
    role: str


@dataclass(frozen=True)
class _Names:
    text: tuple[str, ...]
    """Columns of the text, the first that a row has."""
    customers: frozenset[str]
    """Roles."""


def read_history(
    path: Path,
    *,
    skip_malformed: bool = False,
    text: str | None = None,
    customer: str | None = None,
    progress: Progress = silent,
) -> History:
    """The turns of a .csv, .jsonl or .parquet file.

    A row is one turn with a column for its text and, if there are such, for conversation, role, time and id (the
    names tried are the lists above); a JSON line or a Parquet row may also hold a whole conversation under `turns`.
    Without a role every row counts as a customer's, without a conversation as one of its own; a row with an empty text
    is passed over. `text` names the column of the text instead, `customer` the customer's role. Raises HistoryInvalid
    at the first malformed row, unless they are to be skipped, and if there is no other or none is a customer's. About
    400 bytes of memory a turn beside its text.
    """
    history = History()
    names = _Names(
        (column_name(text),) if text else TEXT_COLUMNS, frozenset({customer.lower()}) if customer else CUSTOMER_ROLES
    )
    rows = 0
    for row in read_rows(path, frozenset((*names.text, *OTHER_COLUMNS)), progress):
        rows += 1
        try:
            # Whole conversations come in or stay out.
            said = list(_said(row.read(), row.number, names))
        except RowInvalid as error:
            malformed = f"{path.name}: line {row.number}: {error}"
            if not skip_malformed:
                raise HistoryInvalid(malformed) from error
            history.malformed += 1
            history.malformed_named += [malformed] if history.malformed <= NAMED else []
            continue
        for one in said:
            if isinstance(one, CustomerTurn):
                history.turns.append(one)
            else:
                history.replies.setdefault(one.conversation, []).append(one.text)
                history.other_roles[one.role] += 1
    if rows and rows == history.malformed:
        raise HistoryInvalid(f"no row can be understood; {history.malformed_named[0]}")
    if history.other_roles and not history.turns:
        roles = ", ".join(f"{role!r:.40}" for role, _ in history.other_roles.most_common(NAMED))
        wanted = ", ".join(sorted(names.customers))
        raise HistoryInvalid(f"{path.name}: nothing a customer said; the roles are {roles}, a customer's is {wanted}")
    return history


def _said(row: Row, number: int, names: _Names) -> Iterator[CustomerTurn | _Reply]:
    named = {column_name(name): value for name, value in row.items()}
    turns = named.get(TURNS_COLUMN)
    if isinstance(turns, list):
        conversation = str(_first(named, CONVERSATION_COLUMNS) or _first(named, ID_COLUMNS) or number)
        for position, turn in enumerate(turns):
            if not isinstance(turn, dict):
                raise RowInvalid(f"turn {position + 1} is not an object")
            yield from _said({"conversation": conversation, "id": f"{conversation}/{position}"} | turn, number, names)
        return
    text = _text(named, names.text)
    if not text:
        return
    conversation = str(_first(named, CONVERSATION_COLUMNS) or f"row {number}")
    role = str(_first(named, ROLE_COLUMNS) or "customer").strip().lower()
    if role not in names.customers:
        yield _Reply(conversation, text, role)
        return
    identity = _first(named, ID_COLUMNS)
    # An id such as "3" is often only the place within its conversation.
    unique = f"{conversation}/{identity if identity is not None else number}"
    at = _time(_first(named, TIME_COLUMNS))
    yield CustomerTurn(str(identity) if "/" in str(identity) else unique, conversation, text, at)


def _text(row: Row, columns: tuple[str, ...]) -> str:
    """Empty where there is a column for it with nothing in it."""
    value = _first(row, columns)
    if value is None:
        if any(name in row for name in columns):
            return ""
        raise RowInvalid(f"no column for the text among {', '.join(row):.100}; tried {', '.join(columns)}")
    if isinstance(value, bool | list | dict | bytes):
        raise RowInvalid(f"the text is {value!r:.60}, not a text")
    # Half of a character in two parts, as broken exports have it, is no text for an encoder.
    return str(value).encode("utf-8", "replace").decode()


def _first(row: Row, names: tuple[str, ...]) -> object:
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        at = _parsed(value)
    except (ValueError, OverflowError, OSError) as error:
        raise RowInvalid(f"{value!r} is not a time such as 2026-11-22T09:30:00Z") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _parsed(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000 if abs(value) >= MILLISECONDS_FROM else value, UTC)
    return datetime.fromisoformat(str(value).strip())
