"""Lists of the state keep their newest entries."""

from typing import TypeVar

from conversation.state import KEPT

T = TypeVar("T")


def newest(kept: tuple[T, ...], new: T, limit: int = KEPT) -> tuple[T, ...]:
    """`kept` and `new` behind it, the last `limit` of them."""
    return (*kept, new)[-limit:]
