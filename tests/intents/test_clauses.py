"""Several wishes in one turn."""

import pytest

from encoder import CachingEncoder, Encoder, MiniLmEncoder
from intents import IntentModel, Library, split_clauses, train
from intents.clauses import find_wishes
from tests.support.plain_intent import intent

EXAMPLES = {
    "cancel_policy": ["cancel my policy", "I want to stop my insurance", "please end my cover", "how do I cancel"],
    "refund_status": ["where is my refund", "when do I get my money back", "has my refund been sent", "refund status"],
    "change_address": ["I moved house", "change my address", "I have a new postcode", "update where I live"],
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return CachingEncoder(MiniLmEncoder.from_packages())


@pytest.fixture(scope="module")
def model(encoder: Encoder) -> IntentModel:
    return train(Library(1, tuple(intent(id_, examples) for id_, examples in EXAMPLES.items())), encoder)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("cancel my policy and when do I get my refund?", ("cancel my policy", "when do I get my refund?")),
        ("I moved house. Also I want to cancel.", ("I moved house.", "Also I want to cancel.")),
        ("home and motor insurance", ("home and motor insurance",)),
        ("Hello. Where is my refund?", ("Hello. Where is my refund?",)),
        ("yes", ("yes",)),
        ("", ("",)),
    ],
)
def test_a_turn_is_cut_where_wishes_begin(text: str, pieces: tuple[str, ...]) -> None:
    assert split_clauses(text) == pieces


def test_two_wishes_are_both_found(model: IntentModel, encoder: Encoder) -> None:
    wishes = find_wishes(model, encoder, "I want to cancel my policy and where is my refund?")
    assert [wish.classification.candidates[0].intent for wish in wishes] == ["cancel_policy", "refund_status"]


def test_one_wish_with_its_story_stays_one(model: IntentModel, encoder: Encoder) -> None:
    wishes = find_wishes(model, encoder, "I moved house last week and I need to change my address")
    assert [wish.text for wish in wishes] == ["I moved house last week and I need to change my address"]
