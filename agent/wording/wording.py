"""Lines by key and language, with variants, so that no sentence is said twice in a row."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quick_yaml import load_yaml

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "de")
"""Languages the agent speaks itself; every other is noticed, answered in one sentence and passed on."""


class WordingInvalid(Exception):
    """A wording file names a line that does not exist, or a value the line is not given."""


Lines = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Wording:
    by_language: Mapping[str, Lines]
    """Complete: what a tenant does not say in its own words is ours."""
    notices: Mapping[str, str]
    """One approved sentence for each other language, by ISO code."""
    language: str = "en"

    def in_language(self, code: str) -> "Wording":
        known = code if code in self.by_language else "en"
        return self if known == self.language else Wording(self.by_language, self.notices, known)

    def line(self, key: str, turn: int, *, avoid: str = "", **values: str) -> str:
        """A variant of the line, by the turn's number; another one if it stands in `avoid` already."""
        variants = self.by_language[self.language][key]
        for step in range(len(variants)):
            text = variants[(turn + step) % len(variants)].format(**values)
            if text not in avoid:
                return text
        return variants[turn % len(variants)].format(**values)

    def all(self, key: str) -> tuple[str, ...]:
        """Every variant, for lines without values."""
        return self.by_language[self.language][key]


def parse_wording(content: Mapping[str, object] | None) -> Wording:
    """Ours with the tenant's own lines laid over: {language: {key: text or list}}. Raises WordingInvalid."""
    ours = DEFAULT_WORDING
    by_language = {code: dict(lines) for code, lines in ours.by_language.items()}
    for code, lines in (content or {}).items():
        if code not in by_language:
            raise WordingInvalid(f"wording.yaml: no language {code!r}; there are {', '.join(by_language)}")
        if not isinstance(lines, dict):
            raise WordingInvalid(f"wording.yaml, {code}: expected lines, key: text")
        for key, text in lines.items():
            if key not in by_language[code]:
                raise WordingInvalid(
                    f"wording.yaml, {code}: no line {key!r}; there are {', '.join(sorted(by_language[code]))}"
                )
            own = (text,) if isinstance(text, str) else tuple(text)
            given = _holes(by_language["en"][key])
            for one in own:
                if _holes((one,)) - given:
                    raise WordingInvalid(
                        f"wording.yaml, {code}, {key}: {sorted(_holes((one,)) - given)[0]!r} is not given to this line"
                    )
            by_language[code][key] = own
    return Wording(by_language, ours.notices)


def _holes(texts: tuple[str, ...]) -> set[str]:
    return {field for text in texts for _, field, _, _ in string.Formatter().parse(text) if field}


@cache
def _default() -> Wording:
    by_language = {}
    for code in LANGUAGES:
        content = load_yaml((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))
        by_language[code] = {key: (text,) if isinstance(text, str) else tuple(text) for key, text in content.items()}
    notices = load_yaml((FOLDER / "notices.yaml").read_text(encoding="utf-8"))
    return Wording(by_language, {code: " ".join(text.split()) for code, text in notices.items()})


DEFAULT_WORDING = _default()
