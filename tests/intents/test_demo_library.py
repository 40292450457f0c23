"""The demo insurer's own library: what its visitors are promised."""

from pathlib import Path

import pytest

from encoder import CachingEncoder, Encoder, MiniLmEncoder
from intents import IntentModel, Zone, load_library, train

DEMO = Path(__file__).parents[2] / "demo" / "insurer" / "intents.yaml"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return CachingEncoder(MiniLmEncoder.from_packages())


@pytest.fixture(scope="module")
def model(encoder: Encoder) -> IntentModel:
    return train(load_library(DEMO), encoder)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what is happening with my claim?", "claim_status"),
        ("my kitchen's flooded what do i do", "report_claim"),
        ("has my application gone through", "application_status"),
        ("what does my home policy cover", "policy_details"),
        ("when is my next payment", "payment_due"),
        ("can someone ring me back please", "request_callback"),
        ("I've moved house", "change_address"),
        ("cancel my car insurance", "cancel_policy"),
        ("add my daughter to my car insurance", "add_driver"),
        ("am I covered for skiing", "travel_cover_question"),
        ("there's a chip in my windscreen", "windscreen_repair"),
        ("my husband passed away", "report_bereavement"),
    ],
)
def test_plain_wishes_are_accepted(model: IntentModel, encoder: Encoder, text: str, intent: str) -> None:
    found = model.classify(text, encoder.encode([text])[0])
    assert (found.candidates[0].intent, found.zone) == (intent, Zone.ACCEPT)


@pytest.mark.parametrize(
    "text",
    [
        "what's the weather like today",
        "do you sell phones",
        "my loyalty points",
        "when do my loyalty points expire",
        "when do my points vanish?",
        "what's the capital of France",
        "tell me a joke",
        "where is my parcel",
        "do you offer mortgages",
        "asdfgh",
    ],
)
def test_what_the_insurer_does_not_do_is_not_acted_on(model: IntentModel, encoder: Encoder, text: str) -> None:
    assert model.classify(text, encoder.encode([text])[0]).zone is not Zone.ACCEPT
