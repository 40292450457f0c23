"""Secrets by name: tools.yaml says which, the environment says what."""

import os

from agent.tools.carriers.outside import ToolFailed
from agent.tools.declared import SECRET

PREFIX = "SWITCHBOARD_SECRET_"


def with_secrets(text: str) -> str:
    """The text with its secrets put in. Raises ToolFailed for one the environment does not have."""

    def value(name: str) -> str:
        found = os.environ.get(PREFIX + name)
        if not found:
            raise ToolFailed(f"the secret {name} is not set: give it as {PREFIX}{name}")
        return found

    return SECRET.sub(lambda match: value(match[1]), text)
