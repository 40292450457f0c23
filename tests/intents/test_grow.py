"""Approving, undoing and pausing an intent on a running model."""

import pytest

from encoder import CachingEncoder, Encoder, MiniLmEncoder
from intents import IntentModel, Library, Zone, add_intent, encode_texts, train
from intents.grow import CannotGrow, remove_intent
from tests.support.plain_intent import intent

POINTS = [
    "how many loyalty points do I have",
    "when do my points expire",
    "do I lose my reward points",
    "my points disappeared",
    "can I still use my loyalty points",
    "are my reward points still valid",
]
STATUS = [
    "where is my claim",
    "any news on the claim",
    "has my claim been paid",
    "claim update please",
    "chasing claim",
]
MOVED = ["I moved house", "change my address", "new postcode", "we live somewhere else now", "update my home address"]


LOYALTY = intent("loyalty_points", POINTS)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return CachingEncoder(MiniLmEncoder.from_packages())


@pytest.fixture(scope="module")
def before(encoder: Encoder) -> IntentModel:
    return train(Library(3, (intent("claim_status", STATUS), intent("change_address", MOVED))), encoder)


@pytest.fixture(scope="module")
def after(before: IntentModel, encoder: Encoder) -> IntentModel:
    return add_intent(before, LOYALTY, encoder.encode(encode_texts(LOYALTY)))


def best(model: IntentModel, encoder: Encoder, text: str) -> tuple[str, Zone]:
    found = model.classify(text, encoder.encode([text])[0])
    return found.candidates[0].intent, found.zone


def test_the_next_customer_is_understood(before: IntentModel, after: IntentModel, encoder: Encoder) -> None:
    assert best(before, encoder, "when will my points expire?")[1] is not Zone.ACCEPT
    assert best(after, encoder, "when will my points expire?") == ("loyalty_points", Zone.ACCEPT)
    assert after.version == 4


def test_the_others_are_understood_as_before(after: IntentModel, encoder: Encoder) -> None:
    assert best(after, encoder, "is there any news about my claim")[0] == "claim_status"
    assert best(after, encoder, "I have a new address")[0] == "change_address"


def test_the_model_before_is_untouched(before: IntentModel, after: IntentModel) -> None:
    assert before.intents == ("claim_status", "change_address")
    assert len(after.bank) == len(before.bank) + len(POINTS) + 1


def test_a_paused_intent_is_never_named(after: IntentModel, encoder: Encoder) -> None:
    without = remove_intent(after, "claim_status")
    assert best(without, encoder, "I have a new address")[0] == "change_address"
    assert best(without, encoder, "when do points expire")[0] == "loyalty_points"
    assert "claim_status" not in without.intents


def test_the_first_intent_of_an_empty_library(encoder: Encoder) -> None:
    model = add_intent(train(Library(1, ()), encoder), LOYALTY, encoder.encode(encode_texts(LOYALTY)))
    assert best(model, encoder, "when do my points expire") == ("loyalty_points", Zone.ACCEPT)


def test_an_intent_joins_only_once(after: IntentModel, encoder: Encoder) -> None:
    with pytest.raises(CannotGrow, match="already knows 'loyalty_points'"):
        add_intent(after, LOYALTY, encoder.encode(encode_texts(LOYALTY)))


def test_vectors_must_fit_the_examples(before: IntentModel, encoder: Encoder) -> None:
    with pytest.raises(CannotGrow, match="6 examples and a name, but 6 vectors"):
        add_intent(before, LOYALTY, encoder.encode(POINTS))
