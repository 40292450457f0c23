"""What we know: approved articles, their passages, and the search that finds the one to quote.

Quotes, never rewrites: what a customer hears is the approved section word for word, with its article named.
"""

from knowledge.articles import Article, ArticleInvalid, Section, article_from_data, article_to_data, load_articles
from knowledge.search import ANSWER_SCORE, ANSWER_UNSHARED, LEAST_SHARED, SURE_SCORE, KnowledgeIndex, Passage, Query

__all__ = [
    "ANSWER_SCORE",
    "ANSWER_UNSHARED",
    "LEAST_SHARED",
    "SURE_SCORE",
    "Article",
    "ArticleInvalid",
    "KnowledgeIndex",
    "Passage",
    "Query",
    "Section",
    "article_from_data",
    "article_to_data",
    "load_articles",
]
