"""What a turn does, beside any wish in it: asks for a person, agrees, says goodbye, wants to stop.

Rules catch the plain forms and are never wrong about them; a small classifier on the sentence's vector catches the rest.
Both read a turn clause by clause, because people do two things in one breath ("great thanks. that's all").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from encoder import Encoder, SoftmaxHead, fit_softmax, one_thread
from quick_yaml import load_yaml

EXAMPLES = Path(__file__).with_name("acts.yaml")
OTHER = "other"
STRENGTH = 6.0
"""Inverse of the penalty; chosen on the tuning half of bench/agent_data."""
MOST_OTHERS = 500
"""Sentences of the tenant's own that are none of the acts; more only slow the start."""


class Act(StrEnum):
    WANTS_PERSON = "wants_person"
    REFUSE_PERSON = "refuse_person"
    YES = "yes"
    NO = "no"
    CANCEL_TASK = "cancel_task"
    POSTPONE = "postpone"
    REPEAT = "repeat"
    GO_BACK = "go_back"
    ASK_WHY = "ask_why"
    CORRECT = "correct"
    DONT_KNOW = "dont_know"
    GREET = "greet"
    THANK = "thank"
    CLOSING = "closing"
    ACKNOWLEDGE = "acknowledge"
    CHITCHAT = "chitchat"
    ASK_IF_AI = "ask_if_ai"
    ASK_ABILITY = "ask_ability"
    THIRD_PARTY = "third_party"
    ANGER = "anger"
    WANTS_CALLBACK = "wants_callback"


_LEAST: dict[Act, float] = {
    Act.WANTS_PERSON: 0.6,
    Act.REFUSE_PERSON: 0.5,
    Act.THIRD_PARTY: 0.6,
    Act.ANGER: 0.6,
    Act.CANCEL_TASK: 0.6,
}
_USUAL = 0.5
"""A clause is an act from this probability on; the exceptions cost more when they are wrong."""

_PERSON = (
    r"(?:(?:real |live |actual |proper |human |living )*(?:person|human(?: being)?|operator|advis[eo]r|representative|rep|manager|supervisor|colleague|agent|handler"
    r"|people|staff|member of (?:staff|the team|your team)|someone|somebody|anyone|anybody))"
)
_PUT_THROUGH = r"(?:put|pass|transfer|connect|hand|switch|escalate)(?:ting|ring|ing)?"
_RULES: dict[Act, str] = {
    Act.WANTS_PERSON: (
        rf"^(?:(?:an?|the|your|ok|okay|then|no|just|please|get me|give me|i want|i need|i'd like|i would like|can i (?:have|get)|real|live) )*(?:real |live |actual |human )*"
        rf"(?:person|human(?: being)?|operator|advis[eo]r|representative|agent|supervisor|manager|customer (?:service|support|care))(?:,? (?:please|pls|plz|now|then|thanks|instead|asap))*[.! ]*$"
        rf"|\b(?:speak|talk|talking|speaking|chat)\b (?:directly )?(?:to|with) (?:an? |your |the |one of your |some )?{_PERSON}"
        rf"|^(?:please |can you |could you |just )*{_PUT_THROUGH} me(?: through)?(?:,? (?:please|now|then))*[.! ]*$"
        rf"|\b{_PUT_THROUGH} (?:me|us) (?:straight |back )?(?:through|over|to|on(?! (?:it|th\w+|my|his|her|your|as)\b))\b"
        rf"|\b(?:get|give|find|fetch) me (?:an? |your |the )?(?:f\W*\w* )?(?:real |live |proper |actual )*(?:person|human|operator|advis[eo]r|manager|supervisor|representative|agent|colleague)"
        r"|\b(?:get|fetch) (?:somebody|someone)(?: to (?:tell|help|call|ring|sort)| please)"
        rf"|\bneed (?:an? |to (?:speak|talk) (?:to|with) )(?:real |live |actual )*(?:person|human|operator|advis[eo]r|representative|someone|somebody)"
        r"|\b(?:sick of|enough of|hate|fed up with|no more)\b[^.?!]{0,25}\b(?:bots?|robots?|machines?|chatbots?|computers?)\b"
        r"|\b(?:is|are) there (?:a |any )?(?:real |human )?(?:person|humans?|people|anyone|anybody|someone) (?:there |here |around |available |free )?(?:(?:that |who )?i can|to (?:talk|speak)|available)"
        r"|^(?:real|live|actual) (?:person|human|agent)\b"
    ),
    Act.WANTS_CALLBACK: r"\bcall ?-?back\b|\b(?:call|phone|ring|telephone) me\b|\bgive (?:me|us) a (?:call|ring|bell)\b|\b(?:someone|somebody|anyone|one of (?:you|them|your \w+)|a (?:colleague|person)|you|they) (?:\w+ ){0,4}?(?:to )?(?:call|ring|phone|telephone)s? (?:me|us|mum|dad|him|her|my \w+)\b(?! (?:on|at|with)? ?(?:yesterday|last|this morning|and said))",
    Act.YES: (
        r"^(?:oh |ah |um,? |er,? )?(?:y|yes|yep|yeah|yup|yea|yess+|ya|aye|ok|okay|sure|please do|go ahead|go for it|correct|right|exactly|that'?s (?:right|correct|it|me|fine|the one)|"
        r"sounds (?:good|right)|of course|absolutely|definitely|certainly|indeed|looks (?:right|good)|all good|fine|do it|confirm(?:ed)?|it is|i do|i did|i have|i am|they are|it does|👍|✅|sí|si|oui|ja|tak|d'accord|claro|jawohl)(?!\w)"
    ),
    Act.NO: (
        r"^(?:oh |ah |um,? |er,? )?(?:n|no|nope|nah|non|nein|nie|not really|not yet|don'?t|no thanks?|no thank you|that'?s not|that is not|wrong|incorrect|not (?:right|correct)|i (?:don't|do not|haven't|didn't|am not)|i'm not|neither|none|nothing|never|negative)(?!\w)"
    ),
    Act.CANCEL_TASK: (
        r"\b(?:never ?mind|forget (?:it|about it|that|i (?:asked|said))|scrap that|drop (?:it|that)(?=[.!,?]|$)|leave it(?=[.!,?]|$| then| for now| there| be)|"
        r"leave (?:it|things|everything|that|them)(?: all)? (?:as (?:it is|they are|is)|alone)|(?:stop|cancel) (?:that|this|it)(?: (?:request|please|now|then))?(?=[.!,?]|$)|don'?t bother|changed my mind)\b|^(?:cancel|stop|abort|quit)(?:,? please)?[.! ]*$"
    ),
    Act.REPEAT: (
        r"\b(?:repeat (?:that|it|please|the)|say (?:that|it)(?: to me)? again|come again|what did you (?:just )?(?:say|ask)|pardon|"
        r"(?:can|could) you repeat|run that (?:past|by) me again|didn'?t (?:quite )?(?:catch|hear)|once more)\b|^(?:what|sorry|repeat|again|eh|huh|pardon)\?*$"
    ),
    Act.GO_BACK: r"\b(?:go back|previous (?:question|step)|one step back|undo|back up a (?:step|bit))\b|^back[.! ]*$",
    Act.ASK_WHY: r"^(?:but |and )?(?:why|what for|what do you (?:need|want) (?:that|it|my)|how come)(?: (?:do|would|should|are|is|does))?\b[^.]{0,60}(?:need|want|ask|asking|tell you|necessary|matter|that|know|for)?[?. ]*$",
    Act.CORRECT: (
        r"^(?:no[,. ]+|sorry[,. ]+|oops[,. ]+|wait[,. ]+|actually[,. ]+|correction[:,. ]+)+(?:it'?s|it is|that'?s|i meant?|my|the|should|make|\S*\d)"
        r"|\b(?:i meant?\b|make that|should (?:be|have been|say)|not \S+[, ]+(?:but|it'?s|it is)|instead of|"
        r"wrong (?:number|date|one)|typo|mistyped|let me correct|correction)\b"
        r"|\bactually (?:it'?s|it is|my)\b|^(?:it'?s|it is) actually\b|^change (?:it|that|the|my) .{0,40} to\b"
    ),
    Act.DONT_KNOW: (
        r"\b(?:(?:i )?(?:don'?t|do not|haven'?t|can'?t|cannot|not) (?:know|have|got|find|remember|recall)\b|not sure|no idea|lost it|i lost|"
        r"forgot(?:ten)?|without (?:it|one)|(?:isn't|is not|not) to hand|no clue|unsure|nie wiem|je ne sais pas|no lo sé|weiß nicht)"
    ),
    Act.GREET: r"^(?:hi+|hello+|hey+|hiya|heya|hai|good (?:morning|afternoon|evening|day)|greetings|howdy|morning|afternoon|evening)(?:,? (?:there|harriet|all|everyone|again))?[,!. ]*$",
    Act.THANK: r"^(?:(?:ok(?:ay)?|great|lovely|perfect|oh|right|well|brilliant)[,. ]+)*(?:many )?(?:thanks?|thank ?(?:you|u)|thx|ta|cheers|much appreciated)(?: (?:so much|very much|a lot|again|harriet|for (?:that|your help|the help|letting me know)))*[,!. ]*$|^(?:brilliant|great|perfect|lovely|wonderful|excellent|fab|super|amazing|awesome)[!. ]*$",
    Act.CLOSING: r"^(?:(?:ok(?:ay)?|great|no|nope|nah?|neither|none|never ?mind|right|al?l ?right|thanks?|thx|ta|thank you|cheers|lovely|perfect|super|brilliant|fine|(?:that'?s|it'?s|all) (?:fine|good|great|ok(?:ay)?|perfect|lovely)(?: then)?)[,.! ]+)*(?:good ?bye|bye(?:[ -]bye)?(?: now)?|ta-?ra|toodle pip|toodles|catch you later|good ?night(?: then)?|good day|i'?m off|right,? i'?m off|cheerio|so long|farewell|see (?:you|ya)|that(?:'?s| is|'?ll be| will be) (?:all|it|everything|me done)|nothing (?:else|more)|no (?:more|further) questions|(?:nah,? |no,? )?you'?re good|that'?s the lot|(?:i think )?we'?ve covered (?:it all|the lot|everything)|we can (?:stop|leave it) there|i'?m done|all done|all sorted|have a (?:good|nice|great|lovely) (?:day|one|evening|weekend|night)|take care)(?: (?:your honour|love|dear|mate|i needed|for now|for today|thanks?|thank you|from me|then|now|thank))*[,!. ]*(?:bye|thanks?|thank you|cheers|ta)?[,!. ]*$",
    Act.ACKNOWLEDGE: r"^(?:oh |ah )?(?:ok(?:ay)?|k+|right|alright|all right|i see|got it|gotcha|understood|fair enough|makes sense|fine|cool|great|good|noted|interesting|hmm+|mm+|ah|oh)(?:[, ]+(?:ok(?:ay)?|then|right|great|i see|cool))*[.! ]*$",
    Act.ASK_IF_AI: r"\b(?:are you|is this|am i (?:talking|speaking|chatting) (?:to|with)) (?:a |an )?(?:real|human|robot|bot|ai|machine|computer|person|chatbot|chat ?gpt)\b|\bwho (?:are you|am i (?:talking|speaking))\b",
    Act.ASK_ABILITY: r"\b(?:what (?:all )?can you (?:do|help)|how can you help|what (?:do|are) you (?:do|able to do)|what can i ask)\b",
    Act.CHITCHAT: r"^(?:l+o+l+|h+a+(?:h+a+)+|r+o+f+l+|l+m+a+o+|x+d+|hehe+)[!. ]*$",
}
_COMPILED = {act: re.compile(pattern, re.IGNORECASE) for act, pattern in _RULES.items()}


def says_person(text: str) -> bool:
    """The words that ask for a person stand in it; the classifier alone hears them in long stories too."""
    return bool(_COMPILED[Act.WANTS_PERSON].search(text))


_LAST = re.compile(
    r"[.!,;]\s*((?:ok(?:ay)?,? |thanks?,? |thank you,? |ta,? |cheers,? )*(?:good ?)?bye\b[^.!?]{0,12}[.! ]*)$",
    re.IGNORECASE,
)
"""A goodbye behind what else is said."""
_REFUSES = re.compile(
    rf"\b(?:don'?t|do not|no need|rather not|without|didn'?t|not|stop|won't|no)\b[^.?!,;]{{0,40}}\b(?:(?:speak|talk|talking|speaking)(?: to)?|{_PUT_THROUGH} me|be (?:put through|transferred|passed|handed)"
    rf"|want (?:an? )?(?:person|human|operator|call|callback|call back)|need (?:an? |to speak)(?:person|human|operator)?|call ?back|(?:person|human) (?:please|needed))\b|\bno (?:call ?back|transfer)\b",
    re.IGNORECASE,
)
_TO_MACHINE = re.compile(
    r"\b(?:(?:to|with) (?:a |an |this |the )?)?(?:bots?|robots?|machines?|ai|chatbots?|computers?)\b", re.IGNORECASE
)
OF_OTHER_CALLS = re.compile(
    r"\b(?:can|could|should|do|may|must|shall|will|to) (?:i|we|she|he|they|mum|dad|my \w+)\b[^.?!]{0,20}\b(?:ring|call|phone)\b(?! ?back)"
    r"|\b(?:is|are|was|were|did|has|have|will(?! you)|when(?:'s| is| are| will)?)\b[^.?!]{0,40}\b(?:ring|call|phon)(?:ing|ed|e)?\b"
    r"|\b(?:supposed|meant|due|going|promised|said) (?:to|she'd|he'd|they'd|you'd)? ?(?:ring|call|phone)\b",
    re.IGNORECASE,
)
"""A call that they make, or that was promised: nothing to be booked."""
_LET_ME = re.compile(r"\b(?:let|get) me (?:speak|talk|through)\b", re.IGNORECASE)
_TRADE = re.compile(
    r"\b(?:tour|letting|estate|travel|removal|crane|machine|mobile|network|cruise|ferry) (?:operator|agent)|\bmanager (?:of|at) (?:the|my|our)\b",
    re.IGNORECASE,
)
_QUIET = frozenset({Act.YES, Act.NO, Act.ACKNOWLEDGE, Act.GREET, Act.THANK, Act.CLOSING, Act.CHITCHAT})
"""Acts that only a short clause does; in a long one their words are part of something else."""
_SHORT_ONLY = frozenset({Act.REPEAT, Act.GO_BACK})
SHORT_WORDS = 9
_NO_PAUSE = re.compile(r"\?|^(?:why|when|what|how|is|are|will|does|did)\b|\bcan'?t do\b|!!", re.IGNORECASE)
"""Nobody asks for a moment like that."""


@dataclass(frozen=True)
class ActHead:
    """The classifier: vectors of one encoder to probabilities of acts."""

    head: SoftmaxHead
    acts: tuple[str, ...]
    encoder: str

    def probabilities(self, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """Shape (texts, acts)."""
        return np.asarray(softmax(self.head.logits(vectors), axis=1), dtype=np.float64)


def act_examples() -> list[str]:
    """Every sentence of acts.yaml."""
    examples: dict[str, list[str]] = load_yaml(EXAMPLES.read_text(encoding="utf-8"))
    return [text for texts in examples.values() for text in texts]


def train_acts(encoder: Encoder, others: Sequence[str]) -> ActHead:
    """The head from acts.yaml; `others` are sentences of the tenant's customers that do none of it. Blocks a second."""
    examples: dict[str, list[str]] = load_yaml(EXAMPLES.read_text(encoding="utf-8"))
    step = max(1, len(others) // MOST_OTHERS)
    examples[OTHER] = list(others)[::step]
    acts = tuple(examples)
    texts = [text for act in acts for text in examples[act]]
    labels = np.array([number for number, act in enumerate(acts) for _ in examples[act]], dtype=np.intp)
    with one_thread():
        head = fit_softmax(encoder.encode(texts), labels, len(acts), strength=STRENGTH)
    return ActHead(head, acts, encoder.name)


def by_rules(clause: str) -> frozenset[Act]:
    """The acts of one plain clause that its words alone show."""
    words = len(clause.split())
    found = {
        act
        for act, rule in _COMPILED.items()
        if rule.search(clause) and not (act in _QUIET and words > SHORT_WORDS + 6)
    }
    if Act.CLOSING not in found and "?" not in clause and (last := _LAST.search(clause)):
        found |= {Act.CLOSING} if _COMPILED[Act.CLOSING].search(last[1]) else set()
    if Act.WANTS_PERSON in found and _TRADE.search(clause):
        found.discard(Act.WANTS_PERSON)
    if _REFUSES.search(clause) and not _TO_MACHINE.search(clause) and not _LET_ME.search(clause):
        found.add(Act.REFUSE_PERSON)
        found -= {Act.WANTS_PERSON, Act.WANTS_CALLBACK}
    if Act.ASK_IF_AI in found:
        found.discard(Act.WANTS_PERSON)
    if OF_OTHER_CALLS.search(clause) and not re.search(
        r"\b(?:could|can|would|will) you\b|\bplease\b", clause, re.IGNORECASE
    ):
        found.discard(Act.WANTS_CALLBACK)
    return frozenset(found)


def by_model(clause: str, probabilities: NDArray[np.float64], acts: Sequence[str], *, least: float = 0.0) -> Act | None:
    """The act the classifier sees in a clause; None for none, or where it may not be believed."""
    best = int(probabilities.argmax())
    name = acts[best]
    if name == OTHER:
        return None
    act = Act(name)
    if float(probabilities[best]) < max(least, _LEAST.get(act, _USUAL)):
        return None
    if re.search(r"\d{5,}|@", clause) or (act in _SHORT_ONLY and len(clause.split()) > 6):
        return None
    if act in _QUIET and len(clause.split()) > SHORT_WORDS:
        return None
    if act is Act.WANTS_PERSON and len(clause.split()) > 16:
        return None
    if act is Act.POSTPONE and (len(clause.split()) > SHORT_WORDS or _NO_PAUSE.search(clause)):
        return None
    if act is Act.WANTS_CALLBACK and OF_OTHER_CALLS.search(clause):
        return None
    if act is Act.WANTS_PERSON and (_TRADE.search(clause) or _REFUSES.search(clause)):
        return None
    return act


_STRONG_NEGATIVE = re.compile(
    r"\b(?:disgust\w*|disgrace\w*|furious|outrag\w*|appalling|unacceptable|useless|pathetic|ridiculous|(?:a|absolute|what a) joke|"
    r"worst|livid|idiots?|bloody|crap|shit\w*|f[u*]+[c*]*k\w*|f\*+\w*|bastards?|wtf|incompeten\w*|shambles|"
    r"sick (?:and tired|of)|fed up|had enough|absolute rubbish)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:annoy\w*|frustrat\w*|disappoint\w*|unhappy|upset|angry|terrible|awful|again and again|"
    r"still (?:waiting|no|not|nothing)|waste of time|ignored|not good enough|not helpful|unhelpful|"
    r"complain\w*|how many times|third time|for ages|worried|stress\w*|let down)\b",
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    r"\b(?:thanks?|thank you|great|brilliant|perfect|lovely|excellent|helpful|appreciate\w*|happy|wonderful|cheers)\b",
    re.IGNORECASE,
)


def mood(text: str) -> int:
    """How one turn sounds, -3 to 3, by its words. Capitals alone are no anger, they only make anger louder."""
    strong = len(_STRONG_NEGATIVE.findall(text))
    level = -2 * min(strong, 2) - min(len(_NEGATIVE.findall(text)), 2)
    if not level:
        return min(len(_POSITIVE.findall(text)), 2)
    letters = [letter for letter in text if letter.isalpha()]
    shouts = len(letters) >= 12 and sum(letter.isupper() for letter in letters) / len(letters) > 0.7
    return max(-3, level - shouts - (text.count("!") >= 3))
