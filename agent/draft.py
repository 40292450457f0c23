"""The workbench of one decision: the state so far, what is learnt, what will be said."""

import hashlib
from datetime import datetime

from agent.decision import Reply, Say
from agent.llm.claims import content_stems
from agent.understanding.commands import Command
from agent.understanding.understanding import Understanding
from agent.wording import Wording
from conversation import QuestionKind, State, TopicOutcome
from conversation.events import (
    Event,
    Question,
    QuestionAsked,
    SlotCleared,
    SlotFilled,
    Source,
    StepDone,
    TopicClosed,
    TurnUnderstood,
)
from conversation.fold import apply
from intents import Intent, Library
from knowledge import Passage

LONGEST_VALUE = 1_000
STORY_STEMS = 4
"""Words that carry meaning; a turn with fewer is an answer or a courtesy."""
RECENTLY = 40
"""Events back, some five turns: what was read out since then is not read again."""


class DecisionDraft:
    """Notes are applied to `state` as they are made, so every step sees what the last one learnt."""

    def __init__(
        self,
        state: State,
        understood: Understanding,
        now: datetime,
        library: Library,
        wording: Wording,
        said: tuple[Say, ...] = (),
    ) -> None:
        """`said`: what this answer already says, before a tool was used."""
        self.asked = state.dialogue.question
        """The question that was open when the customer spoke."""
        self.state = state
        self.understood = understood
        self.now = now
        self.library = library
        self.wording = wording.in_language(state.talk.language)
        self.read: tuple[Command, ...] = ()
        """What a language model read in the turn."""
        self.is_confirming = False
        """True once the customer has said yes to the action just read back."""
        self.rejected = ""
        """The intent this turn says is not meant."""
        self.is_exhausted = False
        """True when the best answer to this turn's question was read out just before: there is no better one."""
        self.is_declining = False
        """True once they have said no to a person who was offered."""
        self.read_out = {(source.article_id, source.section) for say in said for source in say.sources}
        """Article and section of every passage in this answer."""
        self.notes: list[Event] = []
        self._says: list[Say] = list(said)
        self._commands: list[str] = []

    def note(self, *events: Event) -> None:
        for event in events:
            self.state = apply(self.state, event, self.now)
            self.notes.append(event)

    def understand(self, command: str) -> None:
        """One more command for the record of this turn."""
        self._commands.append(command)

    def say(self, text: str, *, choices: tuple[str, ...] = ()) -> None:
        if text.strip():
            self._says.append(Say(text.strip(), choices=choices))

    def line(self, key: str, **values: str) -> None:
        """A line of the wording."""
        self.say(self.text(key, **values))

    def text(self, key: str, **values: str) -> str:
        """A line of the wording, another variant than was said last where there is one."""
        return self.wording.line(key, self.understood.seq, avoid=self.state.talk.last_agent_text, **values)

    @property
    def story(self) -> str:
        """What the customer told before this turn, in their words: the last turn that says more than an answer does."""
        said = [
            turn.text
            for turn in self.state.talk.last_turns
            if turn.speaker == "customer" and turn.seq < self.understood.seq
        ]
        told = [*(seen.words for seen in self.state.dialogue.intents[-1:]), *said]
        return next((text for text in reversed(told) if len(content_stems(text)) >= STORY_STEMS), "")

    def with_story(self, text: str) -> str:
        """A question behind the story it leans on."""
        return f"{self.story.rstrip('.?! ')}. {text}" if self.story else text

    def read_before(self) -> set[tuple[str, str]]:
        """Article and section of the passages read out in the last few turns."""
        shown = (one for one in self.state.record.articles if one.seq >= self.state.seq - RECENTLY)
        return {(one.article_id, one.section) for one in shown}

    def quote(self, passage: Passage) -> None:
        """The approved words of a passage, with its article named."""
        source = Source(passage.article_id, passage.title, passage.section)
        self.read_out.add((passage.article_id, passage.section))
        self._says.append(Say(passage.text, sources=(source,), question=self.understood.text))

    def ask(
        self,
        kind: QuestionKind,
        text: str,
        *,
        slot: str | None = None,
        options: tuple[str, ...] = (),
        choices: tuple[str, ...] = (),
    ) -> None:
        """Ask, counting how often this very question was asked in a row."""
        before = self.asked
        again = before is not None and before.kind is kind and before.slot == slot and kind is not QuestionKind.CLARIFY
        attempt = 1
        if again and before and not self.has_learnt:  # who asked something and was answered missed nothing
            attempt = before.attempt if self.read_out else before.attempt + 1
        self.note(QuestionAsked(Question(kind, slot, options, attempt)))
        self.say(text, choices=choices)

    def attempts(self, slot: str) -> int:
        """How often the slot has just been asked for in a row."""
        return self.asked.attempt if self.asked and self.asked.slot == slot else 0

    def fill(self, name: str, label: str, value: str, *, topic: str = "", is_correction: bool = False) -> None:
        value = value[:LONGEST_VALUE]
        known = next((slot for slot in self.state.dialogue.slots if (slot.name, slot.topic) == (name, topic)), None)
        if known is None or known.value != value or known.said_seq < self.understood.seq:
            self.note(SlotFilled(name, label, value, self.understood.seq, is_correction, topic))

    def clear(self, name: str, *, topic: str = "") -> None:
        if any((slot.name, slot.topic) == (name, topic) for slot in self.state.dialogue.slots):
            self.note(SlotCleared(name, topic))

    def done(self, step: str, inputs: str, result: dict[str, object] | None = None) -> None:
        """A step of the current topic that is not to be done again with these inputs."""
        if self.state.topic:
            self.note(StepDone(self.state.topic.intent, step, inputs, result))

    def close_topic(self, outcome: TopicOutcome) -> None:
        if self.state.topic:
            self.note(TopicClosed(self.state.topic.intent, outcome))

    @property
    def is_just_checked(self) -> bool:
        """True in the turn right after an identity check: who says now that it is not them was never them."""
        said = [
            turn.seq
            for turn in self.state.talk.last_turns
            if turn.speaker == "customer" and turn.seq < self.understood.seq
        ]
        checked = {name for name, _ in self.state.record.identity.checked}
        return bool(said) and any(
            slot.name in checked and slot.said_seq >= said[-1] for slot in self.state.dialogue.slots
        )

    @property
    def has_learnt(self) -> bool:
        """True when the turn gave a value, if not the one that was asked for."""
        return any(isinstance(one, SlotFilled) and not one.is_correction for one in self.notes)

    @property
    def intent(self) -> Intent | None:
        """The intent of the current topic; None when the library no longer has it."""
        return self.library.find(self.state.topic.intent) if self.state.topic else None

    @property
    def says(self) -> tuple[Say, ...]:
        """The lines, plain ones that follow each other joined: people read one message, not five."""
        joined: list[Say] = []
        for one in self._says:
            before = joined[-1] if joined else None
            if before and not before.sources and not one.sources and not before.choices:
                if one.text not in before.text:
                    joined[-1] = Say(f"{before.text} {one.text}", choices=one.choices)
                elif one.choices:
                    joined[-1] = Say(before.text, choices=one.choices)
            else:
                joined.append(one)
        return tuple(joined)

    @property
    def has_told_before(self) -> bool:
        """True when all of this answer stands in the one before it."""
        return bool(self._says) and all(say.text in self.state.talk.last_agent_text for say in self._says)

    def unsay(self) -> None:
        """Nothing of this answer is said."""
        self._says.clear()

    def unsay_told(self) -> None:
        """Lines that the agent said in one of its last turns are not said again."""
        told = " ".join(
            [
                *(turn.text for turn in self.state.talk.last_turns if turn.speaker == "agent"),
                *(one.text for one in self.state.record.facts),
            ]
        )
        self._says = [say for say in self._says if say.text not in told]

    @property
    def has_said(self) -> bool:
        return bool(self._says)

    def settled(self) -> tuple[Event, ...]:
        """The notes, with the old question withdrawn if no new one was asked."""
        asks = any(isinstance(note, QuestionAsked) for note in self.notes)
        if not asks and self.state.dialogue.question is not None:
            self.note(QuestionAsked(None))
        return self.noted()

    def noted(self) -> tuple[Event, ...]:
        """The notes, what the turn was taken to mean first."""
        if not self._commands:
            return tuple(self.notes)
        understood = TurnUnderstood(self.understood.seq, tuple(self._commands[:24]))
        return (understood, *self.notes)

    def reply(self) -> Reply:
        return Reply(self.says, self.settled())

    def reply_keeping_question(self) -> Reply:
        """Reply without touching the open question: something was only said again."""
        return Reply(self.says, self.noted())


def digest(value: object) -> str:
    """A short fingerprint of a step's inputs."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:12]
