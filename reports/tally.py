"""What happens, counted as it happens, for a monitoring system: counters and times since the start of this process.

Prometheus's terms: a counter only grows, a histogram counts how many were within each bound. Nothing in them names a
customer: labels are words of the protocol.
"""

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram

from conversation import DESK_TOPIC, Appended, Feed, Subscription
from conversation.events import (
    AgentSaid,
    CallEnded,
    CallStarted,
    ConversationStarted,
    CustomerSaid,
    Ended,
    HandOffRequested,
    OfferAccepted,
    Offered,
    Recorded,
    Requeued,
    ToolUsed,
    TurnTimed,
)

TURN_BOUNDS = (0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
VOICE_BOUNDS = (0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.2, 1.6, 2.5, 5.0)
WAIT_BOUNDS = (5, 10, 20, 30, 60, 120, 300, 600, 1_800)
BUFFER = 8_192
COUNT_SECONDS = 1.0
MOST_OPEN = 50_000
"""Conversations whose last words' time is remembered."""
VOICE_STAGES = ("speech_end", "decided", "transcript", "decision", "first_audio", "played")


class Tally:
    """Reads the feed like a screen. What it is too slow for is not counted."""

    def __init__(self, feed: Feed, registry: CollectorRegistry) -> None:
        self._news = Subscription(BUFFER)
        feed.attach(DESK_TOPIC, self._news)
        self._spoke_at: dict[str, datetime] = {}

        def counter(name: str, words: str, *labels: str) -> Counter:
            return Counter(f"switchboard_{name}", words, labels, registry=registry)

        def histogram(name: str, words: str, bounds: tuple[float, ...], *labels: str) -> Histogram:
            return Histogram(f"switchboard_{name}_seconds", words, labels, registry=registry, buckets=bounds)

        self._started = counter("conversations_started", "Conversations begun", "channel")
        self._ended = counter("conversations_ended", "Conversations ended", "reason")
        self._said = counter("messages", "Messages recorded", "speaker")
        self._handed = counter("hand_offs", "Hand-overs to a person asked for", "reason")
        self._offers = counter("offers", "What became of offers to operators", "outcome")
        self._tools = counter("tools", "Tools the agent used", "outcome")
        self._calls = counter("calls", "Calls begun and ended", "what")
        self._turns = histogram("turn", "From a customer's message to the agent's first line", TURN_BOUNDS)
        self._voice = histogram("voice_stage", "Stages of a turn in a call", VOICE_BOUNDS, "stage")
        self._waits = histogram("queue_wait", "From a hand-over to its acceptance", WAIT_BOUNDS)

    async def step(self) -> None:
        """Count what came since the last time; every `COUNT_SECONDS`, a worker's step."""
        self._news.has_lagged = False
        for message in self._news.drain():
            if isinstance(message, Appended) and not message.is_from_elsewhere:
                for one in message.events:
                    self._count(one, message)

    def _count(self, recorded: Recorded, message: Appended) -> None:  # noqa: C901 - one case an event
        match recorded.event:
            case ConversationStarted(channel=channel):
                self._started.labels(channel).inc()
            case CustomerSaid():
                self._said.labels("customer").inc()
                if len(self._spoke_at) < MOST_OPEN:
                    self._spoke_at.setdefault(recorded.conversation_id, recorded.at)
            case AgentSaid():
                self._said.labels("agent").inc()
                if spoke_at := self._spoke_at.pop(recorded.conversation_id, None):
                    self._turns.observe((recorded.at - spoke_at).total_seconds())
            case HandOffRequested(context=context):
                self._handed.labels(context.reason).inc()
            case Offered():
                self._offers.labels("made").inc()
            case OfferAccepted():
                self._offers.labels("accepted").inc()
                if queued_at := message.state.owner.queued_at:
                    self._waits.observe((recorded.at - queued_at).total_seconds())
            case Requeued(reason=reason):
                self._offers.labels(reason).inc()
            case ToolUsed(is_ok=is_ok):
                self._tools.labels("ok" if is_ok else "failed").inc()
            case CallStarted():
                self._calls.labels("begun").inc()
            case CallEnded():
                self._calls.labels("ended").inc()
            case TurnTimed() as timed:
                for stage in VOICE_STAGES:
                    if (took := getattr(timed, f"{stage}_ms")) is not None:
                        self._voice.labels(stage).observe(took / 1_000)
            case Ended(reason=reason):
                self._ended.labels(reason).inc()
                self._spoke_at.pop(recorded.conversation_id, None)
            case _:
                pass
