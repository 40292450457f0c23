"""Measures the agent part by part, without a server, network or language model.

python -m bench.agent [--data FOLDER] [--half report] [--json] [--misses FILE] [--only PART]

The questions lie in bench/agent_data in two halves: `tune`, which the agent is tuned on, and `report`, which it is
not; figures come from `report` unless --half says otherwise, and --misses is for the tuning half. --data adds what
needs public sets: first asks (MultiDoGO insurance) and a turn with two hundred procedures (CLINC150).
"""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

import structlog

from actions.workers import Worker
from bench.agent.first_asks import first_asks
from bench.agent.heard import heard
from bench.agent.played import Table, played
from bench.agent.speed import speed
from bench.customers.centre import prepare
from bench.report import Row, print_rows
from encoder import CachingEncoder, MiniLmEncoder

TENANT = Path("demo/insurer")
PARTS = ("heard", "played", "first_asks", "speed")


async def measure(arguments: argparse.Namespace, misses: list[str]) -> list[Row]:
    rows: list[Row] = []
    parts = [arguments.only] if arguments.only else PARTS
    with tempfile.TemporaryDirectory() as folder:
        prepared = await prepare(Path(folder), TENANT)
        running = asyncio.create_task(Worker("understanding", prepared.understanding.step, 0.0).run())
        agent = prepared.runtime.agent
        if "played" in parts:
            rows += await played(Table(prepared, Path(folder)), arguments.half, TENANT, misses)
        if "heard" in parts:
            rows += heard(agent, prepared.understanding.understander, arguments.half, misses)
        if "first_asks" in parts and arguments.data:
            rows += first_asks(CachingEncoder(MiniLmEncoder.from_packages(), limit=50_000), arguments.data, misses)
        if "speed" in parts:
            rows += speed(prepared.sources, MiniLmEncoder.from_packages(), arguments.data)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of public sets, as bench/README.md says")
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    parser.add_argument("--misses", type=Path, help="write what went wrong to this file; only with --half tune")
    parser.add_argument("--only", choices=PARTS)
    arguments = parser.parse_args()
    if arguments.misses and arguments.half != "tune":
        parser.error("--misses looks into the data: only the tuning half may be looked into")
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(50), logger_factory=structlog.PrintLoggerFactory(sys.stderr)
    )
    misses: list[str] = []
    print_rows(asyncio.run(measure(arguments, misses)), as_json=arguments.json)
    if arguments.misses:
        arguments.misses.write_text("\n".join(misses) + "\n", encoding="utf-8")
    sys.stdout.flush()
    os._exit(0)  # model threads may not end by themselves


if __name__ == "__main__":
    main()
