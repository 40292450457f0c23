"""Lines said so often that they are rendered before the first call: they cost nothing during one."""

from agent import wording
from tenant import Tenant


def prerendered_lines(tenant: Tenant) -> list[str]:
    """The greeting, and what is said in every centre's calls."""
    return [
        tenant.persona.spoken_greeting,
        wording.ONE_MOMENT,
        wording.STILL_THERE,
        wording.STILL_THERE_AGAIN,
        wording.SAY_AGAIN,
        wording.DID_NOT_CATCH,
        wording.CUT_OFF,
        wording.CUT_OFF_WAITING,
        wording.NOW_BY_VOICE,
        wording.ANYTHING_ELSE,
        wording.THANKS,
        wording.GOODBYE,
        wording.AGENT_FAILED,
        wording.CHECK_BIRTH,
    ]
