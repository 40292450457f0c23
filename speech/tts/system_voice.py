"""The operating system's own voice, the last resort: 35 % word errors on a phone line against 4 %, but always there.

On Linux it needs `apt install libespeak-ng1` (or espeak-ng); no sound card.
"""

import json
import selectors
import subprocess
import sys
import tempfile
import threading
import wave
from contextlib import suppress
from pathlib import Path

from speech.audio import Samples, from_pcm16
from speech.errors import MissingWeights, ProviderUnavailable

INSTALL = "pip install pyttsx3==2.99, and on Debian or Ubuntu: apt install libespeak-ng1"


class SystemVoice:
    """pyttsx3 in a process of its own, one sentence at a time; started at first use, restarted if it dies."""

    def __init__(self, *, timeout_seconds: float = 20.0) -> None:
        self._timeout_seconds = timeout_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._rate_hz = 22050

    @property
    def name(self) -> str:
        """ "system"."""
        return "system"

    @property
    def rate_hz(self) -> int:
        """What the engine wrote last; 22050 for espeak."""
        return self._rate_hz

    def say(self, words: str) -> Samples:
        """The sound. Raises ProviderUnavailable when the worker hangs or dies, MissingWeights without the library."""
        with self._lock, tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "said.wav"
            answer = self._ask({"words": words, "path": str(path)})
            if not answer.get("ok"):
                raise MissingWeights([f"the system voice does not work ({answer.get('error')}); {INSTALL}"])
            return self._read(path)

    def close(self) -> None:
        """Ends the worker."""
        with self._lock:
            self._stop()

    def _read(self, path: Path) -> Samples:
        try:
            with wave.open(str(path)) as sound:
                self._rate_hz = sound.getframerate()
                samples = from_pcm16(sound.readframes(sound.getnframes())).reshape(-1, sound.getnchannels())[:, 0]
        except (OSError, EOFError, wave.Error) as error:
            raise ProviderUnavailable("the system voice wrote no sound") from error
        if not samples.size:
            raise ProviderUnavailable("the system voice wrote no sound")
        return samples

    def _ask(self, request: dict[str, str]) -> dict[str, object]:
        process = self._started()
        if process.stdin is None or process.stdout is None:
            raise AssertionError("the worker has pipes")
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            with selectors.DefaultSelector() as selector:
                selector.register(process.stdout, selectors.EVENT_READ)
                line = process.stdout.readline() if selector.select(self._timeout_seconds) else ""
        except OSError:
            line = ""
        if not line:
            self._stop()
            raise ProviderUnavailable("the system voice did not answer; its process was ended and starts anew")
        answer: dict[str, object] = json.loads(line)
        return answer

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            # S603: our own interpreter and module, nothing of the caller's.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "speech.tts.system_voice_worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=Path(__file__).resolve().parents[2],
            )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            # Closing flushes what the dead process never read.
            with suppress(OSError):
                if pipe:
                    pipe.close()
