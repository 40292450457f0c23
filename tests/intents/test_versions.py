"""A running model follows the library from version to version, and says what differs."""

from dataclasses import replace

import pytest

from encoder import Encoder
from intents import (
    Example,
    Intent,
    IntentModel,
    Library,
    Solution,
    SolutionKind,
    changes,
    follow,
    parse_library,
    retrain,
    to_data,
    train,
    without,
)

SAID = {
    "claim_status": ["where is my claim", "any news on my claim", "what is happening with my claim"],
    "cancel_policy": ["cancel my policy", "I want to leave you", "end my cover"],
    "renew_policy": ["renew my cover", "my policy runs out soon, renew it", "extend it for another year"],
}
POINTS = ["when do my points expire", "do my reward points vanish", "how long are loyalty points valid"]


def intent(id_: str, examples: list[str]) -> Intent:
    solution = Solution(SolutionKind.QUEUE, "general")
    texts = tuple(Example(text) for text in examples)
    return Intent(id_, id_.replace("_", " "), "d", "group", "personal", "general", (), texts, (), solution)


LIBRARY = Library(1, tuple(intent(id_, examples) for id_, examples in SAID.items()))
GROWN = Library(2, (*LIBRARY.intents, intent("points", POINTS)))


@pytest.fixture(scope="module")
def model(encoder: Encoder) -> IntentModel:
    return train(LIBRARY, encoder)


def first(model: IntentModel, encoder: Encoder, text: str) -> str:
    return model.classify(text, encoder.encode([text])[0]).candidates[0].intent


def test_an_intent_added_is_known_and_one_taken_out_is_forgotten(model: IntentModel, encoder: Encoder) -> None:
    grown = follow(model, LIBRARY, GROWN, encoder)
    assert (grown.version, set(grown.intents)) == (2, {*SAID, "points"})
    assert first(grown, encoder, "when do my points vanish?") == "points"
    back = follow(grown, GROWN, replace(LIBRARY, version=3), encoder)
    assert (back.version, set(back.intents)) == (3, set(SAID))
    assert first(back, encoder, "where is that claim of mine") == "claim_status"


def test_changed_examples_are_learnt_and_what_did_not_change_is_left_alone(
    model: IntentModel, encoder: Encoder
) -> None:
    taught = replace(LIBRARY.intents[1], examples=tuple(Example(text) for text in POINTS))
    after = follow(model, LIBRARY, Library(2, (LIBRARY.intents[0], taught, LIBRARY.intents[2])), encoder)
    assert first(after, encoder, "when do my points vanish?") == "cancel_policy"
    row = after.intents.index("claim_status")
    assert (after.head.weights[row] == model.head.weights[model.intents.index("claim_status")]).all()


def test_the_full_training_agrees_with_a_training_from_nothing(model: IntentModel, encoder: Encoder) -> None:
    again = retrain(follow(model, LIBRARY, GROWN, encoder), GROWN, encoder)
    fresh = train(GROWN, encoder)
    assert again.intents == fresh.intents
    assert again.bank == pytest.approx(fresh.bank, abs=1e-6)
    assert again.temperature == pytest.approx(fresh.temperature, rel=1e-3)


def test_everything_may_change_at_once(model: IntentModel, encoder: Encoder) -> None:
    other = follow(model, LIBRARY, Library(2, (intent("points", POINTS),)), encoder)
    assert (other.version, other.intents) == (2, ("points",))
    assert follow(other, Library(2, (intent("points", POINTS),)), Library(3, ()), encoder).intents == ()


def test_a_model_without_some_intents_never_names_them(model: IntentModel, encoder: Encoder) -> None:
    grown = follow(model, LIBRARY, GROWN, encoder)
    reduced = without(grown, GROWN, frozenset({"points"}))
    assert "points" not in reduced.intents
    assert reduced.version == grown.version


def test_what_differs_is_told_by_intent_and_field() -> None:
    renamed = replace(LIBRARY.intents[0], name="Follow a claim")
    found = changes(LIBRARY, Library(2, (renamed, LIBRARY.intents[2], intent("points", POINTS))))
    assert [(one.intent, one.kind) for one in found] == [
        ("claim_status", "changed"),
        ("points", "added"),
        ("cancel_policy", "removed"),
    ]
    assert [(one.field, one.before, one.after) for one in found[0].fields] == [
        ("name", "claim status", "Follow a claim")
    ]
    assert changes(LIBRARY, Library(9, LIBRARY.intents[::-1])) == ()


def test_a_share_survives_the_file() -> None:
    group = replace(intent("group", []), group=None, is_group=True)
    library = Library(4, (group, replace(intent("points", POINTS), share=0.25)))
    assert parse_library("again", to_data(library)) == library
