"""Rows about taking turns (in virtual time, bench/speech_turns.py) and about the voice."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.report import Row
from bench.speech_data import Recording, over_the_phone
from bench.speech_scoring import word_error_pct
from bench.speech_turns import Played, Player
from speech import Expectation
from speech.audio import opening_silence_samples
from speech.stt import TranscriptionRequest
from speech.stt.whisper import WhisperOptions, WhisperTranscriber
from speech.tts import Speaker
from speech.tts.hibari import HibariVoice
from speech.turns import SmartTurn, TurnPolicy
from speech.vad import SileroModel
from speech.weights import find_silero, find_smart_turn, prepare_whisper_base

REPLIES = (
    "Hello, you're speaking with Harriet. How can I help you today?",
    "Sure, let me look that up for you. It only takes a moment.",
    "Your claim is open, and the next step is a call from our adjuster on Thursday at half past two.",
    "I can see two policies in your name. Which one is it about, home or motor?",
    "Thank you, I have changed your address. You will get a letter within five working days.",
    "I'm sorry, I didn't catch that. Could you say it again, please?",
    "Shall I put you through to a colleague? The wait is about three minutes.",
    "Your next payment is due on the first of December.",
    "Of course, one moment please.",
    "Is there anything else I can do for you today?",
)
FIXED_500 = TurnPolicy(
    sentence_seconds=0.5,
    answered_seconds=0.5,
    unfinished_seconds=0.5,
    unfinished_times=1.0,
    eager_after_seconds=0.19,
)
"""a plain silence timer with preemptive answers, for comparison"""


def turn_rows(recordings: list[Recording], cache: Path) -> list[Row]:
    """Spoken orders as open turns, numbers as figures; from the true end of speech until the text may be answered."""
    transcriber = WhisperTranscriber(prepare_whisper_base(cache), WhisperOptions(workers=1))
    detector, smart = SileroModel(find_silero()), find_smart_turn()
    player = Player(detector, transcriber, SmartTurn(smart) if smart else None)
    orders = [recording for recording in recordings if recording.slots]
    numbers = [recording for recording in recordings if recording.digits]
    late = replace(TurnPolicy(), eager_after_seconds=0.19)
    rows = _rows("turn_timer500", [player.play_recording(each, FIXED_500) for each in orders])
    rows += _rows("turn_late", [player.play_recording(each, late) for each in orders])
    rows += _rows("turn", [player.play_recording(each, TurnPolicy()) for each in orders])
    rows += _rows("turn_digits", [player.play_recording(each, TurnPolicy(), Expectation.DIGITS) for each in numbers])
    if smart:
        heard = [player.play_recording(each, TurnPolicy(), asks_voice=True) for each in orders]
        rows += _rows("turn_smart", heard)
    return rows


def voice_rows(recordings: list[Recording], cache: Path) -> list[Row]:
    """What the voice costs and how well it is understood when transcribed back."""
    del recordings
    transcriber = WhisperTranscriber(prepare_whisper_base(cache), WhisperOptions(workers=1))
    speaker = Speaker(HibariVoice())
    speaker.prepare(["Ready to speak."])
    first_ms, opening_ms, seconds, spent, wide, phone = [], [], 0.0, 0.0, [], []
    for reply in REPLIES:
        for index, clause in enumerate(speaker.clauses(reply)):
            began = time.process_time()
            spoken = speaker.render(clause)
            cost = time.process_time() - began
            spent, seconds = spent + cost, seconds + spoken.seconds
            if not index:
                first_ms.append(1000.0 * cost)
                silent = opening_silence_samples(spoken.samples, spoken.rate_hz, keep_seconds=0.0)
                opening_ms.append(1000.0 * silent / spoken.rate_hz)
        sound = np.concatenate([spoken.at_rate(16000) for spoken in speaker.stream(reply)])
        wide.append((reply, transcriber.transcribe(TranscriptionRequest(sound)).text))
        phone.append((reply, transcriber.transcribe(TranscriptionRequest(over_the_phone(sound))).text))
    return [
        Row("tts_first_clause_p50_ms", float(np.percentile(first_ms, 50)), "CPU ms"),
        Row("tts_first_clause_max_ms", max(first_ms), "CPU ms"),
        Row("tts_opening_silence_max_ms", max(opening_ms), "ms"),
        Row("tts_realtime_factor", spent / seconds, "CPU s/s"),
        Row("tts_round_trip_wer_pct", word_error_pct(wide), "%"),
        Row("tts_round_trip_phone_wer_pct", word_error_pct(phone), "%"),
    ]


def _rows(name: str, played: list[Played]) -> list[Row]:
    if not played:
        return []
    waits = [1000.0 * (each.ready_at[-1] - each.true_end) for each in played if not each.was_cut and each.ready_at]
    return [
        Row(f"{name}_p50_ms", float(np.percentile(waits, 50)), "ms after speech"),
        Row(f"{name}_p95_ms", float(np.percentile(waits, 95)), "ms after speech"),
        Row(f"{name}_cut_pct", 100.0 * sum(each.was_cut for each in played) / len(played), "% of turns"),
        Row(f"{name}_wasted_pct", 100.0 * sum(each.wasted for each in played) / len(played), "guesses/100 turns"),
        Row(f"{name}_cpu_s", sum(each.cpu_seconds for each in played) / len(played), "CPU s/turn"),
    ]
