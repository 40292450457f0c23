"""The process that owns the system's voice (pyttsx3): `python -m speech.tts.system_voice_worker`.

pyttsx3 is one event loop per process, not thread-safe, and prints to standard output; so it lives alone. Protocol: one
JSON line in, {"words": "...", "path": "out.wav"}, one JSON line out, {"ok": true} or {"ok": false, "error": "..."}.
"""

import json
import os
import sys
import wave
from typing import Any

_ATTEMPTS = 3
"""espeak under pyttsx3 now and then ends its loop before the sound is written"""


def main() -> None:
    """Serves until standard input closes."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Whatever the engine prints goes to standard error, away from the protocol.
    os.dup2(2, 1)
    engine: Any = None
    for line in sys.stdin:
        request = json.loads(line)
        answer: dict[str, object]
        try:
            if engine is None:
                import pyttsx3

                engine = pyttsx3.init()
            _write(engine, request["words"], request["path"])
            answer = {"ok": True}
        except (ImportError, OSError, RuntimeError, ValueError, KeyError, AttributeError) as error:
            # pyttsx3 raises whatever its driver raises; the other side turns it into one sentence.
            answer = {"ok": False, "error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _write(engine: Any, words: str, path: str) -> None:
    for _ in range(_ATTEMPTS):
        engine.save_to_file(words, path)
        engine.runAndWait()
        if _sounds(path):
            return


def _sounds(path: str) -> bool:
    try:
        with wave.open(path) as sound:
            return bool(sound.getnframes())
    except (OSError, EOFError, wave.Error):
        return False


if __name__ == "__main__":
    main()
