"""The agent: a conversation and what was heard go in, a decision comes out.

Order matters and is the policy: danger, a wish for a person, anger, the answer to an open question, small talk, then
what the customer wants.
"""

from dataclasses import dataclass
from datetime import datetime

from agent import answers, topics, wording
from agent.decision import Clarify, Close, Decision, HandOff
from agent.heard import Heard
from agent.references import DATE_OF_BIRTH, REFERENCES, compared, note_references
from agent.signals import Signal
from agent.tools.runner import NEEDS_IDENTITY
from agent.tools.typed_action import ToolResult
from agent.topics import ASK_AT_MOST, NUMBER_TYPES
from agent.turn import Turn
from agent.unmatched import note_unmatched
from agent.waiting import while_waiting
from conversation.events import (
    CallbackRequested,
    HandOffWithdrawn,
    IdentityChecked,
    MoodNoted,
)
from conversation.state import State
from conversation.words import Assurance, ClosureReason, EscalationReason, QuestionKind
from intents.classify import Classification, Zone
from intents.library import Intent, Library, SolutionKind
from knowledge.search import KnowledgeIndex

TALK_TO_PERSON = "talk_to_person"
SMALL_TALK = "small_talk"
SYSTEM_INTENTS = frozenset({TALK_TO_PERSON, SMALL_TALK})

PERSON_PROBABILITY = 0.45
"""From here the classifier's "talk to a person" counts as the wish for one: missing it costs more than asking."""

ANGER_LEVEL = -3
"""One turn this angry hands over; two in a row at -2 do too."""

GIVE_UP_AFTER = 3
"""Turns in a row without a match before a person is fetched."""

WORTH_ASKING = 0.25
"""A first candidate less likely than this is not worth a clarifying question."""

WORTH_NAMING = 0.05
"""A candidate less likely than this is not offered in one."""

SURE_PASSAGE = 0.66
"""A passage this good answers even when the intent is in doubt."""


@dataclass(frozen=True)
class Agent:
    """Immutable; a changed library or knowledge base makes a new one."""

    library: Library
    """The tenant's intents and the built-in ones."""
    knowledge: KnowledgeIndex

    def decide(self, state: State, heard: Heard, now: datetime) -> Decision:
        """What to do about the customer's turn. Never raises for anything a customer can say."""
        turn = Turn(state, heard, now, self.library)
        turn.note(MoodNoted(heard.seq, heard.mood))
        if state.is_waiting:
            if heard.has(Signal.DANGER):
                turn.say(wording.SAFE_WAITING)
                return turn.reply_keeping_question()
            return while_waiting(turn, self.knowledge)
        for step in (self._danger, self._person, self._anger, self._answer, self._small_talk):
            decision = step(turn)
            if decision is not None:
                return decision
        return self._wish(turn)

    def resume(self, state: State, heard: Heard, now: datetime, tool: str, result: ToolResult) -> Decision:
        """What to do with a tool's result; `state` already has the ToolUsed event."""
        turn = Turn(state, heard, now, self.library)
        if tool == "verify_customer":
            return self._verified(turn, result)
        if not result.is_ok and not result.is_missing:
            turn.say(wording.TOOL_FAILED)
            return HandOff(EscalationReason.TOOL_FAILURE, says=turn.says, notes=turn.settled())
        if result.is_missing:
            return self._missing(turn, result)
        if result.choices:
            slot = self._number_slot(turn)
            turn.ask(QuestionKind.SLOT, result.summary, slot=slot, choices=tuple(result.choices))
            return turn.reply()
        turn.say(result.summary)
        if tool == "request_callback":
            turn.note(self._callback(turn, result))
            if turn.state.is_waiting:
                turn.note(HandOffWithdrawn())
        return topics.finish(turn, self.knowledge)

    def _danger(self, turn: Turn) -> Decision | None:
        if turn.heard.has(Signal.DANGER):
            turn.say(wording.SAFE_PEOPLE)
            note_references(turn)
            return HandOff(
                EscalationReason.POLICY_RESTRICTION, says=turn.says, notes=turn.settled(), extra_priority=1_000
            )
        if turn.heard.has(Signal.LEGAL):
            intent = self._accepted(turn)
            note_references(turn)
            return HandOff(
                EscalationReason.POLICY_RESTRICTION,
                intent=intent.id if intent else None,
                notes=turn.settled(),
                extra_priority=100,
            )
        return None

    def _person(self, turn: Turn) -> Decision | None:
        best = turn.heard.intent.candidates[0] if turn.heard.intent.candidates else None
        by_model = (
            best is not None
            and best.intent == TALK_TO_PERSON
            and best.probability >= PERSON_PROBABILITY
            and turn.heard.intent.zone is not Zone.OUT_OF_SCOPE
        )
        by_model = by_model and not turn.heard.has(Signal.ASKS_IF_AI, Signal.REFUSES_PERSON)
        is_answering = turn.asked is not None and turn.asked.kind in (QuestionKind.SLOT, QuestionKind.CONFIRM_ACTION)
        if not turn.heard.has(Signal.WANTS_PERSON) and not (by_model and not is_answering):
            return None
        other = next((one for one in turn.heard.intent.candidates if one.intent not in SYSTEM_INTENTS), None)
        meant = self.library.find(other.intent) if other and other.probability >= 0.3 else None
        if turn.state.topic is None and meant is not None:
            topics.recognise(turn, meant, turn.heard.intent)
        else:
            note_references(turn)
        if turn.heard.mood <= -2:
            turn.say(wording.SORRY_FRUSTRATING)
        return HandOff(EscalationReason.CUSTOMER_REQUEST, is_requested=True, says=turn.says, notes=turn.settled())

    def _anger(self, turn: Turn) -> Decision | None:
        recent = turn.state.moods[-2:]
        if turn.heard.mood > ANGER_LEVEL and not (len(recent) == 2 and max(recent) <= -2):
            return None
        intent = self._accepted(turn)
        if intent and turn.state.topic is None:
            topics.recognise(turn, intent, turn.heard.intent)
        turn.say(wording.SORRY_FRUSTRATING)
        return HandOff(
            EscalationReason.NEGATIVE_SENTIMENT,
            intent=intent.id if intent else None,
            says=turn.says,
            notes=turn.settled(),
            extra_priority=50,
        )

    def _answer(self, turn: Turn) -> Decision | None:
        return answers.answer(turn, self.knowledge)

    def _small_talk(self, turn: Turn) -> Decision | None:
        heard = turn.heard
        best = heard.intent.candidates[0] if heard.intent.candidates else None
        if heard.has(Signal.ASKS_IF_AI):
            turn.say(wording.I_AM_AI)
        elif heard.has(Signal.REFUSES_PERSON):
            turn.say(wording.STAY_WITH_ME)
        elif heard.has(Signal.GREETING):
            turn.say(wording.GREETING)
        elif heard.has(Signal.GOODBYE):
            turn.say(wording.GOODBYE)
            return Close(ClosureReason.RESOLVED, turn.says, turn.settled())
        elif heard.has(Signal.THANKS):
            turn.ask(QuestionKind.ANYTHING_ELSE, wording.THANKS)
            return turn.reply()
        elif heard.has(Signal.CANCEL) and turn.state.topic is None and len(heard.text) < 40:
            turn.say(wording.NOTHING_TO_CANCEL)
        elif best and best.intent == SMALL_TALK and heard.intent.zone is Zone.ACCEPT:
            turn.say(wording.SMALL_TALK)
        else:
            return None
        if turn.state.topic:
            return topics.advance(turn, self.knowledge)
        return turn.reply()

    def _wish(self, turn: Turn) -> Decision:
        heard = turn.heard
        if several := [wish for wish in heard.wishes if self._own(wish.classification) is not None]:
            # The last one first, so that the first lies on top and the others follow when it is done.
            for wish in reversed(several):
                topics.recognise(turn, self.library.get(wish.classification.candidates[0].intent), wish.classification)
            return topics.advance(turn, self.knowledge)
        intent = self._accepted(turn)
        if intent is not None:
            topics.recognise(turn, intent, heard.intent)
            return topics.advance(turn, self.knowledge)
        named = note_references(turn)
        by_number = self._intent_of_number(named)
        passage = next(iter(heard.passages), None)
        if by_number is not None and heard.intent.zone is not Zone.ACCEPT:
            topics.recognise(turn, by_number, heard.intent)
            return topics.advance(turn, self.knowledge)
        if passage and passage.score >= SURE_PASSAGE:
            return topics.quote(turn, self.knowledge, None)
        if heard.intent.zone is Zone.UNCERTAIN:
            return self._clarify(turn)
        if passage and passage.is_answer:
            return topics.quote(turn, self.knowledge, None)
        return self._unknown(turn)

    def _clarify(self, turn: Turn) -> Decision:
        if turn.asked is not None and turn.asked.kind is QuestionKind.CLARIFY:
            return self._unknown(turn)
        likely = [
            one
            for one in turn.heard.intent.candidates
            if one.intent not in SYSTEM_INTENTS and self.library.find(one.intent) is not None
        ]
        if not likely or likely[0].probability < WORTH_ASKING:
            return self._unknown(turn)
        options = [self.library.get(one.intent) for one in likely[:2] if one.probability >= WORTH_NAMING]
        names = tuple(one.name for one in options)
        text = wording.ordinal_choice(*names) if len(names) == 2 else wording.single_choice(names[0])
        choices = (*names, "Neither") if len(names) == 2 else ("Yes", "No")
        score = turn.heard.intent.score
        note_unmatched(turn, turn.heard.seq, turn.heard.text, options[0].id, score, is_doubtful=True)
        turn.ask(QuestionKind.CLARIFY, text, options=tuple(one.id for one in options), choices=choices)
        return Clarify(turn.says, turn.settled())

    def _unknown(self, turn: Turn) -> Decision:
        own = (one.intent for one in turn.heard.intent.candidates if one.intent not in SYSTEM_INTENTS)
        nearest = next(own, "")
        note_unmatched(turn, turn.heard.seq, turn.heard.text, nearest, turn.heard.intent.score)
        if turn.state.unmatched >= GIVE_UP_AFTER:
            turn.say(wording.SORRY_NOT_RIGHT)
            return HandOff(EscalationReason.UNKNOWN_INTENT, says=turn.says, notes=turn.settled())
        turn.ask(QuestionKind.OFFER_PERSON, wording.OUT_OF_SCOPE, choices=("Yes, a person please", "No, thanks"))
        return turn.reply()

    def _accepted(self, turn: Turn) -> Intent | None:
        return self._own(turn.heard.intent)

    def _own(self, classified: Classification) -> Intent | None:
        """The tenant's intent that is accepted; None for none, or for one that was taken out a moment ago."""
        if classified.zone is not Zone.ACCEPT or classified.candidates[0].intent in SYSTEM_INTENTS:
            return None
        return self.library.find(classified.candidates[0].intent)

    def _intent_of_number(self, named: tuple[str, ...]) -> Intent | None:
        """A bare "CL52318" asks for what is looked up by a claim number."""
        for intent in self.library.live():
            solution = intent.solution
            if solution and solution.kind is SolutionKind.TOOL and solution.target in NEEDS_IDENTITY:
                keys = [one.name for one in intent.attributes if one.type in NUMBER_TYPES]
                if keys and keys[0] in named and keys[0] in REFERENCES:
                    return intent
        return None

    def _number_slot(self, turn: Turn) -> str | None:
        attributes = turn.intent.attributes if turn.intent else ()
        return next((one.name for one in attributes if one.type in NUMBER_TYPES), None)

    def _verified(self, turn: Turn, result: ToolResult) -> Decision:
        if result.is_ok:
            data = result.data
            method, customer_id, name = data["method"], data["customer_id"], data["name"]
            turn.note(IdentityChecked(True, Assurance(data["assurance"]), method, customer_id, name, compared(turn)))
            return topics.advance(turn, self.knowledge, lead=f"Thank you, {data['name'].split()[0]}.")
        turn.note(IdentityChecked(False, Assurance.UNKNOWN, "references and a personal detail"))
        turn.clear(DATE_OF_BIRTH.name)
        turn.clear("postcode")
        if not result.is_missing:
            turn.say(wording.TOOL_FAILED)
            return HandOff(EscalationReason.TOOL_FAILURE, says=turn.says, notes=turn.settled())
        if turn.state.identity.failed_checks >= ASK_AT_MOST:
            turn.say(wording.CHECK_GAVE_UP)
            return HandOff(EscalationReason.AUTHENTICATION_FAILED, says=turn.says, notes=turn.settled())
        slot = next((one for one in turn.state.slots if one.name in REFERENCES or one.name == "customer_number"), None)
        reference = f"{slot.label} {wording.spaced(slot.value)}" if slot else "what you gave me"
        turn.ask(QuestionKind.SLOT, wording.CHECK_FAILED.format(reference=reference), slot=DATE_OF_BIRTH.name)
        return turn.reply()

    def _missing(self, turn: Turn, result: ToolResult) -> Decision:
        slot = self._number_slot(turn) or ("phone" if turn.state.value("phone") else None)
        if turn.asked and turn.asked.slot == slot and turn.asked.attempt >= ASK_AT_MOST:
            turn.say(result.summary)
            return HandOff(EscalationReason.UNABLE_TO_PROCEED, says=turn.says, notes=turn.settled())
        if slot:
            turn.clear(slot)
        turn.ask(QuestionKind.SLOT, f"{result.summary} Could you check the number and tell me again?", slot=slot)
        return turn.reply()

    def _callback(self, turn: Turn, result: ToolResult) -> CallbackRequested:
        intent = self.library.find(turn.state.intents[-1].intent) if turn.state.intents else None
        about = (
            result.data["about"]
            or (turn.state.handover.headline if turn.state.handover else "")
            or (turn.state.intents[-1].name if turn.state.intents else "General question")
        )
        queue = turn.state.queue or (intent.queue if intent and intent.queue else "general")
        return CallbackRequested(
            callback_id=result.data["callback_id"],
            phone=result.data["phone"],
            when=result.data["when"],
            about=about,
            queue=queue,
            name=turn.state.identity.name or "",
        )
