"""From turns to rows."""

import json
import sqlite3
from pathlib import Path

import pytest

from bench.report import Row
from bench.voice import figures
from bench.voice.figures import Measured
from bench.voice.machine import Usage
from bench.voice.scenarios import Interruption, Run, Turn
from bench.voice.waterfall import last_event, waterfall_rows


def turn(wait: float | None, *, was_cut: bool = False) -> Turn:
    return Turn("a.flac", wait, was_cut, ("a latte",))


def measured(callers: int, *turns: Turn) -> Measured:
    return Measured(callers, Run(turns, 0.0, ()), Usage(10.0, 4.0, 512.0, 0.5, 0.1, 1.0))


def values(rows: list[Row]) -> dict[str, float]:
    return {row.name: row.value for row in rows}


def test_a_missing_reply_counts_as_the_whole_patience_and_a_cut_one_not_at_all() -> None:
    turns = [turn(0.4), turn(0.6), turn(None), turn(0.0, was_cut=True)]
    assert figures.waits_ms(turns, 50) == pytest.approx(600)
    assert figures.waits_ms(turns, 100) == pytest.approx(8000)
    assert figures.cut_pct(turns) == 25
    assert figures.missed_pct(turns) == 25


def test_rows_carry_the_names_of_the_bar() -> None:
    one = values(figures.single_rows("naive_", measured(1, turn(1.5), turn(1.7))))
    assert one["naive_v2v_p50_ms"] == pytest.approx(1600)
    assert one["naive_cpu_s_per_turn"] == 2.0
    crowd = values(figures.crowd_rows("", measured(10, turn(0.9))))
    assert crowd["calls10_v2v_p95_ms"] == pytest.approx(900)
    assert crowd["calls10_cpu_pct_per_call"] == pytest.approx(4.0)


def test_calls_carried_end_with_the_first_number_over_two_seconds() -> None:
    tried = [measured(1, turn(0.5)), measured(4, turn(1.9)), measured(8, turn(2.4))]
    assert figures.carried("naive_", tried).value == 4
    assert "or more" in figures.carried("", tried[:2]).unit
    assert figures.carried("", [measured(1, turn(3.0))]).value == 0


def test_ratios_are_the_peers_figures_over_ours() -> None:
    rows = [Row("v2v_p50_ms", 500, ""), Row("pipecat_v2v_p50_ms", 1500, "")]
    rows += [Row("calls_under_2s", 20, ""), Row("pipecat_calls_under_2s", 5, "")]
    found = values(figures.ratio_rows(rows, "pipecat"))
    assert found == {"pipecat_v2v_p50_ratio": 3.0, "pipecat_calls_ratio": 4.0}
    assert figures.ratio_rows(rows, "naive") == []


def test_a_peer_whose_limit_was_not_reached_has_no_ratio_of_calls() -> None:
    rows = [figures.carried("", [measured(10, turn(0.5))]), figures.carried("naive_", [measured(1, turn(1.5))])]
    assert figures.ratio_rows(rows, "naive") == []


def test_interruptions_are_timed_from_both_moments() -> None:
    found = [Interruption(0.45, 0.15, True), Interruption(0.50, 0.20, True), Interruption(2.0, 1.7, False)]
    rows = values(figures.interruption_rows(found))
    assert rows["barge_in_ms"] == pytest.approx(200)
    assert rows["barge_in_from_onset_p50_ms"] == pytest.approx(500)
    assert rows["barge_in_missed_pct"] == pytest.approx(100 / 3)


def test_the_waterfall_is_read_from_the_servers_own_events(tmp_path: Path) -> None:
    database = tmp_path / "switchboard.sqlite3"
    timed = {
        "speech_end_ms": 1000, "decided_ms": 1400, "transcript_ms": 1300, "decision_ms": 1350, "first_audio_ms": 1420,
        "played_ms": None,
    }  # fmt: skip
    with sqlite3.connect(database) as connection:
        connection.execute("create table events (kind text, data text)")
        connection.execute("insert into events values ('turn_timed', ?)", [json.dumps(timed | {"decided_ms": 9000})])
        place = last_event(database)
        connection.commit()
        place = last_event(database)
        connection.execute("insert into events values ('customer_said', '{}')")
        connection.execute("insert into events values ('turn_timed', ?)", [json.dumps(timed)])
    rows = values(waterfall_rows(database, "", after=place))
    assert rows["step_wait_p50_ms"] == 400
    assert rows["step_text_late_p50_ms"] == 0
    assert rows["step_agent_p50_ms"] == 0
    assert rows["step_voice_p50_ms"] == 20
    assert "step_played_p50_ms" not in rows
