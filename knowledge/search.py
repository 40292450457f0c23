"""Finds the approved passage that answers a question, or says that none does.

    (0.6 max(section, heading, asked) + 0.4 article's questions) + 0.2 sentence + 0.3 words + 0.1 BM25

Four views of the same 159 sections: whole section and heading by vector, each sentence under its heading, word by word
in context (MaxSim: each word of the question with its best word of the passage, rare words counting more), and plain
word matching. The weights and the gain of each were measured (docs/reference/agent.md); their sum is the confidence.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from encoder import Vectors, WordEncoder, Words, content_stems, read_head, stems, write_head
from knowledge.answerable import LEAST_QUESTIONS, MOST_QUESTIONS, SEED, Judge, Views, figures, learn
from knowledge.articles import Article
from knowledge.lexical import Lexical
from knowledge.placed import place

SECTION_SHARE = 0.6
"""Weight of the section against the article's questions."""
DENSE, SENTENCE, WORDS, LEXICAL = 1.0, 0.2, 0.3, 0.1
ANSWER_SCORE = 0.72
"""Below this no passage counts as an answer; chosen on the tuning half of bench/agent_data."""
LEAST_SHARED, ANSWER_UNSHARED = 0.3, 0.85
"""A passage with fewer of the question's words must be nearer in meaning."""
SURE_SCORE = 0.95
"""From here on a passage answers whatever else is in doubt."""
ANSWERS, SURELY = 0.4, 0.7
"""Probability from which a passage counts as an answer, and as one whatever else is in doubt; chosen on the tuning half."""
JUDGED = 2
"""So many of the first change places by how likely each is to answer."""
TOPIC_SHARE = 0.5
"""Weight of "title: question" beside the question alone, for a follow-up on an article just read."""
JUST_SAID = 0.1
"""Taken off a passage that was the last answer: nobody asks for the same words again."""
SENTENCE_GAP = 0.22
"""A sentence so much further from the question than the nearest one is left out of an answer."""

_LEANS = re.compile(
    r"(?:it|they|them|this|that|these|those|he|she|then|but|and|otherwise|if (?:it|they|so|not|you have|you haven't)|after that|outside (?:them|it)|without it|both|neither|the (?:first|second|same|other))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """One section, ready to be quoted."""

    article_id: str
    title: str
    section: str
    text: str
    score: float
    """The sum above: 1.3 for a perfect match, about 0.5 for nothing in common."""
    shared: float = 1.0
    """Share of the question's words that the section and its questions have too, 0 to 1."""
    confidence: float | None = None
    """Probability that it answers the question; None where that was not learnt."""

    @property
    def is_answer(self) -> bool:
        """True when it may be quoted as an answer."""
        if self.confidence is not None:
            return self.confidence >= ANSWERS
        return self.score >= (ANSWER_SCORE if self.shared >= LEAST_SHARED else ANSWER_UNSHARED)

    @property
    def is_sure(self) -> bool:
        if self.confidence is not None:
            return self.confidence >= SURELY
        return self.score >= SURE_SCORE


@dataclass(frozen=True)
class Query:
    """A question as the index reads it."""

    text: str
    vector: Vectors = field(compare=False)
    """Shape (dimensions,); arrays don't compare as values do, and it comes from the text."""
    words: Words = field(compare=False)


class KnowledgeIndex:
    """An immutable index of articles; build a new one when they change."""

    def __init__(self, articles: tuple[Article, ...], encoder: WordEncoder, *, unanswered: Sequence[str] = ()) -> None:
        """`unanswered`: questions that customers ask and no article answers; they teach when to say so."""
        self.articles = {article.id: article for article in articles}
        self._sections = [(article, section) for article in articles for section in article.sections]
        self._encoder = encoder
        section_texts = [f"{article.title}. {one.heading}. {one.text}" for article, one in self._sections]
        heading_texts = [f"{one.heading} ({article.title})" for article, one in self._sections]
        asked = [(article.id, text) for article in articles for text in (article.title, *article.questions)]
        self._section_vectors = encoder.encode(section_texts)
        put = [(at, text) for at, (_, one) in enumerate(self._sections) for text in one.asked]
        self._put_section = np.array([at for at, _ in put], dtype=np.intp)
        self._put_vectors = encoder.encode([text for _, text in put])
        self._heading_vectors = encoder.encode(heading_texts)
        self._asked_vectors = encoder.encode([text for _, text in asked])
        positions = {article.id: position for position, article in enumerate(articles)}
        self._asked_article = np.array([positions[article_id] for article_id, _ in asked], dtype=np.intp)
        self._section_article = np.array([positions[article.id] for article, _ in self._sections], dtype=np.intp)
        sentences = [
            (at, f"{one.heading}. {text}") for at, (_, one) in enumerate(self._sections) for text in split(one.text)
        ]
        self._sentence_section = np.array([at for at, _ in sentences], dtype=np.intp)
        self._sentence_vectors = encoder.encode([text for _, text in sentences])
        self._index_words(section_texts)
        self._lexical = Lexical(section_texts)
        self._places = {(article.id, one.heading): at for at, (article, one) in enumerate(self._sections)}
        self._stems = [
            Counter(stems(" ".join((article.title, one.heading, one.text, *one.asked))))
            for article, one in self._sections
        ]
        holders = Counter(stem for counts in self._stems for stem in counts)
        self._rare = {stem: float(np.log(1 + len(self._sections) / count)) for stem, count in holders.items()}
        none = encoder.encode(list(unanswered)) if unanswered else self._put_vectors[:0]
        self._placed = place(
            np.concatenate([self._put_vectors, none]),
            np.concatenate([self._put_section, np.full(len(none), len(self._sections), dtype=np.intp)]),
            (self._heading_vectors, self._section_vectors),
        )
        self._judge = self._learn([text for _, text in put], unanswered)

    def _index_words(self, texts: Sequence[str]) -> None:
        words = encoder_words(self._encoder, texts)
        self._word_states = np.concatenate([one.states for one in words]) if words else np.zeros((0, 1), np.float32)
        self._word_starts = np.cumsum([0, *(len(one.pieces) for one in words)])[:-1].astype(np.intp)
        counts: dict[str, int] = {}
        for one in words:
            for piece in set(one.pieces):
                counts[piece] = counts.get(piece, 0) + 1
        self._rarity = {piece: float(np.log(1 + len(words) / count)) for piece, count in counts.items()}
        self._rarest = float(np.log(1 + len(words))) if words else 0.0

    def query(self, text: str) -> Query:
        """What `search` takes for a text. CPU-bound, about 3 ms."""
        vectors, words = self._encoder.encode_words([text])
        return Query(text, vectors[0], words[0])

    def search(
        self, query: Query, *, limit: int = 3, within: str | None = None, after: tuple[str, str] | None = None
    ) -> tuple[Passage, ...]:
        """The best passages for a question, best first.

        `within` keeps to one article. `after` (article, section) is the answer given last: a follow-up is read with
        its article's title before it as well, and the same section again counts less.
        """
        if not self._sections:
            return ()
        views = self._views(query)
        scores, order = views.total, views.rank
        if after and after[0] in self.articles:
            title = self.articles[after[0]].title
            scores = (1 - TOPIC_SHARE) * scores + TOPIC_SHARE * self._views(self.query(f"{title}: {query.text}")).total
            said = [at for at, (article, one) in enumerate(self._sections) if (article.id, one.heading) == after]
            scores[said] -= JUST_SAID
            order = scores
        found: list[Passage] = []
        asked = content_stems(query.text)
        for position in np.argsort(-order, kind="stable"):
            article, section = self._sections[int(position)]
            if within is None or article.id == within:
                score, at = float(scores[position]), int(position)
                shared = len(asked & self._stems[at].keys()) / max(len(asked), 1)
                sure = (
                    None if after or self._judge is None else self._judge.probability(self._figures(query, views, at))
                )
                found.append(Passage(article.id, article.title, section.heading, section.text, score, shared, sure))
                if len(found) == max(limit, JUDGED):
                    break
        if all(one.confidence is not None for one in found[:JUDGED]):
            found[:JUDGED] = sorted(found[:JUDGED], key=lambda one: -(one.confidence or 0.0))
        return tuple(found[:limit])

    def nearest(self, vector: Vectors, *, limit: int = 3) -> tuple[Passage, ...]:
        """The passages nearest to a vector that stands for many texts, such as the middle of a topic."""
        if not self._sections:
            return ()
        near = np.maximum(self._section_vectors @ vector, self._heading_vectors @ vector)
        return tuple(
            Passage(article.id, article.title, one.heading, one.text, float(near[at]))
            for at in np.argsort(-near, kind="stable")[:limit].tolist()
            for article, one in (self._sections[at],)
        )

    def all_of(self, article_id: str) -> tuple[Passage, ...]:
        """Every section of an article, in its order."""
        return tuple(
            Passage(article.id, article.title, one.heading, one.text, 0.0)
            for article, one in self._sections
            if article.id == article_id
        )

    def condensed(self, passage: Passage, query: Query, *, most: int = 3) -> Passage:
        """The passage cut to the sentences that answer, in their order; whole when it is short."""
        sentences = split(passage.text)
        if len(sentences) <= most - 1:
            return passage
        at = self._places[passage.article_id, passage.section]
        near = self._sentence_vectors[self._sentence_section == at] @ query.vector
        kept = [number for number, score in enumerate(near) if score >= near.max() - SENTENCE_GAP]
        first, last = kept[0], kept[-1]
        while first and _LEANS.match(sentences[first]):
            first -= 1  # "If it has, …" says nothing without the sentence before it
        return replace(passage, text=" ".join(sentences[first : last + 1]))

    def _views(self, query: Query, *, without: int | None = None) -> Views:
        """How the question sees every section. `without`: as if that one of the questions learnt from were not there."""
        by_article = np.full(len(self.articles), -1.0, dtype=np.float32)
        np.maximum.at(by_article, self._asked_article, self._asked_vectors @ query.vector)
        near = np.maximum(self._section_vectors @ query.vector, self._heading_vectors @ query.vector)
        questions = self._put_vectors @ query.vector
        if without is not None and without < len(questions):
            questions[without] = -1.0
        np.maximum.at(near, self._put_section, questions)
        dense = SECTION_SHARE * near + (1 - SECTION_SHARE) * by_article[self._section_article]
        sentence = np.full(len(self._sections), -1.0, dtype=np.float32)
        np.maximum.at(sentence, self._sentence_section, self._sentence_vectors @ query.vector)
        words = self._by_words(query.words)
        total = DENSE * dense + SENTENCE * sentence + WORDS * words + LEXICAL * self._lexical.scores(query.text)
        logits = (
            self._placed.logits(query.vector, without=without) if self._placed else np.zeros(len(self._sections) + 1)
        )
        return Views(near, sentence, words, np.asarray(total, dtype=np.float64), questions, logits)

    def _figures(self, query: Query, views: Views, at: int, *, own: bool = False) -> list[float]:
        """`own`: the question is one of the section's, whose words do not count for themselves."""
        asked = content_stems(query.text)
        counts, least = self._stems[at], 1 if own else 0
        unheard = float(np.log(1 + len(self._sections)))
        rarity = {stem: self._rare.get(stem, unheard) for stem in asked}
        spoken = sum(rarity[stem] for stem in asked if counts[stem] > least)
        covered = spoken / sum(rarity.values()) if rarity else 1.0
        return figures(views, at, covered, self._section_article, self._put_section, len(query.text.split()))

    def _learn(self, texts: Sequence[str], unanswered: Sequence[str]) -> Judge | None:
        """From the sections' own questions and those that nothing answers; see knowledge/answerable.py."""
        if len(texts) < LEAST_QUESTIONS or len(self.articles) < 2:
            return None
        key = self._key(texts, unanswered)
        if (kept := read_head(key)) is not None:
            return Judge(kept[0][0], kept[0][1], kept[0][2], float(kept[1][0]))
        judge = self._learnt(texts, unanswered)
        if judge is not None:
            write_head(key, np.stack([judge.mean, judge.spread, judge.weights]), np.array([judge.bias]))
        return judge

    def _key(self, texts: Sequence[str], unanswered: Sequence[str]) -> bytes:
        """Of all that the judge is learnt from, this code included."""
        code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
        said = repr((self._encoder.name, self._sections, tuple(texts), tuple(unanswered))).encode()
        return sha256(b"\0".join((code, said, self._put_vectors.tobytes()))).digest()

    def _learnt(self, texts: Sequence[str], unanswered: Sequence[str]) -> Judge | None:
        drawn = np.random.default_rng(SEED).permutation(len(texts))[:MOST_QUESTIONS].tolist()
        vectors, words = self._encoder.encode_words([texts[at] for at in drawn])
        rows: list[list[float]] = []
        answers: list[bool] = []
        for number, at in enumerate(drawn):
            query, section = Query(texts[at], vectors[number], words[number]), int(self._put_section[at])
            views = self._views(query, without=at)
            best = int(views.rank.argmax())
            rows.append(self._figures(query, views, best, own=best == section))
            answers.append(best == section)
            is_elsewhere = self._section_article != self._section_article[section]
            gone = replace(
                views,
                total=np.where(is_elsewhere, views.total, -9.0),
                logits=np.append(np.where(is_elsewhere, views.logits[:-1], -99.0), views.logits[-1]),
            )
            rows.append(self._figures(query, gone, int(gone.rank.argmax())))
            answers.append(False)
        for number, text in enumerate(unanswered):
            query = self.query(text)
            views = self._views(query, without=len(texts) + number)
            rows.append(self._figures(query, views, int(views.rank.argmax())))
            answers.append(False)
        return learn(rows, answers)

    def _by_words(self, words: Words) -> NDArray[np.float64]:
        """MaxSim of each section: the mean over the question's words of their nearest word, weighted by rarity."""
        if not words.pieces or not len(self._word_states):
            return np.zeros(len(self._sections))
        weights = np.array([self._rarity.get(piece, self._rarest) for piece in words.pieces])
        alike = self._word_states @ words.states.T
        best = np.maximum.reduceat(alike, self._word_starts, axis=0)
        return np.asarray(best @ weights / weights.sum(), dtype=np.float64)


def split(text: str) -> list[str]:
    """The sentences of an article's section."""
    return [one for one in re.split(r"(?<=[.!?])\s+(?=[A-Z£\d])", text) if one]


def encoder_words(encoder: WordEncoder, texts: Sequence[str]) -> list[Words]:
    return encoder.encode_words(texts)[1] if texts else []
