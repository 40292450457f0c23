"""Trains the sentence encoder on the centre's own intents, aside, and leaves it for the next start if it wins.

library unchanged for a while ─► python -m intents.adapt, a process of lowest priority (torch) ─► verdict.json
                                                                          next start: encoder.adapted chooses
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from encoder import adapted_folder
from intents import to_yaml
from learning.library.follow import library_of
from storage.learning import LibraryStore, LibraryVersion

log = structlog.get_logger(__name__)

LOOK_SECONDS = 60.0
SETTLED_SECONDS = 600.0
"""A library that is being worked on is not trained on: it must have stood so long."""

TRAINER = (sys.executable, "-m", "intents.adapt")
ROOT = Path(__file__).resolve().parents[2]
LOWEST = 19


@dataclass
class ShadowTraining:
    """One training per version of the library, in one process at a time."""

    store: LibraryStore
    cache: Path
    trainer: Sequence[str] = TRAINER
    settled_seconds: float = SETTLED_SECONDS
    look_seconds: float = LOOK_SECONDS
    _seen: int = -1
    _since: float = 0.0

    async def look(self) -> None:
        """Train when there is something new that has settled; every `look_seconds`."""
        newest = await self.store.newest()
        if newest is None:
            return
        now = time.monotonic()
        if newest.version != self._seen:
            self._seen, self._since = newest.version, now
        if now - self._since >= self.settled_seconds and newest.version != self._trained():
            await self.train(newest)

    async def train(self, version: LibraryVersion) -> None:
        """One comparison; its verdict is in the folder afterwards, also when there was too little to train on."""
        folder = adapted_folder(self.cache)
        folder.mkdir(parents=True, exist_ok=True)
        library = folder / "library.yaml"
        library.write_text(to_yaml(library_of(version)), encoding="utf-8")
        trainer = await asyncio.create_subprocess_exec(
            *self.trainer,
            str(library),
            "--out",
            str(folder),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            cwd=ROOT,
            preexec_fn=lambda: os.nice(LOWEST),
        )
        try:
            _, errors = await trainer.communicate()
        finally:
            if trainer.returncode is None:
                trainer.kill()
        if trainer.returncode:
            lines = errors.decode(errors="replace").strip().splitlines()
            log.warning("the encoder was not adapted", reason=lines[-1] if lines else "")
            self._note(version.version)
            return
        verdict = json.loads((folder / "verdict.json").read_text(encoding="utf-8"))
        log.info("an adapted encoder was compared", **verdict)

    def _trained(self) -> int:
        """The version of the newest verdict."""
        try:
            text = (adapted_folder(self.cache) / "verdict.json").read_text(encoding="utf-8")
            return int(json.loads(text)["library_version"])
        except (OSError, ValueError, KeyError, TypeError):
            return -1

    def _note(self, version: int) -> None:
        """This version can't be trained on: don't try again before there is another."""
        verdict = {"is_better": False, "library_version": version, "weights": ""}
        (adapted_folder(self.cache) / "verdict.json").write_text(json.dumps(verdict), encoding="utf-8")
