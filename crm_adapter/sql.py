"""The embedded CRM: tables of our own through SQLAlchemy, on whatever engine it is given."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Table, func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from crm_adapter import tables
from crm_adapter.port import Case, CaseNote, CrmUnavailable, Customer, CustomerRecord, Lead, Policy, ReferenceKind

FIRST_OWN_CASE, FIRST_OWN_CLAIM = 8_000, 80_000
"""Cases and claims opened here are numbered from these on; lower numbers come with imported data."""

NUMBER_TRIES = 20

FAILURES = (DBAPIError, PoolTimeout, OSError)
"""What SQLAlchemy raises when the database is away, locked for too long, or out of connections."""


class SqlCrm:
    """A CrmAdapter over SQL tables."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def find_customers(self, kind: ReferenceKind, value: str) -> tuple[Customer, ...]:
        customers = tables.customers
        match kind:
            case ReferenceKind.CUSTOMER_NUMBER:
                where = customers.c.id == value.upper()
            case ReferenceKind.EMAIL:
                where = func.lower(customers.c.email) == value.lower()
            case ReferenceKind.PHONE:
                where = customers.c.phone == value
            case ReferenceKind.POSTCODE:
                where = func.replace(func.upper(customers.c.postcode), " ", "") == "".join(value.split()).upper()
            case ReferenceKind.POLICY_NUMBER:
                where = customers.c.id.in_(_owner(tables.policies, "number", value))
            case ReferenceKind.CASE_NUMBER | ReferenceKind.CLAIM_NUMBER:
                where = customers.c.id.in_(_owner(tables.cases, "number", value.upper()))
            case ReferenceKind.APPLICATION_NUMBER:
                where = customers.c.id.in_(_owner(tables.leads, "application_number", value.upper()))
        try:
            async with self._engine.connect() as connection:
                rows = await connection.execute(select(customers).where(where).order_by(customers.c.id))
                return tuple(_customer(row) for row in rows.mappings())
        except FAILURES as error:
            raise CrmUnavailable("the CRM tables do not answer") from error

    async def find_record(self, customer_id: str) -> CustomerRecord | None:
        try:
            async with self._engine.connect() as connection:
                return await _record(connection, customer_id)
        except FAILURES as error:
            raise CrmUnavailable("the CRM tables do not answer") from error

    async def find_leads(self, kind: ReferenceKind, value: str) -> tuple[Lead, ...]:
        leads = tables.leads
        match kind:
            case ReferenceKind.APPLICATION_NUMBER:
                where = leads.c.application_number == value.upper()
            case ReferenceKind.EMAIL:
                where = func.lower(leads.c.email) == value.lower()
            case ReferenceKind.PHONE:
                where = leads.c.phone == value
            case _:
                return ()
        try:
            async with self._engine.connect() as connection:
                rows = await connection.execute(select(leads).where(where).order_by(leads.c.id))
                return tuple(_lead(row) for row in rows.mappings())
        except FAILURES as error:
            raise CrmUnavailable("the CRM tables do not answer") from error

    async def find_lead(self, lead_id: str) -> Lead | None:
        try:
            async with self._engine.connect() as connection:
                rows = await _rows(connection, tables.leads, "id", lead_id)
                return _lead(rows[0]) if rows else None
        except FAILURES as error:
            raise CrmUnavailable("the CRM tables do not answer") from error

    async def open_case(
        self,
        customer_id: str,
        key: str,
        subject: str,
        details: str,
        on: date,
        *,
        kind: str = "service",
        policy: str | None = None,
    ) -> Case:
        new = {
            "customer": customer_id,
            "key": key,
            "subject": subject,
            "details": details,
            "on": on,
            "kind": kind,
            "policy": policy,
        }
        try:
            if await self.find_record(customer_id) is None:
                raise CrmUnavailable(f"customer {customer_id!r} is not in the CRM")
            number = await self._open(key, new)
            record = await self.find_record(customer_id)
        except FAILURES as error:
            raise CrmUnavailable("the CRM tables do not answer") from error
        if record is None:
            raise CrmUnavailable(f"customer {customer_id!r} has left the CRM")
        return next(case for case in record.cases if case.number == number)

    async def _open(self, key: str, new: Mapping[str, object]) -> str:
        """The number of the case of `key`, opened now unless it was before."""
        for _ in range(NUMBER_TRIES):
            try:
                async with self._engine.begin() as connection:
                    known = await _case_of_key(connection, key)
                    return known or await _insert_case(connection, new)
            except IntegrityError:
                continue  # another case took the number, or this one was opened, at the same moment
        raise CrmUnavailable("too many cases are being opened at once")

    async def add_note(self, customer_id: str, key: str, text: str, on: date) -> None:
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(tables.notes).values(key=key, customer=customer_id, at=on, text=text))
        except IntegrityError:
            return  # written before: a second delivery of the same note
        except FAILURES as error:
            raise CrmUnavailable("the CRM tables do not answer") from error


def _owner(table: Table, column: str, value: str) -> Any:
    return select(table.c.customer).where(table.c[column] == value)


async def _record(connection: AsyncConnection, customer_id: str) -> CustomerRecord | None:
    customer = await _rows(connection, tables.customers, "id", customer_id)
    if not customer:
        return None
    found = await _rows(connection, tables.cases, "customer", customer_id)
    numbers = [row["number"] for row in found]
    note_rows = (
        await connection.execute(
            select(tables.case_notes)
            .where(tables.case_notes.c.case_number.in_(numbers))
            .order_by(tables.case_notes.c.position)
        )
    ).mappings()
    history: dict[str, list[CaseNote]] = {number: [] for number in numbers}
    for row in note_rows:
        history[row["case_number"]].append(CaseNote(row["at"], row["text"], bool(row["is_internal"])))
    return CustomerRecord(
        customer=_customer(customer[0]),
        policies=tuple(_policy(row) for row in await _rows(connection, tables.policies, "customer", customer_id)),
        cases=tuple(
            Case(**{k: v for k, v in row.items() if k != "opened_by_key"}, history=tuple(history[row["number"]]))
            for row in found
        ),
        leads=tuple(_lead(row) for row in await _rows(connection, tables.leads, "customer", customer_id)),
    )


def _customer(row: RowMapping) -> Customer:
    return Customer(**dict(row) | {"authorised": tuple(row["authorised"] or ())})


def _policy(row: RowMapping) -> Policy:
    return Policy(**dict(row) | {"named": tuple(row["named"] or ())})


def _lead(row: RowMapping) -> Lead:
    return Lead(**dict(row) | {"reasons": tuple(row["reasons"])})


async def _rows(connection: AsyncConnection, table: Table, column: str, value: str) -> list[RowMapping]:
    key = next(iter(table.primary_key.columns))
    rows = await connection.execute(select(table).where(table.c[column] == value).order_by(key))
    return list(rows.mappings())


async def _case_of_key(connection: AsyncConnection, key: str) -> str | None:
    query = select(tables.cases.c.number).where(tables.cases.c.opened_by_key == key)
    return (await connection.execute(query)).scalar_one_or_none()


async def _insert_case(connection: AsyncConnection, new: Mapping[str, object]) -> str:
    is_claim = new["kind"] == "claim"
    own = (
        select(func.count())
        .select_from(tables.cases)
        .where(tables.cases.c.opened_by_key.is_not(None), (tables.cases.c.kind == "claim") == is_claim)
    )
    count = int((await connection.execute(own)).scalar_one())
    number = f"CL{FIRST_OWN_CLAIM + count}" if is_claim else str(FIRST_OWN_CASE + count)
    await connection.execute(
        insert(tables.cases).values(
            number=number,
            customer=new["customer"],
            policy=new["policy"],
            kind=new["kind"],
            subject=new["subject"],
            status="open",
            opened=new["on"],
            updated=new["on"],
            handler="Claims desk" if is_claim else "Service desk",
            next_step=(
                "A claims handler reads it within one working day and contacts you."
                if is_claim
                else "We will look at it and write to you within two working days."
            ),
            opened_by_key=new["key"],
        )
    )
    await connection.execute(
        insert(tables.case_notes).values(
            case_number=number, position=1, at=new["on"], text=new["details"], is_internal=0
        )
    )
    return number
