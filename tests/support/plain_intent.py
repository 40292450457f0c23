"""An intent of which only the examples matter."""

from collections.abc import Sequence

from intents import Example, Intent, Solution, SolutionKind


def intent(id_: str, examples: Sequence[str], *, group: str | None = None, queue: str = "general") -> Intent:
    """Named after its id, a person serves it."""
    return Intent(
        id=id_,
        name=id_.replace("_", " "),
        description="",
        group=group,
        line_of_business="personal",
        queue=queue,
        skills=(),
        examples=tuple(Example(text) for text in examples),
        attributes=(),
        solution=Solution(SolutionKind.QUEUE, queue),
    )
