"""Centres and browsers for calls in Chromium: with real speech models, or with scripted speech."""

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from playwright.async_api import Browser

from speech.stt.whisper import WhisperOptions, WhisperTranscriber
from speech.weights import prepare_whisper_base
from tests.conftest import Start
from tests.support.calls import SCRIPTED, hear_tones
from tests.support.chromium import WAV_HZ, browser, write_wav
from tests.support.live import Live


@pytest.fixture(scope="session")
def models(pytestconfig: pytest.Config) -> Path:
    """The assembled speech models, kept between runs."""
    assert pytestconfig.cache is not None
    return Path(pytestconfig.cache.mkdir("speech-models"))


@pytest.fixture(scope="session")
def whisper(models: Path) -> WhisperTranscriber:
    return WhisperTranscriber(prepare_whisper_base(models), WhisperOptions(workers=1))


@pytest.fixture
def speaking(start: Start, tmp_path: Path, models: Path) -> Start:
    """Starts servers that find their speech models made."""
    (tmp_path / "models").symlink_to(models)
    return start


@pytest.fixture
async def lines(start: Start, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Live]:
    """The demo centre; its calls wait for no model."""
    hear_tones(monkeypatch)
    async with start(**SCRIPTED, review_seconds=1) as server:
        yield server


@pytest.fixture
async def chromium(tmp_path: Path) -> AsyncIterator[Browser]:
    """A browser in a silent room."""
    silent = write_wav(tmp_path / "silent.wav", [np.zeros(60 * WAV_HZ, np.float32)], WAV_HZ)
    async with browser(microphone=silent) as found:
        yield found


@pytest.fixture
async def quiet_chromium() -> AsyncIterator[Browser]:
    """A browser without a microphone."""
    async with browser(has_microphone=False) as found:
        yield found
