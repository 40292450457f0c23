"""Turns sentences into vectors whose dot product says how alike they are.

The room holds the `Encoder` port, the MiniLM encoder that runs on onnxruntime (never torch), a bounded cache, one on
disk and a word-hashing encoder for tests. It knows nothing of intents, articles or conversations.
"""

from encoder.adapted import adapted_folder, newest_adapted, open_encoder
from encoder.caching import CachingEncoder
from encoder.hashing import HashingEncoder
from encoder.head_store import kept_heads, read_head, write_head
from encoder.kept import KeptEncoder, KeptSentences
from encoder.minilm import MiniLmEncoder
from encoder.multilingual import MultilingualEncoder
from encoder.port import Encoder, EncoderError, Vectors, WeightsDamaged, WeightsMissing, WordEncoder, Words
from encoder.softmax import Floats, Labels, SoftmaxHead, energy, fit_softmax, fit_temperature, folds, one_thread
from encoder.stemming import content_stems, stems
from encoder.weights import TOKENIZER, WEIGHTS, locate

__all__ = [
    "TOKENIZER",
    "WEIGHTS",
    "CachingEncoder",
    "Encoder",
    "EncoderError",
    "Floats",
    "HashingEncoder",
    "KeptEncoder",
    "KeptSentences",
    "Labels",
    "MiniLmEncoder",
    "MultilingualEncoder",
    "SoftmaxHead",
    "Vectors",
    "WeightsDamaged",
    "WeightsMissing",
    "WordEncoder",
    "Words",
    "adapted_folder",
    "content_stems",
    "energy",
    "fit_softmax",
    "fit_temperature",
    "folds",
    "kept_heads",
    "locate",
    "newest_adapted",
    "one_thread",
    "open_encoder",
    "read_head",
    "stems",
    "write_head",
]
