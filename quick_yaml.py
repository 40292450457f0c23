"""YAML, safe and quick: libyaml reads the marks, Python builds the values.

PyYAML's own C loader builds the values in C too and overruns its stack on "[[[[..." of a stranger; this one ends such a
text with a RecursionError, as the loader in Python does, and reads a tenant's files in an eighth of its time.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

LITTLE = 20_000
"""Characters that are read at once, in some milliseconds."""
MOST_SECONDS = 20.0

if yaml.__with_libyaml__:
    from yaml import cyaml

    class SafeLoader(Composer, cyaml.CParser, SafeConstructor, Resolver):  # type: ignore[misc,name-defined]
        """As yaml.SafeLoader."""

        def __init__(self, stream: Any) -> None:
            cyaml.CParser.__init__(self, stream)  # type: ignore[attr-defined]
            Composer.__init__(self)
            SafeConstructor.__init__(self)
            Resolver.__init__(self)

else:
    from yaml import SafeLoader  # type: ignore[assignment]


def load_yaml(text: str, loader: type[Any] = SafeLoader) -> Any:
    """What the text says, by this loader or one made of it.

    Raises yaml.YAMLError for what is not YAML, RecursionError for what is nested too deep.
    """
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - safe loaders only
    except UnicodeEncodeError as error:  # half a surrogate pair
        raise yaml.YAMLError("a character that is none") from error


async def load_aside(text: str) -> Any:
    """The same in a process of its own where it is long: reading holds the interpreter, and everybody would wait.

    Values are those of JSON: a date is its text. Raises yaml.YAMLError, also for what takes longer than `MOST_SECONDS`.
    """
    if len(text) <= LITTLE:
        return load_yaml(text)
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "quick_yaml",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parent,
    )
    try:
        async with asyncio.timeout(MOST_SECONDS):
            out, problem = await child.communicate(text.encode("utf-8", "replace"))
    except TimeoutError:
        raise yaml.YAMLError(f"reading it takes longer than {MOST_SECONDS:.0f} seconds") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        raise yaml.YAMLError(problem.decode("utf-8", "replace").strip()[-2_000:] or "it could not be read")
    return await asyncio.to_thread(json.loads, out)


def _child() -> int:
    """Reads YAML from the input, writes JSON to the output; what is wrong with it to the third."""
    try:
        found = load_yaml(sys.stdin.buffer.read().decode())
        sys.stdout.write(json.dumps(found, default=str))
    except (yaml.YAMLError, RecursionError, ValueError, MemoryError) as error:
        sys.stderr.write(str(error) or type(error).__name__)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_child())
