"""A call over its real socket: greeted, answered, in the record, and back to the chat."""

from tests.support.calls import phone
from tests.support.live import Live


async def test_a_caller_is_greeted_and_answered(lines: Live) -> None:
    async with phone(lines, captions=True) as caller:
        assert caller.token
        greeting = await caller.expect("caption", lambda m: m["speaker"] == "agent")
        assert "Harriet" in greeting["text"]
        await caller.say("where is my claim CL52318?")
        said = await caller.expect("caption", lambda m: m["speaker"] == "customer" and m["is_final"])
        assert said["text"] == "where is my claim CL52318?"
        answer = await caller.expect("caption", lambda m: m["speaker"] == "agent")
        assert "date of birth" in answer["text"]
        await caller.hang_up()
