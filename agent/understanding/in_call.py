"""What only callers mean: that they are still there, and that they do not want to be recorded."""

import re

_WORDS_OF_PRESENCE = (
    r"yes|yeah|yep|yup|hello|hi|sorry|oh|okay|ok|still|here|there|of course|sure|present|listening|i'?m|i am|i'?ve been"
    r"|on the line|just|a (?:moment|second|sec)|one (?:moment|second|sec)|hang on|hold on|bear with me|thinking|please"
)
_IS_PRESENT = re.compile(rf"(?:(?:{_WORDS_OF_PRESENCE})\b[ ,.!?]*)+", re.IGNORECASE)

_NOT = r"(?:do not|don'?t|stop|without|no|not|never|rather not|prefer not|off|refuse|object)"
_RECORDING = r"(?:record(?:ed|ing|ings|s)?|tap(?:e|ed|ing))"
_OBJECTS = re.compile(
    rf"\b{_NOT}\b(?:\W+(?!record|tap)[\w']+){{0,6}}\W+{_RECORDING}\b|\b(?:turn|switch)\b.{{0,20}}\b{_RECORDING}\b.{{0,12}}\boff\b",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"\brecorded (?:delivery|post|mail)|\b(?:(?:my|the|your|his|her|their|on|off|in|any|a|of) (?:\w+ ){0,2}records?|records? (?:of|show|say)|tape measure)\b",
    re.IGNORECASE,
)


def is_presence(text: str) -> bool:
    """Whether the words answer "are you still there?" and nothing else."""
    return _IS_PRESENT.fullmatch(text.strip()) is not None


def objects_to_recording(text: str) -> bool:
    """Whether the caller does not want the call recorded: "don't record this", "I'd rather not be recorded"."""
    return _OBJECTS.search(_OF_SOMETHING_ELSE.sub(" ", text)) is not None
