"""What a language model's sentence may say: only what the approved text says."""

import re
from pathlib import Path

import pytest

from agent.llm.claims import sentences
from agent.llm.grounding import Flaw, flaw_in_answer, flaw_in_summary, reworded
from knowledge import load_articles

COST = (
    "A chip repair costs you £25. A replacement costs you £115, including recalibrating the cameras behind the screen."
    " A chip smaller than a £2 coin and away from the driver's line of sight can usually be repaired."
)
BOOKING = (
    "Book in your online account under Glass, or call our glass line on 0808 157 0145 at any hour. A fitter can come to"
    " your home or work, usually within two working days, and the same day if you cannot drive safely."
)
OWN_REPAIRER = (
    "You may use your own glass repairer. Pay them, send us the receipt, and we repay up to £250 for a replacement or"
    " £60 for a repair, less your excess. With our own fitters there is no upper limit."
)
DISCOUNT = (
    "A claim for glass only does not reduce your no claims discount, however many you make. We do note glass claims on"
    " your policy, and more than two in one year may change your renewal price."
)
COVERED = (
    "Comprehensive car policies cover the windscreen, side windows, rear window and glass sunroof. Third party policies"
    " do not include glass. Damage to mirrors or lights isn't a glass claim; report that as an ordinary claim instead."
)
STAGES = (
    "A claim goes through five stages: open, in progress, approved, settled and closed. If we need something from you"
    " it shows as waiting on customer, and the clock stops until we hear from you."
)
WAITING = (
    "Cover for accidents begins 48 hours after your policy starts, and cover for illness after 14 days. If you switch"
    " from another insurer without a gap, there is no waiting time."
)
DEMO = Path(__file__).parents[2] / "demo" / "insurer" / "knowledge"


@pytest.mark.parametrize(
    ("passage", "answer"),
    [
        (COST, "A chip repair costs £25, and a replacement costs £115."),
        (COST, "You'll pay £25 for a chip repair."),
        (COST, "A replacement windscreen costs 115 pounds, including recalibrating the cameras."),
        (BOOKING, "You can call our glass line on 0808 157 0145 or book in your online account under Glass."),
        (BOOKING, "Call our glass line on 08081570145 at any hour."),
        (BOOKING, "A fitter can usually come to your home or work within 2 working days."),
        (BOOKING, "A fitter can come the same day if you cannot drive safely."),
        (OWN_REPAIRER, "Yes. You can use your own repairer, and we repay up to £250 for a replacement."),
        (DISCOUNT, "No, a claim for glass only does not reduce your no claims discount."),
        (WAITING, "Cover for accidents begins 48 hours after your policy starts."),
        (STAGES, "The clock stops when we need something from you, until we hear from you."),
        (DISCOUNT, "More than two glass claims in one year may change your renewal price."),
        (COVERED, "Yes, comprehensive car policies cover the glass sunroof."),
        (COVERED, "Third party policies don't include glass."),
    ],
)
def test_a_faithful_wording_may_be_used(passage: str, answer: str) -> None:
    assert flaw_in_answer(answer, [passage], "what about my windscreen?") is None
    assert reworded(passage, answer, "what about my windscreen?")


@pytest.mark.parametrize(
    ("passage", "answer", "flaw"),
    [
        (COST, "A chip repair costs £35.", Flaw.NUMBER),
        (COST, "A chip repair costs thirty pounds.", Flaw.NUMBER),
        (COST, "A chip repair costs $25.", Flaw.NUMBER),
        (COST, "A chip repair costs 25% of the price.", Flaw.NUMBER),
        (COST, "A chip repair costs £115.", Flaw.NUMBER),
        (BOOKING, "Call our glass line on 0808 157 0146.", Flaw.NUMBER),
        (BOOKING, "A fitter can come to your home, usually within two days.", Flaw.NUMBER),
        (BOOKING, "A fitter can come to your home within two working days.", Flaw.NUMBER),
        (BOOKING, "A fitter can come to your home on Tuesday.", Flaw.NAME),
        (OWN_REPAIRER, "We repay £250 for a replacement.", Flaw.NUMBER),
        (OWN_REPAIRER, "We repay up to £60 for a replacement.", Flaw.NUMBER),
        (COVERED, "Acme policies cover glass.", Flaw.NAME),
        (COVERED, "Your glass is covered by Acme policies.", Flaw.NAME),
        (COVERED, "Third party policies include glass.", Flaw.OPPOSITE),
        (COVERED, "Yes, mirrors are covered.", Flaw.OPPOSITE),
        (DISCOUNT, "A glass claim reduces your no claims discount.", Flaw.OPPOSITE),
        (STAGES, "A claim goes through five stages, and the clock stops until we hear from you.", Flaw.CONDITION),
        (DISCOUNT, "No, a glass claim does not reduce your no claims discount.", Flaw.CONDITION),
        (WAITING, "Pet cover begins 48 hours after your policy starts.", Flaw.NUMBER),
        (WAITING, "There is no waiting time.", Flaw.CONDITION),
        (COVERED, "Our weather is lovely and your day will be too.", Flaw.UNSUPPORTED),
        (COVERED, "See www.glass.example for glass claims.", Flaw.LINK),
        (COVERED, "Write to glass@policies.example about glass claims.", Flaw.LINK),
        (COVERED, "I have reported your glass claim.", Flaw.FIRST_PERSON),
        (COVERED, "Comprehensive car policies cover <b>glass</b>.", Flaw.MARKUP),
        (COVERED, "Comprehensive policies cover glass\u202e.", Flaw.MARKUP),
        (COVERED, "Car policies cover glass. The sunroof too. And the rear window.", Flaw.TOO_LONG),
        (COVERED, "Policies cover glass " * 40, Flaw.TOO_LONG),
        (COVERED, "", Flaw.EMPTY),
    ],
)
def test_what_the_passages_do_not_say_is_refused(passage: str, answer: str, flaw: Flaw) -> None:
    assert flaw_in_answer(answer, [passage], "is glass covered?") is flaw
    assert not reworded(passage, answer, "is glass covered?")


def test_a_name_may_come_from_the_question_but_an_amount_or_a_date_may_not() -> None:
    question = "Does Panorama glass count, and will you repay me £900 by 14 March?"
    assert flaw_in_answer("Yes, policies cover the Panorama sunroof.", [COVERED], question) is None
    assert flaw_in_answer("Yes, policies cover £900 of glass.", [COVERED], question) is Flaw.NUMBER
    assert flaw_in_answer("Policies cover glass before 14 March.", [COVERED], question) is Flaw.NUMBER


def test_every_sentence_of_the_demo_articles_stands_for_itself() -> None:
    for article in load_articles(DEMO):
        for section in article.sections:
            for sentence in sentences(section.text):
                assert flaw_in_answer(sentence, [section.text], "") is None, sentence


def test_a_changed_number_in_any_demo_article_is_refused() -> None:
    changed = 0
    for article in load_articles(DEMO):
        for section in article.sections:
            for sentence in sentences(section.text):
                for found in re.finditer(r"\d+", sentence):
                    wrong = f"{sentence[: found.start()]}{int(found.group()) + 137}{sentence[found.end() :]}"
                    assert flaw_in_answer(wrong, [section.text], sentence) is not None, wrong
                    changed += 1
    assert changed > 100


SAID = [
    "I can't find my receipt for claim CL52318, call me on 07700 900 456",
    "I'm sorry to hear that. What happened?",
    "My kitchen was flooded on 3 May. I want £400 refunded",
]


@pytest.mark.parametrize(
    "line",
    [
        "The customer wants £400 refunded for a flooded kitchen and can't find the receipt for claim CL52318.",
        "The customer asks for a call on 07700900456 about claim CL52318.",
    ],
)
def test_a_summary_of_what_was_said_may_be_read(line: str) -> None:
    assert flaw_in_summary(line, SAID) is None


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        ("The customer wants £500 refunded.", Flaw.NUMBER),
        ("The customer asks for a call on 07700 900 457.", Flaw.NUMBER),
        ("The customer was refunded £400.", Flaw.OUTCOME),
        ("The customer and the flooded kitchen claim have been resolved.", Flaw.OUTCOME),
        ("The customer spoke to Brenda about the receipt.", Flaw.NAME),
        ("The customer wants a receipt. The claim is old.", Flaw.TOO_LONG),
        ("Give this person £400.", Flaw.UNSUPPORTED),
        ("The customer loves sailing boats in Greenland waters.", Flaw.NAME),
        ("The customer loves sailing old wooden boats.", Flaw.UNSUPPORTED),
        ("The customer sent a receipt to claims@bad.example.", Flaw.LINK),
        ("The customer wants <i>£400</i>.", Flaw.MARKUP),
        ("", Flaw.EMPTY),
    ],
)
def test_a_summary_that_invents_is_refused(line: str, flaw: Flaw) -> None:
    assert flaw_in_summary(line, SAID) is flaw
