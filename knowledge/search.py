"""Finds the approved passage that answers a question, or says that none does."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from encoder.port import Encoder
from knowledge.articles import Article

SECTION_SHARE = 0.6
"""Weight of the section against the article's questions; chosen on the demo articles (python -m bench.knowledge)."""

ANSWER_SCORE = 0.52
"""Below this no passage counts as an answer."""


@dataclass(frozen=True)
class Passage:
    """One section, ready to be quoted."""

    article_id: str
    title: str
    section: str
    text: str
    score: float
    """Cosine-like, 1.0 for the same words."""

    @property
    def is_answer(self) -> bool:
        """True when it may be quoted as an answer."""
        return self.score >= ANSWER_SCORE


class KnowledgeIndex:
    """An immutable index of articles; build a new one when they change."""

    def __init__(self, articles: tuple[Article, ...], encoder: Encoder) -> None:
        self.articles = {article.id: article for article in articles}
        self._sections = [(article, section) for article in articles for section in article.sections]
        self._encoder = encoder
        section_texts = [f"{article.title}. {one.heading}. {one.text}" for article, one in self._sections]
        heading_texts = [f"{one.heading} ({article.title})" for article, one in self._sections]
        asked = [(article.id, text) for article in articles for text in (article.title, *article.questions)]
        self._section_vectors = encoder.encode(section_texts)
        self._heading_vectors = encoder.encode(heading_texts)
        self._asked_vectors = encoder.encode([text for _, text in asked])
        positions = {article.id: position for position, article in enumerate(articles)}
        self._asked_article = np.array([positions[article_id] for article_id, _ in asked], dtype=np.intp)
        self._section_article = np.array([positions[article.id] for article, _ in self._sections], dtype=np.intp)

    def encode(self, text: str) -> NDArray[np.float32]:
        """The vector `search` takes for a text."""
        vector: NDArray[np.float32] = self._encoder.encode([text])[0]
        return vector

    def search(self, vector: NDArray[np.float32], *, limit: int = 3, within: str | None = None) -> tuple[Passage, ...]:
        """The best passages for a text encoded as `vector`, best first; `within` keeps to one article."""
        if not self._sections:
            return ()
        by_article = np.full(len(self.articles), -1.0, dtype=np.float32)
        np.maximum.at(by_article, self._asked_article, self._asked_vectors @ vector)
        near = np.maximum(self._section_vectors @ vector, self._heading_vectors @ vector)
        scores = SECTION_SHARE * near + (1 - SECTION_SHARE) * by_article[self._section_article]
        found: list[Passage] = []
        for position in np.argsort(-scores, kind="stable"):
            article, section = self._sections[int(position)]
            if within is None or article.id == within:
                score = float(scores[position])
                found.append(Passage(article.id, article.title, section.heading, section.text, score))
                if len(found) == limit:
                    break
        return tuple(found)
