"""One live call, sans I/O: sound, texts, conversation events and times go in; commands come out.

    values, setting   the commands, the timers; what a call is made with
    ear, listening    sound to turns, a leg (speech detector, turn policy, transcription); all legs on one clock
    saying, mouth     a line on its way to the ear: paced sound, marks, and the ledger of what was really heard
    speaking          the agent's lines to the customer, barge-in, the ledger as events
    waterfall         how long each answer took
    operators         the operators' lines: brief, introduction, ready
    stages            who hears whom now: agent, holding, bridged, held, consult
    waiting           silence (patience), progress, an operator who is away; keypad: keys to a turn
    screens           what is shown of it
    machine           the life cycle that ties them together

It opens no socket, reads no clock and appends no event: `telephony.lines.registry` carries its commands out.
"""

from telephony.call.machine import CallMachine
from telephony.call.values import CallTiming, Command

__all__ = ["CallMachine", "CallTiming", "Command"]
