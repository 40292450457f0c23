"""A voice behind any server with OpenAI's `/audio/speech`."""

from speech.audio import Samples, resample
from speech.audio.wav import from_wav
from speech.endpoint import Endpoint, our_errors
from speech.errors import BadAudio, ProviderUnavailable

_RATE_HZ = 24000


class EndpointVoice:
    """A remote voice; one request per clause, never repeated."""

    def __init__(self, endpoint: Endpoint, voice: str) -> None:
        self._endpoint = endpoint
        self._voice = voice
        self._client = endpoint.open_client()

    @property
    def name(self) -> str:
        """ "endpoint:" and the model and voice."""
        return f"endpoint:{self._endpoint.model}:{self._voice}"

    @property
    def rate_hz(self) -> int:
        """24000; an answer at another rate is brought to it."""
        return _RATE_HZ

    def say(self, words: str) -> Samples:
        """The sound. Raises ProviderUnavailable or ProviderRefused."""
        with our_errors(self._endpoint):
            answer = self._client.audio.speech.create(
                input=words, model=self._endpoint.model, voice=self._voice, response_format="wav"
            )
            data = answer.read()
        try:
            samples, rate_hz = from_wav(data)
        except BadAudio as error:
            raise ProviderUnavailable(f"{self._endpoint.base_url} sent no 16-bit WAV") from error
        return resample(samples, rate_hz, _RATE_HZ)
