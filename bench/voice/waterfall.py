"""Where the time of our own turns goes: the server's `turn_timed` events, read from its database after a run.

    speech_end -- wait -- decided -- text_late -- transcript -- agent -- decision -- voice -- first_audio -- played

A step that was done before the one it follows, as a text guessed right, counts 0.
"""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from bench.report import Row


def last_event(database: Path) -> int:
    """A place in the database: events recorded so far."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return int(connection.execute("select coalesce(max(rowid), 0) from events").fetchone()[0])


def waterfall_rows(database: Path, prefix: str, after: int = 0) -> list[Row]:
    """Median and 95th percentile of every step, over the turns recorded after that place; none recorded, no rows."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        query = "select data from events where kind = 'turn_timed' and rowid > ?"
        turns = [steps(json.loads(data)) for (data,) in connection.execute(query, (after,))]
    rows = []
    for name in turns[0] if turns else ():
        spans = [turn[name] for turn in turns if turn[name] is not None]
        rows += _rows(f"{prefix}step_{name}", [span for span in spans if span is not None])
    return rows


def steps(timed: dict[str, Any]) -> dict[str, float | None]:
    """The milliseconds of each step of one turn."""
    decided, transcript, decision = timed["decided_ms"], timed["transcript_ms"], timed["decision_ms"]
    known = max(decided, transcript)
    played = timed.get("played_ms")
    return {
        "wait": decided - timed["speech_end_ms"],
        "text_late": known - decided,
        "agent": max(0, decision - known),
        "voice": timed["first_audio_ms"] - max(known, decision),
        "played": None if played is None else played - timed["first_audio_ms"],
    }


def _rows(name: str, spans: Iterable[float]) -> list[Row]:
    values = list(spans)
    if not values:
        return []
    return [Row(f"{name}_p{percent}_ms", float(np.percentile(values, percent)), "ms") for percent in (50, 95)]
