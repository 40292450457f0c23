"""Finds wishes nobody foresaw in what customers say: pure functions from turns to ranked proposals.

    turns -> masked candidates -> vectors -> groups -> described, named, ranked -> known again from earlier runs

Nothing here stores, shows or approves anything.
"""

from intents.discovery.asked import asked_next
from intents.discovery.describe import DUPLICATE, DUPLICATE_ACCEPTED, direction, nearest_intent
from intents.discovery.edit import CannotSplit, merge, split
from intents.discovery.identity import Remembered
from intents.discovery.masking import mask_personal_data
from intents.discovery.plots import flat_map
from intents.discovery.progress import silent
from intents.discovery.proposal import Evidence, Proposal, Trend
from intents.discovery.proposing import DiscoveryOptions, propose
from intents.discovery.trend import Alarm, alarms
from intents.discovery.turns import CustomerTurn, candidates

__all__ = [
    "DUPLICATE",
    "DUPLICATE_ACCEPTED",
    "Alarm",
    "CannotSplit",
    "CustomerTurn",
    "DiscoveryOptions",
    "Evidence",
    "Proposal",
    "Remembered",
    "Trend",
    "alarms",
    "asked_next",
    "candidates",
    "direction",
    "flat_map",
    "mask_personal_data",
    "merge",
    "nearest_intent",
    "propose",
    "silent",
    "split",
]
