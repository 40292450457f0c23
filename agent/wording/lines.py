"""What the agent says, in one place, so that a tenant's tone can be read and changed."""

from datetime import datetime

from conversation import HandoverContext

ANYTHING_ELSE = "Is there anything else I can help with?"
DID_NOT_CATCH = "Sorry, I didn't get that."
CANCELLED = "All right, I've dropped that. " + ANYTHING_ELSE
THANKS = "You're welcome. " + ANYTHING_ELSE
GOODBYE = "Thank you for chatting with us. Goodbye!"
GREETING = "Hello! What can I do for you?"
CHECK_BIRTH = "To check it's you, what's your date of birth?"
NOTED_FOR_OPERATOR = "Thank you, I've added that to what I pass on."
CORRECTED = "Thank you, I've changed it. This is what I'll pass on now:"
AGENT_FAILED = "I'm sorry, something went wrong on our side. I'll get a person to help you."
PASSED_ON = "Thank you, I've passed that on. You keep your place in the queue."
KEEP_PLACE = "You keep your place in the queue; a person will be with you."
CUT_OFF = "I'm sorry, we were cut off. I'm still here."
CUT_OFF_WAITING = "I'm sorry, we were cut off. You've kept your place in the queue."
NOW_BY_VOICE = "I can hear you now. Everything we've written stays; just go on."
RECORDED = "This call is recorded so that we can check our answers. Say “don't record” and I'll stop the recording."
NOT_RECORDED = "All right, I've stopped the recording."
ONE_MOMENT = "One moment, please."
STILL_THERE = "Are you still there?"
STILL_THERE_AGAIN = "I can't hear you. If you're there, say something or press a key."
NOBODY_THERE = "I can't hear anyone, so I'll end the call here. Please ring again any time."
TOO_LONG = "We've been talking for a long time, so I have to end the call here. Please ring again any time."
SAY_AGAIN = "Sorry, I didn't get that. Could you say it again?"
LEFT_QUEUE = "All right, I've taken you out of the queue. What can I do for you?"


def read_back(label: str, value: str) -> str:
    """A number said back so that a slip is heard: "Claim number CL 5 2 3 1 8"."""
    return f"{label[:1].upper()}{label[1:]} {spaced(value)}"


def spaced(value: str) -> str:
    """CL52318 as "CL52318"; a phone number in groups; an ISO date in words."""
    if value.startswith("+44") and len(value) == 13:
        return f"0{value[3:7]} {value[7:10]} {value[10:]}"
    if len(value) == 10 and value[4] == value[7] == "-":
        return day(datetime.fromisoformat(value))
    return value


def day(moment: datetime) -> str:
    """For example "3 December 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def wait_in_words(seconds: int | None) -> str:
    """An honest estimate in minutes."""
    if seconds is None:
        return "I can't promise how long it will take"
    if seconds < 90:
        return "it should take about a minute"
    return f"it will take about {round(seconds / 60)} minutes"


def opening_in_words(opens: datetime | None, now: datetime) -> str:
    """When a team can be reached again, in its own time zone."""
    if opens is None:
        return "I can't say when it opens again."
    day = "today" if opens.date() == now.astimezone(opens.tzinfo).date() else f"on {opens:%A}"
    return f"It opens again {day} at {opens:%H:%M}."


def summary_text(context: HandoverContext) -> str:
    """The hand-over summary as the customer reads it."""
    parts = [context.headline]
    told = [f"{one.label}: {spaced(one.value)}" for one in context.attributes]
    if told:
        parts.append("You told me: " + "; ".join(told) + ".")
    return " ".join(parts)
