"""Conditions and computed values, in CEL, the Common Expression Language: no loops, no calls out, bounded time.

One small face over cel-expr-python: names are declared and checked at load, errors at run time are values there and
become one exception here.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from cel_expr_python import cel


class ExpressionInvalid(Exception):
    """An expression does not compile; the message says where in it."""


class ExpressionFailed(Exception):
    """An expression could not be computed: a field that is not there, a sum that overflows."""


class Expression:
    """One compiled expression. Safe to share between threads."""

    def __init__(self, source: str, compiled: Any) -> None:
        self.source = source
        self._compiled = compiled

    def value(self, names: Mapping[str, object]) -> Any:
        """What it comes to, as plain Python; raises ExpressionFailed."""
        try:
            found = self._compiled.eval(data=dict(names))
        except RuntimeError as error:
            raise ExpressionFailed(f"{self.source!r}: {error}") from error
        if found.type().name() in ("ERROR", "UNKNOWN"):
            raise ExpressionFailed(f"{self.source!r}: {found.value()}")
        return _plain(found.value())

    def holds(self, names: Mapping[str, object]) -> bool:
        """Whether a condition is true; raises ExpressionFailed when it is no condition."""
        found = self.value(names)
        if not isinstance(found, bool):
            raise ExpressionFailed(f"{self.source!r} is no condition: {found!r}")
        return found


class Language:
    """The names expressions may use; compile with `compiled`."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._environment = cel.NewEnv(variables=dict.fromkeys(sorted(self._names), cel.Type.DYN))

    def compiled(self, source: str) -> Expression:
        """Raises ExpressionInvalid."""
        try:
            return Expression(source, self._environment.compile(source))
        except RuntimeError as error:
            raise ExpressionInvalid(_reason(str(error))) from error


def _reason(message: str) -> str:
    first = next((line for line in message.splitlines() if "ERROR" in line), message)
    return first.removeprefix("INVALID_ARGUMENT: ").replace("ERROR: <input>:", "at ").split(" (in container")[0].strip()


def _plain(value: Any) -> Any:
    if hasattr(value, "type") and hasattr(value, "value"):
        value = value.value()
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
