"""What the speech tests share: loaded models (once per run), a local endpoint, and sound to feed them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from speech.audio import Samples
from speech.stt.whisper import WhisperOptions, WhisperTranscriber
from speech.tts.hibari import HibariVoice
from speech.weights import WhisperFiles, prepare_whisper_base
from tests.speech.local_endpoint import LocalEndpoint


@pytest.fixture(scope="session")
def model_cache(pytestconfig: pytest.Config) -> Path:
    """Kept between runs: assembling Whisper takes half a second and 145 MB."""
    assert pytestconfig.cache is not None
    return Path(pytestconfig.cache.mkdir("speech-models"))


@pytest.fixture(scope="session")
def whisper_files(model_cache: Path) -> WhisperFiles:
    return prepare_whisper_base(model_cache)


@pytest.fixture(scope="session")
def whisper_base(whisper_files: WhisperFiles) -> WhisperTranscriber:
    return WhisperTranscriber(whisper_files, WhisperOptions(workers=1))


@pytest.fixture(scope="session")
def hibari() -> HibariVoice:
    return HibariVoice()


@pytest.fixture
def endpoint() -> Iterator[LocalEndpoint]:
    with LocalEndpoint() as server:
        yield server


@pytest.fixture(scope="session")
def noise() -> Samples:
    """A second of a hissing line at -40 dBFS."""
    generator = np.random.default_rng(11)
    return (0.01 * generator.standard_normal(16000)).astype(np.float32)
