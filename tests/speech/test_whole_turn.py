"""A spoken turn through the real detector, policy and transcriber, in the stream's own time."""

import numpy as np
import pytest

from speech import Expectation
from speech.audio import Samples, resample, trim_silence
from speech.stt import TranscriptionRequest
from speech.stt.whisper import WhisperTranscriber
from speech.tts.hibari import HibariVoice
from speech.turns import EagerEndOfTurn, EndReason, NoiseIgnored, TurnDecision, TurnDetector, TurnEnded, TurnPolicy
from speech.vad import FRAME_SECONDS, SileroModel
from speech.weights import find_silero


def _call(voice: HibariVoice, *parts: str | float) -> Samples:
    """Sentences and silences (seconds) one after another, 16 kHz, over a faint hiss."""
    pieces: list[Samples] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(trim_silence(resample(voice.say(part), voice.rate_hz, 16000), 16000))
        else:
            pieces.append(np.zeros(int(part * 16000), np.float32))
    line: Samples = np.concatenate(pieces)
    hiss = np.random.default_rng(5).standard_normal(len(line), dtype=np.float32) * np.float32(10 ** (-70 / 20))
    noisy: Samples = line + hiss
    return noisy


def _run(
    line: Samples, transcriber: WhisperTranscriber, expectation: Expectation, *digits: int
) -> tuple[list[TurnDecision], dict[int, str]]:
    """All decisions, and the text of every guess; a guess's text arrives 200 ms after it was asked for."""
    turns = TurnDetector(TurnPolicy(), FRAME_SECONDS)
    turns.expect(expectation, digits)
    decisions: list[TurnDecision] = []
    texts: dict[int, str] = {}
    due: dict[float, int] = {}
    for number, probability in enumerate(SileroModel(find_silero()).listen(16000).feed(line), 1):
        at = number * FRAME_SECONDS
        for arrived in [when for when in due if when <= at]:
            attempt = due.pop(arrived)
            decisions += turns.heard(attempt, texts[attempt], at)
        for decision in turns.hear(at, probability):
            decisions.append(decision)
            if isinstance(decision, EagerEndOfTurn):
                sound = line[int(decision.start * 16000) : int(decision.end * 16000)]
                request = TranscriptionRequest(sound, expectation, expected_digits=digits)
                texts[decision.attempt] = transcriber.transcribe(request).text
                due[at + 0.2] = decision.attempt
    return decisions, texts


def test_a_sentence_is_one_turn_with_its_text_at_hand(hibari: HibariVoice, whisper_base: WhisperTranscriber) -> None:
    line = _call(hibari, 0.5, "I would like to check my claim please.", 1.5)

    decisions, texts = _run(line, whisper_base, Expectation.OPEN)
    (ended,) = (each for each in decisions if isinstance(each, TurnEnded))

    assert texts[ended.attempt].lower().startswith("i would like to check my claim")
    assert ended.reason is EndReason.SENTENCE
    assert ended.decided_at - ended.speech_ended < 0.5


def test_a_pause_for_thought_does_not_split_the_turn(hibari: HibariVoice, whisper_base: WhisperTranscriber) -> None:
    line = _call(hibari, 0.3, "I want to change my", 0.3, "home address please.", 1.8)

    decisions, texts = _run(line, whisper_base, Expectation.OPEN)
    (ended,) = (each for each in decisions if isinstance(each, TurnEnded))

    assert "change my" in texts[ended.attempt].lower()
    assert "address" in texts[ended.attempt].lower()


def test_a_number_said_in_two_parts_is_one_turn(hibari: HibariVoice, whisper_base: WhisperTranscriber) -> None:
    line = _call(hibari, 0.3, "seven one zero,", 0.5, "four four eight two.", 1.8)

    decisions, texts = _run(line, whisper_base, Expectation.DIGITS, 7)
    (ended,) = (each for each in decisions if isinstance(each, TurnEnded))

    assert "".join(filter(str.isdigit, texts[ended.attempt])) == "7104482"
    assert ended.reason is EndReason.ANSWERED


@pytest.mark.parametrize("seconds", [0.03, 0.12])
def test_a_knock_is_no_turn(whisper_base: WhisperTranscriber, seconds: float) -> None:
    knock = np.random.default_rng(2).standard_normal(int(seconds * 16000)) * 0.3
    line = np.concatenate([np.zeros(8000), knock, np.zeros(16000)]).astype(np.float32)

    decisions, texts = _run(line, whisper_base, Expectation.OPEN)

    assert not texts
    assert all(isinstance(each, NoiseIgnored) or not isinstance(each, TurnEnded) for each in decisions)
