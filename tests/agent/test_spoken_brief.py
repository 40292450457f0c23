"""The spoken brief over the demonstration's wishes: what it says, in which order, and that it stays short."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent import introduction, spoken_brief
from conversation import Assurance, EscalationReason, HandoverContext, IntentSeen, Mood
from conversation.handover import ActionTaken, ArticleShown, Identity
from intents import load_library
from speech.tts import Speaker
from speech.tts.hibari import HibariVoice
from tests.support.happenings import card

DEMO = Path(__file__).parents[2] / "demo" / "insurer" / "intents.yaml"
LONGEST_SECONDS = 8.0
CALM = Mood()
PRIYA = Identity("HM10007", "Priya Raman", Assurance.VERIFIED, "claim number and date of birth")


def _card(
    wish: str = "Check on a claim",
    *,
    identity: Identity = PRIYA,
    reason: EscalationReason = EscalationReason.CUSTOMER_REQUEST,
    mood: Mood = CALM,
    tool: str = "",
    article: str = "",
) -> HandoverContext:
    return replace(
        card(),
        reason=reason,
        identity=identity,
        intent=IntentSeen("any", wish, "claims", 0.9, 3) if wish else None,
        mood=mood,
        attributes=(),
        actions=(ActionTaken("verify_customer", True, "", 4), ActionTaken(tool, True, "", 5)) if tool else (),
        articles=(ArticleShown("a", article, 6),) if article else (),
    )


@pytest.mark.parametrize(
    ("given", "brief"),
    [
        (
            _card(tool="claim_status", mood=Mood(-2, -1)),
            "Priya Raman, verified: check on a claim. Very upset. I gave the claim's status.",
        ),
        (
            _card("Ask about no claims discount", identity=Identity(), article="No claims discount"),
            "A customer, not verified: ask about no claims discount. I read out No claims discount.",
        ),
        (
            _card(identity=Identity(failed_checks=3), reason=EscalationReason.AUTHENTICATION_FAILED),
            "A customer who failed the check: check on a claim. Nothing done yet.",
        ),
        (
            _card("", identity=Identity(), reason=EscalationReason.UNKNOWN_INTENT),
            "A customer, not verified: asked for a person. I didn't understand what about.",
        ),
    ],
)
def test_it_says_who_what_how_and_what_was_done(given: HandoverContext, brief: str) -> None:
    assert spoken_brief(given) == brief


def test_what_matters_least_is_left_out_when_it_gets_long() -> None:
    brief = spoken_brief(
        _card(
            "Sort out a missed payment of the home policy", mood=Mood(-1), article="When a payment was missed and why"
        )
    )
    assert brief == "Priya Raman, verified: sort out a missed payment of the home. Upset."


def test_it_reads_no_numbers_aloud() -> None:
    assert "CL52318" in {one.value for one in card().attributes}
    assert "52318" not in spoken_brief(card())


def test_the_introduction_is_one_sentence() -> None:
    assert introduction("Priya Raman", "Maya Okafor", "Claims") == (
        "Priya, Maya from our claims team is on the line now, with everything you've told me."
    )
    assert introduction(None, "Maya Okafor", "Payments and refunds").startswith("Maya from our payments and refunds")


def test_every_brief_of_the_demonstration_takes_under_eight_seconds() -> None:
    speaker = Speaker(HibariVoice())
    wishes = [intent.name for intent in load_library(DEMO).intents]
    cards = [
        _card(wish, identity=identity, mood=mood, tool=tool)
        for wish in wishes
        for identity, mood, tool in (
            (PRIYA, Mood(-1, -1), "application_status"),
            (Identity(failed_checks=3), Mood(-1), ""),
        )
    ]
    seconds = {brief: _seconds(speaker, brief) for brief in {spoken_brief(one) for one in cards}}
    assert max(seconds.values()) < LONGEST_SECONDS, max(seconds, key=lambda brief: seconds[brief])


def _seconds(speaker: Speaker, text: str) -> float:
    return sum(speaker.render(clause).seconds for clause in speaker.clauses(text))
