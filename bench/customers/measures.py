"""What can be counted in any conversation, scripted or real: asked again, told something that must not be said."""

import re
from collections.abc import Iterable
from typing import Any

from bench.customers.checks import Played
from conversation import QuestionKind
from conversation.events import QuestionAsked, Recorded, SlotCleared, SlotFilled


def asked_again(played: Played) -> bool:
    """Whether the agent asked for a value that it had been told and had not thrown away."""
    return asks_again(played.events)


def asks_again(events: Iterable[Recorded]) -> bool:
    """The same of recorded events: a question for a slot that is filled, or the same question three times."""
    filled: set[str] = set()
    for one in events:
        match one.event:
            case SlotFilled(name=name):
                filled.add(name)
            case SlotCleared(name=name):
                filled.discard(name)
            case QuestionAsked(question=question) if question is not None and question.kind is QuestionKind.SLOT:
                if question.slot in filled or question.attempt > 2:
                    return True
            case _:
                continue
    return False


def is_wrong(script: dict[str, Any], played: Played) -> bool:
    """Whether something was said that must not be said to this customer."""
    expect = script["expect"]
    patterns = [
        *expect.get("say_never", ()),
        *(one for way in expect.get("one_of", ()) for one in way.get("say_never", ())),
    ]
    return any(re.search(pattern, line, re.I) for pattern in patterns for line in played.said)
