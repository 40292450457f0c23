"""One live call, sans I/O: sound, texts, conversation events and times go in; commands come out.

    values, call_config           the commands, the timers; what a call is made with
    leg_recognizer, recognition   a leg's sound to turns (speech detector, turn policy, words); all legs on one clock
    utterance, playout            what is said, on its way out: paced sound, marks, the ledger of what was heard
    agent_speech                  the agent's words to the customer, barge-in, the ledger as events
    waterfall                     how long each answer took
    operators, introduction       the operators' lines: brief, introduction, ready
    audio_routing                 who hears whom now: agent, holding, bridged, held, consult
    waiting, no_input_timer       silence, progress, an operator who is away; keypad: keys to a turn
    announcement_mix              a notice laid over people's talk
    call_display                  what is shown of it
    machine                       the life cycle that ties them together

It opens no socket, reads no clock and appends no event: `telephony.shell.live_call` carries its commands out.
"""

from telephony.call.machine import CallMachine
from telephony.call.values import CallTiming, Command

__all__ = ["CallMachine", "CallTiming", "Command"]
