"""The form all our benchmarks share: rows of name, value, unit; a table for people, one JSON object for machines."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    name: str
    value: float
    unit: str


def print_rows(rows: list[Row], *, as_json: bool) -> None:
    """The table, or {"rows": [{"name", "value", "unit"}]}."""
    if as_json:
        print(json.dumps({"rows": [asdict(row) for row in rows]}))
        return
    width = max(len(row.name) for row in rows)
    for row in rows:
        print(f"{row.name:<{width}}  {row.value:>12,.3f}  {row.unit}")
