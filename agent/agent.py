"""The agent: a conversation and what a turn means go in, a decision comes out.

The order is the policy: secrets taken out, danger and need, a language we do not speak, a wish for a person, law;
then the values in the turn, the answer to what was asked, changes of mind; then questions, answered before anything is
asked; then wishes, each served by its procedure; then small talk; and only then "I don't know".
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from agent import identity, social
from agent.answers import answer, change_of_mind
from agent.decision import Decision, HandOff, UseTool
from agent.draft import DecisionDraft
from agent.noting import offer_to_note
from agent.procedures.derive import with_derived
from agent.procedures.model import Collect, Confirm, Pick, Procedure
from agent.procedures.model import UseTool as ToolStep
from agent.procedures.versions import ProcedureVersions, Trial, version_in
from agent.procedures.walk import Surrounds, Walk
from agent.queue_turns import kept_waiting, while_waiting
from agent.rejection import is_choosing, notice_rejection
from agent.tools.specs import CHANGES
from agent.tools.typed_action import ToolResult
from agent.tools.verify_customer import may_be_called
from agent.topics import advance, note_values, recognise, wanted_by
from agent.understanding.acts import Act, says_person
from agent.understanding.commands import (
    Command,
    Context,
    Say,
    SetValue,
    Start,
    Unknown,
    has_words,
    name_of,
    values_of,
)
from agent.understanding.dates import find_days
from agent.understanding.meaning import Meaning
from agent.understanding.reference_kinds import ReferenceKinds
from agent.understanding.safety import NO_SAFETY, Category, SafetyPolicy
from agent.understanding.text import is_empty_talk
from agent.understanding.understanding import Understanding, Urgency
from agent.understanding.values import find_values
from agent.understanding.yes_no import read_yes_no
from agent.unmatched_log import exhausted
from agent.wishes import FIRST, OWN_ARTICLE, Wishes, answer_questions, clarify, offer, unknown, wishes_of
from agent.wording import DEFAULT_WORDING, Wording
from conversation.events import (
    CallbackRequested,
    HandOffWithdrawn,
    IdentityChecked,
    LanguageNoticed,
    MoodNoted,
    StepDone,
)
from conversation.state import State
from conversation.words import Assurance, EscalationReason, QuestionKind
from encoder.stems import content_stems, stems
from intents.canary import place_of
from intents.library import Intent, Library
from knowledge.search import KnowledgeIndex

_MORE = re.compile(
    r"\b(?:why|how(?: come| did| do| was| is| much| long)|what (?:was|is|were|are|did|does)"
    r"|that (?:£|money|sum|date|day|one)"
    r"|when(?:'s|s)?|who(?:'?s|m)?|which|whole|where|all of it|for what|not yet|already sent|i sent|i asked)\b"
)

_GOES_ON = re.compile(
    r"\b(?:still|right now|now|keeps? (?:on )?\w+ing|won'?t stop|can'?t stop|getting worse|trapped|stuck|bleeding"
    r"|help)\b",
    re.IGNORECASE,
)
"""The danger of an earlier day is not over."""
_KEEPS = re.compile(
    r"\b(?:do not|don'?t) (?:you )?(?:end|stop|cancel) (?:it|that|anything|everything|any of it)\b", re.IGNORECASE
)
"""Something is to go on: no words of somebody who wants to end it all."""

_REASSURES = re.compile(
    r"\b(?:i'?m|he'?s|she'?s|it'?s|we'?re|they'?re|everyone'?s?|everybody'?s?|dad'?s|mum'?s) (?:\w+ ){0,2}"
    r"(?:safe|ok(?:ay)?|fine|all ?right|better|home)\b"
    r"|\b(?:not|isn'?t) (?:in (?:any )?danger|dying|hurt|ill|urgent|an emergency|like that)\b"
    r"|\bno(?:body|-?one)(?:'s| is| was| has|s)? (?:hurt|injured|ill|died|dead|dying)\b"
    r"|\b(?:don'?t|do not|no) need (?:an? |any )?(?:ambulance|police|sympathy|call ?back|person)\b",
    re.IGNORECASE,
)
"""Nobody is in need, by their own words."""
_SAYS_NO = re.compile(r"^(?:oh )?(?:no+|nope|neither|not|nah)\b", re.IGNORECASE)

FEW_WORDS = 5
"""A turn of no more says nothing beside a number."""
PLAIN_OTHER = 0.95
"""So likely another wish, only the words themselves ask for a person."""
_POINTS = re.compile(r"\b(?:look(?:ing)? (?:at|up|it up|into)|check|pull (?:it |that )?up|under|open)\b", re.IGNORECASE)
"""At the number that the turn names: "you have case 4491, look at that one"."""
MOST_ANSWERS = 2
"""Passages read to somebody in need, who hears most from a person."""
SURE_ALARM = 0.85
"""The classifier's alarm in the middle of something else must be as sure as this."""
PLAIN_WISH, SURER_ALARM = 0.8, 0.95
"""Beside so plain an ordinary wish, or for somebody else, it must be surer still."""
SURE_PERSON, SHORT_WISH = 0.9, 6
"""A short turn so likely to ask for a person does, whatever its words."""
OWN_WORD, OWN_SHARE = 3, 0.4
"""A word that so many examples of an intent say, and so much of all who say it, is its own."""
UNDOING, UNDONE = "undo:", "undone"
ANGER_LEVEL = -3
"""One turn this angry hands over; two in a row at -2 do too."""


@dataclass(frozen=True)
class Agent:
    """Immutable; a changed library, procedure or knowledge base makes a new one."""

    library: Library
    """The tenant's intents and the built-in ones."""
    knowledge: KnowledgeIndex
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    """By intent; those that are only called, by id."""
    trial: Trial | None = None
    """Procedures that a share of the conversations meets instead."""
    by_version: Mapping[int, Mapping[str, Procedure]] = field(default_factory=dict)
    """What topics go on with that began before the procedures changed."""
    references: ReferenceKinds = field(default_factory=lambda: ReferenceKinds(()))
    safety: SafetyPolicy = NO_SAFETY
    wording: Wording = DEFAULT_WORDING
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: Mapping[tuple[tuple[str, ...], tuple[str, ...]], Meaning] = field(default_factory=dict)
    """By the examples that mean yes and no to a question of a procedure."""

    def context_of(self, state: State, understood: Understanding, now: datetime) -> Context:
        """What the conversation is at when the turn comes."""
        return self.context(self._draft(state, understood, now))

    def decide(
        self, state: State, understood: Understanding, now: datetime, *, read: tuple[Command, ...] = ()
    ) -> Decision:
        """What to do about the customer's turn. Never raises for anything a customer can say.

        `read`: what a language model read in it, checked; it counts where the turn says nothing else that is known.
        """
        acts = frozenset(one.act for one in read if isinstance(one, Say))
        if acts:  # a yes to an action counts in the customer's plain words only (agent.answers)
            understood = replace(understood, whole=replace(understood.whole, acts=understood.whole.acts | acts))
        draft = self._draft(state, understood, now)
        draft.read = read
        for command in read:
            draft.understand(f"model {name_of(command)}")
        draft.note(MoodNoted(understood.seq, understood.mood))
        self._notice_language(draft)
        if understood.was_masked:
            draft.line("masked")
        if state.is_waiting:
            return kept_waiting(draft, while_waiting(self, draft))
        if is_empty_talk(understood.text):
            return self._nothing_said(draft)
        for step in (self._urgent, self._other_language, self._person, self._legal):
            decision = step(draft)
            if decision is not None:
                return decision
        return self._go_on(draft)

    def resume(
        self, state: State, understood: Understanding, now: datetime, used: UseTool, result: ToolResult
    ) -> Decision:
        """What to do with a tool's result; `state` already has the ToolUsed event."""
        draft = DecisionDraft(state, understood, now, self.library, self.wording, used.says)
        tool = used.tool
        if tool == "verify_customer":
            return self._verified(draft, result)
        if used.step.startswith(UNDOING):
            return self._undone(draft, used, result)
        if not result.is_ok:
            return self._failed(draft, result)
        if draft.state.topic:
            draft.note(StepDone(draft.state.topic.intent, used.step, used.inputs, result.data))
        if tool == "request_callback":
            draft.note(self._callback(draft, result))
            if draft.state.is_waiting and draft.state.value("care") is None:  # who is in need keeps the place as well
                draft.note(HandOffWithdrawn())
        decision = advance(self, draft)
        return kept_waiting(draft, decision) if draft.state.is_waiting else decision

    def is_look_up(self, intent: str) -> bool:
        """True when the intent's procedure only reads a record and tells what stands in it."""
        procedure = self.procedures.get(intent)
        steps = tuple(procedure.all_steps()) if procedure else ()
        changes = any(
            isinstance(step, Confirm) or (isinstance(step, ToolStep) and step.tool in CHANGES) for step in steps
        )
        return any(isinstance(step, Pick) for step in steps) and not changes

    def in_conversation(self, conversation_id: str) -> "Agent":
        """The agent that this conversation meets: the one with the procedures on trial, or this one."""
        if self.trial is None or place_of(conversation_id) >= self.trial.share:
            return self
        return self._trying

    @cached_property
    def _trying(self) -> "Agent":
        return replace(self, procedures=self.trial.procedures, trial=None) if self.trial else self

    def with_library(self, library: Library) -> "Agent":
        """The same agent with changed intents; a new one without a procedure of its own gets one made."""
        return self._with(library, ProcedureVersions(self.procedures, self.trial, self.by_version))

    def with_procedures(
        self,
        versions: ProcedureVersions,
        meanings: Mapping[tuple[tuple[str, ...], tuple[str, ...]], Meaning] | None = None,
    ) -> "Agent":
        """The same agent with changed procedures; `meanings` are those of their questions."""
        changed = self._with(self.library, versions)
        return replace(changed, meanings={**self.meanings, **(meanings or {})})

    def _with(self, library: Library, versions: ProcedureVersions) -> "Agent":
        trial = versions.trial
        return replace(
            self,
            library=library,
            procedures=with_derived(versions.current, library),
            trial=replace(trial, procedures=with_derived(trial.procedures, library)) if trial else None,
            by_version=versions.by_version,
        )

    @cached_property
    def intent_words(self) -> dict[str, frozenset[str]]:
        """The words of each intent's examples, without endings."""
        return {
            intent.id: frozenset(stems(" ".join((intent.name, *(one.text for one in intent.examples)))))
            for intent in self.library.live()
        }

    @cached_property
    def own_words(self) -> dict[str, frozenset[str]]:
        """The words that an intent's examples say and those of others hardly do: what it is about."""
        counts = {
            intent.id: Counter(stem for one in intent.examples for stem in content_stems(one.text))
            for intent in self.library.live()
        }
        everywhere = sum(counts.values(), Counter())
        return {
            intent: frozenset(
                stem for stem, count in words.items() if count >= OWN_WORD and count >= OWN_SHARE * everywhere[stem]
            )
            for intent, words in counts.items()
        }

    def speaks_of(self, intent: str, text: str) -> bool:
        """True when the text has one of the intent's own words."""
        return bool(self.own_words.get(intent, frozenset()) & content_stems(text))

    def is_form(self, intent: str) -> bool:
        """True when the intent's procedure takes something down or changes something."""
        procedure = self.procedures.get(intent)
        if procedure is None or self.is_look_up(intent):
            return False
        return any(
            isinstance(step, Confirm) or (isinstance(step, Collect) and not step.is_optional)
            for step in procedure.all_steps()
        )

    @cached_property
    def look_ups(self) -> dict[str, str]:
        """The intent that tells where something stands, by the kind of number that names it; the first that uses it."""
        found: dict[str, str] = {}
        for intent, procedure in self.procedures.items():
            kind = procedure.reference
            is_look_up = procedure.is_status and kind and self.library.find(intent)
            if is_look_up and (kind not in found or kind in procedure.uses):
                found[kind] = intent
        return found

    @cached_property
    def new_one(self) -> re.Pattern[str]:
        """A turn about one more of what a number names, not about one that is there: "a new claim"."""
        kinds = (self.references.kind(name) for name in self.look_ups)
        words = "|".join(re.escape(word) for kind in kinds if kind for word in kind.words) or "(?!)"
        return re.compile(
            rf"\b(?:a|another|one) (?:brand[- ])?new (?:{words}|one)\b|\b(?:new|another) (?:{words})\b"
            rf"|\bi(?:'d like| want) to (?:{words})\b",
            re.IGNORECASE,
        )

    def walk(self, draft: DecisionDraft, procedure: Procedure) -> Walk:
        """A walk of the procedure, among those of its own version."""
        procedures = self.by_version.get(procedure.version, self.procedures)
        return Walk(draft, procedure, Surrounds(procedures, self.knowledge, self.references, self.synonyms))

    def procedure_of(self, draft: DecisionDraft) -> Procedure | None:
        """The procedure of the current topic, in the version that it began with while that is known.

        None when the library no longer has its intent.
        """
        topic = draft.state.topic
        if topic is None:
            return None
        began_with = self.by_version.get(version_in(topic.procedure), {}).get(topic.intent)
        return began_with or self.procedures.get(topic.intent)

    def context(self, draft: DecisionDraft) -> Context:
        """What the conversation is at, for the understanding."""
        state = draft.state
        last = (
            state.record.articles[-1]
            if state.record.articles and state.record.articles[-1].seq >= state.seq - 12
            else None
        )
        return Context(
            today=draft.now.date(),
            references=self.references,
            question=state.dialogue.question,
            open_intents=tuple(topic.intent for topic in state.dialogue.topics),
            wanted=wanted_by(self, draft),
            last_article=(last.article_id, last.section) if last else None,
            known=tuple(
                slot.name
                for slot in sorted(state.dialogue.slots, key=lambda one: one.said_seq)
                if slot.name in identity.REFERENCE_NAMES
            ),
            is_for_other=state.value(identity.SPEAKS_FOR) is not None,
            is_verified=state.record.identity.assurance >= Assurance.VERIFIED,
            is_opening=len([turn for turn in state.talk.last_turns if turn.speaker == "customer"]) <= 1,
        )

    def _draft(self, state: State, understood: Understanding, now: datetime) -> DecisionDraft:
        return DecisionDraft(state, understood, now, self.library, self.wording)

    def _notice_language(self, draft: DecisionDraft) -> None:
        code = draft.understood.language
        if (
            code is not None
            and code != draft.state.talk.language
            and (code != "en" or len(draft.understood.text.split()) > 3)
        ):
            draft.note(LanguageNoticed(code))
            draft.understand(f"language {code}")

    def _nothing_said(self, draft: DecisionDraft) -> Decision:
        if draft.state.dialogue.unmatched >= 2:
            draft.line("sorry_not_right")
            return HandOff(EscalationReason.UNKNOWN_INTENT, says=draft.says, notes=draft.settled())
        draft.line("nothing_heard")
        return draft.reply_keeping_question()

    def alarm(self, draft: DecisionDraft) -> Category | None:
        """The danger or need in this turn, if it is one."""
        urgency = draft.understood.urgency
        category = self.safety.category(urgency.category) if urgency else None
        return None if self._is_no_alarm(draft, urgency) else category

    def _urgent(self, draft: DecisionDraft) -> Decision | None:
        category = self.alarm(draft)
        if category is None:
            return None
        draft.understand(f"urgent {category.id}")
        note_values(draft, values_of(draft.understood, self.context(draft)))
        draft.fill("care", "take care", category.label)
        if category.intent and category.kind == "vulnerable":
            draft.fill(identity.SPEAKS_FOR, "speaks for", identity.DECEASED)
        draft.say(category.say)
        self._answer_urgent(draft, category)
        self._wish_of_urgent(draft, category)
        return HandOff(
            EscalationReason.POLICY_RESTRICTION,
            intent=category.intent or None,
            queue=category.queue,
            urgent=category.label,
            says=draft.says,
            notes=draft.settled(),
            extra_priority=category.priority,
        )

    def _is_no_alarm(self, draft: DecisionDraft, urgency: Urgency | None) -> bool:
        """The classifier alone, in doubt, about an answer to our question or about what is said in passing."""
        if urgency is None or urgency.by_words:
            return False
        if _KEEPS.search(draft.understood.text) or self._is_past(draft, urgency) or self._is_reassured(draft, urgency):
            return True
        whole = draft.understood.whole
        best = next(iter(whole.intent.candidates), None)
        is_plain = best is not None and best.probability >= PLAIN_WISH and best.intent not in self.safety.alarming
        if is_plain or identity.speaks_for(draft.understood.text) is not None:
            return urgency.probability < SURER_ALARM
        if urgency.probability >= SURE_ALARM:
            return False
        return draft.asked is not None or draft.understood.has(Act.WANTS_PERSON, Act.ANGER, Act.CLOSING, Act.THANK)

    def _is_reassured(self, draft: DecisionDraft, urgency: Urgency) -> bool:
        """ "I'm fine, it's just a divorce", and a no in the middle of something else, is nobody in need."""
        category = self.safety.category(urgency.category)
        if category is None or category.kind != "vulnerable":
            return False
        text = draft.understood.text
        is_no = bool(draft.state.dialogue.intents or draft.asked) and bool(_SAYS_NO.search(text))
        return bool(_REASSURES.search(text)) or (is_no and urgency.probability < SURER_ALARM)

    def _is_past(self, draft: DecisionDraft, urgency: Urgency) -> bool:
        """A danger that passes, told of an earlier day, with nothing that says it goes on."""
        category = self.safety.category(urgency.category)
        if category is None or not category.passes or _GOES_ON.search(draft.understood.text):
            return False
        today = draft.now.date()
        # Days without a year are read as ahead: what may be meant to come is no reason for calm.
        return any(one.day < today for one in find_days(draft.understood.text, today, future=True))

    def _answer_urgent(self, draft: DecisionDraft, category: Category) -> None:
        whole = draft.understood.whole
        if not any(clause.is_question for clause in (whole, *draft.understood.clauses)):
            return
        asking = [clause for clause in draft.understood.clauses if clause.is_question] or [whole]
        for clause in asking[:MOST_ANSWERS]:
            found = [
                one
                for article in category.answers
                for one in self.knowledge.search(clause.query, limit=1, within=article)
            ]
            best = max(found, key=lambda one: one.score, default=None)
            if best is not None and best.score >= OWN_ARTICLE and (best.article_id, best.section) not in draft.read_out:
                draft.quote(self.knowledge.condensed(best, clause.query))

    def _wish_of_urgent(self, draft: DecisionDraft, category: Category) -> None:
        own = self.library.find(category.intent) if category.intent else None
        wish = draft.understood.whole.wish
        intent = own or (self.library.find(wish) if wish else None)
        if intent is not None and intent.id in self.procedures and draft.state.topic is None:
            recognise(self, draft, intent, draft.understood.whole.intent)

    def _other_language(self, draft: DecisionDraft) -> Decision | None:
        code = draft.understood.language
        if code in (None, "en") or code not in self.wording.notices:
            return None
        context = self.context(draft)
        note_values(draft, values_of(draft.understood, context))
        draft.say(self.wording.notices[code])
        best = next((one for one in draft.understood.whole.intent.candidates if one.intent in self.procedures), None)
        intent = self.library.find(best.intent) if best and best.probability >= 0.25 else None
        if intent is not None and intent.id in self.procedures and draft.state.topic is None:
            recognise(self, draft, intent, draft.understood.whole.intent)
        return HandOff(
            EscalationReason.POLICY_RESTRICTION,
            queue=self._likely_queue(draft),
            says=draft.says,
            notes=draft.settled(),
            extra_priority=5,
        )

    def _likely_queue(self, draft: DecisionDraft) -> str | None:
        """Where most of what the turn may mean is handled, even if it is not sure which of it is meant."""
        mass: dict[str, float] = {}
        for one in draft.understood.whole.intent.candidates:
            intent = self.library.find(one.intent)
            if intent is not None and intent.id in self.procedures:
                mass[intent.queue] = mass.get(intent.queue, 0.0) + one.probability
        best = max(mass, key=lambda queue: mass[queue], default=None)
        return best if best is not None and mass[best] >= 0.3 else None

    def _person(self, draft: DecisionDraft) -> Decision | None:
        understood = draft.understood
        is_plain = Act.WANTS_PERSON in understood.whole.acts  # "get me a human, not a bot" asks nothing
        if understood.has(Act.REFUSE_PERSON) or (understood.has(Act.ASK_IF_AI) and not is_plain):
            return None
        if not self._asks_for_person(understood):
            return None
        asked = draft.asked
        context = self.context(draft)
        is_story = (
            asked is not None
            and context.asked is not None
            and context.asked.type == "text"
            and len(understood.text.split()) > 15
        )
        if is_story:
            return None
        draft.understand("wants_person")
        note_values(draft, values_of(understood, context))
        wishes = wishes_of(self, draft, context)
        for start in reversed(wishes.starts):
            if draft.state.topic is None or start.confidence >= 0.7:
                self.open(draft, start)
        if understood.mood <= -2:
            draft.line("sorry_frustrating")
        else:
            draft.line("to_person")
        return HandOff(EscalationReason.CUSTOMER_REQUEST, is_requested=True, says=draft.says, notes=draft.settled())

    @staticmethod
    def _asks_for_person(understood: Understanding) -> bool:
        best = next(iter(understood.whole.intent.candidates), None)
        is_wished = best is not None and best.intent == "talk_to_person" and best.probability >= SURE_PERSON
        if best is not None and best.intent != "talk_to_person" and best.probability >= PLAIN_OTHER:
            return says_person(understood.text)  # a wish as plain as this is no wish for a person
        is_plain = not understood.whole.acts and len(understood.text.split()) <= SHORT_WISH
        return understood.has(Act.WANTS_PERSON) or (is_wished and is_plain)

    def _legal(self, draft: DecisionDraft) -> Decision | None:
        if not draft.understood.is_legal:
            return None
        draft.understand("legal")
        context = self.context(draft)
        note_values(draft, values_of(draft.understood, context))
        for start in reversed(wishes_of(self, draft, context).starts):
            self.open(draft, start)
        draft.fill("care", "take care", self.safety.legal_label)
        draft.line("legal")
        return HandOff(
            EscalationReason.POLICY_RESTRICTION,
            says=draft.says,
            notes=draft.settled(),
            extra_priority=self.safety.legal_priority,
        )

    def _go_on(self, draft: DecisionDraft) -> Decision:
        context = self.context(draft)
        values = values_of(draft.understood, context)
        values += tuple(
            one for one in draft.read if isinstance(one, SetValue) and all(one.name != own.name for own in values)
        )
        for value in values:
            draft.understand(name_of(value))
        self.notice_spokesperson(draft)
        notice_rejection(self, draft, values)
        if draft.rejected:
            values = tuple(value for value in values if value.of_customer)
            draft.line("misread")
        changed = note_values(draft, values)
        self._notice_introduction(draft, values)
        is_asked = context.question is not None and context.question.kind is QuestionKind.SLOT
        wanted = {one.name for one in context.wanted} if is_asked else set()
        is_answer = any(value.is_answer or value.name in wanted for value in values)
        wishes = wishes_of(self, draft, context, has_answer=is_answer)
        if not wishes.starts and not wishes.questions:
            wishes = replace(wishes, starts=tuple(one for one in draft.read if isinstance(one, Start)))
        is_read_back = draft.asked is not None and draft.asked.kind is QuestionKind.CONFIRM_ACTION
        says_yes = is_read_back and read_yes_no(draft.understood.text) == "yes"
        if wishes.unserved and (is_answer or says_yes) and not (wishes.starts or wishes.questions):
            draft.understand("unanswered")
            draft.line("unanswered_part", question=wishes.unserved[0].text.strip(" .?!,"))
        decision = change_of_mind(self, draft, context, values, wishes)
        if decision is None and not draft.rejected:
            decision = answer(self, draft, context, values, wishes)
        if decision is not None:
            return decision
        if self._is_angry(draft) and not any(self._takes_anger(start) for start in wishes.starts):
            return self._calm(draft, wishes)
        return self._serve(draft, context, wishes, is_changed=bool(changed))

    def _serve(self, draft: DecisionDraft, context: Context, wishes: Wishes, *, is_changed: bool) -> Decision:
        if self.is_of_record(draft, wishes) and (told := self.same_again(draft)) is not None:
            recognise(self, draft, told, draft.understood.whole.intent)
            return advance(self, draft)
        if not wishes.starts and (named := self._named_record(draft, wishes)) is not None:
            recognise(self, draft, named, draft.understood.whole.intent)
            return advance(self, draft)
        answered = answer_questions(self, draft, wishes=wishes)
        if wishes.starts:
            for start in reversed(wishes.starts):
                self.open(draft, start)
            return advance(self, draft)
        asked = draft.asked.slot if draft.asked else None
        if draft.state.topic is None and is_changed and identity.is_of_identity(asked):
            checking = identity.identify(draft, self.references, applicant=False)
            if checking is not None:
                return checking
        if answered and draft.state.topic is None and (offered := offer(self, draft, wishes)) is not None:
            return offered
        small = social.small_talk(self, draft, is_alone=not answered and not is_changed)
        if small is not None and not answered and not is_choosing(self, draft):
            return small
        if answered or (is_changed and draft.state.topic is not None):
            return advance(self, draft) if draft.state.topic else social.after_answer(draft)
        if draft.state.topic is not None and draft.asked is not None:
            return advance(self, draft)
        if any(
            slot.name == identity.SPEAKS_FOR and slot.said_seq == draft.understood.seq
            for slot in draft.state.dialogue.slots
        ):
            return identity.for_somebody_else(draft)
        if draft.rejected:
            draft.ask(QuestionKind.ANYTHING_ELSE, draft.text("not_sure_what"))
            return draft.reply()
        if is_changed and (found := self._of_their_record(draft)) is not None:
            recognise(self, draft, found, draft.understood.whole.intent)
            return advance(self, draft)
        if draft.is_exhausted:
            return offer_to_note(self, draft) or exhausted(draft)
        if (again := self.same_again(draft)) is not None:
            recognise(self, draft, again, draft.understood.whole.intent)
            return advance(self, draft)
        is_bare = not has_words(draft.understood.whole) or len(draft.understood.text.split()) <= 4
        if (
            is_changed
            and is_bare
            and draft.state.dialogue.intents
            and (known := self.library.find(draft.state.dialogue.intents[-1].intent))
        ):
            recognise(self, draft, known, draft.understood.whole.intent)  # a number on its own: what they asked before
            return advance(self, draft)
        only = self.by_reference(draft, is_alone=draft.understood.whole.is_question) if is_changed else None
        if only is not None:  # the number says what it is about
            recognise(self, draft, only, draft.understood.whole.intent)
            return advance(self, draft)
        if any(isinstance(one, Unknown) for one in draft.read):
            return unknown(draft)
        return clarify(self, draft, context) or offer_to_note(self, draft) or unknown(draft)

    def _named_record(self, draft: DecisionDraft, wishes: Wishes) -> Intent | None:
        """ "No, MY case 8002, when do I hear?" asks about that case, and not what an article says of cases."""
        is_known = draft.state.record.identity.assurance >= Assurance.VERIFIED
        is_sure = any((passage.confidence or 0.0) >= FIRST for _, passage in wishes.questions)
        if not is_known or is_sure or draft.state.topic is not None or not draft.understood.whole.is_question:
            return None
        return self.by_reference(draft, is_alone=False)

    def _of_their_record(self, draft: DecisionDraft) -> Intent | None:
        """Who adds their details to a question wants it answered out of their record: the likeliest look-up."""
        given = {slot.name for slot in draft.state.dialogue.slots if slot.said_seq == draft.understood.seq}
        is_known = draft.state.record.identity.assurance >= Assurance.MATCHED
        if identity.BIRTH not in given or is_known or not (draft.is_exhausted or draft.understood.whole.is_question):
            return None
        if (named := self.by_reference(draft, is_alone=False)) is not None:
            return named
        likely = [one.intent for one in draft.understood.whole.intent.candidates if self.is_look_up(one.intent)]
        return next((self.library.find(one) for one in (*likely, *self.look_ups.values())), None)

    @staticmethod
    def is_of_record(draft: DecisionDraft, wishes: Wishes) -> bool:
        """A question about what was just told of their record, which no article surely answers."""
        is_in_doubt = bool(wishes.questions) and not any(passage.is_sure for _, passage in wishes.questions)
        return is_in_doubt and not wishes.starts and draft.state.topic is None and not draft.rejected

    def same_again(self, draft: DecisionDraft) -> Intent | None:
        """The look-up done last, for another record ("and the house one?") or for more of it ("why not all of it?")."""
        words = draft.understood.text.lower()
        if (
            not draft.state.dialogue.intents
            or len(words.split()) > 18
            or draft.state.record.identity.assurance < Assurance.MATCHED
        ):
            return None
        seen = draft.state.dialogue.intents[-1]
        last = seen.intent
        if not self.is_look_up(last) or not any(fact.seq > seen.said_seq for fact in draft.state.record.facts):
            return None  # nothing of a record was told
        named = {stem for name, others in self.synonyms.items() for one in (name, *others) for stem in stems(one)}
        is_other = bool(named & set(stems(words))) or re.search(
            r"\b(?:other|another|second|both|the rest)\b|\b(?:the|my|and|that) \w+ one\b(?! of)", words
        )
        first = draft.understood.whole.passage
        is_unanswered = draft.understood.whole.is_question and not (first and first.is_answer)
        is_more = is_unanswered or _MORE.search(words)
        return self.library.find(last) if is_other or is_more else None

    def by_reference(self, draft: DecisionDraft, *, is_alone: bool = True) -> Intent | None:
        """The intent of a number that one look-up goes by. `is_alone`: the turn says nothing else, or points at it."""
        text = draft.understood.text
        if is_alone and len(text.split()) > FEW_WORDS and not _POINTS.search(text):
            return None
        named = {slot.name for slot in draft.state.dialogue.slots if slot.said_seq == draft.understood.seq}
        return next((self.library.find(self.look_ups[kind]) for kind in self.look_ups if kind in named), None)

    def open(self, draft: DecisionDraft, start: Start) -> None:
        intent = self.library.find(start.intent)
        if intent is not None:
            draft.understand(name_of(start))
            recognise(self, draft, intent, start.clause.intent, words=draft.understood.text)

    def notice_spokesperson(self, draft: DecisionDraft) -> None:
        text = draft.understood.text
        if identity.is_no_customer(text) and draft.state.record.identity.assurance < Assurance.VERIFIED:
            draft.fill(identity.NOT_CUSTOMER, "not a customer", "says they have no policy with us")
        if identity.is_holder(text) and draft.state.value(identity.SPEAKS_FOR) != identity.DECEASED:
            draft.clear(identity.SPEAKS_FOR)
            draft.clear(identity.INTRODUCED)
            return
        asked = draft.asked.slot if draft.asked else None
        is_known = draft.state.record.identity.assurance >= Assurance.VERIFIED
        is_open = not is_known and draft.state.value(identity.BIRTH) is not None  # whose it is was not asked yet
        found = identity.speaks_for(
            draft.understood.text,
            is_identifying=identity.is_of_identity(asked) or is_open or (is_known and draft.is_just_checked),
        )
        if (
            found is None
            and not is_known
            and self._gives_others_birth(draft, is_identifying=identity.is_of_identity(asked))
        ):
            found = identity.Spokesperson("the account holder")
        is_representative = is_known and draft.state.value(identity.SPEAKS_FOR) is not None
        if found is None or is_representative or (is_known and not draft.is_just_checked and not found.is_plain):
            return
        draft.understand("speaks_for_other")
        if is_known:  # whoever was let in was not the customer after all
            draft.note(IdentityChecked(True, Assurance.UNKNOWN, "said to speak for another person"))
            draft.clear(identity.BIRTH)
        draft.fill(identity.SPEAKS_FOR, "speaks for", found.relation)

    def _gives_others_birth(self, draft: DecisionDraft, *, is_identifying: bool) -> bool:
        text, state = draft.understood.text, draft.state
        has_reference = any(slot.name in identity.REFERENCE_NAMES for slot in state.dialogue.slots) or re.search(
            r"\d{5,}", text
        )
        if not (is_identifying or has_reference) or state.value(identity.SPEAKS_FOR) is not None:
            return False
        return identity.is_of_other(text, find_values(text, draft.now.date(), self.references))

    @staticmethod
    def _notice_introduction(draft: DecisionDraft, values: tuple[SetValue, ...]) -> None:
        name = next((value.value for value in values if value.name == "name" and value.of_customer), None)
        if not name or not identity.introduced(draft.understood.text, name):
            return
        draft.fill(identity.INTRODUCED, "introduced as", name)
        person = draft.state.record.identity
        if person.assurance >= Assurance.VERIFIED and person.name and not may_be_called(person.name, name):
            draft.note(IdentityChecked(True, Assurance.UNKNOWN, "gave another name after the check"))
            draft.clear(identity.BIRTH)
            draft.fill(identity.SPEAKS_FOR, "speaks for", "the account holder")

    def _is_angry(self, draft: DecisionDraft) -> bool:
        recent = draft.state.dialogue.moods[-2:]
        return draft.understood.mood <= ANGER_LEVEL or (len(recent) == 2 and max(recent) <= -2)

    def _takes_anger(self, start: Start) -> bool:
        """A wish whose procedure is made for it, such as a complaint, serves better than being passed on."""
        procedure = self.procedures.get(start.intent)
        return procedure is not None and not procedure.is_derived

    def _calm(self, draft: DecisionDraft, wishes: Wishes) -> Decision:
        draft.understand("anger")
        for start in reversed(wishes.starts):
            self.open(draft, start)
        draft.line("sorry_frustrating")
        return HandOff(EscalationReason.NEGATIVE_SENTIMENT, says=draft.says, notes=draft.settled(), extra_priority=50)

    def _verified(self, draft: DecisionDraft, result: ToolResult) -> Decision:
        if result.is_ok:
            data = result.data
            draft.note(
                IdentityChecked(
                    True,
                    Assurance(data["assurance"]),
                    data["method"],
                    data["customer_id"],
                    data["name"],
                    identity.compared(draft),
                )
            )
            draft.clear(identity.SPEAKS_FOR)
            draft.line("verified", first=str(data.get("speaker") or data["name"]).split()[0])
            return advance(self, draft)
        draft.note(IdentityChecked(False, Assurance.UNKNOWN, "references and a personal detail"))
        if not result.is_missing:
            return self._failed(draft, result)
        if result.data.get("is_other_person"):
            draft.fill(identity.SPEAKS_FOR, "speaks for", "the account holder")
        if any(slot.name == identity.SPEAKS_FOR for slot in draft.state.dialogue.slots):
            return identity.for_somebody_else(draft)
        return identity.checked(draft, self.references)

    def _failed(self, draft: DecisionDraft, result: ToolResult) -> Decision:
        if (
            result.is_missing
            and any(slot.name == "policy_number" for slot in draft.state.dialogue.slots)
            and draft.state.dialogue.misses < 3
        ):
            draft.clear("policy_number")
            draft.line("not_found", what="that policy number")
            return advance(self, draft)
        draft.line("tool_failed")
        return self._take_back(draft)

    def _take_back(self, draft: DecisionDraft) -> Decision:
        """What this procedure has done is undone, the last first; then a person goes on."""
        topic, procedure = draft.state.topic, self.procedure_of(draft)
        steps = [step for step in self.walk(draft, procedure).tools_done() if step[0].undo] if procedure else []
        if topic is None or not steps:
            return HandOff(EscalationReason.TOOL_FAILURE, says=draft.says, notes=draft.settled())
        step, done = steps[-1]
        arguments = dict(done.result or {})
        return UseTool(step.undo, arguments, draft.settled(), step=f"{UNDOING}{done.step}", says=draft.says)

    def _undone(self, draft: DecisionDraft, used: UseTool, result: ToolResult) -> Decision:
        place = used.step.removeprefix(UNDOING)
        draft.done(place, UNDONE)
        if not result.is_ok:
            draft.fill("not_undone", "could not be undone", place)
        return self._take_back(draft)

    def _callback(self, draft: DecisionDraft, result: ToolResult) -> CallbackRequested:
        others = [
            seen
            for seen in draft.state.dialogue.intents
            if seen.intent != (draft.state.topic.intent if draft.state.topic else "")
        ]
        named = [slot for slot in draft.state.dialogue.slots if slot.name in self.look_ups]
        about_number = self.look_ups[named[-1].name] if named else None
        wish = others[-1].intent if others else about_number
        intent = self.library.find(wish) if wish else None
        numbers = [slot.value for slot in named]
        words = others[-1].words if others else draft.state.topic.words if draft.state.topic else ""
        parts = [draft.state.value("care") or "", intent.name if intent else "", *numbers[-1:], words]
        about = " · ".join(part for part in parts if part) or "General question"
        return CallbackRequested(
            callback_id=result.data["callback_id"],
            phone=result.data["phone"],
            when=result.data["when"],
            about=about[:300],
            queue=draft.state.owner.queue or (intent.queue if intent and intent.queue else "general"),
            name=draft.state.record.identity.name or draft.state.value("name") or "",
            due=result.data["due"],
        )
