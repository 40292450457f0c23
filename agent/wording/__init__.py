"""What the agent says, as data: one file a language, several ways to say a thing, a tenant's own words before ours.

`Wording` gives the lines of a conversation; the constants are what every centre's calls and queues say in English.
"""

from agent.wording.lines import *  # noqa: F403 - the constants are this room's face
from agent.wording.wording import DEFAULT_WORDING, Wording, WordingInvalid, parse_wording

__all__ = ["DEFAULT_WORDING", "Wording", "WordingInvalid", "parse_wording"]
