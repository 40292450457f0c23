"""Numbers spoken aloud, heard by the real transcriber and closed up: references arrive as they would be typed.

In a process of its own: after two thousand other tests in the same one, "four four one" once was heard without its one.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from speech.expectation import Expectation
from tests.support.hearing import heard


@pytest.fixture(scope="module")
def ears() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        yield process


@pytest.mark.parametrize(
    ("said", "expectation", "digits", "written"),
    [
        ("Double four seven one.", Expectation.DIGITS, 4, "4471"),
        ("It's forty-four ninety-one.", Expectation.DIGITS, 4, "4491"),
        ("Four four one oh two oh seven.", Expectation.DIGITS, 7, "4410207"),
        ("It's C L five two one, four zero.", Expectation.CODE, 5, "CL52140"),
        ("Hotel Mike one oh oh two three.", Expectation.CODE, 5, "HM10023"),
        ("Sierra Bravo one, six Echo Yankee.", Expectation.CODE, None, "SB16EY"),
    ],
)
def test_a_spelled_answer_arrives_as_it_would_be_typed(
    ears: ProcessPoolExecutor, model_cache: Path, said: str, expectation: Expectation, digits: int | None, written: str
) -> None:
    text, typed = ears.submit(heard, model_cache, said, expectation, digits).result()
    assert written in typed, text
