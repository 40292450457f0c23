"""What a sentence claims: its numbers with unit and limit, names, links and content words. Pure text, no model."""

import re
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEENS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_NUMBER_WORDS = {word: str(value) for value, word in enumerate([*_TEENS.split(), "eighteen", "nineteen"], start=2)} | {
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "hundred": "100",
    "thousand": "1000",
    "million": "1000000",
    "half": "1/2",
    "twice": "2",
    "double": "2",
}
_UNITS = _words(
    "second minute hour day night week fortnight month year decade mile km metre kilometre people person time"
    " am pm k m st nd rd th"
)
_UNIT_ADJECTIVES = _words("working business calendar consecutive")
_MONEY = {"pound": "£", "gbp": "£", "euro": "€", "eur": "€", "dollar": "$", "usd": "$"}
_LIMITS = {
    "up to": "at most",
    "at most": "at most",
    "no more than": "at most",
    "maximum": "at most",
    "within": "at most",
    "at least": "at least",
    "minimum": "at least",
    "from": "at least",
    "more than": "above",
    "over": "above",
    "less than": "below",
    "under": "below",
    "about": "about",
    "around": "about",
    "usually": "usually",
    "normally": "usually",
    "typically": "usually",
    "after": "after",
    "before": "before",
    "by": "before",
    "until": "before",
}
_FILLERS = _words("a an the next first of another")
_CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september"
    " october november december today tomorrow yesterday weekend"
)
_STOP = _words(
    "a an the this that these those it its they them their there here you your yours we us our ours i me my he she his"
    " her who whom whose which what when where why how is are was were be been being am do does did done has have had"
    " will would shall should can could may might must of to in on at by for from with as or and but if then than so"
    " too very also just only not no nor never yes please up out about into over after before under while because any"
    " all each both some more most other such own same don doesn didn isn aren wasn weren haven hasn hadn wo"
    " couldn shouldn needn cannot without"
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nor|neither|cannot|without|unless|except|exclud\w*|\w+n['’]t)\b", re.IGNORECASE
)
_CONDITION = re.compile(r"\b(?:if|when|whenever|unless|once|only|provided|except)\b", re.IGNORECASE)
_LINK = re.compile(r"\S+://\S+|\bwww\.\S+|\S+@\S+|(?<![\w.-])[\w-]++(?:\.[\w-]++)*?\.[a-z]{2,}\b", re.IGNORECASE)
_DIGIT_RUN = re.compile(r"\+?\d[\d ()-]{6,}\d")
_TOKEN = re.compile(r"[£$€]?\d+(?:[.,:/]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_SUFFIX = re.compile(r"(?:ings?|ed|ments?|ly|ions?|es|s|e)$")


@dataclass(frozen=True)
class Number:
    digits: str
    """As written, without thousands separators: "£1100", "20%", "09:30"; number words as digits."""
    unit: str
    """"working day", "month"; "" without one"""
    limits: frozenset[str]
    """What stands right before it: "at most" for up to and within, "usually", ..."""


def sentences(text: str) -> list[str]:
    """Split after . ! ? and a space; no empty ones. "Yes." and "No." belong to what follows."""
    joined = re.sub(r"^(yes|no)[.!]\s+", r"\1, ", text.strip(), flags=re.IGNORECASE)
    return [part for part in re.split(r"(?<=[.!?])\s+", joined) if part]


def clauses(sentence: str) -> list[str]:
    """Parts that can be true or false on their own; no empty ones."""
    parts = re.split(r"[,;:()]\s|\s[–—-]\s|\b(?:and|but|while|whereas)\b", sentence)
    return [part.strip() for part in parts if part.strip()]


def alternatives(clause: str) -> list[str]:
    """The parts round "or": "£250 for a replacement or £60 for a repair" binds each amount to its own words."""
    return [part.strip() for part in re.split(r"\bor\b", clause) if part.strip()]


def stem(word: str) -> str:
    """The common start of a word's forms: repairs and repairing, policy and policies."""
    whole = re.sub(r"['’]s?$", "", word.lower())
    cut = _SUFFIX.sub("", whole) if len(whole) > 4 else whole.removesuffix("s")
    return re.sub(r"y$", "i", cut)


def tokens(text: str) -> list[str]:
    """Words and numbers in order; "30-day" and "5pm" are two."""
    return _TOKEN.findall(text)


def plain(text: str) -> str:
    """Words and numbers alone, lower case."""
    return " ".join(token.lower() for token in tokens(text))


def content_stems(text: str) -> set[str]:
    """The words that carry meaning, as stems; numbers not among them."""
    words = (re.split(r"n?['’]", token)[0].lower() for token in tokens(text) if not _is_number(token))
    return {stem(word) for word in words if word not in _STOP and word not in _NUMBER_WORDS and len(word) > 1}


def numbers(text: str) -> list[Number]:
    """Every number in order."""
    words = [token.lower() for token in tokens(text)]
    found = []
    for at, word in enumerate(words):
        unit = _unit(words[at + 1 : at + 4])
        digits = _NUMBER_WORDS.get(word, word)
        if word == "one" and unit:
            digits = "1"
        if not _is_number(digits):
            continue
        digits = re.sub(r",(?=\d{3})|\.00?$", "", digits)
        after = [stem(one) for one in words[at + 1 : at + 3]]
        if after and after[0] in _MONEY and digits[0].isdigit():
            digits = _MONEY[after[0]] + digits
        if after and (after[0] == "percent" or after == ["per", "cent"]):
            digits += "%"
        found.append(Number(digits, unit, _limits_before(words[:at])))
    return found


def limits_in(text: str) -> frozenset[str]:
    """The limits anywhere in a sentence."""
    words = plain(text)
    return frozenset(kind for phrase, kind in _LIMITS.items() if re.search(rf"\b{phrase}\b", words))


def digit_runs(text: str) -> tuple[list[str], str]:
    """Phone-like runs as digits only, and the text without them."""
    runs = [re.sub(r"\D", "", run) for run in _DIGIT_RUN.findall(text)]
    return runs, _DIGIT_RUN.sub(" ", text)


def links(text: str) -> list[str]:
    """Web and mail addresses, lower case."""
    return [found.lower().rstrip(".,;:!?)") for found in _LINK.findall(text)]


def names(sentence: str) -> list[str]:
    """Capitalised words after the first, and days and months in any case, lower case."""
    words = tokens(sentence)
    named = [re.sub(r"['’]s?$", "", word.lower()) for word in words[1:] if word[0].isupper()]
    return named + [word.lower() for word in words if word.lower() in _CALENDAR]


def first_word(sentence: str) -> str:
    """Lower case, without 'll and the like; "" when the sentence has no word."""
    return next((re.split(r"['’]", token)[0].lower() for token in tokens(sentence)), "")


def is_opener(word: str) -> bool:
    """True for a word that is capitalised only because a sentence begins with it."""
    return word in _STOP or word in _NUMBER_WORDS or word in ("one", "once", "simply", "yes", "no")


def negations(text: str) -> int:
    """How many; "does not reduce your no claims discount" has two."""
    return len(_NEGATION.findall(text))


def is_conditional(text: str) -> bool:
    return _CONDITION.search(text) is not None


def conditional_clauses(sentence: str) -> list[tuple[str, bool]]:
    """Each clause, and whether it holds only on a condition: its own, or one the sentence begins with."""
    begins = _CONDITION.match(sentence) is not None
    return [(clause, begins or is_conditional(clause)) for clause in clauses(sentence)]


def _is_number(token: str) -> bool:
    return any(character.isdigit() for character in token)


def _unit(following: list[str]) -> str:
    found: list[str] = []
    for word in following:
        if word in _UNIT_ADJECTIVES:
            found.append(word)
            continue
        one = word.removesuffix("s") if len(word) > 3 else word
        if one in _UNITS:
            found.append(one)
        break
    return " ".join(found) if found and found[-1] in _UNITS else ""


def _limits_before(words: list[str]) -> frozenset[str]:
    found: set[str] = set()
    rest = words[-8:]
    while rest:
        if rest[-1] in _FILLERS:
            rest = rest[:-1]
            continue
        phrase = next((one for one in _LIMITS if rest[-len(one.split()) :] == one.split()), None)
        if phrase is None:
            break
        found.add(_LIMITS[phrase])
        rest = rest[: -len(phrase.split())]
    return frozenset(found)
