"""Secrets by name: tools.yaml says which, the environment says what."""

import os
from collections.abc import Iterable

from dotenv import dotenv_values

from agent.tools.carriers.outside import ToolFailed
from agent.tools.declared import SECRET

PREFIX = "SWITCHBOARD_SECRET_"


def secret(name: str) -> str | None:
    """Its value in the environment or, as with the settings, in the file .env; None where it has none."""
    return os.environ.get(PREFIX + name) or dotenv_values(".env").get(PREFIX + name)


def missing(names: Iterable[str]) -> tuple[str, ...]:
    """The variables that are still to be set for these secrets."""
    return tuple(sorted(PREFIX + name for name in names if not secret(name)))


def with_secrets(text: str) -> str:
    """The text with its secrets put in. Raises ToolFailed for one the environment does not have."""

    def value(name: str) -> str:
        found = secret(name)
        if not found:
            raise ToolFailed(f"the secret {name} is not set: give it as {PREFIX}{name}")
        return found

    return SECRET.sub(lambda match: value(match[1]), text)
