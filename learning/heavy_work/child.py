"""The work in a process of its own, of low priority: `python -m learning.heavy_work.child FOLDER ENCODER`.

Reads calls from its input (a method's name and its arguments, pickled) and writes progress and results to its output.
Whatever holds the interpreter's lock for long would make everybody who chats wait, and a thread of low priority that
holds it would make them wait longer still.
"""

import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path

from encoder import open_encoder
from learning.heavy_work.discovery_work import DiscoveryWork

NICE = 15
"""Of 19; at 15 a chatting customer's turn gets some thirty times the processor's time."""


def main(folder: Path, encoder: str) -> None:
    """Do one call after the other until the input ends."""
    with suppress(OSError):
        os.nice(NICE)
    out = sys.stdout.buffer

    def tell(*answer: object) -> None:
        pickle.dump(answer, out, protocol=pickle.HIGHEST_PROTOCOL)
        out.flush()

    work = DiscoveryWork(open_encoder(folder, encoder), lambda step, share: tell("progress", step, share))
    while True:
        try:
            method, given, more = pickle.load(sys.stdin.buffer)  # noqa: S301 - our parent's
        except EOFError:
            return
        tell("done", getattr(work, method)(*given, **more))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
