"""Any folder of recordings becomes lines for the callers, with the true end of their speech."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench.speech_data import read_manifest
from bench.voice.lines import LEAD_SECONDS, lines_of
from speech.audio import resample, trim_silence
from speech.audio.wav import to_wav
from speech.tts.hibari import HibariVoice

PAUSE = np.zeros(16000, np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two spoken sentences, one far too long, and one second of nothing."""
    made = tmp_path_factory.mktemp("recordings")
    voice = HibariVoice()

    def spoken(words: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        tight = trim_silence(voice.say(words), voice.rate_hz, keep_before_seconds=0.0, keep_after_seconds=0.0)
        return resample(tight, voice.rate_hz, 16000)

    sounds = {
        "tea": spoken("A pot of green tea for the gentleman by the window."),
        "toast": spoken("Two slices of toast, please."),
        "story": spoken("Once upon a time there was a man who wanted his coffee black, and he wanted it at once. " * 2),
        "nothing": PAUSE,
    }
    rows = []
    for name, sound in sounds.items():
        (made / "visitors").mkdir(exist_ok=True)
        (made / "visitors" / f"{name}.wav").write_bytes(to_wav(np.concatenate([PAUSE, sound, PAUSE]), 16000))
        rows.append({"path": f"visitors/{name}.wav", "text": name, "dur": 2 + len(sound) / 16000, "native_sr": 16000})
    (made / "manifest.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return made


def test_lines_are_the_speech_that_leaves_room_for_a_reply(folder: Path) -> None:
    lines = lines_of(read_manifest(folder), most=10)
    assert {line.name for line in lines} == {"tea.wav", "toast.wav"}
    assert lines_of(read_manifest(folder), most=10) == lines
    assert len(lines_of(read_manifest(folder), most=1)) == 1


def test_a_line_knows_where_its_speech_begins_and_truly_ends(folder: Path) -> None:
    for line in lines_of(read_manifest(folder), most=10):
        assert line.speech_starts == pytest.approx(LEAD_SECONDS, abs=0.01)
        assert len(line.frames) * 0.02 - line.speech_ends == pytest.approx(1.0, abs=0.05)
        assert line.speech_starts + 0.2 < line.interrupts_at < line.speech_starts + 0.6
        assert all(len(frame) == 640 for frame in line.frames)
