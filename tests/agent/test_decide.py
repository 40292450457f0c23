"""What the agent decides, as a function: a state and what a turn means go in, a decision comes out. No model runs."""

from typing import Any

import pytest

from agent import Close, Decision, HandOff, Reply, UseTool, decide, resume
from agent.tools.typed_action import ToolResult
from agent.understanding.acts import Act
from conversation import EscalationReason, QuestionKind, State
from conversation.events import IdentityChecked, QuestionAsked, SlotFilled, StepDone, ToolUsed, TopicOpened
from conversation.fold import apply_all
from tests.support.deciding import NOON, after, begun, demo_agent, heard, means

WHERE = "Where is my claim CL52318?"


def turn(state: State, text: str, wish: str = "", **meaning: object) -> tuple[State, Decision]:
    """The state once the customer has said it, and what the agent decides."""
    now = heard(state, text)
    return now, decide(demo_agent(), now, means(now, text, wish, **meaning), NOON)  # type: ignore[arg-type]


def words(decision: Decision) -> str:
    return " ".join(one.text for one in decision.says)


def notes(decision: Decision, kind: type) -> list[object]:
    return [one for one in decision.notes if isinstance(one, kind)]


def asked(decision: Decision) -> QuestionKind | None:
    """The kind of the question that is open after it."""
    questions = [one.question for one in decision.notes if isinstance(one, QuestionAsked)]
    return questions[-1].kind if questions and questions[-1] else None


def verifying() -> tuple[State, Decision]:
    """A claim number and a birth date were given: the check is about to run."""
    state, decision = turn(begun(), WHERE, "claim_status", asks=True)
    return turn(after(state, decision), "14 September 1987")


def checked(is_ok: bool) -> Decision:
    """What follows the identity check."""
    state, decision = verifying()
    assert isinstance(decision, UseTool)
    data = {"assurance": 2, "method": "claim number, date of birth", "customer_id": "HM10001", "name": "Priya Shah"}
    result = ToolResult(is_ok=is_ok, data=data if is_ok else {}, is_missing=not is_ok)
    state = apply_all(state, [*decision.notes, ToolUsed(decision.tool, is_ok, "", {}, was_told=False)], NOON)
    return resume(demo_agent(), state, means(state, "14 September 1987"), NOON, decision, result)


def test_a_wish_for_a_person_is_served_before_any_other() -> None:
    _, decision = turn(begun(), "a person please", "claim_status", acts=[Act.WANTS_PERSON], probability=0.6)
    assert isinstance(decision, HandOff)
    assert (decision.reason, decision.is_requested) == (EscalationReason.CUSTOMER_REQUEST, True)


def test_a_wish_opens_its_topic_takes_the_number_in_it_and_asks_who_it_is() -> None:
    _, decision = turn(begun(), WHERE, "claim_status", asks=True)
    assert isinstance(decision, Reply)
    assert [one.intent for one in notes(decision, TopicOpened)] == ["claim_status"]  # type: ignore[attr-defined]
    assert [(one.name, one.value) for one in notes(decision, SlotFilled)] == [("claim_number", "CL52318")]  # type: ignore[attr-defined]
    assert asked(decision) is QuestionKind.SLOT
    assert "date of birth" in words(decision)


def test_nothing_is_looked_up_before_the_caller_is_checked() -> None:
    _, decision = verifying()
    assert isinstance(decision, UseTool)
    assert decision.tool == "verify_customer"
    assert decision.arguments["date_of_birth"] == "1987-09-14"


def test_who_is_verified_is_greeted_by_name_and_served() -> None:
    decision = checked(is_ok=True)
    assert isinstance(decision, UseTool)
    assert decision.tool == "claims"
    assert "Priya" in words(decision)
    assert [one.is_ok for one in notes(decision, IdentityChecked)] == [True]  # type: ignore[attr-defined]


def test_who_is_not_is_told_nothing_of_the_record_and_asked_again() -> None:
    decision = checked(is_ok=False)
    assert not isinstance(decision, UseTool)
    assert [one.is_ok for one in notes(decision, IdentityChecked)] == [False]  # type: ignore[attr-defined]
    assert not notes(decision, StepDone)


def test_danger_is_answered_with_safe_words_and_a_person_at_once() -> None:
    _, decision = turn(begun(), "my house is on fire", "report_claim", urgent="fire")
    assert isinstance(decision, HandOff)
    assert words(decision).startswith("Get everyone out")
    assert decision.urgent
    assert decision.extra_priority > 0


@pytest.mark.parametrize(
    ("text", "meaning", "reason"),
    [
        ("I'll see you in court", {"is_legal": True}, EscalationReason.POLICY_RESTRICTION),
        ("Quiero hablar de mi póliza", {"language": "es"}, EscalationReason.POLICY_RESTRICTION),
        ("this is the third time and I have had it", {"mood": -3}, EscalationReason.NEGATIVE_SENTIMENT),
    ],
)
def test_what_is_not_the_agents_goes_to_a_person(text: str, meaning: dict[str, Any], reason: str) -> None:
    _, decision = turn(begun(), text, **meaning)
    assert isinstance(decision, HandOff)
    assert decision.reason == reason
    assert not decision.is_requested


def test_goodbye_closes_and_thanks_do_not() -> None:
    _, bye = turn(begun(), "bye", acts=[Act.CLOSING])
    _, thanks = turn(begun(), "thanks", acts=[Act.THANK])
    assert isinstance(bye, Close)
    assert isinstance(thanks, Reply)


def test_nothing_said_keeps_the_question_that_was_open() -> None:
    state, decision = turn(begun(), WHERE, "claim_status", asks=True)
    state, again = turn(after(state, decision), "...")
    assert isinstance(again, Reply)
    assert after(state, again).dialogue.question == state.dialogue.question


def test_a_secret_that_was_taken_out_is_spoken_of() -> None:
    _, decision = turn(begun(), "my card is [card number]", was_masked=True)
    assert "card numbers" in words(decision)


def test_what_no_intent_covers_is_not_guessed_and_a_person_is_offered() -> None:
    _, decision = turn(begun(), "asdf qwer zxcv uiop")
    assert isinstance(decision, Reply)
    assert asked(decision) is QuestionKind.OFFER_PERSON


def test_a_refused_form_is_dropped() -> None:
    state, decision = turn(begun(), "I want to report a claim", "report_claim")
    state = after(state, decision)
    assert state.topic is not None
    state, dropped = turn(state, "forget it, cancel that", acts=[Act.CANCEL_TASK])
    assert after(state, dropped).topic is None


def test_a_tool_that_fails_fetches_a_person() -> None:
    state, decision = verifying()
    assert isinstance(decision, UseTool)
    state = apply_all(state, [*decision.notes, ToolUsed(decision.tool, False, "", {}, was_told=False)], NOON)
    failed = resume(demo_agent(), state, means(state, "14 September 1987"), NOON, decision, ToolResult(is_ok=False))
    assert isinstance(failed, HandOff)
    assert failed.reason is EscalationReason.TOOL_FAILURE


def test_the_same_values_give_the_same_decision() -> None:
    assert turn(begun(), WHERE, "claim_status", asks=True) == turn(begun(), WHERE, "claim_status", asks=True)
