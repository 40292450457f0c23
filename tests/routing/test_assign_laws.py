"""Laws of assignment over random queues and crews."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from routing import Assignment, OperatorView, Refused, WaitingItem, assign
from routing.assignment import MOST_REFUSALS, RELAX_SKILLS_AFTER, REST_AFTER_REFUSAL, as_spoken, in_order, may_take

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OPERATORS = [f"op-{letter}" for letter in "abcde"]
QUEUES = ["claims", "general"]
SKILLS = ["motor", "home", "french"]

lawful = settings(deadline=None, derandomize=True)
"""The same examples in every run, however busy the machine."""

ago = st.integers(0, 300).map(lambda seconds: NOW - timedelta(seconds=seconds))
refusals = st.builds(Refused, operator_id=st.sampled_from(OPERATORS), count=st.integers(1, 4), at=ago)


@st.composite
def waiting(draw: st.DrawFn) -> list[WaitingItem]:
    return [
        WaitingItem(
            conversation_id=f"c-{number}",
            queue=draw(st.sampled_from(QUEUES)),
            skills=tuple(draw(st.lists(st.sampled_from(SKILLS), max_size=2, unique=True))),
            priority=draw(st.sampled_from([0, 0, 10, 1_000])),
            queued_at=draw(ago),
            ready_at=NOW + timedelta(seconds=draw(st.sampled_from([-60, 0, 0, 1]))),
            refusals=tuple(draw(st.lists(refusals, max_size=2, unique_by=lambda one: one.operator_id))),
            is_offered=draw(st.sampled_from([False, False, False, True])),
            language=draw(st.sampled_from(["", "", "fr", "pl"])),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


@st.composite
def crews(draw: st.DrawFn) -> list[OperatorView]:
    return [
        OperatorView(
            id=operator_id,
            name=operator_id,
            queues=tuple(draw(st.lists(st.sampled_from(QUEUES), unique=True))),
            skills=dict.fromkeys(draw(st.lists(st.sampled_from(SKILLS), unique=True)), 3),
            load=draw(st.integers(0, 3)),
            capacity=draw(st.integers(1, 3)),
            is_available=draw(st.sampled_from([True, True, False])),
            idle_since=draw(ago),
            languages=tuple(draw(st.lists(st.sampled_from(["fr", "pl"]), unique=True))),
        )
        for operator_id in draw(st.lists(st.sampled_from(OPERATORS), unique=True))
    ]


@lawful
@given(waiting(), crews())
def test_no_conversation_goes_to_two_operators_and_nobody_gets_too_many(
    items: list[WaitingItem], crew: list[OperatorView]
) -> None:
    made = assign(items, crew, NOW)
    assert max(Counter(one.conversation_id for one in made).values(), default=1) == 1
    given_to = Counter(one.operator_id for one in made)
    for operator in crew:
        assert given_to[operator.id] <= max(operator.capacity - operator.load, 0)


@lawful
@given(waiting(), crews())
def test_only_who_may_take_a_conversation_is_offered_it(items: list[WaitingItem], crew: list[OperatorView]) -> None:
    by_id = {item.conversation_id: item for item in items}
    operators = {operator.id: operator for operator in crew}
    for one in assign(items, crew, NOW):
        item, operator = as_spoken(by_id[one.conversation_id], crew), operators[one.operator_id]
        assert operator.is_available
        assert item.queue in operator.queues
        assert not item.is_offered
        assert item.ready_at <= NOW
        has_waited_long = NOW - item.queued_at >= RELAX_SKILLS_AFTER
        assert has_waited_long or set(item.skills) <= set(operator.skills)
        assert has_waited_long or not item.language or item.language in operator.languages
        refused = [refusal for refusal in item.refusals if refusal.operator_id == operator.id]
        assert all(NOW - refusal.at >= REST_AFTER_REFUSAL for refusal in refused)
        others = [other for other in crew if other.id != operator.id and may_take(item, other, NOW)]
        assert not (others and any(refusal.count >= MOST_REFUSALS for refusal in refused))


@lawful
@given(waiting(), crews())
def test_nobody_is_passed_over_for_someone_behind_them(items: list[WaitingItem], crew: list[OperatorView]) -> None:
    """Whoever is left waiting could take none of the places that went to people behind them in the queue."""
    made = assign(items, crew, NOW)
    taken = {one.conversation_id for one in made}
    order = in_order(items)
    operators = {operator.id: operator for operator in crew}
    place = {item.conversation_id: number for number, item in enumerate(order)}
    for passed in (item for item in order if item.conversation_id not in taken):
        if passed.is_offered or passed.ready_at > NOW or passed.refusals:
            continue
        behind = [one for one in made if place[one.conversation_id] > place[passed.conversation_id]]
        assert not any(may_take(as_spoken(passed, crew), operators[one.operator_id], NOW) for one in behind)


@lawful
@given(waiting(), crews(), st.randoms(use_true_random=False))
def test_the_order_rows_come_in_does_not_matter(
    items: list[WaitingItem], crew: list[OperatorView], chance: Random
) -> None:
    expected = assign(items, crew, NOW)
    shuffled_items, shuffled_crew = list(items), list(crew)
    chance.shuffle(shuffled_items)
    chance.shuffle(shuffled_crew)
    assert assign(shuffled_items, shuffled_crew, NOW) == expected


@lawful
@given(waiting(), crews())
def test_what_is_left_after_assigning_cannot_be_assigned_now(
    items: list[WaitingItem], crew: list[OperatorView]
) -> None:
    made = assign(items, crew, NOW)
    assert assign(_left(items, made), _loaded(crew, made), NOW) == []


def _left(items: list[WaitingItem], made: list[Assignment]) -> list[WaitingItem]:
    taken = {one.conversation_id for one in made}
    return [item for item in items if item.conversation_id not in taken]


def _loaded(crew: list[OperatorView], made: list[Assignment]) -> list[OperatorView]:
    more = Counter(one.operator_id for one in made)
    return [OperatorView(**{**operator.__dict__, "load": operator.load + more[operator.id]}) for operator in crew]


def test_who_speaks_the_customers_language_is_offered_them_first() -> None:
    waits = WaitingItem("c-1", "claims", (), 0, NOW, NOW, language="pl")
    rested = OperatorView("op-a", "A", ("claims",), {}, 0, 2, True, NOW - timedelta(hours=1), languages=("en",))
    polish = OperatorView("op-b", "B", ("claims",), {}, 1, 2, True, NOW, languages=("en", "pl"))
    assert [one.operator_id for one in assign([waits], [rested, polish], NOW)] == ["op-b"]
    full = OperatorView(**{**polish.__dict__, "load": 2})
    assert assign([waits], [rested, full], NOW) == []  # worth a minute's wait
    later = NOW + RELAX_SKILLS_AFTER
    assert [one.operator_id for one in assign([waits], [rested, full], later)] == ["op-a"]
    assert [one.operator_id for one in assign([waits], [rested], NOW)] == ["op-a"]  # nobody on duty speaks it
