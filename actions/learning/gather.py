"""The turns a run of discovery works on: in the window, of lines that learn, not understood by the present model."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from actions.learning.found import Rows, vector_from, vector_to
from actions.learning.jobs import Job
from actions.learning.room import Learning
from actions.learning.told import Said, conversations
from actions.learning.values import Line, Mode
from encoder.port import Vectors
from intents.classify import IntentModel, Zone
from storage.candidates import CandidateRow

LONGEST_WINDOW_DAYS = 180


async def gather(learning: Learning, lines: Sequence[Line], days: int | None, job: Job) -> Rows:
    """The candidates of these lines, encoded; `days` widens every line's window for one look."""
    now = learning.centre.clock()
    windows = {line.line_of_business: now - timedelta(days=days or line.look_back_days) for line in lines}
    channels = {line.line_of_business: line.channels for line in lines}
    if not windows:
        return Rows.of([], np.zeros((0, learning.encoder.dimensions), dtype=np.float32))
    job.progress("read", 0.0)
    rows = await learning.candidates.since(min(windows.values()), learning.encoder.name)
    home = lines[0].line_of_business
    wanted = []
    for row in rows:
        line = row.line_of_business if row.line_of_business in windows else home if not row.line_of_business else None
        if line is not None and row.at >= windows[line] and row.channel in channels[line]:
            wanted.append(row)
    vectors = await _encoded(learning, wanted, job)
    understood = await learning.quiet.run(_accepted, learning.listener.model, [row.text for row in wanted], vectors)
    kept = np.flatnonzero(~understood)
    return Rows.of([wanted[int(place)] for place in kept], vectors[kept])


async def _encoded(learning: Learning, rows: Sequence[CandidateRow], job: Job) -> Vectors:
    encoder = learning.listener.encoder
    fresh = [row for row in rows if row.vector is None]
    made = await learning.quiet.encode(encoder, [row.text for row in fresh], job.progress)
    keys = [(row.conversation_id, row.seq) for row in fresh]
    new = dict(zip(keys, made, strict=True))
    await learning.candidates.keep_vectors(
        encoder.name, [(*key, vector_to(vector)) for key, vector in zip(keys, made, strict=True)]
    )
    vectors = np.zeros((len(rows), encoder.dimensions), dtype=np.float32)
    for place, row in enumerate(rows):
        vectors[place] = vector_from(row.vector) if row.vector else new[row.conversation_id, row.seq]
    return vectors


def _accepted(model: IntentModel, texts: Sequence[str], vectors: Vectors) -> NDArray[np.bool_]:
    """Which of the turns the present model understands; a canary's too."""
    found = model.classify_many(texts, vectors)
    return np.array([one.zone is Zone.ACCEPT for one in found], dtype=np.bool_)


async def harvest(learning: Learning, days: int, lines: Collection[str], job: Job) -> int:
    """Turn the wishes of the history that were not understood into candidates; returns how many are new.

    Turns of before candidates were kept, and those answered with an article for want of an intent.
    """
    job.progress("read", 0.0)
    now = learning.centre.clock()
    found: list[Said] = []
    async for told in conversations(learning.past, now - timedelta(days=days)):
        found += [turn for turn in told.said if _is_unserved(turn)]
    home = next(iter(lines), "")
    return await learning.candidates.add(
        [
            CandidateRow(turn.conversation_id, turn.seq, turn.at, turn.channel, home, turn.text, "", 0.0, None)
            for turn in found
        ]
    )


def _is_unserved(turn: Said) -> bool:
    return turn.intent is None and not turn.is_answer and (turn.is_unmatched or turn.is_quoted)


def learning_lines(lines: Sequence[Line], *, is_asked: bool) -> list[Line]:
    """The lines a run looks at: those that are on; manual ones only when a supervisor asks."""
    return [line for line in lines if line.is_on and (is_asked or line.mode is not Mode.MANUAL)]


def oldest_needed(lines: Sequence[Line], now: datetime) -> datetime:
    """Candidates from before are forgotten."""
    longest = max((line.look_back_days for line in lines), default=LONGEST_WINDOW_DAYS)
    return now - timedelta(days=max(longest, LONGEST_WINDOW_DAYS))
