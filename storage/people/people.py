"""Operators and supervisors, their presence, sessions and one-use websocket tickets.

Session tokens and tickets are kept as keyed hashes; passwords as argon2 hashes made by `web.kit.auth`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement

from storage.kit.database import Database, StorageError
from storage.kit.tables import people, sessions, tickets
from storage.people.tokens import TokenHasher


class Role(StrEnum):
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"


class Presence(StrEnum):
    """Base states routing knows. `inactive` is set by the system after a missed offer."""

    AVAILABLE = "available"
    BUSY = "busy"
    AWAY = "away"
    OFFLINE = "offline"
    INACTIVE = "inactive"


MOST_TICKETS = 20
"""Of one session that wait to be used; the oldest are forgotten."""


class NotTheFirst(StorageError):
    """Somebody is there already."""


class EmailTaken(StorageError):
    """Another person signs in with this address."""


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    email: str
    password_hash: str
    role: Role
    skills: dict[str, int]
    """Skill to proficiency, 1 to 5."""
    queues: tuple[str, ...]
    languages: tuple[str, ...]
    capacity: int
    """Conversations held at once."""
    presence: Presence
    presence_set_by: str
    presence_at: datetime
    idle_since: datetime
    """Since when without finishing a conversation: the longest idle is offered the next."""
    is_connected: bool
    is_active: bool = True
    """False for who has left: they sign in no more, what they did stays theirs."""


_WRITTEN = ("name", "role", "skills", "queues", "languages", "capacity", "is_active", "password_hash")


def _values(person: Person) -> dict[str, object]:
    """The row. An address is kept in small letters: two that differ in case are one person's."""
    lists = {"queues": list(person.queues), "languages": list(person.languages)}
    return vars(person) | lists | {"email": person.email.strip().lower()}


class People:
    """The directory of people and who of them is signed in."""

    def __init__(self, database: Database, hasher: TokenHasher) -> None:
        self._database = database
        self._hashed = hasher.hashed

    async def add(self, person: Person) -> None:
        """Raises EmailTaken."""
        try:
            async with self._database.writing() as connection:
                await connection.execute(insert(people).values(**_values(person)))
        except IntegrityError as error:
            raise EmailTaken(person.email) from error

    async def add_first(self, person: Person) -> None:
        """Raises NotTheFirst where somebody is there already, however many try at the same moment."""
        async with self._database.writing() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text("LOCK TABLE people IN EXCLUSIVE MODE"))
            if (await connection.execute(select(func.count()).select_from(people))).scalar_one():
                raise NotTheFirst
            await connection.execute(insert(people).values(**_values(person)))

    async def change(self, person: Person) -> None:
        """What a supervisor writes of a person, and their password; presence is not touched."""
        kept = {name: value for name, value in _values(person).items() if name in _WRITTEN}
        async with self._database.writing() as connection:
            await connection.execute(update(people).where(people.c.id == person.id).values(**kept))

    async def all(self) -> list[Person]:
        return await self._select()

    async def find(self, person_id: str) -> Person | None:
        found = await self._select(people.c.id == person_id)
        return found[0] if found else None

    async def find_by_email(self, email: str) -> Person | None:
        found = await self._select(func.lower(people.c.email) == email.strip().lower())
        return found[0] if found else None

    async def count(self) -> int:
        async with self._database.reading() as connection:
            return int((await connection.execute(select(func.count()).select_from(people))).scalar_one())

    async def set_presence(self, person_id: str, presence: Presence, *, by: str, at: datetime) -> None:
        """`by` is "person" or "system"."""
        async with self._database.writing() as connection:
            await connection.execute(
                update(people)
                .where(people.c.id == person_id)
                .values(presence=presence, presence_set_by=by, presence_at=at)
            )

    async def open_session(self, token: str, person_id: str, expires_at: datetime) -> None:
        async with self._database.writing() as connection:
            await connection.execute(
                insert(sessions).values(token_hash=self._hashed(token), person_id=person_id, expires_at=expires_at)
            )

    async def session_person(self, token: str, now: datetime) -> Person | None:
        """Whose session it is; None when unknown or expired."""
        async with self._database.reading() as connection:
            person_id = (
                await connection.execute(
                    select(sessions.c.person_id).where(
                        sessions.c.token_hash == self._hashed(token), sessions.c.expires_at > now
                    )
                )
            ).scalar_one_or_none()
        return await self._active(person_id)

    async def close_sessions(self, person_id: str, *, keep: str | None = None) -> list[str]:
        """End all of a person's sessions but `keep` (its token), and the tickets asked for in them; their hashes."""
        kept = self._hashed(keep) if keep else ""
        async with self._database.writing() as connection:
            ended = await connection.execute(
                delete(sessions)
                .where(sessions.c.person_id == person_id, sessions.c.token_hash != kept)
                .returning(sessions.c.token_hash)
            )
            found = [str(one) for one in ended.scalars()]
            await connection.execute(delete(tickets).where(tickets.c.person_id == person_id, tickets.c.session != kept))
        return found

    async def has_session(self, session: str) -> bool:
        """Whether a session, by its hash, is still open."""
        query = select(sessions.c.person_id).where(sessions.c.token_hash == session)
        async with self._database.reading() as connection:
            return (await connection.execute(query)).first() is not None

    async def close_session(self, token: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(delete(sessions).where(sessions.c.token_hash == self._hashed(token)))
            await connection.execute(delete(tickets).where(tickets.c.session == self._hashed(token)))

    async def issue_ticket(self, token: str, person_id: str, expires_at: datetime, *, session: str) -> None:
        """`session`: the token of the session it is asked for in; it ends with that."""
        async with self._database.writing() as connection:
            mine = tickets.c.session == self._hashed(session)
            kept = (
                select(tickets.c.token_hash).where(mine).order_by(tickets.c.expires_at.desc()).limit(MOST_TICKETS - 1)
            )
            await connection.execute(delete(tickets).where(mine, tickets.c.token_hash.not_in(kept)))
            await connection.execute(
                insert(tickets).values(
                    token_hash=self._hashed(token),
                    person_id=person_id,
                    expires_at=expires_at,
                    session=self._hashed(session),
                )
            )

    async def use_ticket(self, token: str, now: datetime) -> tuple[Person, str] | None:
        """The ticket's person and session (hashed), once; None when it is unknown, used or expired."""
        async with self._database.writing() as connection:
            row = (
                await connection.execute(
                    delete(tickets)
                    .where(tickets.c.token_hash == self._hashed(token), tickets.c.expires_at > now)
                    .returning(tickets.c.person_id, tickets.c.session)
                )
            ).one_or_none()
        person = await self._active(row.person_id) if row else None
        return (person, row.session) if person and row else None

    async def _active(self, person_id: str | None) -> Person | None:
        person = await self.find(person_id) if person_id else None
        return person if person and person.is_active else None

    async def sweep(self, now: datetime) -> None:
        """Forget expired sessions and tickets."""
        async with self._database.writing() as connection:
            await connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
            await connection.execute(delete(tickets).where(tickets.c.expires_at <= now))

    async def _select(self, *where: ColumnElement[bool]) -> list[Person]:
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(people).where(*where).order_by(people.c.name))).mappings().all()
        return [
            Person(
                **dict(row)
                | {
                    "role": Role(row["role"]),
                    "presence": Presence(row["presence"]),
                    "queues": tuple(row["queues"]),
                    "languages": tuple(row["languages"]),
                }
            )
            for row in rows
        ]
