"""The parts of discovery by themselves: masking, grouping, micro-clusters, trends, alarms, files."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from encoder import Vectors
from intents import discover
from intents.discovery import alarms, mask_personal_data
from intents.discovery.clusters import group
from intents.discovery.graph import silhouette
from intents.discovery.held import HeldHere
from intents.discovery.history import HistoryInvalid, read_history
from intents.discovery.micro import MicroClusters, condense
from intents.discovery.trend import trend

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def blobs(count: int, each: int, *, noise: float = 0.5) -> tuple[Vectors, np.ndarray]:
    chance = np.random.default_rng(7)
    middles = chance.standard_normal((count, 64))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    labels = np.repeat(np.arange(count), each)
    jitter = chance.standard_normal((len(labels), 64))
    rows = middles[labels] + noise * jitter / np.linalg.norm(jitter, axis=1, keepdims=True)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32), labels


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("my name is Ann Miller and I moved", "my name is [name] and I moved"),
        ("mail ann.miller@example.com please", "mail [email] please"),
        ("ann dot miller at example dot com", "[email]"),
        ("call +44 7700 900123 tonight", "call [phone] tonight"),
        ("claim CL52318 please", "claim [number] please"),
        ("it is oh seven seven double nine two", "it is [number]"),
        ("I paid £1,250.50 on 3/11/2026", "I paid [money] on [date]"),
        ("I live at 12 Long Meadow Road in PO1 3AX", "I live at [address] in [postcode]"),
        ("this is Joe Last calling", "this is [name] calling"),
        ("I have two cars and 3 dogs", "I have two cars and 3 dogs"),
    ],
)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked


def test_clear_groups_are_found() -> None:
    vectors, labels = blobs(8, 30)
    partition = group(vectors).partition
    assert len(set(zip(labels.tolist(), partition.tolist(), strict=True))) == 8
    assert partition.max() == 7


@pytest.mark.parametrize("rows", [0, 1, 2, 5, 6, 7])
def test_few_rows_are_grouped_without_fuss(rows: int) -> None:
    vectors, _ = blobs(1, max(rows, 1))
    assert group(vectors[:rows]).partition.shape == (rows,)


def test_equal_rows_are_one_group() -> None:
    vectors = np.tile(blobs(1, 1)[0], (40, 1))
    assert group(vectors).stability.shape == (40,)
    assert silhouette(vectors, np.arange(40) % 2) == pytest.approx(0.0, abs=0.01)


def test_a_hundred_times_more_is_condensed_first(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, labels = blobs(6, 100)
    monkeypatch.setattr("intents.discovery.clusters.EXACT_ROWS", 300)
    monkeypatch.setattr("intents.discovery.clusters.FEWEST_MIDDLES", 60)
    partition = group(vectors).partition
    assert len(set(zip(labels.tolist(), partition.tolist(), strict=True))) == 6


def test_middles_stand_for_their_rows() -> None:
    vectors, _ = blobs(5, 40, noise=0.2)
    middles, assigned = condense(HeldHere(vectors), 10)
    assert float((vectors * middles[assigned]).sum(axis=1).min()) > 0.9


def test_micro_clusters_follow_the_stream_and_fade() -> None:
    north, east = np.eye(2, dtype=np.float32)
    state = MicroClusters.empty(2)
    state, first = state.add(north)
    state, second = state.add(east)
    state, third = state.add(north)
    assert (first, second, third) == (1, 2, 1)
    assert state.weights.tolist() == [2.0, 1.0]
    assert state.faded(14).weights.tolist() == [1.0, 0.5]
    assert len(state.faded(1000).ids) == 0


def test_micro_clusters_are_bounded_and_never_reuse_a_number() -> None:
    state = MicroClusters.empty(4, limit=2)
    for row in np.eye(4, dtype=np.float32):
        state, _ = state.add(row)
    assert len(state.ids) == 2
    assert state.next_id == 5


def test_growth_is_seen_against_the_weeks_before() -> None:
    quiet = [NOW - timedelta(days=day) for day in range(8, 36, 7)]
    busy = [NOW - timedelta(hours=hour) for hour in range(1, 13)]
    assert trend([*quiet, *busy], NOW).is_growing
    assert not trend(quiet, NOW).is_growing


def test_an_outbreak_raises_an_alarm_and_everyday_noise_does_not() -> None:
    history = {"outage": [2, 3, 1, 2, 4, 2, 3], "billing": [40, 44, 38, 41, 45, 39, 42]}
    assert [alarm.topic for alarm in alarms(history, {"outage": 25, "billing": 47})] == ["outage"]
    assert alarms(history, {"outage": 5, "billing": 50}) == ()
    assert [alarm.topic for alarm in alarms({}, {"brand new": 12})] == ["brand new"]


def test_false_alarms_stay_below_the_promised_share() -> None:
    chance = np.random.default_rng(3)
    topics = [f"topic {number}" for number in range(30)]
    rates = chance.gamma(1.5, 4.0, 30)
    raised = 0
    for _ in range(400):
        history = {topic: chance.poisson(rate, 28).tolist() for topic, rate in zip(topics, rates, strict=True)}
        latest = {topic: int(chance.poisson(rate)) for topic, rate in zip(topics, rates, strict=True)}
        raised += bool(alarms(history, latest, false_alarms=0.05))
    assert raised / 400 <= 0.05


def write_csv(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return path


def test_a_csv_of_both_sides_is_read(tmp_path: Path) -> None:
    rows = [
        ["Conversation_ID", "Speaker", "Message", "Timestamp"],
        ["7", "customer", "where is my claim", "2026-11-20T10:00:00"],
        ["7", "operator", "What is your claim number?", "2026-11-20T10:01:00"],
    ]
    history = read_history(write_csv(tmp_path / "chats.csv", rows))
    (turn,) = history.turns
    assert (turn.conversation, turn.text, turn.at) == ("7", "where is my claim", datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert history.replies == {"7": ["What is your claim number?"]}


def test_whole_conversations_per_line_are_read(tmp_path: Path) -> None:
    path = tmp_path / "chats.jsonl"
    turns = [{"role": "agent", "text": "Hello"}, {"role": "customer", "text": "I need a refund"}]
    path.write_text(json.dumps({"id": 12, "turns": turns}) + "\n\n")
    assert [(turn.id, turn.conversation) for turn in read_history(path).turns] == [("12/1", "12")]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", '{"text": "x"}\nnot json', r"a.jsonl: line 2: not JSON"),
        ("a.jsonl", '{"colour": "red"}', r"a.jsonl: line 1: no column for the text"),
        ("a.jsonl", '{"text": "x", "at": "yesterday"}', r"line 1: 'yesterday' is not a time"),
        ("a.jsonl", "[1]", r"a.jsonl: line 1: not an object"),
        ("a.csv", "colour\nred", r"a.csv: line 2: no column for the text"),
        ("a.doc", "", r"a.doc: not one of \.csv"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(HistoryInvalid, match=message):
        read_history(path)


def test_the_command_writes_a_page_with_its_plots(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "chats.jsonl"
    wishes = ["I need to reset my <password>", "please cancel my subscription", "where is my parcel now"]
    rows = [
        {
            "conversation": f"{number}",
            "text": f"{wishes[number % 3]} {'again ' * (number // 3)}",
            "at": f"2026-11-{day}",
        }
        for number, day in enumerate(range(10, 28))
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    out = tmp_path / "report.html"
    assert discover.main([str(path), "--out", str(out), "--least", "2"]) == 0
    page = out.read_text()
    assert page.count("<svg") >= 4
    assert "&lt;password&gt;" in page
    assert "<password>" not in page
    assert "http" not in page
    assert "topics from 18 customer turns" in capsys.readouterr().out


def test_the_command_explains_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert discover.main([str(tmp_path / "missing.csv")]) == 2
    assert "missing.csv: cannot be read" in capsys.readouterr().err
