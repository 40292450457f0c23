"""Silero hears speech and nothing else, at both rates, whatever the size of what it is fed."""

from pathlib import Path

import numpy as np
import pytest

from speech.audio import Samples, decode_mulaw, encode_mulaw, resample
from speech.errors import BadAudio
from speech.tts.hibari import HibariVoice
from speech.vad import FRAME_SECONDS, SileroModel
from speech.weights.packages import SILERO_PACKAGED


def _graphs() -> list[Path]:
    return list({each.sha256: path for each in SILERO_PACKAGED if (path := each.find())}.values())


@pytest.fixture(scope="module", params=_graphs(), ids=lambda path: path.name)
def silero(request: pytest.FixtureRequest) -> SileroModel:
    return SileroModel(request.param)


@pytest.fixture(scope="module")
def line(hibari: HibariVoice) -> Samples:
    """Half a second of silence, a sentence, half a second of silence; 16 kHz."""
    spoken = resample(hibari.say("I am calling about my insurance."), hibari.rate_hz, 16000)
    rest = np.zeros(8000, np.float32)
    return np.concatenate([rest, spoken, rest])


@pytest.mark.parametrize("rate_hz", [8000, 16000])
def test_speech_is_heard_and_the_silence_around_it_is_not(silero: SileroModel, line: Samples, rate_hz: int) -> None:
    heard = silero.listen(rate_hz).feed(resample(line, 16000, rate_hz))

    assert max(heard[:14]) < 0.35
    assert np.mean(np.array(heard[25:-25]) > 0.5) > 0.7
    assert heard[-1] < 0.35


def test_a_phone_line_is_heard_as_well(silero: SileroModel, line: Samples) -> None:
    phone = decode_mulaw(encode_mulaw(resample(line, 16000, 8000)))

    assert np.mean(np.array(silero.listen(8000).feed(phone)[25:-25]) > 0.5) > 0.7


def test_frames_of_any_size_give_the_same_opinions(silero: SileroModel, line: Samples) -> None:
    whole, pieces = silero.listen(16000), silero.listen(16000)
    at_once = whole.feed(line)
    in_pieces = [each for at in range(0, len(line), 320) for each in pieces.feed(line[at : at + 320])]

    assert in_pieces == pytest.approx(at_once)
    assert len(at_once) == int(len(line) / 16000 / FRAME_SECONDS)


def test_two_lines_do_not_hear_each_other(silero: SileroModel, line: Samples) -> None:
    alone, first, second = silero.listen(16000), silero.listen(16000), silero.listen(16000)
    expected = alone.feed(line)
    mixed: list[float] = []
    for at in range(0, len(line), 512):
        mixed += first.feed(line[at : at + 512])
        second.feed(np.zeros(512, np.float32))

    assert mixed == pytest.approx(expected)


def test_hiss_hum_and_dial_tone_are_not_speech(silero: SileroModel, noise: Samples) -> None:
    time = np.arange(2 * 16000) / 16000
    hum = 0.1 * np.sin(2 * np.pi * 50 * time)
    dial = 0.1 * (np.sin(2 * np.pi * 350 * time) + np.sin(2 * np.pi * 440 * time))
    for sound in (noise, hum, dial):
        heard = silero.listen(16000).feed(sound.astype(np.float32))
        assert sum(each >= 0.5 for each in heard) * FRAME_SECONDS < 0.25


def test_another_rate_is_refused(silero: SileroModel) -> None:
    with pytest.raises(BadAudio, match="44100"):
        silero.listen(44100)
