"""What the classifier promises, on a small library of an insurer."""

from dataclasses import replace

import numpy as np
import pytest

from encoder import CachingEncoder, Encoder, HashingEncoder, MiniLmEncoder
from intents import Classification, IntentModel, Library, Zone, train
from tests.support.plain_intent import intent

EXAMPLES = {
    "claim_status": [
        "where is my claim", "any update on my claim", "what's happening with claim CL12345",
        "has my claim been approved yet", "I'm still waiting to hear about my claim", "claim progress please",
        "how long until my claim is settled", "did you get the photos for my claim", "chasing my claim",
    ],
    "report_claim": [
        "I've had an accident", "someone drove into my car", "my kitchen is flooded", "I need to make a claim",
        "I want to report a theft", "a pipe burst and ruined the ceiling", "my phone got stolen on holiday",
        "there was a fire in the garage", "how do I start a claim",
    ],
    "payment_due": [
        "when is my next payment", "how much do I owe this month", "what date does the direct debit go out",
        "when will you take the money", "what is my next premium", "how much is coming out of my account",
        "is my payment due soon", "next instalment date", "what do I have to pay and when",
    ],
    "change_address": [
        "I've moved house", "change my address", "I have a new postcode", "we're moving next month",
        "update where I live please", "my address is wrong on the policy", "new home address",
        "can you send letters to my new flat", "I need to tell you about my move",
    ],
    "cancel_policy": [
        "cancel my policy", "I want to stop my insurance", "I don't need the cover any more",
        "how do I cancel", "please end my car insurance", "I sold the car so close the policy",
        "terminate my contract", "I'd like to leave", "I found a cheaper insurer and want out",
    ],
}  # fmt: skip


LIBRARY = Library(7, tuple(intent(id_, examples) for id_, examples in EXAMPLES.items()))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return CachingEncoder(MiniLmEncoder.from_packages())


@pytest.fixture(scope="module")
def model(encoder: Encoder) -> IntentModel:
    return train(LIBRARY, encoder)


def ask(model: IntentModel, encoder: Encoder, text: str) -> Classification:
    return model.classify(text, encoder.encode([text])[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what is happening with my claim?", "claim_status"),
        ("someone crashed into my car", "report_claim"),
        ("when is the next payment due", "payment_due"),
        ("I'm moving house and need to change the address", "change_address"),
        ("I want to cancel my insurance policy", "cancel_policy"),
    ],
)
def test_a_paraphrase_is_accepted(model: IntentModel, encoder: Encoder, text: str, expected: str) -> None:
    found = ask(model, encoder, text)
    assert (found.zone, found.candidates[0].intent) == (Zone.ACCEPT, expected)


@pytest.mark.parametrize(
    "text", ["what's the weather like", "do you sell phones", "when do my points vanish?", "asdf qwer", ""]
)
def test_the_unknown_is_not_acted_on(model: IntentModel, encoder: Encoder, text: str) -> None:
    assert ask(model, encoder, text).zone is not Zone.ACCEPT


def test_a_classification_explains_itself(model: IntentModel, encoder: Encoder) -> None:
    found = ask(model, encoder, "any news on my claim")
    assert [neighbour.intent for neighbour in found.nearest] == ["claim_status"] * 3
    assert found.nearest[0].similarity >= found.nearest[1].similarity >= found.nearest[2].similarity
    assert found.margin == pytest.approx(found.candidates[0].probability - found.candidates[1].probability)
    assert sum(candidate.probability for candidate in found.candidates) == pytest.approx(1.0)
    assert found.model_version == 7


def test_many_at_once_are_the_same_as_one_by_one(model: IntentModel, encoder: Encoder) -> None:
    texts = ["cancel please", "where do you live", "my roof leaks"]
    together = model.classify_many(texts, encoder.encode(texts))
    assert [found.zone for found in together] == [ask(model, encoder, text).zone for text in texts]


def test_training_twice_gives_the_same_model(encoder: Encoder, model: IntentModel) -> None:
    again = train(LIBRARY, encoder)
    assert np.array_equal(again.head.weights, model.head.weights)
    assert again.thresholds == model.thresholds


def test_paused_intents_are_not_recognised(encoder: Encoder) -> None:
    paused = replace(LIBRARY, intents=(replace(LIBRARY.intents[0], is_live=False), *LIBRARY.intents[1:]))
    assert "claim_status" not in train(paused, encoder).intents


def test_an_empty_library_knows_nothing() -> None:
    encoder = HashingEncoder()
    found = ask(train(Library(1, ()), encoder), encoder, "hello")
    assert (found.zone, found.candidates, found.nearest) == (Zone.OUT_OF_SCOPE, (), ())


def test_one_intent_is_told_from_everything_else(encoder: Encoder) -> None:
    model = train(Library(1, LIBRARY.intents[:1]), encoder)
    assert ask(model, encoder, "is there an update on my claim").zone is Zone.ACCEPT
    assert ask(model, encoder, "what's the weather like").zone is Zone.OUT_OF_SCOPE


def test_an_intent_with_one_example_or_none_is_still_a_candidate(encoder: Encoder) -> None:
    library = Library(
        1, (*LIBRARY.intents, intent("add_driver", ["put my son on the policy"]), intent("get_quote", []))
    )
    model = train(library, encoder)
    assert ask(model, encoder, "put my daughter on my policy").candidates[0].intent == "add_driver"
    assert ask(model, encoder, "get a quote").candidates[0].intent == "get_quote"


def test_vectors_must_match_the_texts(model: IntentModel, encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="2 texts but 1 vectors"):
        model.classify_many(["a", "b"], encoder.encode(["a"]))


def test_five_thousand_examples_of_one_intent_do_not_drown_the_others() -> None:
    encoder = HashingEncoder()
    pasted = intent("parcel", [f"where is parcel number {number}" for number in range(5000)])
    model = train(Library(1, (pasted, *LIBRARY.intents)), encoder)
    assert ask(model, encoder, "cancel my policy").candidates[0].intent == "cancel_policy"
    assert ask(model, encoder, "where is parcel 17").candidates[0].intent == "parcel"


def test_examples_in_several_languages_share_an_intent(encoder: Encoder) -> None:
    mixed = intent("greeting_card", ["send a greeting card", "envoyer une carte de vœux", "Grußkarte verschicken"])
    model = train(Library(1, (*LIBRARY.intents, mixed)), encoder)
    assert ask(model, encoder, "eine Grußkarte verschicken").candidates[0].intent == "greeting_card"
