"""Telephones for tests, spoken to over real sockets: a caller's page and an operator's softphone.

What a phone says is a tone whose pitch stands for the text; `hear_tones` makes the scripted transcriber read it back.
So a test knows every word, nothing waits for a model, and sound that passes from one phone to another is recognised.
"""

import asyncio
import functools
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count, islice
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from speech.audio import Samples, from_pcm16, to_pcm16
from speech.scripted import ScriptedVoice
from speech.stt.values import Transcript, TranscriptionRequest
from telephony.media.hold_sound import hold_frames
from telephony.wire import FRAME_BYTES, FRAME_MS, SAMPLE_RATE_HZ
from tests.support.live import PATIENCE_SECONDS, Client, Doors, sign_in

FRAME_SECONDS = FRAME_MS / 1_000
QUIET = bytes(FRAME_BYTES)
STEP_HZ = 20
_PITCHES = count(400, STEP_HZ)
_TEXTS: dict[int, str] = {}
SPEECH_SECONDS, PAUSE_SECONDS = 0.4, 0.7
MOST_AHEAD_SECONDS = 1.6
"""A phone hurries: its sound arrives this much early at most, within what the wire allows."""


@functools.cache
def pitch_of(text: str) -> int:
    """The tone that stands for a text, Hz."""
    pitch = next(_PITCHES)
    _TEXTS[pitch] = text
    return pitch


def tone(pitch: float, seconds: float) -> list[bytes]:
    """A tone as wire frames."""
    time = np.arange(round(seconds / FRAME_SECONDS) * SAMPLE_RATE_HZ * FRAME_MS // 1_000) / SAMPLE_RATE_HZ
    pcm = to_pcm16((0.3 * np.sin(2 * np.pi * pitch * time)).astype(np.float32))
    return [pcm[start : start + FRAME_BYTES] for start in range(0, len(pcm), FRAME_BYTES)]


def loudest_pitch(samples: Samples) -> tuple[int, float]:
    """The strongest tone, rounded to the pitches in use, and its share of the whole sound's power."""
    power = np.abs(np.fft.rfft(samples)) ** 2
    if not len(power) or power.sum() == 0:
        return 0, 0.0
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    peak = float(hertz[int(power.argmax())])
    return round(peak / STEP_HZ) * STEP_HZ, float(power[np.abs(hertz - peak) < STEP_HZ].sum() / power.sum())


class ToneTranscriber:
    """Reads tones back as the texts they stand for; "" for any other sound."""

    name = "tones"

    def __init__(self, _script: object = None) -> None:
        self.seconds: list[float] = []
        """Length of everything it was asked, oldest first."""

    def transcribe(self, request: TranscriptionRequest) -> Transcript:
        self.seconds.append(request.seconds)
        pitch, _ = loudest_pitch(request.samples)
        return Transcript(_TEXTS.get(pitch, ""), logprob=-0.2, no_speech=0.0, seconds=request.seconds)


def hear_tones(patch: pytest.MonkeyPatch) -> None:
    """Servers started from here on with scripted speech hear tones, and speak quickly: 3 ms a letter."""
    patch.setattr("speech.providers.ScriptedTranscriber", ToneTranscriber)
    patch.setattr("speech.providers.ScriptedVoice", functools.partial(ScriptedVoice, seconds_per_letter=0.003))


SCRIPTED = {"stt": "scripted", "tts": "scripted"}
"""Settings of a server whose calls cost nothing."""


@functools.cache
def hold_sounds() -> frozenset[bytes]:
    """The frames of the hold sound's first seconds, without silent ones."""
    return frozenset(islice(hold_frames(), 600)) - {QUIET}


class Phone(Client):
    """A microphone and a loudspeaker in real time behind one socket; keeps every control message."""

    def __init__(self, wire: ClientConnection) -> None:
        super().__init__(wire)
        self._clock = asyncio.get_running_loop().time
        self._messages: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._tasks = [asyncio.create_task(self._listen())]
        self._speaking: deque[bytes] = deque()
        self._marks: dict[str, asyncio.TimerHandle] = {}
        self._answers: set[asyncio.Task[None]] = set()
        self._plays_until = 0.0
        self._sounded = asyncio.Event()
        self._began = 0.0
        self._sent = 0
        self.is_answering_marks = True
        self._block: list[bytes] = []
        self._sounds: set[str | int] = set()
        """What sounded since `forget`, in blocks of 100 ms: a pitch, "hold", or "sound" for anything at all."""
        self.flushes = 0

    async def ring(self, **fields: Any) -> None:
        """Say start, and no more."""
        await self.send("start", **({"v": 1, "rate_hz": SAMPLE_RATE_HZ, "frame_ms": FRAME_MS} | fields))

    async def start(self, **fields: Any) -> dict[str, Any]:
        """Say start, wait for the line, and open the microphone."""
        await self.ring(**fields)
        self.started = await self.expect("started")
        self.conversation_id: str = self.started["conversation_id"]
        self.token: str = self.started["token"] or fields.get("token", "")
        self.call_id: str = self.started["call_id"]
        self._began = self._clock()
        self._tasks.append(asyncio.create_task(self._speak()))
        return self.started

    async def say(self, text: str) -> None:
        """Say a text and pause, so that the turn is over; in a hurry."""
        frames = [*tone(pitch_of(text), SPEECH_SECONDS), *[QUIET] * round(PAUSE_SECONDS / FRAME_SECONDS)]
        await asyncio.sleep(max(0.0, self._ahead + len(frames) * FRAME_SECONDS - MOST_AHEAD_SECONDS))
        for start in range(0, len(frames), 10):
            await self.send_sound(b"".join(frames[start : start + 10]))

    def speak(self, text: str) -> None:
        """Say a text at the pace of a real microphone, from now on."""
        self.talk(pitch_of(text), SPEECH_SECONDS)

    def talk(self, pitch: float, seconds: float, *, then_quiet: float = 0.0) -> None:
        """Hum at that pace, and be quiet."""
        self._speaking.extend([*tone(pitch, seconds), *[QUIET] * round(then_quiet / FRAME_SECONDS)])

    async def finished(self) -> None:
        """Wait until all that was to be spoken has left the microphone."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self._speaking:  # noqa: ASYNC110 - the microphone's own pace
                await asyncio.sleep(FRAME_SECONDS)

    async def send_sound(self, pcm: bytes) -> None:
        self._sent += len(pcm) // FRAME_BYTES
        await self.wire.send(pcm)

    async def hears(self, pitch: int) -> None:
        """Wait until a tone sounds here, or has since `forget`."""
        await self._until(pitch, f"{pitch} Hz")

    async def hears_hold_sound(self) -> None:
        await self._until("hold", "the hold sound")

    async def hears_anything(self) -> None:
        await self._until("sound", "any sound")

    def has_heard(self, pitch: int) -> bool:
        """True when a tone has sounded here since `forget`."""
        return pitch in self._sounds

    def forget(self) -> None:
        """Remember nothing of what sounded until now."""
        self._sounds.clear()

    async def line(self, word: str) -> dict[str, Any]:
        """Wait for the line to be in a state."""
        return await self.expect("state", lambda m: m["line"] == word)

    async def hang_up(self, **fields: Any) -> dict[str, Any]:
        """Hang up and wait for the farewell."""
        await self.send("hangup", **fields)
        return await self.expect("ended")

    async def refused(self) -> tuple[str, int]:
        """Wait for the problem and the end of the line: the problem's code, the closing code."""
        problem = await self.expect("problem")
        return problem["code"], (await self.closed())[0]

    async def lose(self) -> None:
        """The line is gone without a word."""
        self.wire.transport.abort()
        await self.wire.wait_closed()

    async def close(self) -> None:
        for handle in self._marks.values():
            handle.cancel()
        for task in (*self._tasks, *self._answers):
            task.cancel()
        await asyncio.gather(*self._tasks, *self._answers, return_exceptions=True)

    @property
    def _ahead(self) -> float:
        """Seconds of sound sent before their time."""
        return self._sent * FRAME_SECONDS - (self._clock() - self._began)

    async def _until(self, sound: str | int, what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while sound not in self._sounds:
                    self._sounded.clear()
                    await self._sounded.wait()
        except TimeoutError:
            raise AssertionError(f"{what} is not heard, but {self._sounds}") from None

    def _hear(self, pcm: bytes) -> None:
        frames = [pcm[at : at + FRAME_BYTES] for at in range(0, len(pcm), FRAME_BYTES)]
        self._plays_until = max(self._clock(), self._plays_until) + len(frames) * FRAME_SECONDS
        for frame in frames:
            self._block.append(frame)
            if len(self._block) == 5:
                self._sounds |= sounds_in(self._block)
                self._block.clear()
        self._sounded.set()

    async def _speak(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(max(0.0, self._ahead))
                await self.send_sound(self._speaking.popleft() if self._speaking else QUIET)

    async def _listen(self) -> None:
        try:
            async for message in self.wire:
                if isinstance(message, bytes):
                    self._hear(message)
                else:
                    self._take(json.loads(message))
        except ConnectionClosed:
            pass
        finally:
            self._messages.put_nowait(None)

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "mark":
            loop = asyncio.get_running_loop()
            self._marks[message["mark"]] = loop.call_at(self._plays_until, self._played, message["mark"])
        elif message["type"] == "flush":
            self.flushes += 1
            self._plays_until = self._clock()
            for handle in self._marks.values():
                handle.cancel()
            self._marks.clear()
        else:
            self.received.append(message)
            self._messages.put_nowait(message)

    def _played(self, mark: str) -> None:
        del self._marks[mark]
        if self.is_answering_marks:
            task = asyncio.create_task(self._answer(mark))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _answer(self, mark: str) -> None:
        with suppress(ConnectionClosed):
            await self.send("played", mark=mark)

    async def _next(self) -> dict[str, Any]:
        message = await self._messages.get()
        if message is None:
            self._messages.put_nowait(None)
            raise AssertionError(f"closed {self.wire.close_code} {self.wire.close_reason}; got {self.received[-6:]}")
        return message


def sounds_in(frames: list[bytes]) -> set[str | int]:
    """What a stretch of sound is."""
    samples = from_pcm16(b"".join(frames))
    if float(np.abs(samples).max()) < 0.002:
        return set()
    pitch, share = loudest_pitch(samples)
    found: set[str | int] = {"sound"}
    if share > 0.5:
        found.add(pitch)
    if not hold_sounds().isdisjoint(frames):
        found.add("hold")
    return found


@asynccontextmanager
async def phone(live: Doors, **start: Any) -> AsyncIterator[Phone]:
    """A caller whose line is open."""
    async with bare_phone(live) as caller:
        await caller.start(**start)
        yield caller


@asynccontextmanager
async def bare_phone(live: Doors, path: str = "/ws/voice", **headers: str) -> AsyncIterator[Phone]:
    """A caller's socket, nothing said yet."""
    url = f"ws://127.0.0.1:{live.port}{path}"
    async with connect(url, max_size=None, max_queue=None, additional_headers=headers) as wire:
        caller = Phone(wire)
        try:
            yield caller
        finally:
            await caller.close()


@asynccontextmanager
async def softphone(live: Doors, email: str, conversation_id: str, **start: Any) -> AsyncIterator[Phone]:
    """An operator's line, open."""
    async with bare_phone(live, "/ws/desk-voice") as line, live.browser() as browser:
        await line.start(conversation_id=conversation_id, ticket=await sign_in(browser, email), **start)
        yield line


LOW, HIGH = 2_000, 2_600
"""The caller's tone and the operator's."""


async def hear_each_other(caller: Phone, operator: Phone) -> None:
    """Both talk, and each hears the other."""
    caller.forget()
    operator.forget()
    caller.talk(LOW, 1.0)
    operator.talk(HIGH, 1.0)
    await operator.hears(LOW)
    await caller.hears(HIGH)
