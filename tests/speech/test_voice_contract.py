"""What every voice promises, whoever speaks."""

import shutil
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from speech import SpeechError
from speech.audio import Samples, peak, rms_dbfs
from speech.errors import MissingWeights, ProviderRefused
from speech.scripted import ScriptedVoice
from speech.tts import Speaker, Voice
from speech.tts.hibari import HibariVoice
from speech.tts.openai_endpoint import EndpointVoice
from speech.tts.system_voice import SystemVoice
from speech.weights import SpeechModel, find_piper_voice, whats_missing
from tests.speech.local_endpoint import LocalEndpoint


def _scripted(request: pytest.FixtureRequest) -> Iterator[Voice]:
    yield ScriptedVoice()


def _hibari(request: pytest.FixtureRequest) -> Iterator[Voice]:
    yield request.getfixturevalue("hibari")


def _endpoint(request: pytest.FixtureRequest) -> Iterator[Voice]:
    server: LocalEndpoint = request.getfixturevalue("endpoint")
    yield EndpointVoice(server.at("tts-1"), "alloy")


def _system(request: pytest.FixtureRequest) -> Iterator[Voice]:
    voice = SystemVoice()
    try:
        voice.say("Ready.")
    except MissingWeights as error:
        pytest.skip(f"NOT TESTED: {error}")
    yield voice
    voice.close()


def _piper(request: pytest.FixtureRequest) -> Iterator[Voice]:
    if problems := whats_missing([SpeechModel.PIPER], request.getfixturevalue("model_cache")):
        pytest.skip(f"NOT TESTED: {problems[0]}")
    from speech.tts.piper import PiperVoice

    yield PiperVoice(find_piper_voice())


@pytest.fixture(params=[_scripted, _hibari, _endpoint, _system, _piper], ids=lambda build: build.__name__.strip("_"))
def voice(request: pytest.FixtureRequest) -> Iterator[Voice]:
    build: Callable[[pytest.FixtureRequest], Iterator[Voice]] = request.param
    yield from build(request)


def test_words_become_sound_of_a_believable_length(voice: Voice) -> None:
    samples = voice.say("Your claim is open and waiting for a photo.")

    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert 0.9 < len(samples) / voice.rate_hz < 8.0
    assert 0.02 < peak(samples) <= 1.0


def test_a_speaker_makes_every_voice_start_at_once_and_rest_at_the_end(voice: Voice) -> None:
    speaker = Speaker(voice)
    (clause,) = speaker.clauses("One moment please.")
    spoken = speaker.render(clause)
    opening = spoken.samples[: int(0.06 * spoken.rate_hz)]
    end = spoken.samples[-int(0.25 * spoken.rate_hz) :]

    assert rms_dbfs(opening) > -45
    assert rms_dbfs(end) < -60


def test_many_threads_may_speak_at_once(voice: Voice) -> None:
    said: list[Samples] = []
    threads = [threading.Thread(target=lambda: said.append(voice.say("Hello there."))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(said) == 3
    assert max(map(len, said)) < 1.2 * min(map(len, said))


def test_the_name_is_short_enough_for_a_report(voice: Voice) -> None:
    assert 0 < len(voice.name) < 60


def test_hibari_has_only_the_voice_in_its_package() -> None:
    with pytest.raises(ProviderRefused, match="nobody"):
        HibariVoice("nobody")
    with pytest.raises(MissingWeights, match="emma"):
        HibariVoice("emma")


def test_a_system_voice_that_dies_is_reported_and_starts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    voice = SystemVoice()
    died = shutil.which("false")
    assert died
    with monkeypatch.context() as patched:
        patched.setattr("speech.tts.system_voice.sys.executable", died)
        with pytest.raises(SpeechError) as caught:
            voice.say("Hello.")
    assert caught.value.retry_may_help
    try:
        assert len(voice.say("Hello.")) > 0
    except MissingWeights as error:
        pytest.skip(f"NOT TESTED: {error}")
    finally:
        voice.close()
