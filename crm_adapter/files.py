"""A CRM from YAML files: customers, policies, cases and leads, checked before a row is written."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from crm_adapter import tables
from crm_adapter.port import CrmError
from crm_adapter.redate import redated
from quick_yaml import load_yaml

Content = TypeVar("Content")
Entry = TypeVar("Entry", bound=BaseModel)
Pence = Annotated[int, Field(ge=0)]


class CrmFileInvalid(CrmError):
    """A file does not look as it must; the message names the file and the entry."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class _Customer(_Row):
    id: str
    name: str
    email: str
    phone: str
    date_of_birth: date
    postcode: str
    address: str
    tier: str = "standard"
    since: date
    authorised: list[str] = []


class _Policy(_Row):
    number: str
    customer: str
    product: str
    status: str
    start: date
    renewal: date
    premium_pence: Pence
    frequency: str
    next_payment_due: date | None = None
    next_payment_pence: Pence | None = None
    excess_pence: Pence | None = None
    cover: str
    named: list[str] = []


class _Note(_Row):
    at: date
    text: str
    internal: bool = False


class _Case(_Row):
    number: str
    customer: str
    policy: str | None = None
    kind: str
    subject: str
    status: str
    opened: date
    updated: date
    handler: str
    next_step: str
    amount_pence: Pence | None = None
    expected_by: date | None = None
    history: list[_Note] = []


class _Lead(_Row):
    id: str
    customer: str | None = None
    name: str
    email: str
    phone: str
    product: str
    source: str
    stage: str
    application_number: str | None = None
    application_status: str | None = None
    application_next_step: str | None = None
    score: Annotated[int, Field(ge=0, le=100)]
    grade: str
    reasons: list[str] = []
    owner: str = ""
    created: date
    updated: date


class _Demonstration(BaseModel):
    model_config = ConfigDict(extra="forbid")

    written_for: date


async def load_crm(folder: Path, engine: AsyncEngine, day: date | None = None) -> int:
    """Replace the embedded CRM by `customers.yaml`, `policies.yaml`, `cases.yaml`, `leads.yaml` of `folder`.

    Where `demonstration.yaml` says which day the records were `written_for`, their dates move to `day`.
    Returns how many customers there are now. Raises CrmFileInvalid and changes nothing.
    """
    written = _written_for(folder / "demonstration.yaml")

    def read(name: str, row: type[Entry]) -> list[Entry]:
        rows = _read(folder / name, TypeAdapter(list[row]))  # type: ignore[valid-type]
        if written is None or day is None:
            return rows
        by = day - written
        return [row.model_validate(redated(one.model_dump(), by, written)) for one in rows]

    customers = read("customers.yaml", _Customer)
    policies = read("policies.yaml", _Policy)
    cases = read("cases.yaml", _Case)
    leads = read("leads.yaml", _Lead)
    async with engine.begin() as connection:
        for table in reversed(tables.metadata.sorted_tables):
            await connection.execute(delete(table))
        for table, rows in (
            (tables.customers, [one.model_dump() for one in customers]),
            (tables.policies, [one.model_dump() for one in policies]),
            (tables.cases, [one.model_dump(exclude={"history"}) for one in cases]),
            (tables.case_notes, _note_rows(cases)),
            (tables.leads, [one.model_dump() for one in leads]),
        ):
            if rows:
                await connection.execute(insert(table), rows)
    return len(customers)


def _written_for(path: Path) -> date | None:
    found = _read(path, TypeAdapter(_Demonstration))
    return found.written_for if isinstance(found, _Demonstration) else None


def _note_rows(cases: list[_Case]) -> list[dict[str, object]]:
    return [
        {
            "case_number": case.number,
            "position": position,
            "at": note.at,
            "text": note.text,
            "is_internal": int(note.internal),
        }
        for case in cases
        for position, note in enumerate(case.history, 1)
    ]


def _read(path: Path, adapter: TypeAdapter[Content]) -> Content | list[Any]:
    if not path.exists():
        return []
    try:
        return adapter.validate_python(load_yaml(path.read_text(encoding="utf-8")) or [])
    except yaml.YAMLError as error:
        raise CrmFileInvalid(f"{path.name}: not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(part) for part in first["loc"])
        raise CrmFileInvalid(f"{path.name}, entry {place}: {first['msg']}") from error
