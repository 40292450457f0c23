"""Whether a customer reached their goal: the record, the queue, the card and what was said, not a wording."""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.customers.phrases import CLARIFIES, REFUSES
from conversation import State
from conversation.events import AgentSaid, CallbackRequested, CustomerSaid, Recorded, SlotFilled, ToolUsed
from storage.conversation import event_to_data, handover_to_data

_OPENED = re.compile(r"(?:open|create|report|log|register|record|raise|add)_")


@dataclass(frozen=True)
class Played:
    """A conversation that is over."""

    state: State
    events: tuple[Recorded, ...]
    replies: tuple[str, ...]
    turns: int
    """Customer turns until a person was fetched, else all."""
    queued_at: int | None
    """The customer's turn after which it was put in a queue."""

    @property
    def said(self) -> list[str]:
        """The agent's lines, the greeting left out."""
        return [one.event.text for one in self.events[1:] if isinstance(one.event, AgentSaid)][1:]


@dataclass(frozen=True)
class Verdict:
    failed: tuple[str, ...]
    solved_at: float
    """The customer's turn by which all of it was said or passed on; infinite if never."""

    @property
    def is_met(self) -> bool:
        return not self.failed


def verdict(expect: dict[str, Any], played: Played) -> Verdict:
    """Every check of `expect` held against the conversation."""
    found = _judge(expect, played)
    failed = list(found.failed)
    if "solved_by" in expect and not failed and found.solved_at > expect["solved_by"]:
        failed.append(f"late: solved at turn {found.solved_at:g}, not {expect['solved_by']}")
    if clarifications(played) > expect.get("max_clarify", math.inf):
        failed.append(f"{clarifications(played)} clarifying questions")
    if refusals(played) > expect.get("max_refusals", math.inf):
        failed.append(f"{refusals(played)} refusals")
    return Verdict(tuple(failed), found.solved_at)


def clarifications(played: Played) -> int:
    return sum(bool(CLARIFIES.search(line)) for line in played.said)


def refusals(played: Played) -> int:
    return sum(bool(REFUSES.search(line)) for line in played.said)


def count_of(expect: dict[str, Any]) -> int:
    """How many checks there are."""
    return sum(
        1 if name == "one_of" or not isinstance(value, (list, dict)) or name == "queue" else len(value)
        for name, value in expect.items()
    )


def wilson(part: int, whole: int) -> tuple[float, float]:
    """95 % interval of a share."""
    if not whole:
        return (0.0, 0.0)
    z = 1.96
    middle = (part / whole + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(part / whole * (1 - part / whole) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return (middle - half, middle + half)


def _judge(expect: dict[str, Any], played: Played) -> Verdict:
    said, solved_said = _said(expect, played)
    passed, solved_passed = _passed_on(expect, played)
    solved = max(solved_said, solved_passed)
    failed = [*said, *passed, *_recorded(expect, played)]
    if played.turns > expect.get("max_customer_turns", math.inf):
        failed.append(f"{played.turns} customer turns")
    if "one_of" in expect:
        ways = [_judge(one, played) for one in expect["one_of"]]
        good = [one.solved_at for one in ways if one.is_met]
        if good:
            solved = max(solved, min(good))
        else:
            failed.append("none of: " + " | ".join(", ".join(one.failed) for one in ways))
    return Verdict(tuple(failed), math.inf if failed else solved)


def _any(pattern: str, lines: Iterable[str]) -> bool:
    return any(re.search(pattern, line, re.I) for line in lines)


def _said(expect: dict[str, Any], played: Played) -> tuple[list[str], float]:
    failed: list[str] = []
    solved = 0.0
    for pattern in expect.get("say_any", ()):
        at = next(
            (turn for turn, reply in enumerate(played.replies, 1) if _any(pattern, (reply, *reply.split("\n")))), None
        )
        if at is None:
            failed.append(f"never said /{pattern}/")
        else:
            solved = max(solved, at)
    for pattern, turn in expect.get("say_by", {}).items():
        if not _any(pattern, played.replies[:turn]):
            failed.append(f"not said by reply {turn} /{pattern}/")
    failed += [f"said /{pattern}/" for pattern in expect.get("say_never", ()) if _any(pattern, played.said)]
    failed += [f"asked /{pattern}/" for pattern in expect.get("ask_never", ()) if _any(pattern, played.said)]
    return failed, solved


def _passed_on(expect: dict[str, Any], played: Played) -> tuple[list[str], float]:
    failed: list[str] = []
    at = played.queued_at
    turn = 0
    callbacks = [one.event for one in played.events if isinstance(one.event, CallbackRequested)]
    for one in played.events:
        turn += isinstance(one.event, CustomerSaid)
        opened = isinstance(one.event, ToolUsed) and one.event.is_ok and _OPENED.match(one.event.tool)
        if opened or isinstance(one.event, CallbackRequested):
            at = min(at or turn, turn)
    is_queued = played.queued_at is not None
    is_passed = is_queued or at is not None
    if "handover" in expect and is_queued != expect["handover"]:
        failed.append(f"handover {is_queued}")
    if expect.get("passed_on") and not is_passed:
        failed.append("passed_on False")
    if "queue" in expect and (is_queued or callbacks or not expect.get("passed_on")):
        wanted = [expect["queue"]] if isinstance(expect["queue"], str) else expect["queue"]
        queue = played.state.owner.queue if is_queued else (callbacks[0].queue if callbacks else None)
        if queue not in wanted:
            failed.append(f"queue {queue}")
    if played.state.owner.priority < expect.get("min_priority", 0):
        failed.append(f"priority {played.state.owner.priority}")
    solved = float(at or len(played.replies)) if expect.get("passed_on") and is_passed else 0.0
    return failed, solved


def _recorded(expect: dict[str, Any], played: Played) -> list[str]:
    events = [event_to_data(one.event) for one in played.events]
    card = handover_to_data(played.state.owner.handover) if played.state.owner.handover else None
    is_passed = _passed_on({"passed_on": True}, played)[0] == []
    return [
        *_on_card(expect, card, events, is_passed=is_passed or not expect.get("passed_on")),
        *_in_events(expect, played, events),
    ]


def _on_card(
    expect: dict[str, Any], card: dict[str, Any] | None, events: Sequence[dict[str, Any]], *, is_passed: bool
) -> list[str]:
    failed: list[str] = []
    shown = card or {}
    attributes = {one["name"]: str(one["value"]) for one in shown.get("attributes", ())}
    noted = [one for one in events if one["kind"] in ("slot_filled", "tool_used", "callback_requested")]
    whole = json.dumps(card if card else noted, ensure_ascii=False)
    intent = (shown.get("intent") or {}).get("intent")
    if "intent" in expect and not re.fullmatch(expect["intent"], intent or "-"):
        failed.append(f"intent {intent}")
    for name, pattern in expect.get("card", {}).items():
        if not re.search(pattern, attributes.get(name, "")):
            failed.append(f"card {name}={attributes.get(name)!r}")
    for name, pattern in expect.get("card_never", {}).items():
        if name in attributes and re.search(pattern, attributes[name]):
            failed.append(f"card {name}={attributes[name]!r}")
    if is_passed:
        failed += [f"card lacks /{one}/" for one in expect.get("card_any", ()) if not re.search(one, whole, re.I)]
        wanted = expect.get("card_language")
        if wanted and not re.fullmatch(wanted, shown.get("language") or "", re.I):
            failed.append(f"language {shown.get('language')}")
    failed += [f"card has /{one}/" for one in expect.get("card_none", ()) if re.search(one, whole, re.I)]
    return failed


def _in_events(expect: dict[str, Any], played: Played, events: Sequence[dict[str, Any]]) -> list[str]:
    failed: list[str] = []
    tools = [one.event for one in played.events if isinstance(one.event, ToolUsed)]
    if "tool" in expect and not any(one.tool == expect["tool"] and one.is_ok for one in tools):
        failed.append(f"tool {expect['tool']} not run")
    kept = [one.event for one in played.events if isinstance(one.event, (SlotFilled, ToolUsed))]
    facts = json.dumps([event_to_data(one) for one in kept], ensure_ascii=False)
    if "tool_says" in expect and not re.search(expect["tool_says"], facts):
        failed.append("value not recorded")
    if "tool_never" in expect and re.search(expect["tool_never"], facts):
        failed.append("stray words recorded")
    callbacks = [event_to_data(one.event) for one in played.events if isinstance(one.event, CallbackRequested)]
    for name, pattern in expect.get("callback", {}).items():
        if not any(re.search(pattern, str(one[name])) for one in callbacks):
            failed.append(f"callback {name}: {[one[name] for one in callbacks]}")
    whole = json.dumps(events)
    failed += ["kept in clear" for pattern in expect.get("stored_never", ()) if re.search(pattern, whole)]
    return failed
