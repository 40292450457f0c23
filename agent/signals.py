"""What can be heard without a model: a wish for a person, yes and no, corrections, anger, danger.

Rules first, because these must never be missed (llm.md 3.4: rules catch what small models miss); the classifier's
built-in intents catch other phrasings.
"""

import re
from enum import StrEnum


class Signal(StrEnum):
    WANTS_PERSON = "wants_person"
    REFUSES_PERSON = "refuses_person"
    WANTS_CALLBACK = "wants_callback"
    YES = "yes"
    NO = "no"
    CANCEL = "cancel"
    REPEAT = "repeat"
    GO_BACK = "go_back"
    CORRECTION = "correction"
    DONT_KNOW = "dont_know"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ASKS_IF_AI = "asks_if_ai"
    DANGER = "danger"
    LEGAL = "legal"


_PERSON = r"(?:person|human|operator|agent|advis[eo]r|representative|rep|someone|somebody|manager|supervisor|colleague|staff|people|man|woman|being|handler|member of (?:staff|the team|your team))"
_RULES: dict[Signal, str] = {
    Signal.WANTS_PERSON: (
        rf"^(?:(?:an?|the|your|real|live|actual|human) )*{_PERSON}s?(?: please| now|,? thanks?)*[.!]*$"
        rf"|\b(?:speak|talk|chat|put|pass|transfer|connect|get|give|want|need|like|prefer|switch|hand(?:ed)?|deal|let)\b"
        rf"(?:(?!\b(?:add|insure|cover|remove|name|for)\b)[^.?!]){{0,40}}?\b(?:real|live|actual|human|proper)? ?(?:person|human(?: being)?|operator|advis[eo]r|representative|real agent|live agent|manager|supervisor|member of (?:staff|the team|your team))\b"
        r"|\b(?:speak|talk|chat)(?:ing)? (?:to|with) (?:a |an |your |the )?(?:someone|somebody|agent|real one|rep|colleague|people)\b"
        r"|\b(?:put|pass|transfer|connect) me (?:through|over|on|to)\b"
        r"|\b(?:no|not|stop|sick of|enough of|don'?t want|hate|fed up with)\b[^.?!]{0,25}\b(?:bots?|robots?|machines?|ai|chatbots?|computers?)\b"
        r"|\bcustomer (?:service|support|care)(?: please| now)?[.!]*$"
        r"|\b(?:is|are) there (?:anyone|anybody|someone|a (?:real |human )?(?:person|human)|any (?:humans?|people|real people))\b"
        r"|\b(?:agent|operator|human|representative)[,!. ]+(?:agent|operator|human|representative|please|now)\b"
        r"|\bcan (?:i|we) (?:have|get) (?:a |an )?(?:real |live |human )?(?:person|human|operator|advis[eo]r|agent)\b"
        r"|^(?:real|live|actual) (?:person|human|agent)"
    ),
    Signal.WANTS_CALLBACK: r"\bcall ?back\b|\b(?:call|phone|ring) me\b|\bgive me a (?:call|ring)\b",
    Signal.YES: (
        r"^(?:yes|yep|yeah|yup|ya|ok|okay|sure|please do|go ahead|correct|right|that'?s (?:right|correct|it|me|fine)|"
        r"sounds good|of course|absolutely|definitely|looks right|looks good|all good|fine|do it|yes please|confirm(?:ed)?)\b"
    ),
    Signal.NO: r"^(?:no|nope|nah|not really|don'?t|no thanks?|no thank you|that'?s not|that is not|wrong|incorrect|not (?:right|correct))\b",
    Signal.CANCEL: (
        r"\b(?:never ?mind|forget (?:it|about it|that)|leave it|scrap that|drop (?:it|that)\b|"
        r"(?:stop|cancel) (?:that|this|it)(?=[.!,?]|$| please| now)|don'?t bother)|^(?:cancel|stop|abort|quit)[.!]*$"
    ),
    Signal.REPEAT: (
        r"\b(?:repeat (?:that|it|please|the)|say (?:that|it) again|come again|what did you (?:say|ask)|pardon|"
        r"can you repeat|didn'?t catch)\b|^(?:what|sorry|repeat|again|eh|huh)\?*$"
    ),
    Signal.GO_BACK: r"\b(?:go back|previous (?:question|step)|one step back|undo|back up a (?:step|bit))\b|^back[.!]*$",
    Signal.CORRECTION: (
        r"^(?:no[,. ]+|sorry[,. ]+|oops[,. ]+|wait[,. ]+|actually[,. ]+|correction[:,. ]+)+(?:it'?s|it is|that'?s|i meant?|my|the|should|\S*\d)"
        r"|\b(?:i meant?|i mean|make that|should (?:be|have been|say)|not \S+[, ]+(?:but|it'?s|it is)|instead of|"
        r"wrong (?:number|date|one)|typo|mistyped|let me correct|correction|is wrong|that'?s wrong)\b"
        r"|\bactually (?:it'?s|it is|my)\b|^(?:it'?s|it is) actually\b|^change (?:it|that|the|my) .* to\b"
    ),
    Signal.DONT_KNOW: (
        r"\b(?:(?:i )?(?:don'?t|do not|haven'?t|can'?t) (?:know|have|got|find|remember|recall)|not sure|no idea|lost it|"
        r"forgot(?:ten)?|without (?:it|one)|not to hand)\b"
    ),
    Signal.GREETING: r"^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|greetings|howdy|morning)(?: there| harriet| all)?[,!. ]*$",
    Signal.THANKS: r"^(?:ok(?:ay)?[,. ]+)?(?:many )?(?:thanks?|thank you|thx|ta|cheers|much appreciated|brilliant|great|perfect|lovely|wonderful)(?: (?:so much|very much|a lot|you|for (?:that|your help|the help)|that'?s (?:great|all|it)))*[,!. ]*$",
    Signal.GOODBYE: r"^(?:ok(?:ay)?[,. ]+)?(?:no[,. ]+)?(?:good ?bye|bye(?:[ -]bye)?|see you|that(?:'?s| is) (?:all|it|everything)|nothing else|i'?m done|all done|no[,. ]*that(?:'?s| is) (?:all|it|everything|fine))(?: thanks?| thank you| for now|,)*[,!. ]*(?:bye|thanks?|thank you)?[,!. ]*$",
    Signal.ASKS_IF_AI: r"\b(?:are you|is this|am i (?:talking|speaking|chatting) (?:to|with)) (?:a |an )?(?:real|human|robot|bot|ai|machine|computer|person|chatbot)\b|\bwho (?:are|am i) (?:you|talking|speaking)\b",
    Signal.DANGER: r"\b(?:kill (?:myself|me)|suicid\w*|end my life|self[- ]harm|want to die|being (?:attacked|threatened)|gas leak|can smell gas|house is on fire|call an ambulance|not breathing|unconscious)\b",
    Signal.LEGAL: r"\b(?:solicitors?|lawyers?|ombudsman|sue (?:you|harbour)|suing|legal action|court|trading standards|small claims|the press|bbc|watchdog|regulator|fca)\b",
}
_COMPILED = {signal: re.compile(pattern, re.IGNORECASE) for signal, pattern in _RULES.items()}
_REFUSES_PERSON = re.compile(
    r"\b(?:don'?t|do not|no need|rather not|without|didn'?t|not)\b[^.?!]{0,30}\b(?:speak|talk|talking|speaking|be put through|be transferred|want (?:a |an )?(?:person|human|operator)|need (?:a |an )?(?:person|human|operator))\b",
    re.IGNORECASE,
)
_TO_MACHINE = re.compile(r"\b(?:bots?|robots?|machines?|ai|chatbots?|computers?)\b", re.IGNORECASE)


def signals(text: str) -> frozenset[Signal]:
    """Every signal in a text."""
    plain = _plain(text)
    heard = {signal for signal, rule in _COMPILED.items() if rule.search(plain)}
    if _REFUSES_PERSON.search(plain) and not _TO_MACHINE.search(plain):
        heard.add(Signal.REFUSES_PERSON)
    if heard & {Signal.ASKS_IF_AI, Signal.REFUSES_PERSON}:
        heard.discard(Signal.WANTS_PERSON)
    return frozenset(heard)


def _plain(text: str) -> str:
    """Curly quotes straightened, white space single: what the rules are written for."""
    return " ".join(text.replace("’", "'").replace("‘", "'").split())


_STRONG_NEGATIVE = re.compile(
    r"\b(?:disgust\w*|disgrace\w*|furious|outrag\w*|appalling|unacceptable|useless|pathetic|ridiculous|a joke|scam\w*|"
    r"rubbish|worst|hate|livid|idiots?|stupid|bloody|crap|shit\w*|fuck\w*|bastards?|damn|wtf|incompeten\w*|shambles|"
    r"sick (?:and tired|of)|fed up|had enough)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:annoy\w*|frustrat\w*|disappoint\w*|unhappy|upset|angry|cross|terrible|awful|bad|poor|wrong|again and again|"
    r"still (?:waiting|no|not|nothing)|nobody|no one|waste of time|ignored|not good enough|not helpful|unhelpful|"
    r"complain\w*|how many times|third time|ages|worried|stress\w*)\b",
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    r"\b(?:thanks?|thank you|great|good|brilliant|perfect|lovely|excellent|helpful|appreciate\w*|happy|wonderful|cheers)\b",
    re.IGNORECASE,
)


def mood(text: str) -> int:
    """How one turn sounds, -3 to 3: words, shouting and exclamation marks. A rule, so its reasons can be seen."""
    level = 0
    strong = len(_STRONG_NEGATIVE.findall(text))
    level -= 2 * min(strong, 2) + min(len(_NEGATIVE.findall(text)), 2)
    level += min(len(_POSITIVE.findall(text)), 2) if not strong else 0
    letters = [letter for letter in text if letter.isalpha()]
    shouts = len(letters) >= 12 and sum(letter.isupper() for letter in letters) / len(letters) > 0.7
    if shouts:
        level -= 2
    if text.count("!") >= 3:
        level -= 1
    return max(-3, min(3, level))
