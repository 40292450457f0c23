"""What the short-context runner does beyond the contract."""

import numpy as np
import pytest

from speech import Expectation
from speech.audio import Samples, resample
from speech.errors import MissingWeights
from speech.stt import TranscriptionRequest
from speech.stt.monologue import MAX_PIECE_SECONDS, pieces
from speech.stt.whisper import WhisperTranscriber
from speech.tts.hibari import HibariVoice
from speech.weights import WhisperFiles


def _spoken(voice: HibariVoice, words: str) -> Samples:
    return resample(voice.say(words), voice.rate_hz, 16000)


def test_silence_holds_no_words(whisper_base: WhisperTranscriber) -> None:
    assert whisper_base.transcribe(TranscriptionRequest(np.zeros(16000, np.float32))).text == ""


def test_nothing_and_almost_nothing_hold_no_words(whisper_base: WhisperTranscriber) -> None:
    assert whisper_base.transcribe(TranscriptionRequest(np.zeros(0, np.float32))).text == ""
    assert whisper_base.transcribe(TranscriptionRequest(np.zeros(800, np.float32))).text == ""


def test_a_number_read_out_comes_back_as_its_figures(whisper_base: WhisperTranscriber, hibari: HibariVoice) -> None:
    samples = _spoken(hibari, "seven one zero, four four eight two")
    request = TranscriptionRequest(samples, Expectation.DIGITS, expected_digits=(7,))

    heard = whisper_base.transcribe(request)

    assert "".join(filter(str.isdigit, heard.text)) == "7104482"


def test_a_miscounted_number_is_looked_at_again(whisper_base: WhisperTranscriber, hibari: HibariVoice) -> None:
    samples = _spoken(hibari, "seven one zero, four four eight two")
    request = TranscriptionRequest(samples, Expectation.DIGITS, expected_digits=(9,))

    assert whisper_base.transcribe(request).second_look == "figures"


def test_a_caller_without_the_number_is_not_forced_into_figures(
    whisper_base: WhisperTranscriber, hibari: HibariVoice
) -> None:
    samples = _spoken(hibari, "I don't have it with me.")
    request = TranscriptionRequest(samples, Expectation.DIGITS, expected_digits=(7,))

    assert whisper_base.transcribe(request).text == "I don't have it with me."


def test_words_carry_rising_times_inside_the_sound(whisper_base: WhisperTranscriber, hibari: HibariVoice) -> None:
    samples = _spoken(hibari, "Please call me back tomorrow morning.")

    heard = whisper_base.transcribe(TranscriptionRequest(samples, wants_words=True))

    starts = [word.start_seconds for word in heard.words]
    assert " ".join(word.text for word in heard.words) == heard.text
    assert starts == sorted(starts)
    assert heard.words[-1].end_seconds <= heard.seconds


def test_a_monologue_longer_than_the_window_keeps_its_end(
    whisper_base: WhisperTranscriber, hibari: HibariVoice
) -> None:
    start, end = _spoken(hibari, "This is how it began."), _spoken(hibari, "And this is how it ended.")
    samples = np.concatenate([start, np.zeros(26 * 16000, np.float32), end])

    heard = whisper_base.transcribe(TranscriptionRequest(samples, is_draft=True))

    assert heard.text.endswith("this is how it ended.")


def test_long_sound_is_cut_where_it_is_quiet() -> None:
    generator = np.random.default_rng(3)
    loud = (0.2 * generator.standard_normal(40 * 16000)).astype(np.float32)
    loud[24 * 16000 : 25 * 16000] = 0.0

    starts = [at for at, _ in pieces(loud)]

    assert len(starts) == 2
    assert 24.0 <= starts[1] <= 25.0
    assert all(len(piece) <= MAX_PIECE_SECONDS * 16000 for _, piece in pieces(loud))
    assert sum(len(piece) for _, piece in pieces(loud)) == len(loud)


def test_a_folder_without_a_model_says_what_it_lacks(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(MissingWeights, match=r"model\.bin, config\.json, tokenizer\.json"):
        WhisperFiles(tmp_path_factory.mktemp("empty"))
