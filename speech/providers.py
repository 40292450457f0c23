"""Builds the speech room from one value of settings: which models, where their files are, how many workers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from speech.choices import SttChoice, TtsChoice
from speech.endpoint import Endpoint
from speech.engine import SpeechEngine, SpeechParts
from speech.errors import MissingWeights
from speech.scheduler import LoadPolicy, SchedulerOptions, SpeechScheduler, StepChange
from speech.scripted import LevelDetector, ScriptedTranscriber, ScriptedVoice
from speech.stt.values import Transcriber, TranscriptionRequest
from speech.tts import Speaker, Voice
from speech.turns import SmartTurn, TurnPolicy
from speech.vad import SileroModel, SpeechDetector
from speech.weights import (
    SpeechModel,
    WhisperFiles,
    find_piper_voice,
    find_silero,
    find_smart_turn,
    find_tiny_en,
    prepare_whisper_base,
    whats_missing,
)

T = TypeVar("T")


@dataclass(frozen=True)
class SpeechOptions:
    """All that can be chosen about speech."""

    model_cache: Path
    """folder for assembled models, kept between starts"""
    stt: SttChoice = SttChoice.WHISPER_BASE
    """who transcribes"""
    stt_directory: Path | None = None
    """for DIRECTORY"""
    stt_endpoint: Endpoint | None = None
    """for ENDPOINT"""
    stt_gives_details: bool = True
    """the endpoint knows verbose_json; false for models that give text only"""
    language: str = "en"
    """Whisper's code"""
    small_stt: bool = True
    """use tiny.en under load when its package is there"""
    tts: TtsChoice = TtsChoice.HIBARI
    """who speaks"""
    tts_voice: str = "heart"
    """hibari's or the endpoint's voice"""
    tts_endpoint: Endpoint | None = None
    """for ENDPOINT"""
    piper_model: Path | None = None
    """a .onnx file with its .json beside it; None: the packaged one"""
    smart_turn: bool = True
    """ask the end-of-turn model when its package is there"""
    is_day_first: bool = True
    """read 03/04/2026 as the third of April"""
    policy: TurnPolicy = field(default_factory=TurnPolicy)
    """patience"""
    scheduler: SchedulerOptions = field(default_factory=SchedulerOptions)
    """workers and room"""
    load: LoadPolicy = field(default_factory=LoadPolicy)
    """when to step back"""


def problems(options: SpeechOptions) -> list[str]:
    """What stands in the way of these options, one sentence each with the command that helps; [] when ready."""
    found = whats_missing(_models(options), options.model_cache)
    if options.stt is SttChoice.DIRECTORY:
        if options.stt_directory is None:
            return [*found, "speech to text by directory needs a directory"]
        try:
            WhisperFiles(options.stt_directory)
        except MissingWeights as error:
            found += error.problems
    if options.stt is SttChoice.ENDPOINT and options.stt_endpoint is None:
        found.append("speech to text by endpoint needs its base URL and model")
    if options.tts is TtsChoice.ENDPOINT and options.tts_endpoint is None:
        found.append("text to speech by endpoint needs its base URL and model")
    return found


def build_engine(
    options: SpeechOptions,
    clock: Callable[[], float],
    *,
    prerendered: Iterable[str] = (),
    on_step: Callable[[StepChange], None] | None = None,
) -> SpeechEngine:
    """Loads every model, renders the fixed replies, starts the workers. Raises MissingWeights naming all that lacks.

    Blocking, 2 to 4 s: call it before the server accepts, or in a thread.
    """
    if found := problems(options):
        raise MissingWeights(found)
    speaker = Speaker(open_voice(options), is_day_first=options.is_day_first)
    speaker.prepare(prerendered)
    transcriber = open_transcriber(options)
    # The first decode allocates its buffers; no caller should wait for that.
    transcriber.transcribe(TranscriptionRequest(np.zeros(8000, np.float32), is_draft=True))
    turn_model = find_smart_turn() if options.smart_turn else None
    parts = SpeechParts(
        listen=_listener(options),
        transcriber=transcriber,
        small_transcriber=_small_transcriber(options),
        speaker=speaker,
        end_of_turn=SmartTurn(turn_model) if turn_model else None,
        policy=options.policy,
    )
    return SpeechEngine(parts, SpeechScheduler(clock, options.scheduler, options.load, on_step))


def open_transcriber(options: SpeechOptions) -> Transcriber:
    """The chosen transcriber, loaded. Raises MissingWeights."""
    match options.stt:
        case SttChoice.WHISPER_BASE:
            return _whisper(options, prepare_whisper_base(options.model_cache), "whisper-base", floor_seconds=8.0)
        case SttChoice.WHISPER_TINY_EN:
            return _whisper(options, find_tiny_en(), "whisper-tiny.en", floor_seconds=15.0)
        case SttChoice.DIRECTORY:
            files = WhisperFiles(_needed(options.stt_directory, "stt_directory"))
            return _whisper(options, files, f"whisper:{files.folder.name}", floor_seconds=8.0)
        case SttChoice.ENDPOINT:
            from speech.stt.openai_endpoint import EndpointTranscriber

            endpoint = _needed(options.stt_endpoint, "stt_endpoint")
            return EndpointTranscriber(endpoint, language=options.language, gives_details=options.stt_gives_details)
        case SttChoice.SCRIPTED:
            return ScriptedTranscriber(["I would like to check my claim."])


def open_voice(options: SpeechOptions) -> Voice:
    """The chosen voice, loaded. Raises MissingWeights or ProviderRefused."""
    match options.tts:
        case TtsChoice.HIBARI:
            from speech.tts.hibari import HibariVoice

            return HibariVoice(options.tts_voice)
        case TtsChoice.PIPER:
            from speech.tts.piper import PiperVoice

            return PiperVoice(options.piper_model or find_piper_voice())
        case TtsChoice.SYSTEM:
            from speech.tts.system_voice import SystemVoice

            return SystemVoice()
        case TtsChoice.ENDPOINT:
            from speech.tts.openai_endpoint import EndpointVoice

            return EndpointVoice(_needed(options.tts_endpoint, "tts_endpoint"), options.tts_voice)
        case TtsChoice.SCRIPTED:
            return ScriptedVoice()


def _models(options: SpeechOptions) -> list[SpeechModel]:
    wanted = {
        SttChoice.WHISPER_BASE: SpeechModel.WHISPER_BASE,
        SttChoice.WHISPER_TINY_EN: SpeechModel.WHISPER_TINY_EN,
        TtsChoice.HIBARI: SpeechModel.HIBARI,
    }
    models = [wanted[choice] for choice in (options.stt, options.tts) if choice in wanted]
    if options.tts is TtsChoice.PIPER and options.piper_model is None:
        models.append(SpeechModel.PIPER)
    return models if options.stt is SttChoice.SCRIPTED else [*models, SpeechModel.SILERO]


def _listener(options: SpeechOptions) -> Callable[[int], SpeechDetector]:
    return LevelDetector if options.stt is SttChoice.SCRIPTED else SileroModel(find_silero()).listen


def _small_transcriber(options: SpeechOptions) -> Transcriber | None:
    if not options.small_stt or options.stt is not SttChoice.WHISPER_BASE or options.language != "en":
        return None
    try:
        return _whisper(options, find_tiny_en(), "whisper-tiny.en", floor_seconds=15.0)
    except MissingWeights:
        return None


def _whisper(options: SpeechOptions, files: WhisperFiles, name: str, *, floor_seconds: float) -> Transcriber:
    from speech.stt.whisper import WhisperOptions, WhisperTranscriber

    return WhisperTranscriber(
        files,
        WhisperOptions(
            name=name,
            language=options.language,
            context_floor_seconds=floor_seconds,
            workers=options.scheduler.hearing_workers,
        ),
    )


def _needed(value: T | None, name: str) -> T:
    if value is None:
        raise ValueError(f"{name} is not set")
    return value
