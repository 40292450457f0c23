"""The wishes and questions of a turn: which procedures they start, which passages answer them, and what to do when none does."""

import re
from dataclasses import dataclass

from agent.agent import Agent
from agent.context import context_of
from agent.decision import Clarify, Decision, HandOff
from agent.draft import DecisionDraft
from agent.identity import NOT_CUSTOMER, SPEAKS_FOR, is_of_identity
from agent.procedures.model import Collect, Procedure, UseTool
from agent.rejection import declines, denies, has_none
from agent.tools.specs import CHANGES, READS
from agent.understanding.acts import OF_OTHER_CALLS, Act
from agent.understanding.commands import (
    AskKnowledge,
    Context,
    Start,
    asks_whether,
    has_words,
    is_general,
    is_personal,
    is_wish,
    name_of,
    says_wish,
)
from agent.understanding.understanding import ACCEPT_PROBABILITY, ACCEPT_SCORE, Clause
from agent.unmatched_log import note_unmatched
from conversation import EscalationReason, QuestionKind
from encoder import content_stems
from intents import SolutionKind, is_strange
from knowledge import ANSWER_SCORE, ANSWER_UNSHARED, LEAST_SHARED, SURE_SCORE, Passage

SYSTEM_INTENTS = frozenset({"talk_to_person", "small_talk"})
GIVE_UP_AFTER = 2
"""Turns in a row without a match before a person is fetched."""
WORTH_ASKING, WORTH_NAMING = 0.25, 0.12
"""A first candidate less likely is not worth a clarifying question, a second one is not offered in it."""
PLAIN = 0.85
"""So likely by its own words, a wish makes others that are only likely part of its story."""
FAIRLY = 0.45
"""So sure a wish is no mere question where the answer is less sure."""
MOST_WISHES = 4
"""Of one turn; more are on the card for a person."""
SURE_TOGETHER = 0.9
WHILE_ASKED = 0.7
"""A wish beside or instead of an answer must be surer than one out of the blue."""
OWN_ARTICLE = 0.58
"""A passage of the wish's own articles answers from here on: what it is about is known."""
FAR_OFF = -0.5
"""A score below: the words are far from every example, however likely one intent is among all of them."""
SURELY = 0.9
"""So likely to answer, a passage is read a second time."""
WHOLE_IS_SURE = 0.95
"""So likely, a turn's one wish by all its words overrules what single clauses of it only may mean."""
FIRST = 0.9
"""So likely to answer, a passage is read out before a record is looked up."""
MOST_PASSAGES = 2
"""Read out in one turn; more is a lecture."""
LEAST_OWN = 0.4
"""Less likely to answer, a passage of the wish's own articles is not read out to a question."""
OF_STORY = 0.8
"""So likely to answer, a passage is read to a question together with the story before it."""
NEAR_ENOUGH = 0.62
"""An article is named to somebody whose question none answers from here on."""
NEAR = 0.06
"""A second passage of the same article so close to the first is read out with it."""
BARE = 3
"""Words; a piece so short says nothing of what it asks about."""
SHORT_FOLLOW_UP = 7
"""Words; a question so short leans on what was said before."""

OWN_STEMS = 3
"""Words that carry meaning; a question of fewer is about what stands beside it."""
FEW_STEMS, NEAR_STORY = 2, 4
"""Words of its own below which a question is about its story; passages that are near enough to that."""

_LACKS = re.compile(
    r"\b(?:don'?t|do not|haven'?t|have not) (?:actually |really )?(?:have|got|know) (?:the|my|his|her|their|a|any|that)"
    r" (?:\w+ ){0,2}?(?:numbers?|references?|papers|paperwork)\b",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"^(?:and |so )?my (?:phone |mobile |telephone )?(?:number|e-?mail)(?: address)?(?: is|'s|:) (?:[\d ()+-]+|\S+@\S+)$",
    re.IGNORECASE,
)
"""A value and nothing else, no wish to change it."""
_SOCIAL = frozenset({Act.CLOSING, Act.THANK, Act.GREET})
_LEANS = re.compile(
    r"^(?:and|but|so|what about|how about|ok(?:ay)?,? (?:and|so|but)|also)\b|\b(?:it|that|this|they|them|those|these|there|one|the same|either|both|instead)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wishes:
    starts: tuple[Start, ...]
    """Procedures to start, in the order wished."""
    questions: tuple[tuple[AskKnowledge, Passage], ...]
    """Questions that an approved passage answers, in the order asked."""
    offers: tuple[str, ...] = ()
    """Intents that were only asked about ("could I …?"): offered once the question is answered."""
    unserved: tuple[Clause, ...] = ()
    """Questions that nothing answers; beside an answer of the customer's they are owned up to, and not passed over."""


def wishes_of(agent: Agent, draft: DecisionDraft, context: Context, *, has_answer: bool = False) -> Wishes:
    """What the turn wishes and asks. `has_answer`: it answers the open question too, so a wish must be plain."""
    understood = draft.understood
    is_open = context.question is not None and context.question.kind in (QuestionKind.SLOT, QuestionKind.CONFIRM_ACTION)
    if has_answer and context.asked is not None and context.asked.type in ("text", "address", "name", "when"):
        return Wishes((), (), ())
    found = _Found()
    clauses = [clause for clause in understood.clauses if has_words(clause) and not _is_no_wish(clause)]
    if has_answer:
        clauses = [clause for clause in clauses if len(understood.clauses) > 1 and (clause.wish or clause.is_question)]
    refused = agent.library.find(draft.rejected) if draft.rejected else None
    if refused is not None and len(understood.clauses) > 1:
        clauses = [clause for clause in clauses if not denies(agent, clause, refused)]
    tells_who = has_answer and context.question is not None and is_of_identity(context.question.slot)
    least = PLAIN if tells_who else WHILE_ASKED if is_open else 0.0
    for clause in clauses:
        found.add(agent, draft, clause, context, least=least)
    if (
        len(understood.clauses) > 1
        and not found.starts
        and not is_open
        and not has_answer
        and has_words(understood.whole)
    ):
        found.add(agent, draft, understood.whole, context, least=0.0, has_passage=bool(found.questions))
    if len(understood.clauses) > 1 and not is_open and not has_answer:
        _overruled(agent, draft, found)
    if not found.starts and not is_open and (agreed := _agreed(agent, clauses, draft)) is not None:
        found.starts[agreed.intent] = agreed
    looked_up = {intent for intent in found.starts if agent.procedures[intent].is_status}
    questions = [(asked, passage) for asked, passage in found.questions.values() if not _is_of(asked.clause, looked_up)]
    starts = [start for start in found.starts.values() if start.intent not in context.open_intents]
    if any((passage.confidence or 0.0) >= FIRST for _, passage in questions) and not _is_chasing(draft):
        starts = [start for start in starts if not _is_said_beside(agent, start)]
    if any(start.is_plain for start in starts):  # what was only guessed at beside a plain wish is part of its story
        starts = [start for start in starts if start.is_plain]
    starts.sort(key=lambda start: agent.procedures[start.intent].questions_first)  # what is only looked up comes first
    questions = [
        (asked, passage) for asked, passage in questions if not _is_aside(agent, asked.clause, passage, starts)
    ]
    kept, served = _kept(questions), _compatible(starts)
    is_agreed = context.question is not None and context.question.kind is QuestionKind.CONFIRM_ACTION
    about = set() if is_agreed else {*context.open_intents, *_just_served(draft)}
    unserved = _unserved(clauses, served, kept, about | looked_up)
    return Wishes(tuple(served), tuple(kept), tuple(found.offers), unserved)


def _is_no_wish(clause: Clause) -> bool:
    """It gives what they were asked for, or says that they haven't got it."""
    return bool(_GIVES.search(clause.text)) or (not clause.is_question and bool(_LACKS.search(clause.text)))


def _overruled(agent: Agent, draft: DecisionDraft, found: "_Found") -> None:
    """The turn as a whole is surely one wish and no clause surely another: "no money for the policy I cancelled"."""
    whole = _start(agent, draft.understood.whole, draft)
    if whole is None or whole.confidence < WHOLE_IS_SURE or not whole.is_plain or whole.intent in found.starts:
        return
    if found.starts and not any(start.is_plain or start.is_question for start in found.starts.values()):
        found.starts.clear()
        found.starts[whole.intent] = whole


def _is_said_beside(agent: Agent, start: Start) -> bool:
    """ "It's 450 on my policy" beside a question that is surely answered is its story, and no look-up of the policy."""
    names_record = bool(re.search(r"\d{4,}", start.clause.text))
    is_said = not start.is_question and not says_wish(start.clause) and not names_record
    return is_said and agent.is_look_up(start.intent)


ALL_BUT_SURE = 0.95
"""So likely by its own words, a wish is what a question beside it leans on."""


def _is_aside(agent: Agent, clause: Clause, passage: Passage, starts: list[Start]) -> bool:
    """The article is of another wish than the plain one that the question leans on, or of one that it denies."""
    intents = agent.knowledge.articles[passage.article_id].intents
    named = [intent for one in intents if (intent := agent.library.find(one)) is not None]
    if any(denies(agent, clause, intent) for intent in named):
        return True
    plain = {start.intent for start in starts if start.is_plain and start.confidence >= ALL_BUT_SURE}
    leans = bool(_LEANS.search(clause.text)) and len(clause.text.split()) <= 2 * SHORT_FOLLOW_UP
    return bool(plain) and leans and bool(intents) and not plain & set(intents)


def _unserved(
    clauses: list[Clause], starts: list[Start], questions: list[tuple[AskKnowledge, Passage]], about: set[str]
) -> tuple[Clause, ...]:
    """`about`: what is open, looked up or was just told; a question that is likely about that is no other one."""
    served = [*(start.clause for start in starts), *(asked.clause for asked, _ in questions)]
    about |= {start.intent for start in starts}
    return tuple(
        clause
        for clause in clauses
        if len(clauses) > 1
        and clause not in served
        and clause.is_question
        and not clause.acts
        and len(content_stems(clause.text)) >= OWN_STEMS
        and not about & {one.intent for one in clause.intent.candidates[:2] if one.probability >= WORTH_ASKING}
    )


def _just_served(draft: DecisionDraft) -> set[str]:
    return {seen.intent for seen in draft.state.dialogue.intents[-1:]}


def _is_of(clause: Clause, looked_up: set[str]) -> bool:
    """ "Where is my money?" beside what happened to it is answered by the look-up, and not by an article as well."""
    best = next(iter(clause.intent.candidates), None)
    return best is not None and best.intent in looked_up and is_personal(clause) and not is_general(clause)


def _agreed(agent: Agent, clauses: list[Clause], draft: DecisionDraft) -> Start | None:
    """Pieces too strange to be believed singly that all but surely tell of the same."""
    likely = [
        (clause.intent.candidates[0].intent, clause)
        for clause in clauses
        if not clause.is_question
        and clause.intent.candidates
        and clause.intent.candidates[0].probability >= SURE_TOGETHER
        and clause.intent.score >= 2 * ACCEPT_SCORE
    ]
    names = {intent for intent, _ in likely}
    if len(likely) < 2 or len(names) > 1 or not names <= agent.procedures.keys() - SYSTEM_INTENTS - {draft.rejected}:
        return None
    intent, clause = likely[0]
    return Start(intent, clause.intent.candidates[0].probability, clause, is_question=False)


class _Found:
    """Collects over the clauses of one turn."""

    def __init__(self) -> None:
        self.starts: dict[str, Start] = {}
        self.questions: dict[tuple[str, str], tuple[AskKnowledge, Passage]] = {}
        self.offers: dict[str, None] = {}

    def add(
        self,
        agent: Agent,
        draft: DecisionDraft,
        clause: Clause,
        context: Context,
        *,
        least: float,
        has_passage: bool = False,
    ) -> None:
        start = _start(agent, clause, draft)
        if start is not None and start.confidence < least:
            start = None
        if (
            start is not None
            and self.starts
            and not clause.is_question
            and not says_wish(clause)
            and len(clause.text.split()) < 6
        ):
            start = None  # "Pet policy 4410505." beside a wish is its detail
        if start is not None and not agent.procedures[start.intent].questions_first and is_general(clause):
            start = None  # how it is in general is no look-up of one's own
        if start is not None and answers_itself(agent, start):
            if not clause.is_question and any(one.is_question for one in draft.understood.clauses):
                return  # the story before a question is not what is asked
            is_open = context.question is not None and context.question.kind is QuestionKind.SLOT
            if is_open and not clause.is_question and not says_wish(clause):
                return  # said in answer to our question, if not one we can use
            if not clause.is_question or _is_in_articles(agent, clause, start, draft):
                self.starts.setdefault(start.intent, start)
                return
            start = None  # about the topic, but nothing its articles say
        if start is not None and not start.is_plain and clause is not draft.understood.whole and _is_tail(clause):
            start = None  # "how much is it?" behind something else is about that
        passage = None if has_passage else _passage(agent, draft, clause, context, start)
        if (of_story := _of_story(agent, draft, clause, start, passage)) is not None:
            start, passage = None, of_story
        elif passage is not None and _is_besides(agent, draft, clause, passage):
            passage = None
        if start is not None and passage is not None and _is_of_others(agent, start, passage):
            passage = None
        if start is not None and passage is not None and _is_elsewhere(agent, draft, start, passage):
            start = None
        if start is not None and passage is not None and _is_only_asking(agent, draft, start, passage):
            if asks_whether(clause) and agent.procedures[start.intent].questions_first:
                self.offers[start.intent] = None
            start = None
        if start is not None:
            self.starts.setdefault(start.intent, start)
        if passage is not None and (start is None or _answers_first(agent, start, passage)):
            self.questions.setdefault((passage.article_id, passage.section), (AskKnowledge(clause), passage))


def answer_questions(agent: Agent, draft: DecisionDraft, *, wishes: Wishes | None = None, least: float = 0.0) -> bool:
    """Read out what answers; True when something did. The same words are not read twice running."""
    if wishes is None:
        wishes = wishes_of(agent, draft, context_of(agent, draft))
    answered = False
    before = draft.read_before()
    for asked, passage in wishes.questions:
        if len(draft.read_out) >= MOST_PASSAGES:
            break
        if passage.score < least or (passage.article_id, passage.section) in draft.read_out:
            continue
        if (passage.article_id, passage.section) in before and not _is_asked_again(draft, passage):
            draft.is_exhausted = True
            continue
        for one in _with_neighbour(asked.clause, passage):
            said = agent.knowledge.condensed(one, asked.clause.query)
            if said.text in draft.state.talk.last_agent_text:
                continue
            draft.understand(name_of(asked))
            draft.quote(said)
            answered = True
    return answered


def _is_asked_again(draft: DecisionDraft, passage: Passage) -> bool:
    """It surely answers and was read but once: who asks again did not see that it does."""
    shown = [
        one
        for one in draft.state.record.articles
        if (one.article_id, one.section) == (passage.article_id, passage.section)
    ]
    return len(shown) < 2 and (passage.confidence or 0.0) >= SURELY


def answer_beside(agent: Agent, draft: DecisionDraft, wishes: Wishes) -> None:
    """Read out what answers a question beside a yes, its own wish's article too; nothing else is begun."""
    answer_questions(agent, draft, wishes=wishes)
    for start in wishes.starts:
        if not start.is_question or start.confidence < DOUBTFUL_START:
            continue
        own = _of_wish(agent, start.clause, start, draft) if answers_itself(agent, start) else None
        if own is not None and (own.article_id, own.section) not in draft.read_out:
            draft.understand(f"ask {own.article_id}#{own.section} {own.score:.2f}")
            draft.quote(agent.knowledge.condensed(own, start.clause.query))


def _with_neighbour(clause: Clause, passage: Passage) -> list[Passage]:
    """The passage, and the next one of the same article where both fit nearly alike: the answer lies across them."""
    near = [
        one
        for one in clause.passages[:2]
        if one.article_id == passage.article_id
        and one.section != passage.section
        and one.score >= max(passage.score - NEAR, ANSWER_SCORE)
    ]
    return [passage, *near]


def clarify(agent: Agent, draft: DecisionDraft, context: Context) -> Decision | None:
    """Ask which of two near wishes is meant; None when nothing is near, or it was asked just now."""
    if context.question is not None and context.question.kind is QuestionKind.CLARIFY:
        return None
    classified = draft.understood.whole.intent
    likely = _likely(agent, draft)
    if not likely or likely[0][1] < WORTH_ASKING:
        return None
    options = [intent for intent, probability in likely[:2] if probability >= WORTH_NAMING]
    nouns = tuple(f"“{agent.procedures[one].noun}”" for one in options)
    plain = tuple(noun.strip("“”") for noun in nouns)
    text = (
        draft.text("clarify_two", first=nouns[0], second=nouns[1])
        if len(nouns) == 2
        else draft.text("clarify_one", first=nouns[0])
    )
    choices = (*plain, "Neither") if len(nouns) == 2 else ("Yes", "No")
    note_unmatched(draft, draft.understood.seq, draft.understood.text, options[0], classified.score, is_doubtful=True)
    draft.understand("clarify " + " ".join(options))
    draft.ask(QuestionKind.CLARIFY, text, options=tuple(options), choices=choices)
    return Clarify(draft.says, draft.settled())


def _likely(agent: Agent, draft: DecisionDraft) -> list[tuple[str, float]]:
    """The wishes a turn may hold, the likeliest first; pieces far from everything known are left out."""
    best: dict[str, float] = {}
    pieces = [clause for clause in draft.understood.clauses if not _GIVES.search(clause.text)]
    if len(pieces) == len(draft.understood.clauses):
        pieces.append(draft.understood.whole)
    for clause in pieces:
        if clause.intent.score < 3 * ACCEPT_SCORE or not has_words(clause):
            continue
        for intent, probability in _weighed(agent, clause, draft):
            if intent in SYSTEM_INTENTS or intent not in agent.procedures:
                continue
            if not is_strange(clause.text, clause.intent.score, agent.intent_words.get(intent, frozenset())):
                best[intent] = max(best.get(intent, 0.0), probability)
    return sorted(best.items(), key=lambda pair: -pair[1])


def offer(agent: Agent, draft: DecisionDraft, wishes: Wishes) -> Decision | None:
    """After the answer to "could I …?": shall it be done?"""
    intent = next(iter(wishes.offers), None)
    if intent is None or wishes.starts:
        return None
    text = draft.text("offer_start", noun=agent.procedures[intent].noun)
    draft.ask(QuestionKind.CLARIFY, text, options=(intent,), choices=("Yes, please", "No, thanks"))
    return draft.reply()


def unknown(draft: DecisionDraft) -> Decision:
    """Say so, name the nearest things that can be told, and offer a person; after the second time fetch one."""
    classified = draft.understood.whole.intent
    own = (one.intent for one in classified.candidates if one.intent not in SYSTEM_INTENTS)
    draft.understand("unknown")
    note_unmatched(draft, draft.understood.seq, draft.understood.text, next(own, ""), classified.score)
    if draft.state.dialogue.unmatched >= GIVE_UP_AFTER:
        draft.line("sorry_not_right")
        return HandOff(EscalationReason.UNKNOWN_INTENT, says=draft.says, notes=draft.settled())
    draft.line("unknown")
    near = list(
        dict.fromkeys(passage.title for passage in draft.understood.whole.passages if passage.score >= NEAR_ENOUGH)
    )[:2]
    if near:
        draft.line("unknown_near", near=" and ".join(f"“{title}”" for title in near))
    draft.ask(QuestionKind.OFFER_PERSON, draft.text("offer_person"), choices=("Yes, a person please", "No, thanks"))
    return draft.reply()


CHASED, POINTED = 4.0, 10.0
"""How much likelier a look-up is when the turn chases a promise, or names the number it goes by."""
CHASED_UNHEARD = 1.0
"""Weight of the look-up of a number that is named in a chase, which the recogniser did not hear in it."""
LIKELY_ENOUGH, LIKELY_LATER, SCORE_ENOUGH = 0.35, 0.5, -1.8
"""A look-up of the customer's own record is started from here on when they speak of their own: it does no harm."""

_CHASES = re.compile(
    r"\b(?:you (?:said|promised|told)|i was (?:told|promised)|was (?:meant|supposed|due) to|were (?:meant|supposed|going) to|should have|still (?:nothing|waiting|no|not|haven't)|heard nothing|no (?:news|reply|answer|word)|nobody|no-?one"
    r"|(?:is|are|when(?:'s| is| are)?) (?:someone|somebody|anyone|you|they) (?:actually |still |ever )?(?:ring|call|phon|com|collect)ing|hasn't (?:come|arrived|been)|haven't (?:heard|had|received|got)|not (?:come|arrived|received)|never (?:came|arrived|happened|called|rang)|overdue|chasing|hold ?up|what's happening|any (?:news|update|progress)|said i'?d)\b",
    re.IGNORECASE,
)


def _start(agent: Agent, clause: Clause, draft: DecisionDraft) -> Start | None:
    """The wish of a clause, its likelihood weighed by what else the turn says."""
    if (plain := _callback(agent, clause, draft) or _new_one(agent, clause, draft)) is not None:
        return plain
    weighed = _weighed(agent, clause, draft)
    if not weighed:
        return None
    wish, probability = weighed[0]
    if wish in SYSTEM_INTENTS or wish not in agent.procedures:
        return None
    if is_strange(clause.text, clause.intent.score, agent.intent_words.get(wish, frozenset())):
        return None
    procedure = agent.procedures[wish]
    intent = agent.library.find(wish)
    if declines(clause.text, procedure, intent) or has_none(clause.text, procedure, intent):
        return None
    if _is_done(agent, draft, wish):
        return None
    if intent is not None and agent.is_form(wish) and denies(agent, clause, intent):
        return None
    refused = agent.library.find(draft.rejected) if draft.rejected else None
    if refused is not None and agent.is_form(wish) and denies(agent, clause, refused):
        return None  # what they refuse is no wish for its opposite
    is_taken = probability >= ACCEPT_PROBABILITY and clause.intent.score >= ACCEPT_SCORE
    own = next((one.probability for one in clause.intent.candidates if one.intent == wish), 0.0)
    is_plain = own >= PLAIN and clause.intent.score >= ACCEPT_SCORE
    is_faint = clause.intent.score < (0.0 if probability < SURE_LATER else FAR_OFF)
    if is_faint and wish in agent.safety.alarming and not agent.speaks_of(wish, draft.understood.text):
        return None  # a fraud or an accident is not guessed at
    if not is_plain and (
        wish in draft.state.dialogue.declined or (agent.is_form(wish) and _is_doubtful(clause, own, draft))
    ):
        return None
    is_own = not procedure.questions_first and (
        is_personal(clause) or _is_chasing(draft) or _points(agent, draft) == procedure.reference != ""
    )
    second = weighed[1][1] if len(weighed) > 1 else 0.0
    if not is_taken and not (
        is_own
        and probability >= (LIKELY_LATER if draft.state.dialogue.intents else LIKELY_ENOUGH)
        and probability > second + 0.1
        and clause.intent.score >= 2 * SCORE_ENOUGH
    ):
        return None
    return Start(wish, probability, clause, clause.is_question, is_plain)


def _callback(agent: Agent, clause: Clause, draft: DecisionDraft) -> Start | None:
    """ "Can someone in sales ring me tomorrow about a quote" asks to be rung, whatever it is about."""
    if Act.WANTS_CALLBACK not in clause.acts or Act.REFUSE_PERSON in draft.understood.acts:
        return None
    best = next(iter(clause.intent.candidates), None)
    intent = next((one for one in agent.library.live() if one.solution.target == "request_callback"), None)
    is_plain_other = best is not None and best.probability >= PLAIN and clause.intent.score >= ACCEPT_SCORE
    if intent is None or is_plain_other or intent.id == draft.rejected or intent.id not in agent.procedures:
        return None
    is_asked = says_wish(clause) or not clause.is_question or bool(_CALL_ME.search(clause.text))
    return (
        Start(intent.id, PLAIN, clause, clause.is_question)
        if is_asked and not _is_done(agent, draft, intent.id)
        else None
    )


def _new_one(agent: Agent, clause: Clause, draft: DecisionDraft) -> Start | None:
    """ "Not the shed, a NEW claim for the water today" opens one, whatever it resembles."""
    if (clause.is_question and not says_wish(clause)) or not agent.new_one.search(clause.text):
        return None
    opening = [one for one, procedure in agent.procedures.items() if procedure.opens and agent.library.find(one)]
    likely = {one.intent: one.probability for one in clause.intent.candidates}
    best = max(opening, key=lambda one: likely.get(one, 0.0), default=None)
    if best is None or best == draft.rejected or _is_done(agent, draft, best):
        return None
    return Start(best, PLAIN, clause, clause.is_question)


_CALL_ME = re.compile(r"\b(?:can|could|would|will) (?:you|someone|somebody|anyone|one of|a colleague)\b", re.IGNORECASE)


def _is_doubtful(clause: Clause, own: float, draft: DecisionDraft) -> bool:
    """Too little to open a form on: a question that wishes nothing, or a guess in the middle of something else."""
    tells = clause is draft.understood.whole and any(not one.is_question for one in draft.understood.clauses)
    return (clause.is_question and not tells and not says_wish(clause)) or (
        own < SURE_LATER and bool(draft.state.dialogue.intents)
    )


def _is_done(agent: Agent, draft: DecisionDraft, wish: str) -> bool:
    """It was done in this conversation; a question about it does not do it again, asking for another one does."""
    changing = {one.tool for one in agent.procedures[wish].all_steps() if isinstance(one, UseTool)} & CHANGES
    done = {action.tool for action in draft.state.record.actions if action.is_ok}
    was_served = any(seen.intent == wish for seen in draft.state.dialogue.intents)
    is_open = any(topic.intent == wish for topic in draft.state.dialogue.topics)
    values = any(slot.said_seq == draft.understood.seq for slot in draft.state.dialogue.slots)
    return (
        bool(changing & done) and was_served and not is_open and not values and not _AGAIN.search(draft.understood.text)
    )


def _weighed(agent: Agent, clause: Clause, draft: DecisionDraft) -> list[tuple[str, float]]:
    """The candidates with their likelihood, look-ups weighed up by a number of theirs or by a promise that is chased."""
    pointed, chases = _points(agent, draft), _is_chasing(draft)
    weights: dict[str, float] = {}
    unlikely = 0.0
    is_new = bool(agent.new_one.search(draft.understood.text))
    for one in clause.intent.candidates:
        procedure = agent.procedures.get(one.intent)
        weight = one.probability if one.intent != draft.rejected else 0.0
        if procedure is not None and is_new and procedure.reference in agent.look_ups:
            weight /= CHASED
        if procedure is not None and draft.state.value(NOT_CUSTOMER) is not None and agent.is_look_up(one.intent):
            weight /= CHASED  # who has nothing with us asks for nothing of theirs
        if procedure is not None and pointed and procedure.reference == pointed:
            weight *= POINTED if procedure.is_status else 1.0
        elif procedure is not None and chases and procedure.is_status:
            weight *= POINTED if _names_kind(agent, procedure, clause.text) else CHASED
        intent = agent.library.find(one.intent)
        if (
            intent is not None
            and intent.solution.target == "request_callback"
            and OF_OTHER_CALLS.search(clause.text)
            and not says_wish(clause)
        ):
            unlikely += weight
            continue
        weights[one.intent] = weight
    if pointed and chases and (chased := agent.look_ups[pointed]) not in weights and chased != draft.rejected:
        weights[chased] = CHASED_UNHEARD
    rest = max(1.0 - sum(one.probability for one in clause.intent.candidates), 0.0)
    total = sum(weights.values()) + rest + unlikely
    return sorted(((intent, weight / total) for intent, weight in weights.items()), key=lambda pair: -pair[1])


def _names_kind(agent: Agent, procedure: Procedure, text: str) -> bool:
    """ "Any news on my cat's tooth claim" names the kind of record."""
    kind = agent.references.kind(procedure.reference) if procedure.reference else None
    return kind is not None and any(re.search(rf"\b{re.escape(word)}s?\b", text, re.IGNORECASE) for word in kind.words)


_AGAIN = re.compile(r"\b(?:another|new|second|also|too|as well|again|both|other|else|instead|change)\b", re.IGNORECASE)


def _is_chasing(draft: DecisionDraft) -> bool:
    return bool(_CHASES.search(draft.understood.text))


def _points(agent: Agent, draft: DecisionDraft) -> str:
    """The kind of number named in this turn that a look-up goes by: a claim's, a case's, an application's."""
    said = [slot.name for slot in draft.state.dialogue.slots if slot.said_seq == draft.understood.seq]
    return next((name for name in reversed(said) if name in agent.look_ups), "")


SURE_LATER = 0.7
"""So likely a wish opens a form when others were served before; a lesser one is asked about."""
TAIL_WORDS = 5
DOUBTFUL_START = 0.7


def _is_tail(clause: Clause) -> bool:
    """A short question that says nothing of what it is about."""
    return clause.is_question and len(clause.text.split()) <= TAIL_WORDS and not says_wish(clause)


def _is_elsewhere(agent: Agent, draft: DecisionDraft, start: Start, passage: Passage) -> bool:
    """A doubtful wish beside a sure answer out of articles that belong to other wishes: they only ask."""
    if agent.procedures[start.intent].is_status and _points(agent, draft) == agent.procedures[start.intent].reference:
        return False  # the number they name says what it is about
    is_own = is_personal(start.clause) and not is_general(start.clause) and not asks_whether(start.clause)
    if is_own and not agent.procedures[start.intent].questions_first and (passage.confidence or 1.0) < FIRST:
        return False  # what is theirs stands in their record
    article = agent.knowledge.articles[passage.article_id]
    return (
        start.confidence < DOUBTFUL_START
        and passage.is_sure
        and bool(article.intents)
        and start.intent not in article.intents
    )


def _is_of_others(agent: Agent, start: Start, passage: Passage) -> bool:
    """Beside a wish, what an article of other wishes says is read only when it is all but sure."""
    intents = agent.knowledge.articles[passage.article_id].intents
    is_sure = (passage.confidence or 1.0) >= FIRST
    return start.confidence >= DOUBTFUL_START and bool(intents) and start.intent not in intents and not is_sure


def answers_itself(agent: Agent, start: Start) -> bool:
    """A wish whose procedure is to read out its article."""
    intent = agent.library.find(start.intent)
    if intent is None or intent.solution.kind is not SolutionKind.ARTICLE:
        return False
    steps = tuple(agent.procedures[start.intent].all_steps())
    collects = any(isinstance(one, Collect) and not one.is_optional for one in steps)
    return not collects and all(one.tool in READS for one in steps if isinstance(one, UseTool))


def _passage(
    agent: Agent, draft: DecisionDraft, clause: Clause, context: Context, start: Start | None
) -> Passage | None:
    """What answers the clause, read with what it leans on; None where it asks nothing or nothing answers."""
    if not clause.passages or clause.acts & _SOCIAL:
        return None
    if not clause.is_question and context.question is not None and context.question.kind is QuestionKind.SLOT:
        return None  # said in answer to our question, if not one we can use
    whole = draft.understood.whole
    leans = bool(_LEANS.search(clause.text)) or len(clause.text.split()) <= 4
    best = clause.passages[0]
    if clause is not whole and clause.is_question and len(clause.text.split()) <= BARE and whole.passages:
        best = whole.passages[0]  # "am I covered?" alone is about anything
    if clause.is_question and clause is not whole and _is_told_first(draft) and whole.passages:
        best = max(best, whole.passages[0], key=lambda one: one.confidence or 0.0)  # the story says what it is about
    own = (
        _of_wish(agent, whole if leans and clause is not whole else clause, start, draft)
        if clause.is_question
        else None
    )
    if context.last_article and leans and len(clause.text.split()) <= 2 * SHORT_FOLLOW_UP:
        followed = next(iter(agent.knowledge.search(clause.query, limit=1, after=context.last_article)), None)
        is_asking = clause.is_question or (followed is not None and followed.score >= ANSWER_SCORE)
        least = ANSWER_SCORE - 0.1 if followed and followed.shared >= LEAST_SHARED else ANSWER_UNSHARED
        if followed and is_asking and followed.score >= least and not best.is_sure and start is None:
            return followed
    if clause.is_question and leans and clause is not whole:  # "will I get it back" alone is about anything
        of_whole = next(iter(whole.passages), None)
        is_surer = best.confidence is not None and of_whole is not None and best.confidence > (of_whole.confidence or 0)
        if own is None and of_whole and of_whole.is_answer and not (best.is_answer and is_surer):
            return of_whole
        if not best.is_sure:
            return own
    if best.is_sure and (own is None or best.article_id != own.article_id) and clause.is_question:
        return best
    if own is not None and (not best.is_answer or own.score >= best.score - 0.1 or leans):
        return own
    if not clause.is_question and any(one.is_question for one in draft.understood.clauses):
        return None  # the story before a question is not what is asked
    is_own = is_personal(clause) and not is_general(clause) and not asks_whether(clause)
    is_told = is_own and start is not None and not agent.procedures[start.intent].questions_first
    is_said = clause.is_question or (best.confidence or SURE_SCORE) >= FIRST
    if best.is_answer and is_said and (best.is_sure or not is_told):
        return best
    return None


def _of_story(
    agent: Agent, draft: DecisionDraft, clause: Clause, start: Start | None, passage: Passage | None
) -> Passage | None:
    """What answers a question that leans on the story told before it: "am I covered for that?" after a burst pipe."""
    leans = bool(_LEANS.search(clause.text)) or len(clause.text.split()) <= SHORT_FOLLOW_UP
    if not clause.is_question or not leans or not draft.story or (passage is not None and passage.is_sure):
        return None
    if start is not None and (start.is_plain or agent.is_look_up(start.intent)):
        return None
    best = next(iter(agent.knowledge.search(agent.knowledge.query(draft.with_story(clause.text)), limit=1)), None)
    return best if best is not None and best.score >= OWN_ARTICLE and (best.confidence or 0.0) >= OF_STORY else None


def _is_besides(agent: Agent, draft: DecisionDraft, clause: Clause, passage: Passage) -> bool:
    """A question of few words of its own, and what answers those is not what their story is about."""
    is_of_few = len(content_stems(clause.text)) <= FEW_STEMS or bool(_LEANS.search(clause.text))
    if not is_of_few or not draft.story or (passage.confidence or 1.0) >= FIRST:
        return False
    if any(passage.article_id == one.article_id for one in draft.state.record.articles[-3:]):
        return False  # more of what was read to them
    near = agent.knowledge.search(agent.knowledge.query(draft.with_story(clause.text)), limit=NEAR_STORY)
    return all(one.article_id != passage.article_id for one in near)


def _is_told_first(draft: DecisionDraft) -> bool:
    """One question, with the story it is about."""
    return sum(clause.is_question for clause in draft.understood.clauses) == 1


def _of_wish(agent: Agent, clause: Clause, start: Start | None, draft: DecisionDraft) -> Passage | None:
    """The best passage of the articles that belong to the wish, or to the topic that is open."""
    wish = clause.wish
    intent = start.intent if start else wish or (draft.state.topic.intent if draft.state.topic else "")
    if not intent:
        return None
    articles = [article.id for article in agent.knowledge.articles.values() if intent in article.intents]
    found = [one for article in articles for one in agent.knowledge.search(clause.query, limit=1, within=article)]
    best = max(found, key=lambda one: one.score, default=None)
    if best is None or best.score < OWN_ARTICLE or (best.confidence is not None and best.confidence < LEAST_OWN):
        return None
    return best


def _is_in_articles(agent: Agent, clause: Clause, start: Start, draft: DecisionDraft) -> bool:
    """Whether the wish's own articles are what answers: no other is sure to, and they may."""
    if not any(start.intent in article.intents for article in agent.knowledge.articles.values()):
        return True  # whoever added the wish chose the article that answers it
    own = _of_wish(agent, clause, start, draft)
    first = clause.passage
    if own is None:  # an order put as a question is no question: "can I have a coffee?"
        asks_for = says_wish(clause) or _ASKS_FOR.search(clause.text)
        return start.is_plain and bool(asks_for) and not _ASKS.search(clause.text) and not (first and first.is_sure)
    return not (first and first.is_sure and first.article_id != own.article_id)


def _is_only_asking(agent: Agent, draft: DecisionDraft, start: Start, passage: Passage) -> bool:
    """A question about how something is, not a wish to have it done or looked up."""
    clause = start.clause
    if not clause.is_question or passage.score < OWN_ARTICLE:
        return False
    procedure = agent.procedures[start.intent]
    is_for_other = any(slot.name == SPEAKS_FOR for slot in draft.state.dialogue.slots)
    if not procedure.questions_first or is_for_other:
        return passage.is_answer and (is_general(clause) or (asks_whether(clause) and not is_personal(clause)))
    if start.confidence >= FAIRLY and passage.confidence is not None and passage.confidence < FAIRLY:
        return False  # a plain wish goes before an answer that may be about something else
    if asks_whether(clause):
        return not re.search(r"\d{4,}", clause.text)
    return not is_wish(clause) and (not is_personal(clause) or is_general(clause) or passage.is_sure)


_ASKS_FOR = re.compile(r"\b(?:can|could|may) (?:i|we) (?:please )?(?:have|get|order|take)\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:what|when|where|which|who|why|how|whether|if)\b", re.IGNORECASE)


def _answers_first(agent: Agent, start: Start, passage: Passage) -> bool:
    is_of_theirs = is_personal(start.clause) and not is_general(start.clause)
    is_named = bool(re.search(r"[A-Za-z]{0,2}\d{4,}", start.clause.text))
    if agent.procedures[start.intent].is_status and (is_named or is_of_theirs):
        return False  # where theirs stands is what they ask
    if says_wish(start.clause) and not _ASKS.search(start.clause.text):
        return False  # "can you get it repaired" asks for a deed and not for an article
    is_own = start.is_plain and is_personal(start.clause) and not is_general(start.clause)
    is_first = agent.procedures[start.intent].questions_first or ((passage.confidence or 0.0) >= FIRST and not is_own)
    return is_first and start.is_question and passage.score >= OWN_ARTICLE


def _kept(questions: list[tuple[AskKnowledge, Passage]]) -> list[tuple[AskKnowledge, Passage]]:
    """The surest answer, and others only where they are sure too: three half-fitting passages help nobody."""
    if len(questions) < 2:
        return questions
    best = max(passage.score for _, passage in questions)
    return [
        (asked, passage) for asked, passage in questions if passage.score == best or passage.score >= ANSWER_SCORE + 0.1
    ]


def _compatible(starts: list[Start]) -> list[Start]:
    """The first wish, and those beside it that are sure."""
    return [start for number, start in enumerate(starts) if number == 0 or start.confidence >= 0.6][:MOST_WISHES]
