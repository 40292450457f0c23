"""Keys pressed on the keypad, gathered into one answer. Clockless."""

from dataclasses import dataclass

MOST_KEYS = 24


@dataclass
class Keypad:
    """Keys until "#", a pause, or as many as were asked for."""

    pause_seconds: float
    _keys: str = ""
    _last: float = 0.0
    _began: float = 0.0

    @property
    def is_open(self) -> bool:
        """True while an answer is being keyed in."""
        return bool(self._keys)

    @property
    def began(self) -> float:
        """When the first key of the answer was pressed."""
        return self._began

    def press(self, key: str, at: float, expected_digits: tuple[int, ...]) -> str | None:
        """The whole answer once it is complete; "*" starts over."""
        if key == "*":
            self._keys = ""
            return None
        if key == "#":
            return self.take()
        if not self._keys:
            self._began = at
        self._keys += key
        self._last = at
        is_complete = len(self._keys) >= MOST_KEYS or (
            bool(expected_digits) and len(self._keys) == max(expected_digits)
        )
        return self.take() if is_complete else None

    def due(self, at: float) -> str | None:
        """The answer when no key came for a while."""
        return self.take() if self._keys and at - self._last >= self.pause_seconds else None

    def take(self) -> str | None:
        """What was pressed so far, complete or not."""
        keys, self._keys = self._keys, ""
        return keys or None
