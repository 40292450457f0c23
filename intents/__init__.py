"""What the customer wants: the library of intents, their recognition, discovery, replay and review as pure functions.

The room receives values (texts, vectors, libraries, models) and returns values. It keeps nothing: storage, screens and
the live conversation belong to other rooms.
"""

from intents.canary import ENOUGH_TREATED, LEAST_TREATED, Difference, Verdict, difference, judge, place_of, share_of
from intents.classify import Classification, IntentModel, Zone, train
from intents.clauses import split_clauses
from intents.data import AttributeData, DraftData, ExampleData, IntentData, SolutionData, intent_data
from intents.differences import Change, FieldChange, changes
from intents.grow import add_intent, encode_texts
from intents.import_export import from_rasa_nlu, to_data, to_rasa_nlu, to_yaml
from intents.intent import Attribute, AttributeType, Example, Intent, ReviewState, Solution, SolutionKind, Support
from intents.library import Library, LibraryInvalid, UnknownIntent, load_library, parse_library
from intents.replaying import Mistake, ReplayResult, ReplayTurn, Share, replay
from intents.strangeness import is_strange
from intents.versions import follow, retrain, without

__all__ = [
    "ENOUGH_TREATED",
    "LEAST_TREATED",
    "Attribute",
    "AttributeData",
    "AttributeType",
    "Change",
    "Classification",
    "Difference",
    "DraftData",
    "Example",
    "ExampleData",
    "FieldChange",
    "Intent",
    "IntentData",
    "IntentModel",
    "Library",
    "LibraryInvalid",
    "Mistake",
    "ReplayResult",
    "ReplayTurn",
    "ReviewState",
    "Share",
    "Solution",
    "SolutionData",
    "SolutionKind",
    "Support",
    "UnknownIntent",
    "Verdict",
    "Zone",
    "add_intent",
    "changes",
    "difference",
    "encode_texts",
    "follow",
    "from_rasa_nlu",
    "intent_data",
    "is_strange",
    "judge",
    "load_library",
    "parse_library",
    "place_of",
    "replay",
    "retrain",
    "share_of",
    "split_clauses",
    "to_data",
    "to_rasa_nlu",
    "to_yaml",
    "train",
    "without",
]
