"""The turns a run of discovery works on: in the window, on the channels and of the lines that learn."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from learning.context.jobs import Job
from learning.context.learning import Learning
from learning.history.past_conversations import PastTurn, conversations
from learning.values import LineSettings, Mode
from storage.learning import CandidateRow

LONGEST_WINDOW_DAYS = 180


async def gather(learning: Learning, lines: Sequence[LineSettings], days: int | None) -> list[CandidateRow]:
    """The candidates of these lines; `days` widens every line's window for one look."""
    now = learning.centre.clock()
    windows = {line.line_of_business: now - timedelta(days=days or line.look_back_days) for line in lines}
    channels = {line.line_of_business: line.channels for line in lines}
    if not windows:
        return []
    rows = await learning.candidates.since(min(windows.values()), learning.understander.encoder.name)
    home = lines[0].line_of_business
    wanted = []
    for row in rows:
        line = row.line_of_business if row.line_of_business in windows else home if not row.line_of_business else None
        if line is not None and row.at >= windows[line] and row.channel in channels[line]:
            wanted.append(row)
    return wanted


async def harvest(learning: Learning, days: int, lines: Collection[str], job: Job) -> int:
    """Turn the wishes of the history that were not understood into candidates; returns how many are new.

    Turns of before candidates were kept, and those answered with an article for want of an intent.
    """
    job.progress("read", 0.0)
    now = learning.centre.clock()
    found: list[PastTurn] = []
    async for past in conversations(learning.history, now - timedelta(days=days)):
        found += [turn for turn in past.said if _is_unserved(turn)]
    home = next(iter(lines), "")
    return await learning.candidates.add(
        [
            CandidateRow(turn.conversation_id, turn.seq, turn.at, turn.channel, home, turn.text, "", 0.0, None)
            for turn in found
        ]
    )


def _is_unserved(turn: PastTurn) -> bool:
    return turn.intent is None and not turn.is_answer and (turn.is_unmatched or turn.is_quoted)


def learning_lines(lines: Sequence[LineSettings], *, is_asked: bool) -> list[LineSettings]:
    """The lines a run looks at: those that are on; manual ones only when a supervisor asks."""
    return [line for line in lines if line.is_on and (is_asked or line.mode is not Mode.MANUAL)]


def oldest_needed(lines: Sequence[LineSettings], now: datetime) -> datetime:
    """Candidates from before are forgotten."""
    longest = max((line.look_back_days for line in lines), default=LONGEST_WINDOW_DAYS)
    return now - timedelta(days=max(longest, LONGEST_WINDOW_DAYS))
