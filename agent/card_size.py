"""Keeps the hand-over card under its size cap, whatever was typed: oldest and longest parts give way first."""

import json
from dataclasses import asdict, replace

from conversation import MAX_HANDOVER_BYTES, HandoverContext

MARGIN_BYTES = 2_000
"""Left for the language model's line, added later."""

QUOTE_CHARACTERS = 400
VALUE_CHARACTERS = 200


def fitted(card: HandoverContext) -> HandoverContext:
    """The card, at most MAX_HANDOVER_BYTES less a margin; the transcript has what is cut."""
    card = replace(
        card,
        last_turns=tuple(replace(turn, text=turn.text[:QUOTE_CHARACTERS]) for turn in card.last_turns),
        attributes=tuple(replace(one, value=one.value[:VALUE_CHARACTERS]) for one in card.attributes),
    )
    while _size(card) > MAX_HANDOVER_BYTES - MARGIN_BYTES:
        if card.last_turns:
            card = replace(card, last_turns=card.last_turns[1:])
        elif card.earlier_intents:
            card = replace(card, earlier_intents=card.earlier_intents[1:])
        elif card.attributes:
            card = replace(card, attributes=card.attributes[1:])
        elif card.facts:
            card = replace(card, facts=card.facts[1:])
        else:
            return replace(card, customer_note="", issue="")
    return card


def _size(card: HandoverContext) -> int:
    return len(json.dumps(asdict(card), default=str, ensure_ascii=False).encode())
