"""The keypad: digits to what was asked, "#", "*", a pause, a storm; while the agent speaks and while people do."""

from conversation.events import CustomerSaid
from telephony import wire as w
from telephony.call.leg_recognizer import RecognitionHints
from tests.support.virtual_call import VirtualCall
from tests.support.virtual_device import SILENCE
from tests.telephony.conftest import MAYA, Golden, handed_over


async def said(call: VirtualCall) -> list[str]:
    return [one.event.text for one in await call.events() if isinstance(one.event, CustomerSaid)]


async def test_a_number_that_was_asked_for_is_complete_with_its_last_digit(call: VirtualCall, golden: Golden) -> None:
    call.expects(RecognitionHints(digits=(7,)))
    await call.keys("4711471")
    await call.run(0.1)
    assert await said(call) == ["4711471"]
    await call.quiet()
    await call.hang_up()
    await golden(call)


async def test_of_two_lengths_the_shorter_is_ended_by_a_pause(call: VirtualCall) -> None:
    call.expects(RecognitionHints(digits=(10, 11)))
    await call.keys("0207946000")
    await call.run(2)
    assert await said(call) == []
    await call.run(1)
    assert await said(call) == ["0207946000"]


async def test_the_hash_ends_and_the_star_begins_anew(call: VirtualCall, golden: Golden) -> None:
    await call.keys("99*12#")
    await call.run(0.1)
    assert await said(call) == ["12"]
    await call.quiet()
    await call.hang_up()
    await golden(call)


async def test_lone_stars_and_hashes_say_nothing(call: VirtualCall) -> None:
    await call.keys("##**#*#")
    await call.run(4)
    assert await said(call) == []


async def test_a_pause_ends_the_number(call: VirtualCall) -> None:
    await call.keys("123")
    await call.run(2.7)
    assert await said(call) == ["123"]


async def test_keys_stop_the_agent_and_no_silence_is_asked_about_meanwhile(call: VirtualCall, golden: Golden) -> None:
    await call.says("What can you do for me?")
    await call.run(1.5)
    began = call.at
    await call.keys("1")
    assert [one for one in call.phone.stretches("agent") if one.end > began + 0.1] == []
    await call.keys("2345678", gap_seconds=2.0)
    await call.run(3)
    assert (await said(call))[1:] == ["12345678"]
    await call.quiet()
    await call.hang_up()
    await golden(call)


async def test_a_storm_of_keys_is_cut_into_bounded_numbers(call: VirtualCall) -> None:
    await call.keys("0123456789" * 20, gap_seconds=0.0)
    await call.run(5)
    found = await said(call)
    assert "".join(found) == "0123456789" * 20
    assert all(len(keys) <= 24 for keys in found)


async def test_keys_while_people_talk_are_written_down_for_the_operator(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call)
    await call.keys("4711#")
    await call.run(1)
    assert (await said(call))[-1] == "4711"
    assert call.machine.needs_mixing
    await call.hang_up()
    await golden(call)


async def test_a_number_keyed_in_when_the_line_closes_is_kept(call: VirtualCall) -> None:
    await call.keys("4711")
    await call.hang_up()
    assert await said(call) == ["4711"]


async def test_what_a_muted_microphone_sends_is_not_heard(call: VirtualCall) -> None:
    call.mute(is_muted=True)
    await call.says("This is nobody's business.")
    await call.run(3)
    assert await said(call) == []
    call.mute(is_muted=False)
    await call.asks("What can you do for me?")
    assert await said(call) == ["What can you do for me?"]


async def test_muted_people_do_not_hear_each_other_and_see_why(call: VirtualCall) -> None:
    await handed_over(call)
    call.mute(is_muted=True)
    began = call.at
    await call.says("Nobody hears this.")
    await call.run(1)
    assert call.speakers[MAYA.id].silent_since(began)
    shown = [one.message for _, one in call.sent(MAYA.id) if isinstance(one.message, w.DeskLine)][-1]
    assert [leg.is_muted for leg in shown.legs] == [True, False]


async def test_a_microphone_that_stops_sending_in_the_middle_of_a_word_is_filled_with_silence(
    call: VirtualCall,
) -> None:
    call.speak("Hello, I would like to ask", seconds=2.0)
    await call.run(1.5)
    call.microphone.is_sending = False
    await call.run(1.5)
    for _ in range(80):  # as the live call does
        call.hears(SILENCE)
    await call.run(1)
    assert len(await said(call)) == 1
