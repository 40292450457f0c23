"""A remote provider's troubles arrive in our words, and say whether a retry may help."""

import json

import numpy as np
import pytest

from speech import Endpoint, Expectation
from speech.errors import ProviderRefused, ProviderUnavailable
from speech.stt import TranscriptionRequest
from speech.stt.openai_endpoint import EndpointTranscriber
from speech.tts.openai_endpoint import EndpointVoice
from tests.speech.local_endpoint import Answer, LocalEndpoint, said, sounding

REQUEST = TranscriptionRequest(np.zeros(16000, np.float32), Expectation.OPEN, state_words=("claim", "premium"))
UNAUTHORISED: Answer = (401, "application/json", b'{"error": {"message": "no such key"}}')
BROKEN: Answer = (503, "application/json", b'{"error": {"message": "busy"}}')
TOO_MANY: Answer = (429, "application/json", b'{"error": {"message": "slow down"}}')
HUNG_UP: Answer = (0, "", b"")
NONSENSE: Answer = (200, "application/json", b'{"hello": 1}')


@pytest.mark.parametrize("answer", [BROKEN, TOO_MANY, HUNG_UP, NONSENSE])
def test_a_transcription_that_may_succeed_later_says_so(endpoint: LocalEndpoint, answer: Answer) -> None:
    endpoint.transcription = answer

    with pytest.raises(ProviderUnavailable) as caught:
        EndpointTranscriber(endpoint.at()).transcribe(REQUEST)

    assert caught.value.retry_may_help


@pytest.mark.parametrize("answer", [BROKEN, TOO_MANY, HUNG_UP, NONSENSE])
def test_a_voice_that_may_speak_later_says_so(endpoint: LocalEndpoint, answer: Answer) -> None:
    endpoint.speech = answer

    with pytest.raises(ProviderUnavailable):
        EndpointVoice(endpoint.at(), "alloy").say("Hello.")


def test_a_wrong_key_is_refused_for_good(endpoint: LocalEndpoint) -> None:
    endpoint.transcription = endpoint.speech = UNAUTHORISED

    with pytest.raises(ProviderRefused):
        EndpointTranscriber(endpoint.at()).transcribe(REQUEST)
    with pytest.raises(ProviderRefused):
        EndpointVoice(endpoint.at(), "alloy").say("Hello.")


def test_nobody_listening_is_unavailable() -> None:
    nowhere = Endpoint("http://127.0.0.1:9/v1", "whisper-1", timeout_seconds=2.0)

    with pytest.raises(ProviderUnavailable):
        EndpointTranscriber(nowhere).transcribe(REQUEST)


def test_nothing_is_asked_twice(endpoint: LocalEndpoint) -> None:
    endpoint.transcription = BROKEN

    with pytest.raises(ProviderUnavailable):
        EndpointTranscriber(endpoint.at()).transcribe(REQUEST)

    assert len(endpoint.asked) == 1


def test_the_request_carries_sound_model_language_and_the_states_words(endpoint: LocalEndpoint) -> None:
    EndpointTranscriber(endpoint.at("big-model"), language="en").transcribe(REQUEST)
    ((path, body),) = endpoint.asked

    assert path == "/v1/audio/transcriptions"
    for part in (b"RIFF", b"big-model", b"claim, premium.", b'name="language"', b"verbose_json"):
        assert part in body


def test_a_model_without_details_is_asked_for_plain_json(endpoint: LocalEndpoint) -> None:
    endpoint.transcription = (200, "application/json", json.dumps({"text": " Hi there. "}).encode())

    heard = EndpointTranscriber(endpoint.at(), gives_details=False).transcribe(REQUEST)

    assert heard.text == "Hi there."
    assert b"verbose_json" not in endpoint.asked[0][1]


def test_words_come_with_their_times_when_asked_for(endpoint: LocalEndpoint) -> None:
    endpoint.transcription = said("Hello over there.")
    request = TranscriptionRequest(np.zeros(16000, np.float32), wants_words=True)

    heard = EndpointTranscriber(endpoint.at()).transcribe(request)

    assert [word.text for word in heard.words] == ["Hello", "over", "there."]


def test_what_the_remote_model_invented_is_dropped(endpoint: LocalEndpoint) -> None:
    endpoint.transcription = said("Thanks for watching!", logprob=-1.6, no_speech=0.9)

    assert EndpointTranscriber(endpoint.at()).transcribe(REQUEST).text == ""


def test_sound_at_another_rate_is_brought_to_the_voices_own(endpoint: LocalEndpoint) -> None:
    endpoint.speech = sounding(0.5, rate_hz=16000)
    voice = EndpointVoice(endpoint.at(), "alloy")

    assert len(voice.say("Hello.")) == pytest.approx(0.5 * voice.rate_hz, abs=2)


def test_the_key_is_not_shown() -> None:
    assert "sk-secret" not in repr(Endpoint("http://127.0.0.1/v1", "m", api_key="sk-secret"))
