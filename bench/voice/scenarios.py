"""What callers do: talk one after the other, talk all at once, interrupt."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from bench.voice.caller import Caller, CallFailed, Target
from bench.voice.lines import Line

TURNS_A_CALL = 2
"""Then the caller hangs up and rings again: every conversation stays at its beginning."""
PERIOD_SECONDS = 10.0
"""With many callers each begins a turn so often."""
GREETING_SECONDS = 6.0
"""Between ringing and the first turn, for the greeting; a slower server gets more."""
PAUSE_SECONDS = 0.8
"""So long nothing is audible when the agent has finished; sentences are 0.3 s apart."""
PATIENCE_SECONDS = 8.0
"""No reply by then is none."""
EARLY_SECONDS = 0.05
"""How much sooner than the true end a reply may sound without counting as one that cut the caller short."""


@dataclass(frozen=True)
class Turn:
    """One line said, and what came back."""

    name: str
    wait_seconds: float | None
    """from the true end of speech to the first audible sample after it; None: no reply"""
    was_cut: bool
    """the agent spoke, or the turn was taken down, before the speech was over; or it was taken down as two"""
    texts: tuple[str, ...]
    """as the server took it down"""


@dataclass(frozen=True)
class Run:
    """All turns of one scenario."""

    turns: tuple[Turn, ...]
    mic_late_seconds: float
    """how late a microphone ran at worst"""
    failures: tuple[str, ...]
    """calls that broke off, and why"""


@dataclass(frozen=True)
class Interruption:
    """One reply talked over."""

    from_onset_seconds: float
    """from the first speech to the last audible sample of the reply"""
    from_quarter_second: float
    """from the moment 250 ms of speech have been spoken; negative when words alone stopped the agent before"""
    has_stopped: bool
    """False: the agent talked on to the end of the interruption"""


async def one_by_one(target: Target, lines: list[Line]) -> Run:
    """One call at a time, a line after the other."""
    turns: list[Turn] = []
    failures: list[str] = []
    late = 0.0
    waiting = list(lines)
    while waiting and len(failures) < 5:
        caller, now, waiting = None, waiting[:TURNS_A_CALL], waiting[TURNS_A_CALL:]
        try:
            caller = await greeted(target)
            for index, line in enumerate(now):
                turns.append(await _turn(caller, line))
                if index < len(now) - 1:
                    await caller.quiet(PAUSE_SECONDS, 12.0)
                    await asyncio.sleep(0.3)
        except (CallFailed, OSError, TimeoutError) as error:
            failures.append(repr(error))
        if caller:
            late = max(late, caller.latest_seconds)
            await caller.hang_up()
    return Run(tuple(turns), late, tuple(failures))


async def all_at_once(target: Target, lines: list[Line], callers: int, turns_each: int) -> Run:
    """So many callers, staggered over the period, each with lines of its own."""
    began = asyncio.get_running_loop().time()
    runs = await asyncio.gather(
        *(
            _busy_caller(
                target, cycle(lines[index::callers] or lines), began + index * PERIOD_SECONDS / callers, turns_each
            )
            for index in range(callers)
        )
    )
    return Run(
        tuple(turn for run in runs for turn in run.turns),
        max(run.mic_late_seconds for run in runs),
        tuple(failure for run in runs for failure in run.failures),
    )


async def interruptions(target: Target, lines: list[Line], count: int) -> list[Interruption]:
    """A line, then another one 0.7 s into the reply, and so on: three interruptions a call."""
    measured: list[Interruption] = []
    # The agent must have time to stop before the line is over, or its next reply would be taken for this one.
    said = cycle([one for one in lines if one.speech_ends - one.interrupts_at >= 0.8] or lines)
    for _ in range(count):
        if len(measured) >= count:
            break
        caller = await greeted(target)
        reply = await _reply_to(caller, next(said))
        for _ in range(3):
            if reply is None or caller.gone:
                break
            await asyncio.sleep(max(0.0, reply + 0.7 - asyncio.get_running_loop().time()))
            interruption, reply = await _interrupt(caller, next(said))
            if interruption:
                measured.append(interruption)
        await caller.hang_up()
    return measured[:count]


async def greeted(target: Target) -> Caller:
    """A caller who has heard the greeting out."""
    caller = await Caller.ring(target)
    now = asyncio.get_running_loop().time()
    await caller.reply(now, now + PATIENCE_SECONDS)
    await caller.quiet(PAUSE_SECONDS, 15.0)
    if caller.gone:
        await caller.hang_up()
        raise CallFailed(caller.gone)
    return caller


async def _busy_caller(target: Target, lines: Iterator[Line], begins: float, count: int) -> Run:
    clock = asyncio.get_running_loop().time
    turns: list[Turn] = []
    failures: list[str] = []
    late, caller, in_call = 0.0, None, 0
    for number in range(count):
        due = begins + GREETING_SECONDS + number * PERIOD_SECONDS
        if caller and (in_call == TURNS_A_CALL or caller.gone):
            late = max(late, caller.latest_seconds)
            await caller.hang_up()
            caller = None
        try:
            if caller is None:
                await asyncio.sleep(max(0.0, due - GREETING_SECONDS - clock()))
                caller, in_call = await greeted(target), 0
            if not await caller.quiet(PAUSE_SECONDS, 8.0):
                in_call = TURNS_A_CALL
                raise CallFailed("the agent did not fall silent for the next turn")
            await asyncio.sleep(max(0.0, due - clock()))
            turns.append(await _turn(caller, next(lines)))
            in_call += 1
        except (CallFailed, OSError, TimeoutError) as error:
            failures.append(repr(error))
    if caller:
        late = max(late, caller.latest_seconds)
        await caller.hang_up()
    return Run(tuple(turns), late, tuple(failures))


async def _turn(caller: Caller, line: Line) -> Turn:
    """Says the line, waits for the reply and 1.2 s of it: a second half taken for a turn of its own shows by then."""
    clock = asyncio.get_running_loop().time
    starts = caller.say(line)
    ends = starts + line.speech_ends
    before = len(caller.words)
    reply = await caller.reply(ends - EARLY_SECONDS, ends + PATIENCE_SECONDS)
    await asyncio.sleep(max(0.0, (reply or clock()) + 1.2 - clock()))
    if caller.gone:
        raise CallFailed(caller.gone)
    early = caller.loudspeaker.first_audible(starts + line.speech_starts)
    taken = caller.words[before:]
    was_cut = (
        (early is not None and early < ends - EARLY_SECONDS)
        or len(taken) > 1
        or any(words.at < ends - EARLY_SECONDS for words in taken)
    )
    return Turn(line.name, None if reply is None else reply - ends, was_cut, tuple(words.text for words in taken))


async def _reply_to(caller: Caller, line: Line) -> float | None:
    ends = caller.say(line) + line.speech_ends
    return await caller.reply(ends, ends + PATIENCE_SECONDS)


async def _interrupt(caller: Caller, line: Line) -> tuple[Interruption | None, float | None]:
    """(what was measured, when the reply to the interruption began); nothing when the agent had already finished."""
    starts = caller.say(line)
    onset, quarter, ends = (starts + at for at in (line.speech_starts, line.interrupts_at, line.speech_ends))
    reply = await caller.reply(ends, ends + PATIENCE_SECONDS)
    last = caller.loudspeaker.last_audible(ends)
    if last is None or last < onset:
        return None, reply
    return Interruption(last - onset, last - quarter, last < ends - 0.1), reply
