"""What every transcriber promises, whoever makes the words."""

import threading
from collections.abc import Callable

import numpy as np
import pytest

from speech import Expectation
from speech.audio import Samples, resample
from speech.scripted import ScriptedTranscriber
from speech.stt import Transcriber, Transcript, TranscriptionRequest
from speech.stt.openai_endpoint import EndpointTranscriber
from speech.stt.whisper import WhisperOptions, WhisperTranscriber
from speech.tts.hibari import HibariVoice
from speech.weights import find_tiny_en, whats_missing
from speech.weights.check import SpeechModel
from tests.speech.local_endpoint import LocalEndpoint, said

SENTENCE = "I would like to check my claim, please."


@pytest.fixture(scope="session")
def sentence(hibari: HibariVoice) -> Samples:
    return resample(hibari.say(SENTENCE), hibari.rate_hz, 16000)


def _scripted(request: pytest.FixtureRequest) -> Transcriber:
    return ScriptedTranscriber([SENTENCE])


def _whisper_base(request: pytest.FixtureRequest) -> Transcriber:
    transcriber: Transcriber = request.getfixturevalue("whisper_base")
    return transcriber


def _tiny_en(request: pytest.FixtureRequest) -> Transcriber:
    if problems := whats_missing([SpeechModel.WHISPER_TINY_EN], request.getfixturevalue("model_cache")):
        pytest.skip(f"NOT TESTED: {problems[0]}")
    options = WhisperOptions(name="whisper-tiny.en", context_floor_seconds=15.0, workers=1)
    return WhisperTranscriber(find_tiny_en(), options)


def _endpoint(request: pytest.FixtureRequest) -> Transcriber:
    server: LocalEndpoint = request.getfixturevalue("endpoint")
    server.transcription = said(SENTENCE)
    return EndpointTranscriber(server.at())


@pytest.fixture(params=[_scripted, _whisper_base, _tiny_en, _endpoint], ids=lambda build: build.__name__.strip("_"))
def transcriber(request: pytest.FixtureRequest) -> Transcriber:
    build: Callable[[pytest.FixtureRequest], Transcriber] = request.param
    return build(request)


def test_speech_becomes_the_words_that_were_said(transcriber: Transcriber, sentence: Samples) -> None:
    heard = transcriber.transcribe(TranscriptionRequest(sentence))

    assert heard.text == SENTENCE
    assert heard.seconds == pytest.approx(len(sentence) / 16000)
    assert heard.logprob > -0.7
    assert heard.no_speech < 0.5


def test_a_draft_is_a_transcript_too(transcriber: Transcriber, sentence: Samples) -> None:
    assert transcriber.transcribe(TranscriptionRequest(sentence, is_draft=True)).text == SENTENCE


def test_words_of_the_dialogue_state_are_welcome_in_every_expectation(
    transcriber: Transcriber, sentence: Samples
) -> None:
    for expectation in Expectation:
        request = TranscriptionRequest(sentence, expectation, state_words=("claim", "policy", "premium"))

        assert "claim" in transcriber.transcribe(request).text


def test_many_threads_may_ask_at_once(transcriber: Transcriber, sentence: Samples) -> None:
    heard: list[Transcript] = []
    threads = [
        threading.Thread(target=lambda: heard.append(transcriber.transcribe(TranscriptionRequest(sentence))))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [each.text for each in heard] == [SENTENCE] * 3


def test_the_name_is_short_enough_for_a_report(transcriber: Transcriber) -> None:
    assert 0 < len(transcriber.name) < 60


def test_the_samples_are_not_changed(transcriber: Transcriber, sentence: Samples) -> None:
    before = sentence.copy()

    transcriber.transcribe(TranscriptionRequest(sentence))

    assert np.array_equal(before, sentence)
