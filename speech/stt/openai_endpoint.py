"""Transcription by any server with OpenAI's `/audio/transcriptions`."""

from typing import Any

from speech.audio.wav import to_wav
from speech.endpoint import Endpoint, our_errors
from speech.errors import ProviderUnavailable
from speech.stt.guards import is_invented, is_loop, without_repeats
from speech.stt.prompts import prompt_text
from speech.stt.values import STT_RATE_HZ, Transcript, TranscriptionRequest, Word


class EndpointTranscriber:
    """A remote Whisper or its kin; one request per call, never repeated."""

    def __init__(self, endpoint: Endpoint, *, language: str = "en", gives_details: bool = True) -> None:
        self._endpoint = endpoint
        self._language = language
        # Models without verbose_json (the gpt-4o family) give text only: no probabilities, no guards by them.
        self._format = "verbose_json" if gives_details else "json"
        self._client = endpoint.open_client()

    @property
    def name(self) -> str:
        """ "endpoint:" and the model."""
        return f"endpoint:{self._endpoint.model}"

    def transcribe(self, request: TranscriptionRequest) -> Transcript:
        """The words in the audio. Raises ProviderUnavailable or ProviderRefused."""
        options: dict[str, Any] = {}
        if prompt := prompt_text(request.expectation, request.state_words):
            options["prompt"] = prompt
        if request.wants_words and self._format == "verbose_json":
            options["timestamp_granularities"] = ["segment", "word"]
        # The client types each response format as another overload; ours is a setting.
        create: Any = self._client.audio.transcriptions.create
        with our_errors(self._endpoint):
            answer = create(
                file=("turn.wav", to_wav(request.samples, STT_RATE_HZ), "audio/wav"),
                model=self._endpoint.model,
                language=self._language,
                response_format=self._format,
                temperature=0,
                **options,
            )
        if not isinstance(getattr(answer, "text", None), str):
            raise ProviderUnavailable(f"{self._endpoint.base_url} sent no text")
        return _transcript(answer.model_dump(), request.seconds)


def _transcript(answer: dict[str, Any], seconds: float) -> Transcript:
    segments = answer.get("segments") or []
    logprob = min((float(segment.get("avg_logprob", 0.0)) for segment in segments), default=0.0)
    no_speech = max((float(segment.get("no_speech_prob", 0.0)) for segment in segments), default=0.0)
    text = without_repeats(str(answer["text"]).strip())
    if is_invented(logprob, no_speech) or is_loop(text):
        text = ""
    words = tuple(
        Word(str(word["word"]).strip(), float(word["start"]), float(word["end"])) for word in answer.get("words") or []
    )
    return Transcript(text, logprob, no_speech, seconds, words if text else ())
