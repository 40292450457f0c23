"""What callers say of the call itself."""

import pytest

from agent.understanding import is_presence, objects_to_recording

OBJECTIONS = """
Please don't record this
do not record this call
I don't want to be recorded
I'd rather not be recorded
stop the recording
no recording please
could you turn the recording off
I do not consent to being recorded
please can we do this without you recording it
dont tape this
I'm not happy with this being recorded
"""
OTHER_WORDS = """
I don't have a record of my policy
there is no record of my claim
is this call recorded
I have no recorded delivery number
why is it not on my record
I want a copy of the recording
my no claims record is fine
"""
PRESENT = "yes|Yeah, I am.|sorry, one moment|hello?|I'm still here|still here, just a second"
SAYS_MORE = "yes my policy is lost|no|can I talk to a person|yes it was in March"


@pytest.mark.parametrize("text", OBJECTIONS.strip().splitlines())
def test_who_does_not_want_to_be_recorded_is_understood(text: str) -> None:
    assert objects_to_recording(text)


@pytest.mark.parametrize("text", OTHER_WORDS.strip().splitlines())
def test_records_of_other_kinds_stop_no_recording(text: str) -> None:
    assert not objects_to_recording(text)


@pytest.mark.parametrize("text", PRESENT.split("|"))
def test_a_caller_who_is_there_says_so(text: str) -> None:
    assert is_presence(text)


@pytest.mark.parametrize("text", SAYS_MORE.split("|"))
def test_whoever_says_more_wants_an_answer(text: str) -> None:
    assert not is_presence(text)
