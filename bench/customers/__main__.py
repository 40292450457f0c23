"""Plays scripted customers against the agent and counts who reached their goal.

python -m bench.customers FILE [--json] [--disguises 8] [--only ID,ID] [--kind KIND] [--out FILE] [--compare FILE] [-v]

No server, no network, no language model: each customer meets a fresh centre over a copy of the loaded demonstration,
with a virtual clock. Success is the state reached (record, queue, card, what was told), as bench/customers/README.md
says. With disguises every customer is played again under seeded changes of their writing, and counts only if all pass.
`--out` writes every dialogue; `--compare` prints who was won and lost since such a file was written.
"""

import argparse
import asyncio
import collections
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from actions.workers import Worker
from bench.customers.centre import DAY, Clock, Prepared, centre_for, play, prepare
from bench.customers.checks import Played, Verdict, clarifications, count_of, refusals, verdict, wilson
from bench.customers.disguises import DISGUISES, disguised
from bench.customers.measures import asked_again, is_wrong
from bench.customers.player import Player
from bench.report import Row, print_rows

TENANT = Path("demo/insurer")


@dataclass(frozen=True)
class Outcome:
    script: dict[str, Any]
    disguise: str
    """Empty for the customer as written."""
    played: Played
    verdict: Verdict


async def main() -> int:
    given = _arguments()
    scripts = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    scripts = [one for one in scripts if "id" in one]
    if given.only:
        scripts = [one for one in scripts if one["id"] in given.only.split(",")]
    if given.kind:
        scripts = [one for one in scripts if one.get("kind") == given.kind]
    if not scripts:
        print("no such customers", file=sys.stderr)
        return 2
    disguises = ["", *list(DISGUISES)[: given.disguises]]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=_fast_folder()) as folder:
        prepared = await prepare(Path(folder), TENANT)
        understanding = asyncio.create_task(Worker("understanding", prepared.understanding.step, 0.0).run())
        outcomes = []
        for script in scripts:
            for disguise in disguises:
                outcome = await _one(prepared, Path(folder), script, disguise)
                outcomes.append(outcome)
                if not given.json and (given.verbose or not disguise):
                    _print_outcome(outcome, is_verbose=given.verbose)
        understanding.cancel()
    seconds = time.perf_counter() - began
    if given.out:
        given.out.write_text(
            json.dumps([_kept(one) for one in outcomes], ensure_ascii=False, indent=1), encoding="utf-8"
        )
    if given.compare:
        _print_differences(json.loads(given.compare.read_text(encoding="utf-8")), outcomes)
    if not given.json:
        _print_kinds(outcomes)
    print_rows(_rows(outcomes, has_disguises=given.disguises > 0, seconds=seconds), as_json=given.json)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="customers, one JSON object a line")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    parser.add_argument("--disguises", type=int, default=0, choices=range(len(DISGUISES) + 1), metavar="0-8")
    parser.add_argument("--only", help="ids, comma separated")
    parser.add_argument("--kind")
    parser.add_argument("--out", type=Path, help="write each result with its dialogue to this file")
    parser.add_argument("--compare", type=Path, help="a file written by --out before")
    parser.add_argument("-v", "--verbose", action="store_true", help="print the dialogues")
    return parser.parse_args()


def _fast_folder() -> str | None:
    """Memory, where there is some: a copy of the database for each customer is faster there."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


async def _one(prepared: Prepared, folder: Path, script: dict[str, Any], disguise: str) -> Outcome:
    now = datetime.fromisoformat(script["clock"]) if script.get("clock") else DAY
    clock = Clock(now)
    acted = disguised(script, disguise)
    player = Player(acted)
    async with centre_for(prepared, folder / "customer.sqlite3", clock) as centre:
        played = await play(centre, clock, player, most_turns=int(acted["max_turns"]))
    return Outcome(script, disguise, played, verdict(script["expect"], played))


def _print_outcome(one: Outcome, *, is_verbose: bool) -> None:
    mark = "MET " if one.verdict.is_met else "miss"
    name = one.script["id"] + (f" [{one.disguise}]" if one.disguise else "")
    print(f"{mark} {name:34} {one.played.turns} turns  {'; '.join(one.verdict.failed)[:300]}", flush=True)
    if is_verbose:
        for line in _dialogue(one.played):
            print("    " + line.replace("\n", " / "))


def _dialogue(played: Played) -> list[str]:
    from conversation.events import AgentSaid, CustomerSaid

    marks = {CustomerSaid: "C", AgentSaid: "A"}
    return [
        f"{marks[type(one.event)]}: {one.event.text}"
        for one in played.events
        if isinstance(one.event, (CustomerSaid, AgentSaid))
    ]


def _kept(one: Outcome) -> dict[str, Any]:
    return {
        "id": one.script["id"],
        "disguise": one.disguise,
        "kind": one.script.get("kind"),
        "met": one.verdict.is_met,
        "failed": list(one.verdict.failed),
        "turns": one.played.turns,
        "queue": one.played.state.owner.queue,
        "log": _dialogue(one.played),
    }


def _print_differences(before: list[dict[str, Any]], outcomes: list[Outcome]) -> None:
    was = {(one["id"], one.get("disguise", "")): one["met"] for one in before}
    for one in outcomes:
        key = (one.script["id"], one.disguise)
        if key in was and was[key] != one.verdict.is_met:
            print(f"{'won ' if one.verdict.is_met else 'LOST'} {' '.join(key)}: {'; '.join(one.verdict.failed)[:200]}")


def _print_kinds(outcomes: list[Outcome]) -> None:
    kinds: dict[str, list[bool]] = collections.defaultdict(list)
    for one in outcomes:
        if not one.disguise:
            kinds[one.script.get("kind", "-")].append(one.verdict.is_met)
    for kind, met in sorted(kinds.items()):
        print(f"   {kind:28} {sum(met)}/{len(met)}")


def _rows(outcomes: list[Outcome], *, has_disguises: bool, seconds: float) -> list[Row]:
    plain = [one for one in outcomes if not one.disguise]
    met = sum(one.verdict.is_met for one in plain)
    low, high = wilson(met, len(plain))
    checks = sum(count_of(one.script["expect"]) for one in plain)
    failed = sum(len(one.verdict.failed) for one in plain)
    rows = [
        Row("customers", len(plain), "customers"),
        Row("goals_met_pct", 100 * met / len(plain), "%"),
        Row("goals_met_low_pct", 100 * low, "% (95 % interval)"),
        Row("goals_met_high_pct", 100 * high, "% (95 % interval)"),
    ]
    if has_disguises:
        by_customer: dict[str, list[bool]] = collections.defaultdict(list)
        for one in outcomes:
            by_customer[one.script["id"]].append(one.verdict.is_met)
        all_pass = sum(all(passes) for passes in by_customer.values())
        rows.append(Row("goals_met_disguised_pct", 100 * all_pass / len(plain), "% under all disguises"))
        single = [one.verdict.is_met for one in outcomes if one.disguise]
        rows.append(Row("goals_met_one_disguise_pct", 100 * sum(single) / len(single), "% of disguised plays"))
    return [
        *rows,
        Row("checks_pct", 100 * (1 - failed / checks), "%"),
        Row(
            "wrong_pct", 100 * sum(is_wrong(one.script, one.played) for one in plain) / len(plain), "% of conversations"
        ),
        Row("asked_again_pct", 100 * sum(asked_again(one.played) for one in plain) / len(plain), "% of conversations"),
        Row("refusals_per_conversation", sum(refusals(one.played) for one in plain) / len(plain), "refusals"),
        Row(
            "clarifications_per_conversation",
            sum(clarifications(one.played) for one in plain) / len(plain),
            "questions",
        ),
        Row("turns_mean", sum(one.played.turns for one in plain) / len(plain), "customer turns"),
        Row("conversations_a_minute", 60 * len(outcomes) / seconds, "1/min, start included"),
    ]


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
