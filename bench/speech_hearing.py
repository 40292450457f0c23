"""Rows about hearing: word errors, slots, figures, the detector's cost, and what 200 utterances leave behind."""

import gc
import os
import time
from collections import Counter
from pathlib import Path

import numpy as np

from bench.report import Row
from bench.speech_data import Recording, load, over_the_phone
from bench.speech_scoring import edits, figures, slots_found, word_error_pct
from speech import Expectation
from speech.audio import Samples, resample
from speech.stt import Transcript, TranscriptionRequest
from speech.stt.whisper import WhisperOptions, WhisperTranscriber
from speech.vad import FRAME_SECONDS, SileroModel
from speech.weights import find_silero, prepare_whisper_base

FULL = 30.0


def stt_rows(recordings: list[Recording], cache: Path) -> list[Row]:
    """Short context as a call uses it: verbatim sets for words, orders for slots, without and with state words."""
    transcriber = _whisper(cache)
    texts, cost = _transcribe(transcriber, _verbatim(recordings))
    rows = [
        Row("stt_cpu_s", cost, "CPU s/utterance"),
        Row("wer_pct", _word_errors(recordings, texts), "%"),
    ]
    return rows + _slot_rows(transcriber, recordings, "")


def full_context_rows(recordings: list[Recording], cache: Path) -> list[Row]:
    """The same sounds with Whisper's whole 30 s of context."""
    transcriber = _whisper(cache, context_seconds=FULL)
    texts, cost = _transcribe(transcriber, _verbatim(recordings))
    return [
        Row("stt_full_context_cpu_s", cost, "CPU s/utterance"),
        Row("wer_full_context_pct", _word_errors(recordings, texts), "%"),
    ]


def phone_rows(recordings: list[Recording], cache: Path) -> list[Row]:
    """The same sounds through 8 kHz mu-law."""
    verbatim = _verbatim(recordings)
    sounds = [over_the_phone(load(recording)) for recording in verbatim]
    texts, _ = _transcribe(_whisper(cache), verbatim, sounds=sounds)
    return [Row("wer_phone_pct", _word_errors(recordings, texts), "%")]


def digit_rows(recordings: list[Recording], cache: Path) -> list[Row]:
    """Numbers read out: as any utterance, and as the state that knows how many figures to expect hears them."""
    numbers = [recording for recording in recordings if recording.digits]
    if not numbers:
        return []
    transcriber = _whisper(cache)
    rows = []
    for name, expectation in (("digits_plain", Expectation.OPEN), ("digits", Expectation.DIGITS)):
        heard, cost = _transcribe(transcriber, numbers, expectation)
        pairs = [(number.digits, figures(each.text)) for number, each in zip(numbers, heard, strict=True)]
        right = sum(expected == found for expected, found in pairs)
        wrong = sum(edits(expected, found) for expected, found in pairs)
        rows += [
            Row(f"{name}_exact_pct", 100.0 * right / len(pairs), "%"),
            Row(f"{name}_error_pct", 100.0 * wrong / sum(len(expected) for expected, _ in pairs), "% of figures"),
            Row(f"{name}_cpu_s", cost, "CPU s/utterance"),
        ]
    return rows


def detector_rows(recordings: list[Recording], cache: Path) -> list[Row]:
    """What one frame of speech detection costs, at both rates."""
    del cache
    model, rows = SileroModel(find_silero()), []
    sound = np.concatenate([load(recording) for recording in recordings[:20]])
    for rate_hz in (16000, 8000):
        line, stream = resample(sound, 16000, rate_hz), model.listen(rate_hz)
        chunk, began = rate_hz // 50, time.process_time()
        for at in range(0, len(line), chunk):
            stream.feed(line[at : at + chunk])
        frames = len(line) / rate_hz / FRAME_SECONDS
        rows.append(Row(f"vad_{rate_hz // 1000}k_ms", 1000.0 * (time.process_time() - began) / frames, "CPU ms/frame"))
    return rows


def memory_rows(recordings: list[Recording], cache: Path) -> list[Row]:
    """Resident memory after 20 and after 200 utterances."""
    transcriber = _whisper(cache)
    sounds = [load(recording) for recording in recordings[:20]]
    sizes = {}
    for number in range(1, 201):
        transcriber.transcribe(TranscriptionRequest(sounds[number % len(sounds)]))
        if number in (20, 200):
            gc.collect()
            sizes[number] = _resident_mb()
    return [
        Row("rss_after_20_mb", sizes[20], "MB"),
        Row("rss_growth_20_to_200_pct", 100.0 * (sizes[200] / sizes[20] - 1.0), "%"),
    ]


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _slot_rows(transcriber: WhisperTranscriber, recordings: list[Recording], prefix: str) -> list[Row]:
    orders = [recording for recording in recordings if recording.slots]
    if not orders:
        return []
    total = sum(len(order.slots) for order in orders)
    vocabulary = Counter(word for order in orders for value in order.slots for word in value.split())
    words = tuple(word for word, _ in vocabulary.most_common())
    rows = []
    for name, state_words in ((f"{prefix}slots_pct", ()), (f"{prefix}slots_state_words_pct", words)):
        heard, cost = _transcribe(transcriber, orders, state_words=state_words)
        found = sum(slots_found(order.slots, each.text) for order, each in zip(orders, heard, strict=True))
        rows.append(Row(name, 100.0 * found / total, "%"))
        rows.append(Row(name.replace("_pct", "_cpu_s"), cost, "CPU s/utterance"))
    return rows


def _whisper(cache: Path, context_seconds: float = 8.0) -> WhisperTranscriber:
    options = WhisperOptions(context_floor_seconds=context_seconds, workers=1)
    return WhisperTranscriber(prepare_whisper_base(cache), options)


def _verbatim(recordings: list[Recording]) -> list[Recording]:
    return [recording for recording in recordings if recording.text and not recording.digits]


def _word_errors(recordings: list[Recording], heard: list[Transcript]) -> float:
    pairs = zip(_verbatim(recordings), heard, strict=True)
    return word_error_pct([(recording.text or "", each.text) for recording, each in pairs])


def _transcribe(
    transcriber: WhisperTranscriber,
    recordings: list[Recording],
    expectation: Expectation = Expectation.OPEN,
    *,
    state_words: tuple[str, ...] = (),
    sounds: list[Samples] | None = None,
) -> tuple[list[Transcript], float]:
    """(transcripts, CPU seconds each); loading the files is not counted."""
    heard, spent = [], 0.0
    for index, recording in enumerate(recordings):
        samples = sounds[index] if sounds else load(recording)
        lengths = (len(recording.digits),) if recording.digits and expectation is Expectation.DIGITS else ()
        request = TranscriptionRequest(samples, expectation, state_words, lengths)
        began = time.process_time()
        heard.append(transcriber.transcribe(request))
        spent += time.process_time() - began
    return heard, spent / max(1, len(recordings))
