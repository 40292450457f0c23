"""The caller speaks while the agent does: is it an interruption, or a cough?

```
 agent   ████████████████████░░░░░░░░░░░░░░░░░░                 ░ = paused, nothing sent
 caller              ▁▁██████████▁▁▁▁▁▁
                       │    │          └ words arrive: Interrupt (cancel, keep what was heard)
                       │    │            none, or only "mm-hm": Resume from where it stopped
                       │    └ PausePlayback after 250 ms of speech
                       └ speech begins
```
"""

import re
from dataclasses import dataclass, replace

from speech.turns.word_lists import BACKCHANNELS


@dataclass(frozen=True)
class BargeInPolicy:
    """What it takes to stop the agent."""

    speech_seconds: float = 0.25
    """speech that pauses playback"""
    speech_at: float = 0.6
    """probability of a speech frame while the agent talks; above the usual 0.5 against the loudspeaker's leak"""
    forget_after_seconds: float = 0.3
    """silence that takes back a beginning: two coughs a second apart are not half a second of speech"""
    resume_after_seconds: float = 2.0
    """playback goes on when no words came this long after it paused"""
    longest_pause_seconds: float = 10.0
    """and this long after it paused though the sound goes on: speech has gaps in which it is understood, a radio has
    none; from then on the caller must fall silent once before they can pause it again"""
    deaf_seconds: float = 0.0
    """at the start of a reply, for microphones without echo cancellation: 0 with a browser's, 0.5 without"""


@dataclass(frozen=True)
class PausePlayback:
    """Stop sending sound now, keep what is queued: the caller seems to speak."""

    at: float
    """now"""
    speech_began: float
    """when the caller began"""


@dataclass(frozen=True)
class Interrupt:
    """The caller has said words: cancel the reply, keep only what was heard."""

    at: float
    """now"""
    text: str
    """the words that did it"""


@dataclass(frozen=True)
class ResumePlayback:
    """It was nothing: go on from where playback stopped."""

    at: float
    """now"""
    paused_seconds: float
    """how long the agent was silent for it"""


BargeInDecision = PausePlayback | Interrupt | ResumePlayback


@dataclass(frozen=True)
class _Listening:
    speech_seconds: float = 0.0
    last_speech: float = 0.0
    began: float = 0.0


class BargeInDetector:
    """One caller against one reply at a time. Times are seconds on the caller's stream."""

    def __init__(self, policy: BargeInPolicy, frame_seconds: float) -> None:
        self._policy = policy
        self._frame_seconds = frame_seconds
        self._playing_since: float | None = None
        self._paused_at: float | None = None
        self._is_question = False
        self._is_given_up = False
        """A sound without words goes on; it is not listened to until it stops."""
        self._listening = _Listening()

    @property
    def is_paused(self) -> bool:
        """True between PausePlayback and its Interrupt or ResumePlayback."""
        return self._paused_at is not None

    def playback_started(self, at: float, *, is_question: bool) -> None:
        """The agent's sound begins; after a question even "yes" is an answer, not a backchannel."""
        self._playing_since, self._paused_at, self._is_question = at, None, is_question
        self._listening = _Listening()

    def playback_finished(self) -> None:
        """The agent is silent: nothing is left to interrupt."""
        self._playing_since = self._paused_at = None

    def hear(self, at: float, probability: float) -> list[BargeInDecision]:
        """Takes the caller's frame that ended at `at`."""
        if self._playing_since is None:
            return []
        if self._paused_at is not None:
            return self._resume_if_due(at, probability, self._paused_at)
        if at - self._playing_since < self._policy.deaf_seconds:
            return []
        return self._count(at, probability)

    def words(self, at: float, text: str, *, is_final: bool) -> list[BargeInDecision]:
        """Takes what was transcribed of the caller, "" for noise; a final one without words resumes at once."""
        if self._playing_since is None:
            return []
        if self._takes_the_turn(text):
            self._playing_since = self._paused_at = None
            return [Interrupt(at, text)]
        if is_final and self._paused_at is not None:
            return [self._resume(at, self._paused_at)]
        return []

    def noise(self, at: float) -> list[BargeInDecision]:
        """The turn detector found the sound too short to be speech: the same as a final transcript without words."""
        return self.words(at, "", is_final=True)

    def _count(self, at: float, probability: float) -> list[BargeInDecision]:
        heard = self._listening
        if probability < self._policy.speech_at:
            if at - heard.last_speech >= self._policy.forget_after_seconds:
                self._listening = _Listening()
                self._is_given_up = False
            return []
        if self._is_given_up:
            self._listening = replace(heard, last_speech=at)
            return []
        began = heard.began if heard.speech_seconds else at - self._frame_seconds
        heard = _Listening(heard.speech_seconds + self._frame_seconds, at, began)
        self._listening = heard
        if heard.speech_seconds + 5e-7 < self._policy.speech_seconds:
            return []
        self._paused_at = at
        return [PausePlayback(at, heard.began)]

    def _resume_if_due(self, at: float, probability: float, paused_at: float) -> list[BargeInDecision]:
        if probability >= self._policy.speech_at:
            self._listening = replace(self._listening, last_speech=at)
        if at - paused_at >= self._policy.longest_pause_seconds:
            self._is_given_up = True
            return [self._resume(at, paused_at)]
        # While the caller still talks the words are on their way; the clock runs from the last sound of speech.
        if at - max(paused_at, self._listening.last_speech) < self._policy.resume_after_seconds:
            return []
        return [self._resume(at, paused_at)]

    def _resume(self, at: float, paused_at: float) -> ResumePlayback:
        self._paused_at = None
        self._listening = _Listening(last_speech=self._listening.last_speech)
        return ResumePlayback(at, at - paused_at)

    def _takes_the_turn(self, text: str) -> bool:
        words = re.findall(r"[a-z0-9']+", text.lower().replace("-", ""))
        return bool(words) and (self._is_question or not all(word in BACKCHANNELS for word in words))
