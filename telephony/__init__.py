"""Live calls: how a caller's line becomes turns of a conversation, and the agent's words become sound.

    call/     the machine of one call, sans I/O       codecs/   wire formats of lines, one folder a carrier
    shell/    carries the machine's commands out      lines/    which calls are live here, lines lost and back
    media/    mixer, hold sound, recording            wire      what a line can say and be told, as values

A wing: it knows no other wing, and no door.
"""

from telephony.line_queue import LineQueue, LineStuck

__all__ = ["LineQueue", "LineStuck"]
