"""Who hears whom now: read off the conversation and the lines that are open. A function of values.

```
 agent ──hand-off──► holding ──operator's line is there──► briefing ──► introducing ──► bridged ◄──► held
   ▲                    ▲                                                                  │          │
   └──── handed back ───┴──────────── operator's line away, passed on ◄────────────────────┴─ consult ┘
```
"""

from dataclasses import dataclass, field
from enum import StrEnum

from conversation import ConsultStatus, Stage, State
from telephony.call.values import CUSTOMER
from telephony.media.mixer import Routing, bridged


class CallMode(StrEnum):
    """What is going on in the call."""

    AGENT = "agent"
    """the agent listens and speaks"""
    HOLDING = "holding"
    """hold sound; the agent still listens while nobody has taken the conversation"""
    BRIDGED = "bridged"
    """people speak with people"""
    HELD = "held"
    """the operator put the customer on hold, alone or to ask a colleague"""


@dataclass(frozen=True)
class AudioRouting:
    """What goes on, and who hears whom in it."""

    mode: CallMode
    routing: Routing = field(default_factory=Routing)
    """Who hears whom of the people."""


def audio_routing(state: State, legs: frozenset[str], *, is_ready: bool) -> AudioRouting:
    """`legs` are the operators' open lines; `is_ready` is false until brief and introduction are over."""
    if not state.is_with_human:
        mode = CallMode.HOLDING if state.is_waiting else CallMode.AGENT
        return AudioRouting(mode)
    holder = state.owner.operator_id or ""
    consult = state.call.consult if state.call else None
    colleague = consult.operator_id if consult and consult.operator_id in legs else None
    if holder not in legs or state.owner.stage is Stage.OPERATOR_LOST:
        return AudioRouting(CallMode.HOLDING)
    if state.call and state.call.is_held:
        is_private = consult is not None and consult.status is ConsultStatus.PRIVATE
        between = bridged(holder, colleague) if colleague and is_private else Routing()
        return AudioRouting(CallMode.HELD, between)
    if not is_ready:
        return AudioRouting(CallMode.HOLDING)
    together = [CUSTOMER, holder]
    if colleague and consult and consult.status is ConsultStatus.MERGED:
        together.append(colleague)
    return AudioRouting(CallMode.BRIDGED, bridged(*together))
