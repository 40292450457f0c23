"""The library out to files and back."""

from pathlib import Path

import pytest
import yaml

from intents import Library, LibraryInvalid, from_rasa_nlu, load_library, parse_library, to_rasa_nlu, to_yaml
from intents.library import ReviewState
from quick_yaml import load_yaml

DEMO = Path(__file__).parents[2] / "demo" / "insurer" / "intents.yaml"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(DEMO)


def test_our_own_yaml_comes_back_equal(library: Library) -> None:
    assert parse_library("again.yaml", yaml.safe_load(to_yaml(library))) == library


def test_a_rasa_file_of_ours_adds_nothing_new(library: Library) -> None:
    again = from_rasa_nlu("nlu.yml", load_yaml(to_rasa_nlu(library)), library)
    assert again.intents == library.intents
    assert again.version == library.version + 1


def test_a_foreign_intent_waits_for_a_supervisor(library: Library) -> None:
    nlu = """
version: "3.1"
nlu:
- intent: loyalty/points
  examples: |
    - when do my [points](benefit) expire
    - I lost [200]{"entity": "amount"} points
- synonym: points
  examples: |
    - stars
"""
    grown = from_rasa_nlu("nlu.yml", load_yaml(nlu), library)
    intent = grown.get("loyalty_points")
    assert [example.text for example in intent.examples] == ["when do my points expire", "I lost 200 points"]
    assert (intent.review_state, intent.is_live) == (ReviewState.PENDING, False)
    assert grown.live() == library.live()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- 1", "nlu.yml: no list `nlu`"),
        ("nlu: [{intent: a, examples: [x]}]", "nlu.yml: intent 'a': examples: not a block"),
        ("nlu: [{intent: a, examples: '- Where is my claim up to'}]", "is already an example of 'claim_status'"),
    ],
)
def test_a_malformed_file_changes_nothing(library: Library, text: str, message: str) -> None:
    with pytest.raises(LibraryInvalid, match=message):
        from_rasa_nlu("nlu.yml", load_yaml(text), library)
