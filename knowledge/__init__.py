"""What we know: approved articles, their passages, and the search that finds the one to quote.

Quotes, never rewrites: what a customer hears is the approved section word for word, with its article named.
"""

from knowledge.articles import Article, ArticleInvalid, Section, load_articles
from knowledge.search import KnowledgeIndex, Passage

__all__ = ["Article", "ArticleInvalid", "KnowledgeIndex", "Passage", "Section", "load_articles"]
