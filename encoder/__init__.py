"""Turns sentences into vectors whose dot product says how alike they are.

The room holds the `Encoder` port, the MiniLM encoder that runs on onnxruntime (never torch), a bounded cache, one on
disk and a word-hashing encoder for tests. It knows nothing of intents, articles or conversations.
"""

from encoder.caching import CachingEncoder
from encoder.hashing import HashingEncoder
from encoder.kept import KeptEncoder, KeptSentences
from encoder.minilm import MiniLmEncoder
from encoder.multilingual import MultilingualEncoder
from encoder.port import Encoder, EncoderError, Vectors, WeightsDamaged, WeightsMissing, WordEncoder, Words

__all__ = [
    "CachingEncoder",
    "Encoder",
    "EncoderError",
    "HashingEncoder",
    "KeptEncoder",
    "KeptSentences",
    "MiniLmEncoder",
    "MultilingualEncoder",
    "Vectors",
    "WeightsDamaged",
    "WeightsMissing",
    "WordEncoder",
    "Words",
]
