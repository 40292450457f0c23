"""Speech models for calls in Chromium, made once and kept between runs."""

from pathlib import Path

import pytest

from speech.stt.whisper import WhisperOptions, WhisperTranscriber
from speech.weights import prepare_whisper_base
from tests.conftest import Start


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
