"""Text to speech: a reply is cut into clauses, each is normalised, rendered, trimmed and given its rest."""

from speech.tts.clauses import clauses
from speech.tts.speaker import Speaker
from speech.tts.values import Clause, SpokenClause, Voice

__all__ = ["Clause", "Speaker", "SpokenClause", "Voice", "clauses"]
