"""Words without their endings: enough for matching, not for reading."""

import re

_WORD = re.compile(r"[a-z0-9£]+")
_NAMED = re.compile(r"\S+@\S+|(?<=[a-z,;] )[A-Z][a-z]+")
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "me",
        "my",
        "not",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


def content_stems(text: str) -> set[str]:
    """The words that say something: no numbers, addresses of e-mail, or names in the middle of a sentence."""
    said = _NAMED.sub(" ", text)
    return {word for word in stems(said) if not any(sign.isdigit() for sign in word)}


def stems(text: str) -> list[str]:
    """Words without their commonest endings; enough for matching, not for reading."""
    found = (re.sub(r"(?<=\w{3})(?:ies|ing|ed|es|s|ly)$", "", word) for word in _WORD.findall(text.lower()))
    return [word for word in found if word not in _STOP]
