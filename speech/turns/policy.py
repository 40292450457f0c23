"""How patient the agent is, as numbers. Every figure was measured on recorded callers or is the brief's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from speech.choices import TurnTaking
from speech.expectation import Expectation

_SILENCE_SECONDS = MappingProxyType(
    {
        Expectation.OPEN: 0.5,
        Expectation.YES_NO: 0.35,
        Expectation.CHOICE: 0.4,
        Expectation.NAME: 0.7,
        Expectation.DIGITS: 0.9,
        Expectation.CODE: 1.0,
        Expectation.DATE: 0.7,
        Expectation.MONEY: 0.6,
        Expectation.ADDRESS: 1.2,
    }
)


@dataclass(frozen=True)
class TurnPolicy:
    """When a silence is the end of a turn.

    ```
    caller   ████████████▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
                         │   │        │        └ unfinished: "I'd like to change my"  (unfinished_seconds)
                         │   │        └ nothing known about the text: silence_seconds[expectation]
                         │   └ the text answers what was asked, or sounds and reads finished: answered_seconds
                         └ eager_after_seconds: transcribe now, throw away if speech resumes
    ```
    """

    silence_seconds: Mapping[Expectation, float] = field(default_factory=lambda: _SILENCE_SECONDS)
    """silence that ends a turn whose text says nothing either way, per expectation"""
    answered_seconds: float = 0.25
    """silence that ends a turn whose text is exactly the answer asked for, or that both reads and sounds finished"""
    sentence_seconds: float = 0.42
    """silence after a sentence that can stand alone but may not be the last: of the pauses inside 160 spoken orders a
    third last 0.3-0.42 s, none longer"""
    sounds_finished_at: float = 0.95
    """end-of-turn model: from here the voice has come to rest"""
    sounds_unfinished_at: float = 0.5
    """end-of-turn model: under this the voice hangs, and a finished sentence waits as long as one that is not"""
    unfinished_seconds: float = 1.2
    """least silence after text that breaks off, or a number that is still too short"""
    unfinished_times: float = 1.6
    """and at least so many times the state's own silence: a number half read waits 1.44 s for its other half"""
    longest_wait_seconds: float = 2.5
    """no silence longer than this is waited out, whatever the text or the caller's habit"""
    eager_after_seconds: float = 0.06
    """silence after which the speech so far is transcribed on suspicion: 0.06 wastes more than one transcription in two
    turns, 0.09 one in three and answers 30 ms later, 0.19 one in seven and answers 90-120 ms later"""
    eager_spelled_seconds: float = 0.3
    """the same where figures, letters or an address come in pieces, with gaps that are no ends"""
    speech_at: float = 0.5
    """probability from which a frame is speech"""
    silence_at: float = 0.35
    """probability under which a frame is silence; between the two it stays what it was"""
    onset_seconds: float = 0.064
    """speech this long opens a turn, shorter clicks do not"""
    least_speech_seconds: float = 0.25
    """less speech than this in a whole turn was a noise: no transcript is asked for (27 of 27 noise clips stopped)"""
    least_answer_seconds: float = 0.16
    """the same where a short answer is expected: "no" lasts 0.2 s"""
    longest_turn_seconds: float = 60.0
    """a monologue is cut here so that somebody answers it"""
    preroll_seconds: float = 0.3
    """sound before the onset that belongs to the turn: soft first consonants"""
    split_within_seconds: float = 0.8
    """speech that starts this soon after a turn ended shows that the turn was split; the pause is learned"""

    def eager_after(self, expectation: Expectation) -> float:
        """Seconds of silence before a guess, for this question."""
        comes_in_pieces = expectation.is_spelled or expectation is Expectation.ADDRESS
        return max(self.eager_after_seconds, self.eager_spelled_seconds if comes_in_pieces else 0.0)

    def least_speech(self, expectation: Expectation) -> float:
        """Seconds of speech that make a turn, for this question."""
        is_short = expectation in (Expectation.YES_NO, Expectation.CHOICE, Expectation.DIGITS)
        return self.least_answer_seconds if is_short else self.least_speech_seconds


def policy_of(taking: TurnTaking) -> TurnPolicy:
    """The patience a setting asks for."""
    usual = TurnPolicy()
    match taking:
        case TurnTaking.EAGER:
            return replace(usual, answered_seconds=0.2, sounds_finished_at=0.85)
        case TurnTaking.BALANCED:
            return usual
        case TurnTaking.PATIENT:
            longer = {state: 1.5 * seconds for state, seconds in usual.silence_seconds.items()}
            return replace(usual, silence_seconds=longer, answered_seconds=0.42, sentence_seconds=0.7)
