"""What speech recognition makes of customers: wrong words, no punctuation, fillers. What is accepted must be right."""

from pathlib import Path

import pytest

from encoder import Encoder
from intents import Classification, Zone, load_library, train

DEMO = Path(__file__).resolve().parents[2] / "demo" / "insurer" / "intents.yaml"

MISHEARD = {
    "um where is my clam at the moment": "claim_status",
    "what's happening with my claim the the water one": "claim_status",
    "i need to make a claim my kitten ceiling came down": "report_claim",
    "there's a chip in my win screen": "windscreen_repair",
    "what does my excess main": "what_is_excess",
    "when does my next pain meant go out": "payment_due",
    "i mist a payment last month uh sorry": "missed_payment",
    "i want to cancel my polly see please": "cancel_policy",
    "can you add my sun as a driver on the car": "add_driver",
    "i've moved house so i need to change my a dress": "change_address",
    "will my no clay discount go down": "no_claims_discount",
    "what time do you own pen on saturday": "opening_hours",
    "i'd like a quote for my car in sure rents": "get_quote",
    "my mother has past away and she had a policy": "report_bereavement",
    "does my policy cover me on holiday in spade": "travel_cover_question",
    "i want to make a come plaint about how i was treated": "make_complaint",
}
NOISE = (
    "mm hm yeah so anyway",
    "the cat sat on the uh the thing over there",
    "thank you for watching",
    "la la la la la",
)


@pytest.fixture(scope="module")
def heard(encoder: Encoder) -> dict[str, Classification]:
    model = train(load_library(DEMO), encoder)
    texts = [*MISHEARD, *NOISE]
    return dict(zip(texts, model.classify_many(texts, encoder.encode(texts)), strict=True))


def test_most_of_what_was_misheard_is_understood(heard: dict[str, Classification]) -> None:
    right = [text for text, intent in MISHEARD.items() if heard[text].candidates[0].intent == intent]
    assert len(right) >= 14


def test_what_is_accepted_is_right(heard: dict[str, Classification]) -> None:
    accepted = {text: one.candidates[0].intent for text, one in heard.items() if one.zone is Zone.ACCEPT}
    assert len(accepted) >= 8
    assert accepted == {text: MISHEARD[text] for text in accepted}
