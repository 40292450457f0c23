"""An answer that says neither yes nor no still means one of them, or neither."""

from pathlib import Path

import pytest

from agent import PackInvalid, parse_pack, read_pack
from agent.understanding import Meaning, learn_meaning
from encoder import WordEncoder
from knowledge import KnowledgeIndex, load_articles

DEMO = Path("demo/insurer")


@pytest.fixture(scope="module")
def hurt(encoder: WordEncoder) -> Meaning:
    collects = [step for one in parse_pack(read_pack(DEMO)).procedures for step in one.collects()]
    step = next(step for step in collects if step.name == "anyone_hurt")
    found = learn_meaning(encoder, step.means_yes, step.means_no)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the cyclist went to hospital in an ambulance", "yes"),
        ("we all walked away fine", "no"),
        ("my policy number is on the letter", None),
    ],
)
def test_the_nearer_side_counts(hurt: Meaning, encoder: WordEncoder, text: str, meant: str | None) -> None:
    assert hurt.of(encoder.encode([text])[0]) == meant


def test_a_question_without_examples_has_no_meaning(encoder: WordEncoder) -> None:
    assert learn_meaning(encoder, (), ("no",)) is None


def test_what_no_article_answers_is_taught(encoder: WordEncoder) -> None:
    pack = parse_pack(read_pack(DEMO))
    index = KnowledgeIndex(load_articles(DEMO / "knowledge"), encoder, unanswered=pack.unanswered)
    covered = index.search(index.query("how long does a refund to my card take to arrive"))[0]
    assert (covered.article_id, covered.is_answer) == ("refunds", True)
    assert not index.search(index.query(pack.unanswered[0]))[0].is_answer


def test_unanswered_questions_are_a_list() -> None:
    with pytest.raises(PackInvalid, match=r"unanswered\.yaml"):
        parse_pack({**read_pack(DEMO), "unanswered.yaml": {"not": "a list"}})
