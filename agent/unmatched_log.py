"""What no intent covers, or nothing more can be told of: noted for discovery, without personal data."""

from agent.decision import Decision, HandOff
from agent.draft import DecisionDraft
from conversation import EscalationReason, QuestionKind
from conversation.events import UtteranceUnmatched
from intents.discovery import mask_personal_data

MOST_CHARACTERS = 1_000
"""Of one turn; discovery reads sixty words of it at most."""


def note_unmatched(
    draft: DecisionDraft, seq: int, text: str, nearest: str, score: float, *, is_doubtful: bool = False
) -> None:
    """Note the customer's turn `seq` as unmatched; `nearest` is an intent's id or empty."""
    intent = draft.library.find(nearest)
    masked = mask_personal_data(" ".join(text.split()))[:MOST_CHARACTERS]
    line = intent.line_of_business if intent else ""
    draft.note(UtteranceUnmatched(seq, nearest, round(score, 3), masked, line, is_doubtful))


def note_refused_choice(draft: DecisionDraft, options: tuple[str, ...]) -> None:
    """The customer took none of the intents offered: the turn the agent asked about is unmatched after all."""
    seq = draft.understood.seq
    before = [one for one in draft.state.talk.last_turns if one.speaker == "customer" and one.seq < seq]
    if before:
        note_unmatched(draft, before[-1].seq, before[-1].text, options[0] if options else "", 0.0)


def exhausted(draft: DecisionDraft) -> Decision:
    """The question was answered as well as it can be, and comes again: no third reading, but a person."""
    draft.understand("told before")
    note_unmatched(draft, draft.understood.seq, draft.understood.text, "", draft.understood.whole.intent.score)
    if draft.state.is_waiting:
        return HandOff(EscalationReason.MISSING_KNOWLEDGE, says=draft.says, notes=draft.settled())
    draft.line("told_before")
    draft.ask(QuestionKind.OFFER_PERSON, draft.text("offer_person"), choices=("Yes, a person please", "No, thanks"))
    return draft.reply()
