"""The text put before the audio (`<|startofprev|>`), which makes the dialogue's own words likely.

Measured on 80 spoken orders: slots right 89.9 -> 98.6 %. The prompt holds vocabulary, never whole answers.
"""

from speech.expectation import Expectation

MAX_STATE_WORDS = 60
"""about 120 tokens: half of what Whisper's prompt can hold, so that the answer has room"""


def prompt_text(expectation: Expectation, state_words: tuple[str, ...]) -> str:
    """The prompt for this state, "" when it has nothing to say.

    A number gets none: a spelled example ("My number is 4 7 2") left 60 digit strings as right as before (77 %) and
    made the decoder loop on one in ten.
    """
    if expectation is Expectation.DIGITS:
        return ""
    chosen = list(dict.fromkeys(word.strip() for word in state_words if word.strip()))[:MAX_STATE_WORDS]
    return ", ".join(chosen) + "." if chosen else ""
