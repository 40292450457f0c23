"""The patience a setting asks for."""

from speech import Expectation
from speech.choices import TurnTaking
from speech.turns import policy_of


def test_eager_waits_less_and_patient_more_than_balanced() -> None:
    eager, balanced, patient = (policy_of(taking) for taking in TurnTaking)

    assert eager.answered_seconds < balanced.answered_seconds < patient.answered_seconds
    assert eager.sentence_seconds == balanced.sentence_seconds < patient.sentence_seconds
    assert patient.silence_seconds[Expectation.DIGITS] == 1.5 * balanced.silence_seconds[Expectation.DIGITS]
