"""tools/install.sh installs once, again when a file changed, and says what to do when it can't.

Python, pip and df are stand-ins on the PATH, so nothing is downloaded.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PYTHON = """#!/bin/sh
echo "$@" >>"$CALLS"
case "$*" in
  *"-m venv"*) for last; do :; done; mkdir -p "$last/bin"; cp "$0" "$last/bin/python" ;;
  *"pip install"*) echo "${PIP_SAYS:-}" >&2; exit "${PIP_EXIT:-0}" ;;
esac
"""
DF = """#!/bin/sh
echo "Filesystem 1M-blocks Used Available Capacity Mounted"
echo "disk 1 1 ${FREE_MB:-99999} 1% /"
"""
NEEDED = ("bash", "cat", "cksum", "cp", "dirname", "env", "grep", "awk", "mkdir", "rm", "sh", "sleep", "tee", "tr")


class Machine:
    """A folder with the script, and a PATH that holds only what is put there."""

    def __init__(self, folder: Path) -> None:
        self.project, self.path, self.calls = folder / "project", folder / "bin", folder / "calls"
        (self.project / "tools").mkdir(parents=True)
        self.path.mkdir()
        shutil.copy(ROOT / "tools/install.sh", self.project / "tools")
        for file in [*ROOT.glob("requirements*.txt"), ROOT / "constraints.txt"]:
            shutil.copy(file, self.project)
        for name in NEEDED:
            (self.path / name).symlink_to(shutil.which(name) or name)
        self.put("df", DF)

    def put(self, name: str, script: str) -> None:
        (self.path / name).write_text(script)
        (self.path / name).chmod(0o755)

    def install(self, *parts: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        environment = {
            "PATH": str(self.path),
            "CALLS": str(self.calls),
            "HOME": os.environ.get("HOME", "/"),
            **settings,
        }
        return subprocess.run(
            [str(self.path / "bash"), "tools/install.sh", *parts],
            cwd=self.project,
            env=environment,
            capture_output=True,
            text=True,
            timeout=30,
        )

    def installs(self) -> list[str]:
        """What pip was asked to install so far."""
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        return [line for line in lines if "pip install" in line]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_it_installs_once_and_again_when_a_requirement_changes(machine: Machine) -> None:
    machine.put("python3.12", PYTHON)
    assert machine.install("run").returncode == 0
    assert machine.install("run").returncode == 0
    assert len(machine.installs()) == 2, "packages, then weights"
    with (machine.project / "requirements.txt").open("a") as file:
        file.write("another==1.0\n")
    assert machine.install("run").returncode == 0
    assert len(machine.installs()) == 4


def test_the_full_install_serves_as_the_light_one(machine: Machine) -> None:
    machine.put("python3.11", PYTHON)
    machine.install("run")
    machine.install("light")
    assert len(machine.installs()) == 2


def test_the_light_install_takes_the_weights_without_what_they_ask_for(machine: Machine) -> None:
    machine.put("python3.11", PYTHON)
    machine.install("light")
    assert [("--no-deps" in line, "light-weights" in line) for line in machine.installs()] == [
        (False, False),
        (True, True),
    ]


def test_a_shim_that_does_not_run_is_passed_over(machine: Machine) -> None:
    machine.put("python3.12", "#!/bin/sh\nexit 127\n")
    machine.put("python3.11", PYTHON)
    assert machine.install("run").returncode == 0


def test_without_a_fitting_python_it_says_where_to_get_one(machine: Machine) -> None:
    done = machine.install("run")
    assert done.returncode == 1
    assert "no Python 3.11 or 3.12 found" in done.stderr
    assert "apt-get install python3" in done.stderr


def test_a_python_asked_for_that_does_not_fit_is_named(machine: Machine) -> None:
    done = machine.install("run", PYTHON="/nowhere/python3.9")
    assert done.returncode == 1
    assert "/nowhere/python3.9 is not a Python 3.11 or 3.12" in done.stderr


@pytest.mark.parametrize(
    ("pip_says", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("Failed to establish a new connection: [Errno 111]", "Is there a network"),
        ("error: something else", "make clean"),
    ],
)
def test_when_pip_fails_it_says_what_to_do(machine: Machine, pip_says: str, advice: str) -> None:
    machine.put("python3.11", PYTHON)
    done = machine.install("run", PIP_EXIT="1", PIP_SAYS=pip_says)
    assert done.returncode == 1
    assert advice in done.stderr
    assert machine.install("run").returncode == 0, "the next try must install again"


def test_a_small_disk_is_noticed_before_the_download(machine: Machine) -> None:
    machine.put("python3.11", PYTHON)
    done = machine.install("run", FREE_MB="500")
    assert done.returncode == 1
    assert "only 500 MB free" in done.stderr
    assert "LIGHT=1" in done.stderr
    assert machine.installs() == []
