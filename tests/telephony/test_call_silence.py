"""A caller who says nothing: asked twice, then let go; and what counts as being there."""

from conversation import CallEnd
from conversation.events import AgentSaid
from telephony.call.values import AskStillThere, CallTiming, EndCall
from tests.support.simulation import Simulation
from tests.support.virtual_call import VirtualCall
from tests.telephony.conftest import Golden


async def test_silence_is_asked_about_twice_and_then_ends_the_call(call: VirtualCall, golden: Golden) -> None:
    await call.until(lambda: call.ended is not None, within=60)
    assert call.ended is CallEnd.CONVERSATION_ENDED
    greeted, *asked = [stretch.end for stretch in call.phone.stretches("agent")][1:]
    first, second, gave_up = call.times_of(AskStillThere) + call.times_of(EndCall)[:1]
    assert 7.9 <= first - greeted <= 8.1
    assert second - first >= 8
    assert gave_up - second >= 8
    assert asked, "the questions are heard"
    await call.hang_up()
    await golden(call)


async def test_an_answer_to_the_first_question_is_a_turn_and_the_count_starts_anew(
    call: VirtualCall, golden: Golden
) -> None:
    await call.until(lambda: bool(call.times_of(AskStillThere)))
    await call.run(1.5)
    await call.quiet()
    await call.asks("What can you do for me?")
    await call.until(lambda: len(call.times_of(AskStillThere)) == 3, within=60)
    attempts = [one.attempt for _, one in call.did if isinstance(one, AskStillThere)]
    assert attempts == [1, 1, 2]
    await call.hang_up()
    await golden(call)


async def test_a_cough_now_and_then_is_nobody_there(call: VirtualCall) -> None:
    for _ in range(6):
        await call.says("", seconds=0.14)
        await call.run(2)
    assert len(call.times_of(AskStillThere)) >= 1


async def test_a_line_with_nothing_but_noise_ends_too(call: VirtualCall, golden: Golden) -> None:
    call.speak("", seconds=400)
    await call.until(lambda: call.ended is not None, within=400)
    assert not [one for one in await call.events() if one.event.kind == "customer_said"]
    await call.hang_up()
    await golden(call)


async def test_music_on_the_line_does_not_keep_the_agent_from_greeting(centre: Simulation) -> None:
    call = await VirtualCall.open(centre)
    call.speak("", seconds=100)
    await call.run(12)
    heard = call.phone.stretches("agent")
    assert heard
    assert heard[0].start < 7


async def test_a_key_is_a_sign_of_life(call: VirtualCall) -> None:
    await call.until(lambda: bool(call.times_of(AskStillThere)))
    await call.run(4)
    await call.keys("*")
    await call.until(lambda: len(call.times_of(AskStillThere)) == 2)
    assert [one.attempt for _, one in call.did if isinstance(one, AskStillThere)] == [1, 1]


async def test_silence_counts_from_the_end_of_what_the_agent_says(call: VirtualCall) -> None:
    await call.asks("What can you do for me?")
    heard = max(stretch.end for stretch in call.phone.stretches("agent"))
    await call.until(lambda: bool(call.times_of(AskStillThere)))
    assert 7.9 <= call.times_of(AskStillThere)[0] - heard <= 8.1


async def test_a_call_that_goes_on_for_ever_is_ended_politely(centre: Simulation, golden: Golden) -> None:
    call = await VirtualCall.open(centre, timing=CallTiming(longest_with_agent_seconds=20))
    await call.quiet()
    while call.ended is None:
        await call.says("What can you do for me?")
        await call.run(2)
        assert call.at < 40
    last = [one.event for one in await call.events() if isinstance(one.event, AgentSaid)][-1]
    assert "long time" in last.text
    await call.hang_up()
    await golden(call)
