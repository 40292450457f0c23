"""How a scripted customer behaves: what they say by themselves, and what they answer when they are asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.customers.phrases import (
    ASKS,
    CALL,
    CLEAR,
    DONE,
    GREET,
    LACKING,
    MEAN,
    MORE,
    NOT_ASK,
    OFFER,
    ORDER,
    PERSON,
    RIGHT,
    TERMS,
)

Sayings = str | list[str]
"""One thing to say, or several to say one after the other."""

MOST_TIMES = 2
"""A customer says the same fact so often at most."""


@dataclass
class Player:
    """One customer in one conversation; `bench/customers/README.md` explains the fields of `script`."""

    script: dict[str, Any]
    replies: list[str] = field(default_factory=list)
    """What the agent answered to each turn, its lines joined by line breaks."""
    _used: dict[object, int] = field(default_factory=dict)
    _left: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._left = list(self.script["turns"])

    def opening(self) -> str:
        return self._left.pop(0)

    def after_hand_over(self) -> str | None:
        """Waiting for a person, they still say what they came to say."""
        return self._left.pop(0) if self._left else None

    def answer(self, reply: str) -> str | None:
        """What they say to the agent's reply; None when they have nothing to say."""
        expect = self.script["expect"]
        if self._facts and not self._left and self._is_content(reply, expect):
            return None
        scripted = self._scripted(reply)
        if scripted is not None:
            return scripted
        if self._facts:
            known = self._from_facts(reply)
            if known is not None:
                return known
        if self._left:
            return self._left.pop(0)
        if self._facts and not is_told(expect, self.replies):
            return self._insist(reply)
        return None

    @property
    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.script.get("facts") or {}
        return facts if "restate" in facts else {}

    def _is_content(self, reply: str, expect: dict[str, Any]) -> bool:
        return is_told(expect, self.replies) or (wants_person(expect) and bool(DONE.search(reply)))

    def _scripted(self, reply: str) -> str | None:
        """The answer of a customer without facts, by the rules alone."""
        if self._facts:
            return None
        for number, rule in enumerate(self.script["if_asked"]):
            if re.search(rule["agent"], reply):
                said = self._next(rule["say"], number)
                if said:
                    return said
        return None

    def _from_facts(self, reply: str) -> str | None:
        said, lines = self._by_rules(reply)
        said += self._asked_facts(lines, reply, said)
        if said:
            return ". ".join([*(one.rstrip(".") for one in said[:-1]), said[-1]])
        wanted, _ = asked_for([line for line in lines if not CLEAR.search(line)])
        if wanted and not any(name in self._facts for name in wanted):
            unknown = self._next(self._facts.get("unknown", "Sorry, I don't have that to hand."), "unknown")
            if unknown:
                return unknown
        return self._to_questions(reply)

    def _by_rules(self, reply: str) -> tuple[list[str], list[str]]:
        lines = sentences(reply)
        # Topics that are offered by name are picked, not answered.
        heard = "\n".join(one for one in lines if not (CLEAR.search(one) and re.search('[“"]', one)))
        said: list[str] = []
        for number, rule in enumerate(self.script["if_asked"]):
            if not re.search(rule["agent"], heard):
                continue
            first = rule["say"] if isinstance(rule["say"], str) else rule["say"][0]
            last = rule["say"] if isinstance(rule["say"], str) else rule["say"][-1]
            if is_read_back(first, reply) or (said and long_words(last) & long_words(" ".join(said))):
                continue
            answer = self._next(rule["say"], number)
            if answer:
                said.append(answer)
                is_line = any(re.search(rule["agent"], line) for line in sentences(reply))
                lines = [line for line in lines if not re.search(rule["agent"], line)] if is_line else []
        return said, lines

    def _asked_facts(self, lines: list[str], reply: str, said: list[str]) -> list[str]:
        facts = self._facts
        wanted, is_choice = asked_for([line for line in lines if not CLEAR.search(line)])
        wanted = [name for name in wanted if not (name in facts and self._is_shown(facts[name], reply))]
        told: list[str] = []
        for name in wanted:
            if is_choice and len(told) == MOST_TIMES:
                break
            if name in facts:
                value = self._next(facts[name], name)
                if value and not any(value in one for one in said):
                    told.append(value)
            elif not is_choice and name in LACKING and not self.script.get("lang") and len(wanted) > 1:
                told.append(f"I don't have the {LACKING[name]}")
        return [", ".join(told)] if told and any(name in facts for name in wanted) else []

    def _to_questions(self, reply: str) -> str | None:
        for line in sentences(reply):
            if ("?" not in line and not MEAN.search(line)) or MORE.search(line):
                continue
            said = self._to_offer(line) or self._to_clarification(line) or self._to_read_back(line)
            if said:
                return said
            if MEAN.search(line):
                again = self._again()
                if again:
                    return again
        return None

    def _to_offer(self, line: str) -> str | None:
        facts = self._facts
        for name, pattern, default in (("callback", CALL, facts.get("person")), ("person", PERSON, None)):
            wish = facts.get(name, default)
            if pattern.search(line) and OFFER.search(line) and wish:
                said = self._next(wish, name)
                if said:
                    return said
        return None

    def _to_clarification(self, line: str) -> str | None:
        picks = self._facts.get("pick")
        offered = options_of(line)
        if not (CLEAR.search(line) and picks and offered):
            return None
        hit = next((one for pick in picks for one in offered if re.search(pick, one, re.I)), None)
        if hit and self._used.get("pick", 0) < MOST_TIMES:
            self._used["pick"] = self._used.get("pick", 0) + 1
            return "Yes." if len(offered) == 1 else hit
        again = self._again()
        if again is None:
            return None
        return again if hit or len(offered) > 1 else "No, " + again

    def _to_read_back(self, line: str) -> str | None:
        return self._next(self._facts.get("right", "Yes, that's right."), "right") if RIGHT.search(line) else None

    def _insist(self, reply: str) -> str | None:
        asked = [line for line in sentences(reply) if "?" in line]
        if asked and GREET.search(asked[-1]):
            return self._again()
        if asked and not MORE.search(asked[-1]):
            is_offer = OFFER.search(asked[-1])
            said = (
                self._facts.get("yes", "Yes please.")
                if is_offer
                else self._facts.get("unknown", "Sorry, I don't know.")
            )
            stuck = self._next(said, "stuck")
            if stuck:
                return stuck
        return None if DONE.search(reply) else self._again()

    def _again(self) -> str | None:
        """What they came for, once more; after a later question, that one."""
        late = self._facts.get("restate2") if len(self.script["turns"]) > 1 and not self._left else None
        return self._next(late or self._facts.get("restate", ""), "restate2" if late else "restate") or None

    def _next(self, sayings: Sayings, key: object) -> str | None:
        count = self._used.get(key, 0)
        if count >= MOST_TIMES:
            return None
        self._used[key] = count + 1
        return sayings if isinstance(sayings, str) else sayings[min(count, len(sayings) - 1)]

    def _is_shown(self, value: Sayings, reply: str) -> bool:
        return any(is_read_back(one, reply) for one in ([value] if isinstance(value, str) else value))


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?!])\s+|\n+", text) if one.strip()]


def long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}


def is_read_back(value: str, reply: str) -> bool:
    """The reply asks whether something is right, and what the customer would answer already stands in it."""
    told = set(re.findall(r"\w+", value.lower()))
    joined = re.sub(r"(?<=\d) (?=\d)", "", reply)
    shown = set(re.findall(r"\w+", reply.lower())) | set(re.findall(r"\d+", joined))
    return bool(RIGHT.search(reply)) and len(told & shown) >= 0.6 * len(told)


def asked_for(lines: Sequence[str]) -> tuple[list[str], bool]:
    """The facts that lines ask for, in the customer's order, and whether any one of them would do."""
    found: list[str] = []
    is_choice = is_list = False
    for line in lines:
        named = [name for name in ORDER if TERMS[name].search(line)]
        is_item = is_list and re.match(r"\s*(?:[-*•–]|\d+[.)])", line) is not None
        asks = "?" in line or ASKS.search(line) is not None or is_item
        if not is_item:
            is_list = ASKS.search(line) is not None and line.rstrip().endswith(":")
        if not named or not asks or NOT_ASK.search(line):
            continue
        found += [name for name in named if name not in found]
        is_choice = (
            is_choice
            or re.search(r"\b(?:or|either|any|ou|oder|lub|albo|such as|for example)\b", line, re.I) is not None
        )
    return sorted(found, key=ORDER.index), is_choice


def options_of(line: str) -> list[str]:
    """What a clarifying question offers: quoted, or listed with "or"."""
    quoted = re.findall(r"[“\"]([^”\"]+)[”\"]", line)
    if quoted:
        return quoted
    tail = re.sub(
        r"^.*?(?:\babout|\bmean|\bto|\basking|\blooking|:)\b:?\s*", "", line.rstrip("? \n"), count=1, flags=re.I
    )
    parts = [one.strip() for one in re.split(r",|;|\bor\b", tail) if one.strip()]
    return parts if len(parts) > 1 else []


def is_told(expect: dict[str, Any], replies: Sequence[str]) -> bool:
    """Who only wanted to know something and has been told leaves rather than go on answering."""

    def told(checks: dict[str, Any]) -> bool:
        patterns = checks.get("say_any")
        return (
            bool(patterns)
            and not checks.get("passed_on")
            and all(any(re.search(one, reply, re.I) for reply in replies) for one in patterns or ())
        )

    if expect.get("passed_on"):
        return False
    return told(expect) if "say_any" in expect else any(told(one) for one in expect.get("one_of", ()))


def wants_person(expect: dict[str, Any]) -> bool:
    return bool(expect.get("passed_on")) or any(wants_person(one) for one in expect.get("one_of", ()))
