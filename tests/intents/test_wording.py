"""The words join in once every intent has twenty examples."""

import numpy as np

from encoder import HashingEncoder
from intents import Library, train
from intents.lexical import learn_lexicon
from tests.support.plain_intent import intent


def library(count: int) -> Library:
    cards = [f"block my card number {index}" for index in range(count)]
    loans = [f"pay back loan {index} early" for index in range(count)]
    return Library(1, (intent("card", cards), intent("loan", loans)))


def test_nineteen_examples_are_too_few() -> None:
    assert train(library(19), HashingEncoder()).wording is None


def test_twenty_examples_are_enough() -> None:
    model = train(library(20), HashingEncoder())
    assert model.wording is not None
    texts = ["please block the card", "early loan payment"]
    found = model.classify_many(texts, HashingEncoder().encode(texts))
    assert [one.candidates[0].intent for one in found] == ["card", "loan"]
    assert found[0].candidates[0].probability > 0.5


def test_rows_of_words_have_length_one_and_nothing_is_nothing() -> None:
    rows = learn_lexicon(["pay the bill", "lost card"]).rows(["pay", "the lost bill", "", "zzz"])
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    assert np.allclose(lengths, [1.0, 1.0, 0.0, 1.0])
