"""The workbench of one decision: the state so far, what is learnt, what will be said."""

from datetime import datetime

from agent.decision import Reply, Say
from agent.heard import Heard
from conversation.events import Event, Question, QuestionAsked, SlotCleared, SlotFilled, Source, TopicClosed
from conversation.fold import apply
from conversation.state import State
from conversation.words import QuestionKind, TopicOutcome
from intents.library import Attribute, Intent, Library
from knowledge.search import Passage

LONGEST_VALUE = 1_000


class Turn:
    """Notes are applied to `state` as they are made, so every step sees what the last one learnt."""

    def __init__(self, state: State, heard: Heard, now: datetime, library: Library) -> None:
        self.asked = state.question
        """The question that was open when the customer spoke."""
        self.state = state
        self.heard = heard
        self.now = now
        self.library = library
        self.is_confirming = False
        """True once the customer has said yes to the action just read back."""
        self.notes: list[Event] = []
        self._says: list[Say] = []

    def note(self, *events: Event) -> None:
        for event in events:
            self.state = apply(self.state, event, self.now)
            self.notes.append(event)

    def say(self, text: str, *, choices: tuple[str, ...] = ()) -> None:
        self._says.append(Say(text, choices=choices))

    def quote(self, passage: Passage) -> None:
        """The approved words of a passage, with its article named."""
        source = Source(passage.article_id, passage.title, passage.section)
        self._says.append(Say(passage.text, sources=(source,), question=self.heard.text))

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
        attempt = before.attempt + 1 if again and before and not self._is_slot_filled(slot) else 1
        self.note(QuestionAsked(Question(kind, slot, options, attempt)))
        self.say(text, choices=choices)

    def fill(self, name: str, label: str, value: str, *, is_correction: bool = False) -> None:
        value = value[:LONGEST_VALUE]
        if self.state.value(name) != value:
            self.note(SlotFilled(name, label, value, self.heard.seq, is_correction))

    def clear(self, name: str) -> None:
        if self.state.slot(name):
            self.note(SlotCleared(name))

    def close_topic(self, outcome: TopicOutcome) -> None:
        if self.state.topic:
            self.note(TopicClosed(self.state.topic.intent, outcome))

    @property
    def intent(self) -> Intent | None:
        """The intent of the current topic; None when the library no longer has it."""
        return self.library.find(self.state.topic.intent) if self.state.topic else None

    def attribute(self, name: str) -> Attribute | None:
        """The current topic's attribute of that name, else any intent's."""
        own = self.intent.attributes if self.intent else ()
        every = (attribute for intent in self.library.intents for attribute in intent.attributes)
        return next((one for one in (*own, *every) if one.name == name), None)

    @property
    def says(self) -> tuple[Say, ...]:
        return tuple(self._says)

    def settled(self) -> tuple[Event, ...]:
        """The notes, with the old question withdrawn if no new one was asked."""
        asks = any(isinstance(note, QuestionAsked) for note in self.notes)
        if not asks and self.state.question is not None:
            self.note(QuestionAsked(None))
        return tuple(self.notes)

    def reply(self) -> Reply:
        return Reply(self.says, self.settled())

    def reply_keeping_question(self) -> Reply:
        """Reply without touching the open question: something was only said again."""
        return Reply(self.says, tuple(self.notes))

    def _is_slot_filled(self, slot: str | None) -> bool:
        return slot is not None and any(isinstance(note, SlotFilled) and note.name == slot for note in self.notes)
