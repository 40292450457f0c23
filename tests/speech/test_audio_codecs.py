"""Samples to bytes and back, rates, frames and levels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.audio import (
    BROWSER,
    PHONE_MULAW,
    PHONE_PCM,
    AudioFormat,
    Encoding,
    Reblocker,
    Samples,
    StreamResampler,
    decode_mulaw,
    encode_mulaw,
    from_pcm16,
    opening_silence_samples,
    resample,
    rms_dbfs,
    to_pcm16,
    trim_silence,
)
from speech.audio.wav import from_wav, to_wav
from speech.errors import BadAudio


def _tone(seconds: float, rate_hz: int, hertz: float = 440.0, level: float = 0.3) -> Samples:
    return (level * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate_hz)) / rate_hz)).astype(np.float32)


@given(st.binary(max_size=400).filter(lambda data: len(data) % 2 == 0))
def test_pcm_bytes_survive_the_way_to_samples_and_back(data: bytes) -> None:
    assert to_pcm16(from_pcm16(data)) == data


@given(st.binary(max_size=400))
def test_mulaw_bytes_survive_up_to_the_two_codes_for_zero(data: bytes) -> None:
    assert encode_mulaw(decode_mulaw(data)) == data.replace(b"\x7f", b"\xff")


def test_mulaw_knows_the_corners_of_the_standard() -> None:
    assert encode_mulaw(np.array([0.0, 1.0, -1.0], np.float32)) == bytes([0xFF, 0x80, 0x00])
    assert decode_mulaw(b"\x80")[0] == pytest.approx(32124 / 32768)


@given(st.lists(st.floats(-1, 1, width=32), max_size=200))
def test_mulaw_stays_within_its_own_step(values: list[float]) -> None:
    samples = np.array(values, np.float32)
    off = np.abs(decode_mulaw(encode_mulaw(samples)) - samples)

    assert np.all(off <= np.abs(samples) * 0.04 + 0.001)


def test_too_loud_is_clipped_and_not_wrapped() -> None:
    assert from_pcm16(to_pcm16(np.array([2.0, -2.0], np.float32))) == pytest.approx([1.0, -1.0], abs=1e-4)


def test_half_a_sample_and_not_a_number_are_refused() -> None:
    with pytest.raises(BadAudio, match="even number"):
        from_pcm16(b"\x00")
    with pytest.raises(BadAudio, match="NaN"):
        to_pcm16(np.array([np.nan], np.float32))


@pytest.mark.parametrize(("line", "frame_bytes"), [(BROWSER, 640), (PHONE_MULAW, 160), (PHONE_PCM, 320)])
def test_every_line_has_the_frame_its_carrier_uses(line: AudioFormat, frame_bytes: int) -> None:
    assert line.frame_bytes == frame_bytes
    assert line.seconds(bytes(frame_bytes)) == pytest.approx(0.02)
    assert rms_dbfs(line.decode(line.silence(20))) < -90
    assert len(line.silence(20)) == frame_bytes


@pytest.mark.parametrize("line", [BROWSER, PHONE_MULAW, PHONE_PCM])
def test_sound_becomes_whole_frames(line: AudioFormat) -> None:
    frames = line.frames(_tone(0.05, line.rate_hz))

    assert [len(frame) for frame in frames] == [line.frame_bytes] * 3


@pytest.mark.parametrize(("rate_hz", "frame_ms"), [(44100, 20), (16000, 0), (16000, 500)])
def test_a_line_no_detector_hears_is_refused(rate_hz: int, frame_ms: int) -> None:
    with pytest.raises(BadAudio):
        AudioFormat(Encoding.PCM16, rate_hz, frame_ms)


@given(st.lists(st.integers(0, 700), max_size=30), st.integers(1, 512))
def test_reblocking_loses_and_invents_nothing(sizes: list[int], frame: int) -> None:
    sound = np.arange(sum(sizes), dtype=np.float32)
    blocks, out, at = Reblocker(frame), list[Samples](), 0
    for size in sizes:
        out += blocks.feed(sound[at : at + size])
        at += size

    joined = np.concatenate(out) if out else np.zeros(0, np.float32)
    assert all(len(each) == frame for each in out)
    assert np.array_equal(joined, sound[: len(joined)])
    assert blocks.waiting_samples == len(sound) - len(joined) < frame


@pytest.mark.parametrize(("from_hz", "to_hz"), [(8000, 16000), (16000, 8000), (24000, 16000), (24000, 8000)])
def test_a_tone_keeps_length_and_level_at_another_rate(from_hz: int, to_hz: int) -> None:
    changed = resample(_tone(1.0, from_hz), from_hz, to_hz)

    assert len(changed) == to_hz
    assert rms_dbfs(changed) == pytest.approx(rms_dbfs(_tone(1.0, to_hz)), abs=0.2)


@pytest.mark.parametrize(("from_hz", "to_hz"), [(8000, 16000), (16000, 8000), (24000, 16000)])
def test_a_stream_answers_every_chunk_and_keeps_the_tone(from_hz: int, to_hz: int) -> None:
    stream, sound, chunk = StreamResampler(from_hz, to_hz), _tone(1.0, from_hz), from_hz // 50
    chunks = [stream.feed(sound[at : at + chunk]) for at in range(0, from_hz, chunk)]
    changed = np.concatenate(chunks)

    assert {len(each) for each in chunks} <= {to_hz // 50, to_hz // 50 + 1, to_hz // 50 - 1}
    assert len(changed) == to_hz
    assert rms_dbfs(changed[to_hz // 10 :]) == pytest.approx(rms_dbfs(_tone(1.0, to_hz)), abs=0.2)


def test_what_does_not_fit_the_lower_rate_is_gone() -> None:
    folded = StreamResampler(16000, 8000).feed(_tone(1.0, 16000, hertz=6000.0))

    assert rms_dbfs(folded[800:]) < -60


def test_silence_in_front_is_found_to_a_few_milliseconds() -> None:
    sound = np.concatenate([np.zeros(8000, np.float32), _tone(0.5, 16000)])

    assert opening_silence_samples(sound, 16000) / 16000 == pytest.approx(0.48, abs=0.006)
    assert opening_silence_samples(np.zeros(1600, np.float32), 16000) == 1600
    assert 0.55 < len(trim_silence(np.concatenate([sound, np.zeros(8000, np.float32)]), 16000)) / 16000 < 0.62


def test_nothing_at_all_has_a_level() -> None:
    assert rms_dbfs(np.zeros(0, np.float32)) == rms_dbfs(np.zeros(9, np.float32)) == -120.0


def test_wav_survives_and_a_streamed_length_is_not_believed() -> None:
    sound = _tone(0.1, 24000)
    data = to_wav(sound, 24000)
    streamed = data[:40] + b"\xff\xff\xff\xff" + data[44:]

    for form in (data, streamed):
        samples, rate_hz = from_wav(form)
        assert rate_hz == 24000
        assert samples == pytest.approx(sound, abs=1e-4)


@given(st.binary(max_size=200))
def test_noise_as_wav_is_refused_in_our_words(data: bytes) -> None:
    for form in (data, b"RIFF\x00\x00\x00\x00WAVE" + data):
        try:
            from_wav(form)
        except BadAudio:
            continue
