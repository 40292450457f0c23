"""What the customer says they do not want: the task that is open, or the record that was just told."""

import re
from collections.abc import Sequence

from agent import identity
from agent.agent import Agent
from agent.draft import DecisionDraft
from agent.procedures.model import Pick, Procedure
from agent.understanding.acts import Act
from agent.understanding.commands import SetValue, has_words
from agent.understanding.understanding import Clause
from conversation import QuestionKind, TopicOutcome
from encoder import content_stems
from intents import Intent

_DO_NOT = r"\b(?:did|do)(?:n'?t| not)"
_NOT_THAT = re.compile(
    r"\bnot (?:that|this)(?: one)?(?=[.,!?]|$)|\b(?:that|this)(?:'s| is) not what i (?:want|ask|mean|said)"
    r"|\b(?:do not|don'?t) (?:move|change|cancel|stop|do|send|book|open|start) "
    r"(?:it|that|this|anything|any of it|him|her|them)\b"
    rf"|{_DO_NOT} (?:want|need|mean|ask for) (?:to (?:do|make|have|add|change|move|cancel|stop|start|open|book) )?"
    r"(?:that|this|it|another(?: one)?|a new one|any of (?:that|this))\b"
    r"|\b(?:nothing|not something) new\b|\bnothing (?:has |'s )?happened\b"
    r"|\bi(?:'ve| have)? already (?:have|got) (?:a|an|one)\b"
    r"|\bi (?:never|did(?:n'?t| not)) ask(?:ed)? (?:for|about|you) (?:that|this|to)\b"
    r"|\b(?:that|this|it)(?:'s| is| was)?(?: got)? (?:nothing|nowt) to do with\b|^(?:no[,. ]+)?wrong\b"
    r"|\byou(?:'ve| have)? (?:mis(?:understood|read|heard)|got (?:that|this|it|me) wrong)"
    r"|\byou(?:'re| are) not (?:listening|reading)\b"
    r"|\b(?:read|listen to) what i (?:said|wrote|asked|typed)\b"
    r"|\bi (?:only|just) (?:asked|wanted to know|want to know)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    rf"(?:{_DO_NOT} (?:want|need|ask for|mean)(?: to)?|\bno(?! claims?\b)|\bnothing to|\bno need (?:to|for)"
    r"|\bnot asking (?:to|for))\s+((?:[\w'-]+\s?){1,4})",
    re.IGNORECASE,
)
"""Followed by what is not wanted: "no call needed", "I don't want to complain again", "nothing to add"."""
_PUSHES = re.compile(
    r"(?:\b(?:not|never|no|stop|leave|forget|cancel|without|(?:nothing|nowt) to do with|enough (?:of|with)"
    r"|(?:do|did|is|was|have|wo|are)n'?t|im not)\b|n't\b)[\s,]+((?:[\w'-]+[\s]?){1,6})",
    re.IGNORECASE,
)
"""The same while its form is open, whatever the verb: "leave the callback", "I've not had any accident"."""
_LACKS = re.compile(
    r"^(?:\w+ )?(?:know|have|remember|find|sure|got|had|received|heard|seen|come|arrived|been)\b(?! (?:any|an?)\b)",
    re.IGNORECASE,
)
"""What somebody lacks or waits for is not what they refuse."""
_HAS_NONE = re.compile(
    r"(?:\b(?:do not|have not|never)|n'?t) (?:have|had|got|made|make|put in) (?:a|an|any) ((?:\w+ )?\w+)\b"
    r"(?! (?:number|reference|ref|code|letter|email))"
    r"|^(?:\w+ ){0,2}what (\w+)(?=\s*[?!.]|$)",
    re.IGNORECASE,
)
"""What there is none of: "I don't have an application", "what application??"."""
_STARTS_NO = re.compile(
    r"^(?:(?:omg|oh|what|wait|hang on|hey|er+|um+|please|stop)[,.!? ]+)*(?:no+|nope|nah|stop)\b", re.IGNORECASE
)
_ONLY_WANTS = re.compile(r"\bi (?:only|just) (?:asked|wanted to know|want to know)\b", re.IGNORECASE)
_ASKS_ELSE = re.compile(r"\bi'?m asking (?:if|whether|about|why|what|when|how)\b|\bi asked (?:if|why)\b", re.IGNORECASE)
INSISTS = 0.8
"""So likely the topic's own intent, what they "only want to know" is the topic."""
PLAIN_NO = 4
"""Words; a longer no to a question that is not for a yes or no says that the question is beside the point."""
GOES_ON = 0.6
"""So likely the topic's own intent beside what is denied, they put right how it is done and do not refuse it."""


def rejects(text: str, procedure: Procedure, intent: Intent | None) -> bool:
    """True when the turn says that this procedure is not what its customer wants."""
    if _NOT_THAT.search(text):
        return True
    return declines(text, procedure, intent)


def declines(text: str, procedure: Procedure, intent: Intent | None) -> bool:
    """True when the turn names what the procedure does as not wanted: "no call needed".

    Where a no is itself the wish ("don't renew it"), the intent's examples say so, and it declines nothing.
    """
    negated = _negated(text)
    if not negated:
        return False
    words = negated & content_stems(f"{procedure.noun} {intent.name if intent else ''}")
    return bool(words - {word for one in intent.examples for word in _negated(one.text)} if intent else words)


def _negated(text: str) -> set[str]:
    return {word for match in _NEGATED.finditer(text) for word in content_stems(match[1])}


def notice_rejection(agent: Agent, draft: DecisionDraft, values: tuple[SetValue, ...]) -> None:
    """Leave what the customer does not want; this turn does not start it again."""
    topic, procedure = draft.state.topic, agent.procedure_of(draft)
    text = draft.understood.text
    if topic is None or procedure is None:
        draft.rejected = _just_told(draft) if _NOT_THAT.search(text) else ""
    elif insists(draft, topic.intent) or (is_choosing(agent, draft) and not _asks_else(draft, topic.intent)):
        pass
    elif (not values and (rejects(text, procedure, draft.intent) or _asks_else(draft, topic.intent))) or _pushes_back(
        agent, draft, procedure, values
    ):
        draft.rejected = topic.intent
        draft.close_topic(TopicOutcome.CANCELLED)
    if draft.rejected:
        draft.understand(f"reject {draft.rejected}")


def _asks_else(draft: DecisionDraft, intent: str) -> bool:
    """ "That's about changing my date. I'm asking if it's been fixed": no answer to the question of a form."""
    is_form = draft.asked is not None and draft.asked.kind in (QuestionKind.SLOT, QuestionKind.CONFIRM_ACTION)
    if not is_form or (draft.asked is not None and identity.is_of_identity(draft.asked.slot)):
        return False
    return any(
        _ASKS_ELSE.search(clause.text) and clause.intent.candidates[:1] and clause.intent.candidates[0].intent != intent
        for clause in draft.understood.clauses
    )


def insists(draft: DecisionDraft, intent: str) -> bool:
    """ "No, I just want to know where my claim is" asks for the very thing."""
    return any(
        clause.intent.candidates[0].intent == intent
        and clause.intent.candidates[0].probability >= INSISTS
        and _ONLY_WANTS.search(clause.text)
        for clause in draft.understood.clauses
        if clause.intent.candidates
    )


def _pushes_back(agent: Agent, draft: DecisionDraft, procedure: Procedure, values: Sequence[SetValue]) -> bool:
    """The form that is open is not what they came for: they deny what it is about, or answer it with a long no."""
    understood, intent, asked = draft.understood, draft.intent, draft.asked
    if intent is None or asked is None or not agent.is_form(intent.id) or understood.has(Act.DONT_KNOW):
        return False
    if identity.is_of_identity(asked.slot) or asked.kind not in (QuestionKind.SLOT, QuestionKind.CONFIRM_ACTION):
        return False
    kind = next((step.type for step in procedure.collects() if step.name == asked.slot), "")
    is_text = kind in ("text", "address")
    denying = [clause for clause in understood.clauses if denies(agent, clause, intent)]
    is_plain_no = bool(denying) and bool(_STARTS_NO.search(understood.text))
    if any(not value.of_customer or value.is_answer for value in values) and not is_text and not is_plain_no:
        return False
    is_long_no = bool(
        kind not in ("yes_no", "choice", *(("text", "address") if values else ()))
        and asked.kind is QuestionKind.SLOT
        and _STARTS_NO.search(understood.text)
        and len(understood.text.split()) > PLAIN_NO
    )
    if not denying and not is_long_no:
        return False
    if is_text and not (_STARTS_NO.search(understood.text) or _NOT_THAT.search(understood.text)) and kind == "text":
        return False  # a story may well say what did not happen
    rest = [clause for clause in understood.clauses if clause not in denying and has_words(clause)]
    return not any(
        clause.intent.candidates
        and clause.intent.candidates[0].intent == intent.id
        and clause.intent.candidates[0].probability >= GOES_ON
        for clause in rest
    )


def denies(agent: Agent, clause: Clause, intent: Intent) -> bool:
    """True when the clause says that what the intent is about is not so: "I've not had any accident"."""
    noun = agent.procedures[intent.id].noun if intent.id in agent.procedures else ""
    words = content_stems(f"{noun} {intent.name}") | agent.own_words.get(intent.id, frozenset())
    denied = {
        stem
        for match in _PUSHES.finditer(clause.text)
        if not _LACKS.search(match[1])
        for stem in content_stems(match[1])
    }
    if not denied & words:
        return False
    wished = {word for one in intent.examples for word in _negated(one.text)}
    return bool(denied & words - wished)


def has_none(text: str, procedure: Procedure, intent: Intent | None) -> bool:
    """True when the turn says that there is nothing of what the procedure looks up."""
    named = {stem for match in _HAS_NONE.finditer(text) for part in match.groups("") for stem in content_stems(part)}
    return bool(named & content_stems(f"{procedure.noun} {intent.name if intent else ''}"))


def is_choosing(agent: Agent, draft: DecisionDraft) -> bool:
    """The open question is which of several: "not that one" is a choice, "pet" no endearment."""
    slot, procedure = draft.asked.slot if draft.asked else None, agent.procedure_of(draft)
    return procedure is not None and any(isinstance(step, Pick) and step.name == slot for step in procedure.all_steps())


def _just_told(draft: DecisionDraft) -> str:
    """The intent served in the answer before this turn; empty when there was none."""
    said = [turn.seq for turn in draft.state.talk.last_turns if turn.speaker == "customer"]
    last = draft.state.dialogue.intents[-1] if draft.state.dialogue.intents else None
    return last.intent if last is not None and len(said) > 1 and last.said_seq >= said[-3:][0] else ""
