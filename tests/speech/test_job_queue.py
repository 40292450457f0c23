"""The scheduler's waiting room and its load steps, without threads or clocks."""

from hypothesis import given
from hypothesis import strategies as st

from speech.scheduler import DropReason, JobQueue, LoadMonitor, LoadPolicy, LoadStep, Thrown, Waiting, Work

ALL = frozenset(Work)


def _entry(job: int, work: Work, call: str = "", deadline: float = 100.0) -> Waiting:
    return Waiting(job, work, call or f"call-{job}", since=0.0, deadline=deadline)


def _drain(queue: JobQueue) -> list[int]:
    taken = []
    while (found := queue.pop(0.0, ALL)[0]) is not None:
        taken.append(found.job)
    return taken


def test_urgent_work_goes_first_and_equals_in_their_order() -> None:
    queue = JobQueue(10)
    for job, work in enumerate([Work.CAPTION, Work.EAGER, Work.FINAL, Work.SPEAK, Work.FINAL]):
        assert queue.push(_entry(job, work)) == []

    assert _drain(queue) == [3, 2, 4, 1, 0]


def test_a_worker_takes_only_its_kinds() -> None:
    queue = JobQueue(10)
    queue.push(_entry(1, Work.FINAL))

    assert queue.pop(0.0, frozenset({Work.SPEAK})) == (None, [])
    found, _ = queue.pop(0.0, frozenset({Work.FINAL}))
    assert found is not None


def test_a_newer_guess_replaces_the_older_of_its_call_only() -> None:
    queue = JobQueue(10)
    queue.push(_entry(1, Work.EAGER, "a"))
    queue.push(_entry(2, Work.EAGER, "b"))

    assert queue.push(_entry(3, Work.EAGER, "a")) == [Thrown(1, DropReason.SUPERSEDED)]
    assert _drain(queue) == [2, 3]


def test_finals_of_one_call_all_stay() -> None:
    queue = JobQueue(10)
    queue.push(_entry(1, Work.FINAL, "a"))

    assert queue.push(_entry(2, Work.FINAL, "a")) == []


def test_a_full_queue_makes_room_for_urgent_work_and_none_for_guesses() -> None:
    queue = JobQueue(2)
    queue.push(_entry(1, Work.CAPTION))
    queue.push(_entry(2, Work.FINAL))

    assert queue.push(_entry(3, Work.FINAL)) == [Thrown(1, DropReason.NO_ROOM)]
    assert queue.push(_entry(4, Work.CAPTION)) == [Thrown(4, DropReason.NO_ROOM)]
    assert queue.push(_entry(5, Work.FINAL)) == [Thrown(5, DropReason.NO_ROOM)]


def test_what_waited_too_long_is_thrown_and_not_done() -> None:
    queue = JobQueue(10)
    queue.push(_entry(1, Work.EAGER, deadline=1.5))
    queue.push(_entry(2, Work.FINAL, deadline=8.0))

    found, late = queue.pop(2.0, ALL)

    assert found is not None
    assert found.job == 2
    assert late == [Thrown(1, DropReason.EXPIRED)]


def test_a_guess_whose_turn_has_ended_overtakes_the_other_guesses() -> None:
    queue = JobQueue(10)
    for job in (1, 2, 3):
        queue.push(_entry(job, Work.EAGER))

    assert queue.promote(3, Work.FINAL, 9.0)
    assert not queue.promote(7, Work.FINAL, 9.0)
    assert _drain(queue) == [3, 1, 2]


def test_a_job_can_be_taken_back_once() -> None:
    queue = JobQueue(10)
    queue.push(_entry(1, Work.FINAL))

    assert queue.cancel(1)
    assert not queue.cancel(1)
    assert len(queue) == 0


_pushes = st.lists(st.tuples(st.sampled_from(Work), st.sampled_from("abc")), max_size=60)


@given(_pushes, st.integers(1, 8))
def test_every_job_leaves_exactly_once_and_room_is_never_exceeded(pushes: list[tuple[Work, str]], room: int) -> None:
    queue, left = JobQueue(room), list[int]()
    for job, (work, call) in enumerate(pushes):
        left += [each.job for each in queue.push(_entry(job, work, call))]
        assert len(queue) <= room

    assert sorted(left + _drain(queue)) == list(range(len(pushes)))


@given(_pushes)
def test_no_final_is_lost_while_there_is_a_guess_to_drop(pushes: list[tuple[Work, str]]) -> None:
    queue, finals = JobQueue(4), 0
    for job, (work, call) in enumerate(pushes):
        finals += work is Work.FINAL
        lost = [each.job for each in queue.push(_entry(job, work, call))]
        for gone in lost:
            if pushes[gone][0] is Work.FINAL:
                assert finals > 4 or any(pushes[n][0] is Work.SPEAK for n in range(job + 1))


def test_the_machine_steps_back_at_once_and_forward_slowly() -> None:
    monitor = LoadMonitor(LoadPolicy())
    changes = [monitor.note(at * 0.1, 1.0) for at in range(8)]
    steps = [change.after for change in changes if change]
    assert steps == [LoadStep.LATE_SPECULATION, LoadStep.SMALL_MODEL]

    back = [change for at in range(200) if (change := monitor.note(1.0 + at * 0.1, 0.0))]
    assert [change.after for change in back] == [LoadStep.LATE_SPECULATION, LoadStep.NO_CAPTIONS, LoadStep.NORMAL]
    assert back[1].at - back[0].at >= 3.0


def test_one_late_answer_is_no_load() -> None:
    monitor = LoadMonitor(LoadPolicy())

    assert monitor.note(0.0, 0.4) is None
    assert monitor.step is LoadStep.NORMAL


def test_delay_that_comes_and_goes_does_not_flap() -> None:
    monitor = LoadMonitor(LoadPolicy())
    changes = [monitor.note(at * 0.1, 0.3 if at % 4 < 2 else 0.1) for at in range(400)]

    assert sum(change is not None for change in changes) == 1
