"""One live call, sans I/O: sound, texts, conversation events and times go in; commands come out.

    values      the commands, the timers
    ear         one speaking leg: sound to turns (speech detector, turn policy, transcription)
    mouth       what the agent says: paced sound, marks, and the ledger of what was really heard
    stages      who hears whom now: agent, holding, bridged, held, consult
    patience    silence, long calls; keypad: keys to a turn
    machine     the life cycle that ties them together

It opens no socket, reads no clock and appends no event: `telephony.exchange` carries its commands out.
"""

from telephony.call.machine import CallMachine
from telephony.call.values import CallTiming, Command

__all__ = ["CallMachine", "CallTiming", "Command"]
