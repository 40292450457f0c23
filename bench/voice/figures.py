"""Turns to rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.report import Row
from bench.voice.machine import Usage
from bench.voice.scenarios import PATIENCE_SECONDS, Interruption, Run, Turn

OPEN = ", or more: none slower was tried"
LIMIT_MS = 2_000.0
"""A system carries so many calls as long as 95 of 100 replies come sooner than this."""


@dataclass(frozen=True)
class Measured:
    """One scenario's turns with what the machine did meanwhile."""

    callers: int
    run: Run
    usage: Usage

    @property
    def p95_ms(self) -> float:
        return waits_ms(self.run.turns, 95)


def waits_ms(turns: Sequence[Turn], percent: float) -> float:
    """Percentile of the waits in ms; a turn without a reply counts as the whole patience, one cut short not at all."""
    waits = [PATIENCE_SECONDS if turn.wait_seconds is None else turn.wait_seconds for turn in turns if not turn.was_cut]
    return 1000.0 * float(np.percentile(waits, percent)) if waits else 1000.0 * PATIENCE_SECONDS


def cut_pct(turns: Sequence[Turn]) -> float:
    return 100.0 * sum(turn.was_cut for turn in turns) / max(1, len(turns))


def missed_pct(turns: Sequence[Turn]) -> float:
    return 100.0 * sum(turn.wait_seconds is None for turn in turns) / max(1, len(turns))


def single_rows(prefix: str, one: Measured) -> list[Row]:
    """One call at a time."""
    turns = one.run.turns
    return [
        Row(f"{prefix}v2v_p50_ms", waits_ms(turns, 50), f"ms, {len(turns)} turns"),
        Row(f"{prefix}v2v_p95_ms", waits_ms(turns, 95), f"ms, {len(turns)} turns"),
        Row(f"{prefix}cpu_s_per_turn", one.usage.server_cpu_seconds / max(1, len(turns)), "CPU s, everything included"),
    ]


def crowd_rows(prefix: str, crowd: Measured) -> list[Row]:
    """Many calls at once."""
    turns, name = crowd.run.turns, f"{prefix}calls{crowd.callers}"
    cores = crowd.usage.server_cpu_seconds / max(0.1, crowd.usage.seconds)
    return [
        Row(f"{name}_v2v_p50_ms", waits_ms(turns, 50), f"ms, {len(turns)} turns"),
        Row(f"{name}_v2v_p95_ms", waits_ms(turns, 95), f"ms, {len(turns)} turns"),
        Row(f"{name}_missed_pct", missed_pct(turns), "% of turns"),
        Row(f"{name}_cpu_pct_per_call", 100.0 * cores / crowd.callers, "% of a core"),
        Row(f"{name}_others_cores", crowd.usage.others_cores, "cores busy with other work"),
    ]


def cut_rows(prefix: str, measured: Sequence[Measured]) -> list[Row]:
    """Turns cut short or split, over all scenarios."""
    turns = [turn for one in measured for turn in one.run.turns]
    return [Row(f"{prefix}early_cut_pct", cut_pct(turns), f"%, {len(turns)} turns")]


def interruption_rows(found: Sequence[Interruption]) -> list[Row]:
    if not found:
        return []
    quarter = [1000.0 * one.from_quarter_second for one in found]
    onset = [1000.0 * one.from_onset_seconds for one in found]
    unheard = 100.0 * sum(not one.has_stopped for one in found) / len(found)
    return [
        Row("barge_in_ms", float(np.percentile(quarter, 50)), "ms after 250 ms of speech"),
        Row("barge_in_p95_ms", float(np.percentile(quarter, 95)), "ms after 250 ms of speech"),
        Row("barge_in_from_onset_p50_ms", float(np.percentile(onset, 50)), "ms after the first speech"),
        Row("barge_in_from_onset_p95_ms", float(np.percentile(onset, 95)), "ms after the first speech"),
        Row("barge_in_missed_pct", unheard, f"% of {len(found)} interruptions"),
    ]


def carried(prefix: str, measured: Sequence[Measured]) -> Row:
    """The most calls at once, of the numbers tried, with p95 under two seconds; a ramp ends with the first over it."""
    tried = sorted(measured, key=lambda one: one.callers)
    within = 0
    for one in tried:
        if one.p95_ms > LIMIT_MS:
            break
        within = one.callers
    is_open = bool(tried) and within == tried[-1].callers
    return Row(f"{prefix}calls_under_2s", within, "calls at once" + (OPEN if is_open else ""))


def ratio_rows(rows: Sequence[Row], peer: str) -> list[Row]:
    """How many times ours the peer's figure is."""
    values = {row.name: row.value for row in rows}
    found = []
    for name in ("v2v_p50_ms", "v2v_p95_ms", "cpu_s_per_turn"):
        mine, other = values.get(name), values.get(f"{peer}_{name}")
        if mine and other:
            found.append(Row(f"{peer}_{name.removesuffix('_ms')}_ratio", other / mine, f"x ours: {peer} / ours"))
    limits = [row for row in rows if row.name in ("calls_under_2s", f"{peer}_calls_under_2s")]
    # A peer whose limit was not reached has none to compare with; ours may only be better than the figure.
    if len(limits) == 2 and limits[1].value and OPEN not in limits[1].unit:
        ratio = limits[0].value / limits[1].value
        found.append(Row(f"{peer}_calls_ratio", ratio, f"x: ours / {peer}"))
    return found
