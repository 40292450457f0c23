"""Whether an answer means yes or no to the question it answers."""

import re
from collections.abc import Sequence

_YES = re.compile(
    r"^(?:oh |ah |um,? |er,? |well,? |no,? wait,? |al?l ?right,? (?=yes|please|go)|right,? (?=yes|please|go))*(?:y|ye|yes+|spot on|go on(?: then)?|if you (?:must|like|would|could|don't mind)|that(?:'d| would|'s) (?:be )?(?:marvellous|great|lovely|perfect|fine|good|super|brilliant|wonderful|kind)|by all means|please,? yes|works for me|why not|yep|yeah|yup|yea|ya|aye|ok|okay|sure|please do|go ahead|go for it|correct|right|exactly|that'?s (?:right|correct|it|me|fine)|sounds good"
    r"|of course|absolutely|definitely|certainly|indeed|all good|fine|do it|it is|i do|i did|i have|i am|they (?:are|did|do)|he did|she did|we (?:did|have|do)|that'?s the one|afraid so|i think so|👍|✅|sí|si|oui|ja|tak|d'accord|claro)(?!\w)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^(?:oh |ah |um,? |er,? |well,? )*(?:n|no+|nope|nah|non|nein|nie|can't say i (?:do|did|have)|not (?:at all|really|yet|that i (?:know|remember|recall|can)|as far|to my)|i'?d (?:prefer|rather) (?:you did(?:n'?t| not)|not)|rather not|leave it|none|nobody|no-?one|nothing|never|neither|negative|thankfully (?:no|not)|luckily (?:no|not)"
    r"|i (?:don't|do not|haven't|didn't|did not|am not)|i'm not|we (?:don't|didn't|haven't)|they (?:didn't|did not|don't|haven't)|he didn't|she didn't|it isn't|it's not|don't think so)(?!\w)",
    re.IGNORECASE,
)


_WAVERING = re.compile(
    r"^(?:yeah,? (?=no\b)|no,? wait,? (?=ye|yup|yep)|(?:god|hell|heavens|oh),? (?=no\b|yes\b))", re.IGNORECASE
)
""" "Yeah, no": the second word counts."""


def read_yes_no(text: str, *, yes: Sequence[str] = (), no: Sequence[str] = ()) -> str | None:
    """ "yes" or "no"; None when it cannot be told.

    `yes` and `no` are phrases of the question's own that decide before any other word: to "was anybody hurt?",
    "everyone is fine" means no, whatever it begins with.
    """
    plain = _WAVERING.sub("", text.strip())
    if _has(plain, no):
        return "no"
    if _has(plain, yes):
        return "yes"
    if _NO.match(plain) or _ENDS_NO.search(plain):
        return "no"
    return "yes" if _YES.match(plain) else None


_ENDS_NO = re.compile(r"(?:,|\bso|\bthen) no[.! ]*$", re.IGNORECASE)
""" "We were at work when it happened, so no." """


def _has(text: str, phrases: Sequence[str]) -> bool:
    return any(re.search(rf"(?<!\w)(?:{phrase})(?!\w)", text, re.IGNORECASE) for phrase in phrases)
