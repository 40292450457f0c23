"""What the recogniser is told to expect of a caller."""

from conversation import State
from speech import Expectation
from speech.stt.prompts import prompt_text
from telephony.shell.recognition_hints import recognition_hints
from tests.support.live import Live


async def test_a_caller_who_may_say_anything_is_listened_to_with_every_wish_of_the_centre_in_mind(live: Live) -> None:
    agent = live.server.centre.agent_slot.runtime.agent
    expected = recognition_hints(State("c-1"), agent)
    prompt = prompt_text(expected.expectation, expected.words)
    assert expected.expectation is Expectation.OPEN
    assert [intent.name for intent in agent.library.live() if intent.name.lower() not in prompt] == []
