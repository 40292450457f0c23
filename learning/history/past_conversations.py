"""Past conversations as learning reads them: what customers wished, what they were answered, how it ended."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from conversation import QuestionKind, TopicOutcome
from conversation.events import (
    AgentSaid,
    CustomerSaid,
    Ended,
    HandedBack,
    HandOffRequested,
    IntentRecognised,
    OfferAccepted,
    OperatorSaid,
    Question,
    QuestionAsked,
    Recorded,
    TopicClosed,
    TopicOpened,
    UtteranceUnmatched,
)
from intents import Zone
from intents.discovery import mask_personal_data
from storage.conversation import ConversationHistory

KINDS = (
    "customer_said",
    "agent_said",
    "operator_said",
    "intent_recognised",
    "utterance_unmatched",
    "topic_opened",
    "topic_closed",
    "question_asked",
    "hand_off_requested",
    "offer_accepted",
    "handed_back",
    "ended",
)
_ANSWERED = frozenset({QuestionKind.SLOT, QuestionKind.CONFIRM_ACTION, QuestionKind.OFFER_CALLBACK})
"""Questions whose answer is no wish."""


@dataclass
class PastTurn:
    """One turn of a customer."""

    conversation_id: str
    seq: int
    at: datetime
    channel: str
    text: str
    """Personal data masked."""
    is_answer: bool
    """Said to a question of the agent's, or to a person: no wish for the agent."""
    intent: str | None = None
    """Recognised in it."""
    confidence: float = 0.0
    is_unsure: bool = False
    """Recognised only once the customer had said which of a few it was, or from its words alone."""
    alternatives: tuple[str, ...] = ()
    done: str | None = None
    """The intent it turned out to be about: its topic was finished."""
    is_unmatched: bool = False
    is_clarified: bool = False
    """The agent asked which of a few things was meant."""
    is_quoted: bool = False
    """Answered with an article, without an intent."""


@dataclass
class PastConversation:
    """One conversation."""

    id: str
    channel: str
    said: list[PastTurn] = field(default_factory=list)
    operator_lines: list[str] = field(default_factory=list)
    escalated_at: int | None = None
    """Sequence number of the first hand-over; None if there was none."""
    clarified_at: list[int] = field(default_factory=list)
    """Sequence numbers of the agent's clarifying questions."""
    is_ended: bool = False

    @property
    def is_contained(self) -> bool | None:
        """Whether it ended without a person; None while it goes on and none was asked for."""
        if self.escalated_at is not None:
            return False
        return True if self.is_ended else None

    def went_badly_after(self, seq: int, *, by_design: bool = False) -> bool:
        """Whether a person was fetched or the agent had to ask what was meant, after that turn.

        `by_design`: fetching a person is what was wanted, so only the asking counts.
        """
        escalated = not by_design and self.escalated_at is not None and self.escalated_at > seq
        return escalated or any(at > seq for at in self.clarified_at)


async def conversations(history: ConversationHistory, since: datetime) -> AsyncIterator[PastConversation]:
    """Those that began from `since` on, oldest first."""
    async for conversation_id, channel, events in history.conversations(since, KINDS):
        yield past_conversation(conversation_id, channel, events)


def past_conversation(conversation_id: str, channel: str, events: Sequence[Recorded]) -> PastConversation:
    """The conversation these events tell."""
    whole = PastConversation(conversation_id, channel)
    turns: dict[int, PastTurn] = {}
    opened: dict[str, int] = {}
    asked: Question | None = None
    is_with_human = False
    for one in events:
        match one.event:
            case CustomerSaid(text=text):
                is_answer = is_with_human or (asked is not None and asked.kind in _ANSWERED)
                said = PastTurn(conversation_id, one.seq, one.at, channel, mask_personal_data(text), is_answer)
                turns[one.seq] = said
                whole.said.append(said)
            case IntentRecognised() as found if found.said_seq in turns:
                turn = turns[found.said_seq]
                turn.intent = turn.intent or found.intent
                turn.confidence, turn.alternatives = found.confidence, found.alternatives
                turn.is_unsure = found.zone != Zone.ACCEPT
                turn.is_answer = False
            case UtteranceUnmatched(is_doubtful=False) as unmatched if unmatched.said_seq in turns:
                turns[unmatched.said_seq].is_unmatched = True
            case TopicOpened(intent=intent, said_seq=said_seq):
                opened[intent] = said_seq
            case TopicClosed(intent=intent, outcome=TopicOutcome.DONE) if opened.get(intent) in turns:
                turns[opened[intent]].done = intent
            case QuestionAsked(question=question):
                asked = question
                if question is not None and question.kind is QuestionKind.CLARIFY:
                    whole.clarified_at.append(one.seq)
                    if whole.said:
                        whole.said[-1].is_clarified = True
            case AgentSaid(sources=sources) if sources and whole.said and whole.said[-1].intent is None:
                whole.said[-1].is_quoted = True
            case OperatorSaid(text=text):
                whole.operator_lines.append(text)
            case HandOffRequested() if whole.escalated_at is None:
                whole.escalated_at = one.seq
            case OfferAccepted():
                is_with_human = True
            case HandedBack():
                is_with_human = False
            case Ended():
                whole.is_ended = True
            case _:
                continue
    return whole
