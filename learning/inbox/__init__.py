"""What a supervisor does with a proposal: approve, merge, split, discard, replay, take back; and guards that approve
in a supervisor's place.
"""

from learning.inbox.replay_proposal import replay_key
from learning.inbox.review import bring_back
from learning.inbox.undo import undo_reshape, undoable

__all__ = [
    "bring_back",
    "replay_key",
    "undo_reshape",
    "undoable",
]
