"""The hand-over card in one breath, for an operator who takes a call, and the sentence that brings the two together.

The screen has the card; a voice says what must be known before the first word: who, what about, in what mood, what was
done. Numbers are left to the screen: one claim number takes three of the eight seconds.
"""

from conversation import Assurance, EscalationReason, HandoverContext

MOST_WORDS = 18
"""Under eight seconds of the local voice; what matters least is left out before it gets longer."""

LONGEST_WISH = 8
"""Words of an intent's name; a tenant may call it anything."""

UPSET_FROM = -1
"""Mood level from which it is worth saying."""

_DID = {
    "claim_status": "I gave the claim's status",
    "case_status": "I gave the case's status",
    "application_status": "I gave the application's status",
    "lead_score": "I gave the application's score",
    "policy_details": "I gave the policy's details",
    "payment_due": "I gave the next payment",
    "open_case": "I opened a case",
    "request_callback": "I booked a callback",
}
"""By tool, said of the last one that worked."""

_BECAUSE = {
    EscalationReason.UNKNOWN_INTENT: "I didn't understand what about",
    EscalationReason.MISSING_KNOWLEDGE: "I had no approved answer",
    EscalationReason.UNABLE_TO_PROCEED: "My questions led nowhere",
    EscalationReason.TOOL_FAILURE: "Our records didn't answer",
    EscalationReason.AGENT_ERROR: "I had a technical problem",
    EscalationReason.LIMIT_REACHED: "It got too long for me",
}


def spoken_brief(card: HandoverContext) -> str:
    """The card in at most MOST_WORDS words, most important first: "Priya Raman, verified: check on a claim. Upset." """
    kept = [f"{_who(card)}: {_wish(card)}"]
    for sentence in (_mood(card), _done(card)):
        if sentence and sum(len(one.split()) for one in (*kept, sentence)) <= MOST_WORDS:
            kept.append(sentence)
    return ". ".join(kept) + "."


def introduction(customer: str | None, operator: str, queue: str) -> str:
    """What the agent says to both before it leaves: "Priya, Maya from our claims team is on the line now, …".

    `customer` is the full name or None, `queue` the queue's name ("Claims").
    """
    hello = f"{_first(customer)}, " if customer else ""
    sentence = f"{_first(operator)} from our {queue.lower()} team is on the line now, with everything you've told me."
    return hello + sentence


def _who(card: HandoverContext) -> str:
    name = card.identity.name or "A customer"
    if card.identity.assurance >= Assurance.VERIFIED:
        return f"{name}, verified"
    if card.reason is EscalationReason.AUTHENTICATION_FAILED or card.identity.failed_checks:
        return f"{name} who failed the check"
    return f"{name}, not verified"


def _wish(card: HandoverContext) -> str:
    if card.intent:
        name = card.intent.name[:1].lower() + card.intent.name[1:]
        return " ".join(name.rstrip(".").split()[:LONGEST_WISH])
    return "asked for a person" if card.is_requested_by_customer else "needs a person"


def _mood(card: HandoverContext) -> str:
    if card.mood.level > UPSET_FROM:
        return ""
    if card.mood.level <= -2:
        return "Very upset"
    return "Upset, getting worse" if card.mood.trend < 0 else "Upset"


def _done(card: HandoverContext) -> str:
    done = next((_DID[one.tool] for one in reversed(card.actions) if one.is_ok and one.tool in _DID), "")
    if done:
        return done
    if card.articles:
        return f"I read out {card.articles[-1].title.rstrip('.')}"
    if card.reason in _BECAUSE:
        return _BECAUSE[card.reason]
    told = len(card.attributes)
    return f"{told} detail{'' if told == 1 else 's'} on screen" if told else "Nothing done yet"


def _first(name: str) -> str:
    return name.split()[0] if name.split() else name
