"""What the agent does for a customer who waits for a person: correct the summary, answer, take out of the queue."""

import re

from agent.agent import Agent
from agent.answers import answer, asks_whether_done, open_callback
from agent.context import context_of
from agent.danger import alarm
from agent.decision import AdjustHandOff, Clarify, Close, Decision, HandOff
from agent.draft import DecisionDraft
from agent.identity import SPEAKS_FOR
from agent.own_record import by_reference, is_of_record, same_again
from agent.rejection import notice_rejection
from agent.spokesperson import notice_spokesperson
from agent.tools.specs import READS
from agent.topics import advance, note_values, open_wish, recognise
from agent.understanding.acts import Act
from agent.understanding.commands import Context, says_wish, values_of
from agent.understanding.safety import Category
from agent.understanding.understanding import Clause
from agent.understanding.yes_no import read_yes_no
from agent.wishes import OF_STORY, Wishes, answer_questions, answers_itself, wishes_of
from agent.wording import lines
from conversation import Assurance, QuestionKind, TopicOutcome
from conversation.events import HandOffWithdrawn
from knowledge import Passage, Query

_CONFIRMS = re.compile(
    r"\b(?:looks? (?:right|good|fine|ok)|pass it on|send it|that'?s (?:right|correct|fine|it))\b", re.IGNORECASE
)
_PERSON = r"(?:the |a |an |your )?(?:person|human|operator|colleague|adviser|advisor|queue)"
_LEAVES = re.compile(
    rf"\b(?:stay with you|no (?:person|operator|need)|don'?t (?:need|want) {_PERSON}|leave the queue"
    rf"|(?:forget|never ?mind|skip|without|instead of) (?:about )?{_PERSON}"
    r"|(?:can'?t|can|could) you (?:not )?(?:just )?\w+ (?:it|this|that|the \w+) yourself)\b",
    re.IGNORECASE,
)
_FALSE_ALARM = re.compile(
    r"\b(?:no ?-?one|nobody)(?:'s| is| was)? in (?:any )?danger\b"
    r"|\b(?:i'?m|i am|it'?s|it is|was|am) not (?:\w+ )?(?:ill|sick|in danger|an emergency|suicidal|a crime|urgent)\b"
    r"|\b(?:is|'s|are|was) not dead\b|\b(?:isn|aren|wasn)'?t dead\b|\b(?:has not|hasn'?t) died\b"
    r"|\b(?:sat|sitting) (?:right )?(?:here|next to|beside)\b"
    r"|\b(?:nobody|no ?-?one) (?:has |'s )?(?:died|dead)\b|\bis (?:very much )?alive\b"
    r"|\b(?:there's|there is) no (?:gas|fire|fraud|danger|emergency)\b"
    r"|\bi(?:'m| am) (?:fine|ok|okay|all right|safe)\b|\bfalse alarm\b|\bi (?:only|just) said\b",
    re.IGNORECASE,
)
"""What takes an alarm back that was none."""
_GOES_ON = re.compile(r"\b(?:still|but|pouring|getting worse|won'?t stop|keeps?)\b", re.IGNORECASE)
"""Beside it: the danger is not over."""
_ASKS_WHETHER_NOTED = re.compile(
    r"\b(?:did|have) (?:you|u) (?:add(?:ed)?|tell|told|pass(?:ed)?|noted?) (?:that|it|this|them|him|her)\b"
    r"|\bis (?:that|it) (?:noted|passed on)\b|\bhave you got (?:it|that|them|this)\b"
    r"|\b(?:do|will|does|did) (?:they|he|she|the person|your colleagues?|the team) (?:\w+ )?"
    r"(?:know (?:it|that|this|about|what|why)"
    r"|(?:have|see|get) (?:that|this|it|all|my (?:message|details|words|number)|what i))\b"
    r"|\b(?:did|have|will) you (?:\w+ )?(?:tell|told|let) (?:them|him|her|the person)\b"
    r"|\bwhat (?:have you|did you|are you going to|will you) "
    r"(?:told? (?:them|him|her)|tell (?:them|him|her)|written? (?:down|for)|put down|pass(?:ed)? on)\b",
    re.IGNORECASE,
)
_ASKS_WAIT = re.compile(
    r"\bhow long (?:"
    r"(?:is|'s) (?:the|this) (?:queue|wait)"
    r"|(?:will|do|must|have|am|are|would) (?:i|we|you) (?:\w+ ){0,2}(?:wait|be waiting|queue)"
    r"|(?:till|until|before) (?:someone|somebody|anyone|a person|they|he|she)"
    r"|will (?:someone|somebody|a person|they|he|she) (?:be|take))\b"
    r"|\bwho will (?:answer|reply|call|ring|write)\b"
    r"|\bwhere (?:am i|are we) in (?:the|this) (?:queue|line)\b"
    r"|\bhow many (?:people )?(?:are )?(?:there )?(?:before|ahead|in front)\b"
    r"|\bwhen (?:will|does|is) (?:someone|somebody|anyone|a person|the person|your colleague) "
    r"(?:actually |finally |even )?(?:be (?:here|there|free|with me)|come|coming|write|writing|answer|answering"
    r"|ring|ringing|call|calling|phone)\b"
    r"|\bwhen will they (?:actually |finally |even )?(?:ring|call|phone|come|write|be in touch)\b"
    r"|\b(?:is|are) (?:some|any)(?:body|one) (?:there|coming)\b|\b(?:some|any)(?:body|one) is there\b"
    r"|\bno ?body'?s? (?:has )?(?:rung|called|come)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_TAKES_BACK = re.compile(
    r"\b(?:do not|don'?t|never) (?:you )?(?:want to )?(?:end|stop|cancel|close|change)\b"
    r"|\b(?:changed my mind|leave (?:it|everything|all) as|(?:want to|rather|i'?ll) keep (?:it|the|my)\b)",
    re.IGNORECASE,
)
ABOUT_IT = 0.2
"""So likely to answer, the likeliest passage of the articles about the danger is read: what it is about is known."""
SAY_AGAIN = 0.6
"""So likely to answer, what was read already is read again: who asks about it was not sure of it."""
SAID_BEFORE = 0.44
"""Cosine from which a question is about a sentence of the safe words, which is then said again."""
PLAINLY = 0.95
"""So likely to answer, an article is read to somebody in danger although it is about something else."""
SHORT = 8
"""Words; a longer "cancel …" says what the customer wants, not that they want out of the queue."""


def while_waiting(agent: Agent, draft: DecisionDraft) -> Decision:
    """The customer wrote while in the queue. The agent goes on helping; it never keeps the person away."""
    understood = draft.understood
    text = understood.text
    context = context_of(agent, draft)
    notice_spokesperson(agent, draft)
    danger = alarm(agent, draft)
    if draft.state.value("care") is not None and _FALSE_ALARM.search(text) and not _GOES_ON.search(text):
        draft.clear("care")
        draft.clear(SPEAKS_FOR)
        draft.line("false_alarm")
    elif danger is not None and (
        draft.state.value("care") is None or (understood.urgency and understood.urgency.by_words)
    ):
        return _alarmed(draft, danger)
    return _about_the_wait(agent, draft, context) or _served_in_queue(agent, draft, context)


def _about_the_wait(agent: Agent, draft: DecisionDraft, context: Context) -> Decision | None:
    """What was passed on, how long it takes, what was done so far, leaving the queue; an open form goes on."""
    understood = draft.understood
    text, is_short = understood.text, len(understood.text.split()) <= SHORT
    if _ASKS_WHETHER_NOTED.search(text):
        draft.line("is_on_the_card")
        if draft.state.owner.handover is not None:
            draft.say(lines.summary_text(draft.state.owner.handover))
        if is_short:
            return draft.reply_keeping_question()
        return AdjustHandOff(draft.says, draft.noted(), customer_note=text)
    if _ASKS_WAIT.search(text) and is_short:
        draft.line("how_long")
        return draft.reply_keeping_question()
    if draft.asked is not None and draft.state.topic is not None:
        return _continue(agent, draft, context)
    has_only_read = {one.tool for one in draft.state.record.actions if one.is_ok} <= READS | {"verify_customer"}
    if has_only_read and asks_whether_done(draft):
        draft.line("not_done_in_queue")
        return AdjustHandOff(draft.says, draft.noted(), customer_note=text)
    if _TAKES_BACK.search(text) and has_only_read:
        draft.line("nothing_done_yet")
        return AdjustHandOff(draft.says, draft.noted(), customer_note=text)
    if understood.has(Act.WANTS_CALLBACK):
        booking = open_callback(agent, draft)
        if booking is not None:
            return booking
    if (understood.has(Act.CANCEL_TASK) and is_short) or _LEAVES.search(text):
        return _leave(agent, draft, context)
    return None


def _served_in_queue(agent: Agent, draft: DecisionDraft, context: Context) -> Decision:
    """Values for the card, wishes that the agent serves meanwhile, words of courtesy."""
    understood = draft.understood
    text, is_short = understood.text, len(understood.text.split()) <= SHORT
    values = values_of(understood, context)
    notice_rejection(agent, draft, values)
    wishes = wishes_of(agent, draft, context)
    changed = note_values(draft, values)
    may_tell = draft.state.record.identity.assurance >= Assurance.VERIFIED and not understood.has(Act.NO, Act.CORRECT)
    if changed and may_tell and not wishes.starts and (named := by_reference(agent, draft)) is not None:
        recognise(agent, draft, named, understood.whole.intent)
        return advance(agent, draft)
    if changed and not wishes.starts and not understood.whole.is_question:
        return AdjustHandOff(draft.says, draft.noted(), customer_note=text)
    is_yes = (read_yes_no(text) == "yes" or understood.has(Act.WANTS_PERSON)) and is_short
    is_question = any(clause.is_question for clause in (understood.whole, *understood.clauses))
    if not draft.state.owner.is_handover_confirmed and not is_question and (is_yes or _CONFIRMS.search(text)):
        draft.say(lines.PASSED_ON)
        return AdjustHandOff(draft.says, draft.noted(), is_confirmed=True)
    if understood.has(Act.WANTS_PERSON) and not is_question:
        draft.line("how_long")
        return AdjustHandOff(draft.says, draft.noted(), customer_note="" if is_short else text)
    if understood.has(Act.CLOSING) and is_short:
        draft.line("goodbye_in_queue")
        return draft.reply_keeping_question()
    if understood.has(Act.THANK, Act.GREET, Act.NO, Act.ACKNOWLEDGE) and is_short:
        draft.say(lines.KEEP_PLACE)
        return draft.reply_keeping_question()
    return _help(agent, draft, wishes) or _noted(draft)


def _alarmed(draft: DecisionDraft, category: Category) -> Decision:
    """Danger or need that shows only now: the safe words, once, and sooner a person."""
    care = draft.state.value("care")
    if care is not None and category.label in care:
        return _noted(draft)
    draft.understand(f"urgent {category.id}")
    draft.fill("care", "take care", f"{care}; {category.label}" if care else category.label)
    draft.say(category.say)
    return AdjustHandOff(
        draft.says, draft.noted(), customer_note=draft.understood.text, extra_priority=category.priority
    )


def kept_waiting(draft: DecisionDraft, decision: Decision) -> Decision:
    """The decision as it is for somebody who waits already: what only a person can do is noted for that person."""
    if not isinstance(decision, HandOff | Clarify | Close):
        return decision
    draft.close_topic(TopicOutcome.HANDED_OVER)
    draft.unsay_told()
    return _noted(draft)


def _noted(draft: DecisionDraft) -> AdjustHandOff:
    if draft.understood.whole.is_question:
        draft.line("question_noted")
    else:
        draft.say(lines.NOTED_FOR_OPERATOR)
    return AdjustHandOff(draft.says, draft.settled(), customer_note=draft.understood.text)


def _help(agent: Agent, draft: DecisionDraft, wishes: Wishes) -> Decision | None:
    """Look up or answer what can be, in the queue too; None when that is nothing."""
    if is_of_record(draft, wishes) and (told := same_again(agent, draft)) is not None:
        recognise(agent, draft, told, draft.understood.whole.intent)
        return advance(agent, draft)
    is_of_danger, may_others = _of_danger(agent, draft, wishes)
    answered = is_of_danger or (may_others and answer_questions(agent, draft, wishes=wishes))
    understood, known = draft.understood, {seen.intent for seen in draft.state.dialogue.intents}
    served = [
        start
        for start in wishes.starts
        if (not is_of_danger and (agent.is_look_up(start.intent) or answers_itself(agent, start)))
        or says_wish(start.clause)
        or (says_wish(understood.whole) and start.intent not in known)
    ]
    if served:
        open_wish(agent, draft, served[0])
        return advance(agent, draft)
    again = None if draft.rejected or draft.is_exhausted else same_again(agent, draft)
    if again is not None and not answered:
        recognise(agent, draft, again, draft.understood.whole.intent)
        return advance(agent, draft)
    return draft.reply_keeping_question() if answered else None


def _of_danger(agent: Agent, draft: DecisionDraft, wishes: Wishes) -> tuple[bool, bool]:
    """Answer somebody in danger or need out of the articles about it.

    Returns whether one answered, and whether others may: what is only likely to be asked may be about anything else.
    """
    care = draft.state.value("care") or ""
    articles = sorted({name for one in agent.safety.categories if one.label in care for name in one.answers})
    served = [start.clause for start in wishes.starts if start.is_plain and answers_itself(agent, start)]
    asked = [clause for clause in draft.understood.clauses if clause.is_question and clause not in served]
    if not articles or not asked:
        return False, True
    for clause in asked:
        with_story = agent.knowledge.query(draft.with_story(clause.text))
        best = _likeliest(agent, draft, articles, clause.query, ABOUT_IT) or _likeliest(
            agent, draft, articles, with_story, OF_STORY
        )
        again = _safe_words_again(agent, care, clause)
        if again and (best is None or (best.confidence or 0.0) < PLAINLY):
            draft.understand("ask safe words")
            draft.say(again)
            return True, True
        if best is not None:
            draft.understand(f"ask {best.article_id}#{best.section} {best.score:.2f}")
            draft.quote(agent.knowledge.condensed(best, clause.query))
            return True, True
    return False, any(clause.passage and (clause.passage.confidence or 0.0) >= PLAINLY for clause in asked)


def _likeliest(agent: Agent, draft: DecisionDraft, articles: list[str], query: Query, least: float) -> Passage | None:
    """The likeliest passage of these articles; one that was read a moment ago has to be surer."""
    before = draft.read_before()
    found = [
        one
        for name in articles
        for one in agent.knowledge.search(query, limit=2, within=name)
        if (one.confidence or 0.0) >= (max(least, SAY_AGAIN) if (one.article_id, one.section) in before else least)
    ]
    return max(found, key=lambda one: one.confidence or 0.0, default=None)


def _safe_words_again(agent: Agent, care: str, clause: Clause) -> str:
    """The sentence of the safe words that a question is about; empty when it is about none."""
    said = [sentence for one in agent.safety.categories if one.label in care for sentence in _SENTENCES.split(one.say)]
    near = [(float(agent.knowledge.query(sentence).vector @ clause.query.vector), sentence) for sentence in said]
    likeness, sentence = max(near, default=(0.0, ""))
    return sentence if likeness >= SAID_BEFORE else ""


def _leave(agent: Agent, draft: DecisionDraft, context: Context) -> Decision:
    """Out of the queue, and straight on with what they want instead."""
    note_values(draft, values_of(draft.understood, context))
    wishes = wishes_of(agent, draft, context)
    if not wishes.starts:
        draft.ask(QuestionKind.ANYTHING_ELSE, lines.LEFT_QUEUE)
        return AdjustHandOff(draft.says, draft.settled(), is_withdrawn=True)
    draft.note(HandOffWithdrawn())
    for start in reversed(wishes.starts):
        open_wish(agent, draft, start)
    return advance(agent, draft)


def _continue(agent: Agent, draft: DecisionDraft, context: Context) -> Decision:
    understood = draft.understood
    if understood.has(Act.CANCEL_TASK, Act.WANTS_PERSON):
        draft.close_topic(TopicOutcome.CANCELLED)
        if understood.has(Act.WANTS_CALLBACK) and (booking := open_callback(agent, draft)) is not None:
            return booking
        draft.line("dropped_in_queue")
        return draft.reply()
    values = values_of(understood, context)
    note_values(draft, values)
    return answer(agent, draft, context, values, Wishes((), ())) or advance(agent, draft)
