"""The speech engine all calls of a process share: loaded at the first call, and again after a load that failed."""

import asyncio
from collections.abc import Callable

import structlog

from speech import SpeechEngine
from speech.scheduler import StepChange

log = structlog.get_logger(__name__)

Build = Callable[[Callable[[StepChange], None]], SpeechEngine]
"""Blocks for seconds; may raise SpeechError."""


class NoVoice(Exception):
    """This call can't be taken; the message says what to do."""

    def __init__(self, message: str, code: str = "voice_unavailable") -> None:
        super().__init__(message)
        self.code = code


class SpeechEngineLoader:
    """One engine, made when it is first asked for."""

    def __init__(self, build: Build | None, on_step: Callable[[StepChange], None]) -> None:
        """None: there is no engine here. `on_step` is called on the event loop."""
        self._build = build
        self._on_step = on_step
        self._engine: asyncio.Future[SpeechEngine] | None = None

    @property
    def is_open(self) -> bool:
        """True where there is, or can be, an engine."""
        return self._build is not None

    @property
    def is_ready(self) -> bool:
        """True once the models are loaded."""
        return self._engine is not None and self._engine.done() and self._engine.exception() is None

    async def engine(self) -> SpeechEngine:
        """The engine, loaded if need be. Raises NoVoice or SpeechError."""
        if self._build is None:
            raise NoVoice("Calls are switched off here. Please write to us in the chat.")
        if self._engine is None or (self._engine.done() and self._engine.exception() is not None):
            loop = asyncio.get_running_loop()
            build = self._build

            def on_step(change: StepChange) -> None:
                loop.call_soon_threadsafe(self._on_step, change)

            self._engine = loop.run_in_executor(None, lambda: build(on_step))
            log.info("loading speech models")
        return await asyncio.shield(self._engine)

    @property
    def load_step(self) -> int:
        """How far speech has stepped back under load; 0 is normal."""
        return int(self._engine.result().step) if self._engine is not None and self.is_ready else 0

    def warm(self) -> None:
        """Begin to load: a page opens its socket before it asks for the microphone."""
        if self.is_open and self._engine is None:
            asyncio.ensure_future(self.engine()).add_done_callback(_told_at_the_call)

    def note_loop_lag(self, seconds: float) -> None:
        """Tell the engine how late the event loop is."""
        if self._engine is not None and self.is_ready:
            self._engine.result().note_loop_lag(seconds)

    async def close(self) -> None:
        """End the engine."""
        if self._engine is not None and not self._engine.cancelled():
            try:
                engine = await self._engine
            except Exception:  # noqa: BLE001 - it never loaded; whoever called was told
                return
            await engine.close()


def _told_at_the_call(loading: "asyncio.Future[SpeechEngine]") -> None:
    """Models that do not load are the business of the call that needs them: it asks again, and tells why."""
    if not loading.cancelled():
        loading.exception()
