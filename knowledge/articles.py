"""Articles: Markdown files with a YAML head, one `##` section per quotable passage."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quick_yaml import load_yaml


class ArticleInvalid(Exception):
    """An article file does not look as it must; the message names the file."""


@dataclass(frozen=True)
class Section:
    heading: str
    text: str
    """Approved words, quoted as they are."""
    asked: tuple[str, ...] = ()
    """Questions it answers, as customers put them; for the search, never said."""


@dataclass(frozen=True)
class Article:
    id: str
    title: str
    summary: str
    intents: tuple[str, ...]
    questions: tuple[str, ...]
    """What customers typically ask that this article answers."""
    sections: tuple[Section, ...]


class _Head(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    summary: str = ""
    intents: list[str] = []
    questions: list[str] = []
    asked: dict[str, list[str]] = {}


class _Body(_Head):
    sections: list[tuple[str, str]]


def load_articles(folder: Path) -> tuple[Article, ...]:
    """All `*.md` of a folder. Raises ArticleInvalid; two files with one id are refused too."""
    articles = tuple(parse_article(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md")))
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            raise ArticleInvalid(f"two articles are called {article.id!r}")
        seen.add(article.id)
    return articles


def parse_article(name: str, text: str) -> Article:
    """One file's article."""
    parts = re.split(r"^---\s*$", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3:
        raise ArticleInvalid(f"{name}: expected a YAML head between two lines of ---")
    try:
        head = _Head.model_validate(load_yaml(parts[1]) or {})
    except (yaml.YAMLError, ValidationError) as error:
        raise ArticleInvalid(f"{name}: {error}") from error
    pieces = re.split(r"^##\s+(.+?)\s*$", parts[2], flags=re.MULTILINE)
    sections = tuple(
        Section(heading, " ".join(body.split()), tuple(head.asked.get(heading, ())))
        for heading, body in zip(pieces[1::2], pieces[2::2], strict=True)
        if body.strip()
    )
    if not sections:
        raise ArticleInvalid(f"{name}: no '## ' section with text")
    strange = set(head.asked) - {section.heading for section in sections}
    if strange:
        raise ArticleInvalid(f"{name}: asked: no section is called {sorted(strange)[0]!r}")
    return Article(head.id, head.title, head.summary, tuple(head.intents), tuple(head.questions), sections)


def article_to_data(article: Article) -> dict[str, Any]:
    """The article as JSON values, for the document table."""
    return {
        "id": article.id,
        "title": article.title,
        "summary": article.summary,
        "intents": list(article.intents),
        "questions": list(article.questions),
        "asked": {section.heading: list(section.asked) for section in article.sections if section.asked},
        "sections": [[section.heading, section.text] for section in article.sections],
    }


def article_from_data(data: dict[str, Any]) -> Article:
    """Raises ArticleInvalid for what `article_to_data` never wrote."""
    try:
        body = _Body.model_validate(data)
    except ValidationError as error:
        raise ArticleInvalid(f"stored article: {error}") from error
    return Article(
        body.id,
        body.title,
        body.summary,
        tuple(body.intents),
        tuple(body.questions),
        tuple(Section(heading, text, tuple(body.asked.get(heading, ()))) for heading, text in body.sections),
    )
