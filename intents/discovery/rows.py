"""The rows of a file of transcripts, whatever its format; nothing here knows what they mean."""

import csv
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from intents.discovery.progress import Progress
from intents.library import IntentsError

BATCH_ROWS = 4096
"""Rows of a Parquet file in memory at once, and rows between two reports of progress."""
LONGEST_FIELD = 16 * 2**20
"""Characters of one CSV field; a quotation mark that is never closed would take in the rest of the file."""

PARQUET_MISSING = "reading Parquet needs the package pyarrow: pip install -r requirements-parquet.txt"


class HistoryInvalid(IntentsError):
    """A file of transcripts cannot be read; the message names file and line."""


class RowInvalid(Exception):
    """A row is malformed, the file may be fine otherwise."""


Row = Mapping[str, object]


@dataclass(frozen=True)
class Unread:
    """A row that is found but not yet understood."""

    number: int
    """Line in a text file, row in a Parquet file, from 1."""
    read: Callable[[], Row]
    """Its columns. Raises RowInvalid."""


def column_name(name: object) -> str:
    """As columns are compared: "Message Text" is message_text."""
    return "_".join(str(name).replace("-", " ").lower().split())


def read_rows(path: Path, columns: frozenset[str], progress: Progress) -> Iterator[Unread]:
    """The rows of a .csv, .jsonl or .parquet file; of Parquet only `columns`. Raises HistoryInvalid."""
    if path.is_dir():
        raise HistoryInvalid(f"{path.name}: a folder, not a file")
    readers = {".csv": _csv, ".tsv": _csv, ".jsonl": _json_lines, ".ndjson": _json_lines, ".parquet": _parquet}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise HistoryInvalid(f"{path.name}: not one of {', '.join(readers)}")
    try:
        yield from reader(path, columns, progress)
    except OSError as error:
        raise HistoryInvalid(f"{path.name}: cannot be read: {error.strerror or error}") from error
    progress("read", 1.0)


def _csv(path: Path, _: frozenset[str], progress: Progress) -> Iterator[Unread]:
    csv.field_size_limit(LONGEST_FIELD)
    size = max(path.stat().st_size, 1)
    with path.open("rb") as file, TextIOWrapper(file, encoding="utf-8-sig", newline="") as stream:
        rows: csv.DictReader[str] | None = None
        try:
            first_line = stream.readline(65536)
            stream.seek(0)
            rows = csv.DictReader(stream, delimiter=max(",;\t|", key=first_line.count), strict=True)
            for count, row in enumerate(rows):
                if count % BATCH_ROWS == 0:
                    progress("read", min(file.tell() / size, 0.99))
                yield Unread(rows.line_num, lambda row=row, names=rows.fieldnames: _csv_row(row, names))  # type: ignore[misc]
        except UnicodeDecodeError as error:
            raise HistoryInvalid(f"{path.name}: not UTF-8 text; save it as UTF-8 and try again") from error
        except csv.Error as error:
            line = rows.line_num if rows else 1
            raise HistoryInvalid(f"{path.name}: line {line}: not CSV: {error}") from error


def _csv_row(row: dict[str | None, Any], names: list[str]) -> Row:
    if None in row:
        extra = len(row[None])
        raise RowInvalid(
            f"{len(names) + extra} fields, but the first line names {len(names)}: a text with the delimiter in it "
            "must stand in quotation marks"
        )
    return {name: value for name, value in row.items() if name is not None}


def _json_lines(path: Path, _: frozenset[str], progress: Progress) -> Iterator[Unread]:
    size, position = max(path.stat().st_size, 1), 0
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if number % BATCH_ROWS == 1:
                progress("read", position / size)
            position += len(line)
            if line.strip():
                yield Unread(number, lambda line=line: _json_row(line))  # type: ignore[misc]


def _json_row(line: bytes) -> Row:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RowInvalid("not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise RowInvalid(f"not JSON: {error.msg}") from error
    except RecursionError as error:
        raise RowInvalid("not a turn: nested too deeply") from error
    if not isinstance(row, dict):
        raise RowInvalid("not an object")
    return row


def _parquet(path: Path, columns: frozenset[str], progress: Progress) -> Iterator[Unread]:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise HistoryInvalid(f"{path.name}: {PARQUET_MISSING}") from error
    try:
        with ParquetFile(path) as file:
            if not columns.intersection(map(column_name, file.schema_arrow.names)):
                raise HistoryInvalid(f"{path.name}: no column for the text among {', '.join(file.schema_arrow.names)}")
            named = [name for name in file.schema_arrow.names if column_name(name) in columns]
            number = 0
            for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=named):
                progress("read", number / max(file.metadata.num_rows, 1))
                for row in batch.to_pylist():
                    number += 1
                    yield Unread(number, lambda row=row: _without_gaps(row))  # type: ignore[misc]
    except ArrowException as error:
        raise HistoryInvalid(f"{path.name}: not a Parquet file that can be read: {error}") from error


def _without_gaps(row: Row) -> Row:
    # Missing numbers are often written as "not a number".
    return {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()}
