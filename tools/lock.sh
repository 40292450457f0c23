#!/usr/bin/env bash
# Writes constraints.txt anew: every version that requirements.txt resolves to in an empty environment.
# The pins of requirements.txt hold; everything they bring along is taken at its newest.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# A constraints file that is being written must not constrain its own making.
grep -v '^-c ' requirements.txt >"$scratch/requirements.txt"

VENV="$scratch/venv"
"${PYTHON:-python3.11}" -m venv "$VENV"
"$VENV/bin/python" -m pip install --disable-pip-version-check -r "$scratch/requirements.txt"
"$VENV/bin/python" -m pip check

{
    echo "# Every version that requirements.txt resolves to, on Python 3.11 and 3.12. Written by: make lock"
    # A local label such as +cpu names one build of a version; the lock is for all of them.
    "$VENV/bin/python" -m pip freeze | sed 's/+[a-z0-9.]*$//' | LC_ALL=C sort -f
} >"$scratch/constraints.txt"
mv "$scratch/constraints.txt" constraints.txt
echo "Wrote constraints.txt; now: make check test"
