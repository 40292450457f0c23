"""The tables. Migrations in migrations/versions make them; a test compares the two."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    true,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on every engine; SQLite keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


conversations = Table(
    "conversations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("state", Text, nullable=False),
    # What lists and the dispatcher ask for, kept in step with the state in the same transaction.
    Column("stage", String(20), nullable=False),
    Column("channel", String(10), nullable=False),
    Column("queue", String(60)),
    Column("priority", Integer, nullable=False, default=0),
    Column("queued_at", UtcDateTime),
    Column("operator_id", String(40)),
    Column("offered_to", String(40)),
    Column("due_at", UtcDateTime),
    Column("customer_id", String(60)),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    # Not from the state: since when no page and no line of the customer is open, the process that had one open last,
    # and the one that holds the caller's line.
    Column("absent_since", UtcDateTime),
    Column("attended_in", String(40)),
    Column("line_in", String(40)),
)
Index(None, conversations.c.stage, conversations.c.queued_at)
Index(None, conversations.c.due_at)
Index(None, conversations.c.operator_id, conversations.c.stage)
Index(None, conversations.c.started_at)

events = Table(
    "events",
    metadata,
    Column("conversation_id", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("data", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("email", String(254), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("skills", JSON, nullable=False),
    Column("queues", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("is_active", Boolean, nullable=False, server_default=true()),
    Column("presence", String(20), nullable=False),
    Column("presence_set_by", String(10), nullable=False),
    Column("presence_at", UtcDateTime, nullable=False),
    Column("idle_since", UtcDateTime, nullable=False),
    Column("is_connected", Boolean, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", String(40), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
Index(None, sessions.c.expires_at)

tickets = Table(
    "tickets",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", String(40), nullable=False),
    # The session it was asked for in, hashed as there.
    Column("session", String(64), nullable=False, server_default=""),
    Column("expires_at", UtcDateTime, nullable=False),
)

callbacks = Table(
    "callbacks",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", String(40), nullable=False),
    Column("name", String(120), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("wanted_when", String(200), nullable=False),
    Column("due", String(16), nullable=False, server_default=""),
    Column("about", Text, nullable=False),
    Column("queue", String(60), nullable=False),
    Column("status", String(20), nullable=False),
    Column("operator_id", String(40)),
    Column("outcome", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
Index(None, callbacks.c.status, callbacks.c.created_at)

outbox = Table(
    "outbox",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("last_error", Text, nullable=False),
)
Index(None, outbox.c.done_at, outbox.c.next_at)

documents = Table(
    "documents",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("id", String(120), primary_key=True),
    Column("body", JSON, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

failed_checks = Table(
    "failed_checks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", String(60), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # Where it came from: a keyed hash of an address.
    Column("source", String(16), nullable=False, server_default=""),
)
Index(None, failed_checks.c.customer_id, failed_checks.c.at)


def _versions(name: str) -> Table:
    """Append-only: the newest row is in use, a roll-back is a new row with an old content."""
    return Table(
        name,
        metadata,
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("content", JSON, nullable=False),
        Column("action", String(20), nullable=False),
        Column("actor", String(120), nullable=False),
        Column("reason", Text, nullable=False),
        Column("changes", JSON, nullable=False),
        Column("at", UtcDateTime, nullable=False),
    )


library_versions = _versions("library_versions")
procedure_versions = _versions("procedure_versions")

# What no intent covered, masked, in the transaction of its event; the discovery job fills in the vectors.
candidates = Table(
    "candidates",
    metadata,
    Column("conversation_id", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("channel", String(10), nullable=False),
    Column("line_of_business", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("nearest", String(64), nullable=False),
    Column("score", Float, nullable=False),
    Column("is_doubtful", Boolean, nullable=False),
    Column("encoder", String(120)),
    Column("vector", LargeBinary),
)
Index(None, candidates.c.at)

proposals = Table(
    "proposals",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("status", String(12), nullable=False),
    Column("line_of_business", String(120), nullable=False),
    Column("rank", Float, nullable=False),
    Column("encoder", String(120), nullable=False),
    Column("middle", LargeBinary, nullable=False),
    Column("body", JSON, nullable=False),
    Column("draft", JSON, nullable=False),
    Column("log", JSON, nullable=False),
    Column("is_fixed", Boolean, nullable=False),
    Column("intent", String(64)),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("snoozed_until", UtcDateTime),
    Column("decided_at", UtcDateTime),
    Column("decided_by", String(120)),
    Column("reason", Text, nullable=False),
)
Index(None, proposals.c.status, proposals.c.rank)

# Work that one process of several does at a time.
leases = Table(
    "leases",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("holder", String(60), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

# The processes that serve this database, on Postgres; one that is past `until` is gone.
processes = Table(
    "processes",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("address", String(200), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

# Who has a desk open in which process.
desks = Table(
    "desks",
    metadata,
    Column("process", String(40), primary_key=True),
    Column("person_id", String(40), primary_key=True),
)

turn_times = Table(
    "turn_times",
    metadata,
    # One row an answered turn of a call: the waterfall of its `turn_timed` event, for reports over many calls.
    Column("conversation_id", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("call_id", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("speech_end_ms", Integer, nullable=False),
    Column("decided_ms", Integer, nullable=False),
    Column("transcript_ms", Integer, nullable=False),
    Column("decision_ms", Integer, nullable=False),
    Column("first_audio_ms", Integer, nullable=False),
    Column("played_ms", Integer),
)
Index(None, turn_times.c.at)


def all_tables() -> tuple[Table, ...]:
    """Ours, those without a reference to another first (none has one)."""
    return tuple(metadata.sorted_tables)
