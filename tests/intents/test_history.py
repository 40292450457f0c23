"""Files of transcripts as people have them: three formats, the same turns; malformed rows are named or left out."""

import csv
import json
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from intents import discover
from intents.discovery import CustomerTurn
from intents.discovery.history import History, HistoryInvalid, read_history

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
ROWS: list[dict[str, Any]] = [
    {"conversation": "c1", "role": "customer", "text": "when do my points expire, please", "at": AT},
    {"conversation": "c1", "role": "operator", "text": "What is your number?", "at": AT},
    {"conversation": "c2", "role": "customer", "text": 'she said "no"\nand hung up', "at": AT},
    {"conversation": "c3", "role": "customer", "text": None, "at": None},
]
TURNS = [
    CustomerTurn("c1/2", "c1", "when do my points expire, please", AT),
    CustomerTurn("c2/4", "c2", 'she said "no"\nand hung up', AT),
]

needs_pyarrow = pytest.mark.skipif(
    find_spec("pyarrow") is None, reason="PYARROW IS NOT INSTALLED, no Parquet was read: requirements-parquet.txt"
)


def as_csv(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows({name: str(value) if value else "" for name, value in row.items()} for row in rows)
    return path


def as_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n" + "".join(json.dumps(row, default=str) + "\n" for row in rows), encoding="utf-8")
    return path


def as_parquet(path: Path, rows: list[dict[str, Any]]) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


def told(history: History) -> list[tuple[str, str, datetime | None]]:
    return [(turn.conversation, turn.text, turn.at) for turn in history.turns]


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.csv", as_csv), ("a.jsonl", as_jsonl), pytest.param("a.parquet", as_parquet, marks=needs_pyarrow)],
)
def test_the_same_turns_from_every_format(name: str, write: Any, tmp_path: Path) -> None:
    steps: list[float] = []
    history = read_history(write(tmp_path / name, ROWS), progress=lambda _, share: steps.append(share))
    assert told(history) == [(turn.conversation, turn.text, turn.at) for turn in TURNS]
    assert history.replies == {"c1": ["What is your number?"]}
    assert history.malformed == 0
    assert steps == sorted(steps)
    assert steps[-1] == 1.0


@needs_pyarrow
def test_parquet_of_whole_conversations_and_other_types(tmp_path: Path) -> None:
    turns = [{"role": "agent", "text": "Hello"}, {"role": "customer", "text": "I need a refund"}]
    whole = read_history(as_parquet(tmp_path / "whole.parquet", [{"id": 12, "turns": turns, "score": 0.5}]))
    assert [(turn.id, turn.conversation) for turn in whole.turns] == [("12/1", "12")]
    rows: list[dict[str, Any]] = [
        {"Text": "one wish", "Timestamp": 1_795_000_000_000},
        {"Text": "another wish", "Timestamp": None},
    ]
    timed = read_history(as_parquet(tmp_path / "timed.parquet", rows))
    assert [turn.at for turn in timed.turns] == [datetime.fromtimestamp(1_795_000_000, UTC), None]


@needs_pyarrow
def test_the_command_reads_parquet(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"text": f"my points are about to expire {'again ' * number}", "at": AT} for number in range(9)
    ]
    path, out = as_parquet(tmp_path / "chats.parquet", rows), tmp_path / "report.html"
    assert discover.main([str(path), "--out", str(out), "--cache", str(tmp_path)]) == 0
    assert "points" in out.read_text()


@needs_pyarrow
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [("a.parquet", b"PAR1 not really", "not a Parquet file"), ("a.parquet", b"", "not a Parquet file")],
)
def test_a_broken_parquet_file_is_named(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(HistoryInvalid, match=message):
        read_history(tmp_path / name)


@needs_pyarrow
def test_parquet_without_a_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(HistoryInvalid, match="no column for the text"):
        read_history(as_parquet(tmp_path / "a.parquet", [{"colour": "red"}]))


def test_without_pyarrow_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    with pytest.raises(HistoryInvalid, match=r"pip install -r requirements-parquet\.txt"):
        read_history(tmp_path / "a.parquet")


MALFORMED = [
    ("a.csv", b"text,at\nhello there,2026-11-20\nI paid, twice,2026-11-20\n", "line 3: 3 fields, but"),
    ("a.csv", b"text\n" + b"x" * 10 + b'\n"never closed\nand on', r"line \d: not CSV: unexpected end"),
    ("a.csv", "text\ncaf\xe9".encode("latin-1"), "not UTF-8"),
    ("a.jsonl", b'{"text": "fine"}\n{"text": "caf\xe9"}', "line 2: not UTF-8"),
    ("a.jsonl", b'{"text": ["not", "text"]}', "line 1: the text is"),
    ("a.jsonl", b'{"text": "a wish", "at": 1e99}', "line 1: 1e[+]99 is not a time"),
    ("a.jsonl", b"[" * 100_000, "line 1: not a turn: nested too deeply"),
    ("a.jsonl", b'{"turns": ["hello"]}', "line 1: turn 1 is not an object"),
]


@pytest.mark.parametrize(("name", "content", "message"), MALFORMED)
def test_what_is_malformed_is_named_with_its_line(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(HistoryInvalid, match=message):
        read_history(tmp_path / name)


def test_malformed_rows_can_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.dumps({"text": f"my points expire soon {number}"}) for number in range(8)]
    path, out = tmp_path / "a.jsonl", tmp_path / "report.html"
    path.write_text("\n".join([*rows[:4], "not json", '{"turns": [{"text": "half a wish"}, 7]}', *rows[4:]]))
    assert discover.main([str(path), "--out", str(out), "--cache", str(tmp_path), "--skip-malformed"]) == 0
    said = capsys.readouterr()
    assert "2 malformed rows left out" in said.err
    assert "a.jsonl: line 5: not JSON" in said.err
    assert "from 8 customer turns" in said.out


def test_a_file_of_nothing_but_malformed_rows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("no\nno")
    with pytest.raises(HistoryInvalid, match=r"no row can be understood; a\.jsonl: line 1: not JSON"):
        read_history(tmp_path / "a.jsonl", skip_malformed=True)


def test_half_a_character_does_not_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "my points \\ud83d expire"}')
    assert [turn.text for turn in read_history(tmp_path / "a.jsonl").turns] == ["my points ? expire"]


def test_the_user_may_name_the_column_and_the_customers_role(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Was gesagt wurde,Role\nwhere is my parcel,Kunde\none moment please,Berater\n")
    history = read_history(tmp_path / "a.csv", text="was gesagt wurde", customer="kunde")
    assert [turn.text for turn in history.turns] == ["where is my parcel"]
    assert list(history.replies.values()) == [["one moment please"]]


def test_a_file_in_which_no_customer_speaks_names_the_roles(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,role\nwhere is my parcel,Kunde\n")
    with pytest.raises(HistoryInvalid, match="nothing a customer said; the roles are 'kunde', a customer's is caller"):
        read_history(tmp_path / "a.csv")


def test_the_columns_that_are_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Agent ID,colour\n1,red\n")
    with pytest.raises(HistoryInvalid, match="no column for the text among agent_id, colour; tried text, utterance"):
        read_history(tmp_path / "a.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(HistoryInvalid, match=r"a\.csv: a folder, not a file"):
        read_history(tmp_path / "a.csv")


def test_a_report_that_cannot_be_written_is_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("text\nwhere is my parcel\n")
    assert discover.main([str(tmp_path / "a.csv"), "--out", str(tmp_path / "no/where.html")]) == 2
    assert "not a file in a folder that exists" in capsys.readouterr().err
