"""What a customer's turn means: its plain text, acts, values, wishes, questions, language and urgency.

`Understander` does what needs a model, once a turn; everything else here is pure functions over text. Nothing in this
room knows procedures, tools or what has been said before, but `commands`, which reads one turn in its conversation.
"""

from agent.understanding.acts import act_examples, train_acts
from agent.understanding.commands import Context
from agent.understanding.foreign import Foreign
from agent.understanding.in_call import is_presence, objects_to_recording
from agent.understanding.inverse_text_normalisation import as_written
from agent.understanding.masking import mask_secrets
from agent.understanding.meaning import Meaning, learn_meaning
from agent.understanding.names import NameFinder
from agent.understanding.reference_kinds import ReferenceKind
from agent.understanding.safety import NO_SAFETY, SafetyPolicy, by_words, train_safety
from agent.understanding.spelling import Spelling, words_of_tokenizer
from agent.understanding.understander import CanaryVariant, Understander
from agent.understanding.understanding import Understanding

__all__ = [
    "NO_SAFETY",
    "CanaryVariant",
    "Context",
    "Foreign",
    "Meaning",
    "NameFinder",
    "ReferenceKind",
    "SafetyPolicy",
    "Spelling",
    "Understander",
    "Understanding",
    "act_examples",
    "as_written",
    "by_words",
    "is_presence",
    "learn_meaning",
    "mask_secrets",
    "objects_to_recording",
    "train_acts",
    "train_safety",
    "words_of_tokenizer",
]
