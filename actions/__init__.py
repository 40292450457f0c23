"""Everything that can happen to a conversation, a function each: check, append, commit, publish.

All change goes through here; doors (web, telephony) call these functions and nothing else.
"""

from actions.agent_slot import AgentRuntime
from actions.attendance import Attendance
from actions.change import Centre, Clock, NotAllowed, Timing
from actions.identity_guard import IdentityGuard
from actions.load_tenant import load
from actions.membership import BEAT_SECONDS, Membership, NotAlone
from actions.queue_snapshots import QueueSnapshots, operator_view
from actions.understanding_queue import UnderstandingQueue

__all__ = [
    "BEAT_SECONDS",
    "AgentRuntime",
    "Attendance",
    "Centre",
    "Clock",
    "IdentityGuard",
    "Membership",
    "NotAllowed",
    "NotAlone",
    "QueueSnapshots",
    "Timing",
    "UnderstandingQueue",
    "load",
    "operator_view",
]
