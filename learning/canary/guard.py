"""The guard over canaries: what becomes of conversations that met one, against what became of such turns before.

Who meets a canary, and when a difference is one, is worked out in `intents.canary`.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from intents import (
    ENOUGH_TREATED,
    LEAST_TREATED,
    Intent,
    Library,
    Share,
    SolutionKind,
    Support,
    Verdict,
    difference,
    judge,
    share_of,
    without,
)
from intents.discovery import silent
from learning.context.learning import CANARY, Learning
from learning.heavy_work.discovery_work import DiscoveryWork
from learning.history.past_conversations import conversations
from learning.history.replaying import difference_out, read_history, share_out
from learning.inbox.review import bring_back
from learning.values import Action, Changed, replaced
from storage.learning import BeforeData, CanaryData

log = structlog.get_logger(__name__)

GUARD = "canary guard"
TICK_SECONDS = 10.0
LEASE_SECONDS = 60.0
BEFORE_DAYS = 30
STILL_OPEN = timedelta(hours=2)
"""Conversations that began so long before the last look may still have changed."""


@dataclass
class CanaryGuard:
    """Watches in one of the processes at a time."""

    learning: Learning
    _seen: dict[str, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))
    """Per intent and conversation that met it, whether it went badly."""
    _looked_at: dict[str, datetime] = field(default_factory=dict)

    async def guard(self) -> None:
        """Judge what is on trial, in one of the processes at a time."""
        if await self._take():
            await self.judge_all()

    async def _take(self) -> bool:
        learning = self.learning
        return await self._has_work() and await learning.leases.take("canary", learning.centre.clock(), LEASE_SECONDS)

    async def _has_work(self) -> bool:
        live = self.learning.centre.agent_slot.runtime.agent.library.live()
        return any(intent.share < 1.0 for intent in live) or bool(await self.learning.documents.all(CANARY))

    async def judge_all(self) -> None:
        """Look at every canary once; widen or roll back the ones that are decided."""
        learning = self.learning
        library = await learning.library.current()
        live = {intent.id: intent for intent in library.live() if intent.share < 1.0}
        kept = await learning.documents.all(CANARY)
        for gone in kept.keys() - live.keys():
            await learning.documents.drop(CANARY, gone)
            self._seen.pop(gone, None)
            self._looked_at.pop(gone, None)
            learning.changes += 1
        for intent in live.values():
            before = kept.get(intent.id)
            await self._judge(intent, before or await self._begin(intent), before)

    async def _begin(self, intent: Intent) -> BeforeData:
        """What such turns got before: the past through the models with and without the intent."""
        learning = self.learning
        since = learning.centre.clock()
        history = await read_history(learning.history, since, BEFORE_DAYS)
        model, library = learning.understander.model, learning.centre.agent_slot.runtime.agent.library
        bad, caught = 0, []
        if intent.id in model.intents:
            old = without(model, library, frozenset((intent.id,)))
            texts = [one.text for one in history.turns]
            async with learning.heavy_worker(len(texts), silent) as work:
                caught = await work.call(DiscoveryWork.caught, texts, intent.id, old, model)
            by_design = fetches_a_person(intent)
            said = [history.said[place] for place in caught]
            bad = sum(
                history.conversations[one.conversation_id].went_badly_after(one.seq, by_design=by_design)
                for one in said
            )
        return {"since": since.isoformat(), "bad": bad, "turns": len(caught)}

    async def _judge(self, intent: Intent, began: BeforeData, kept: CanaryData | None) -> None:
        learning = self.learning
        since = datetime.fromisoformat(began["since"])
        seen = self._seen[intent.id]
        from_ = max(since - STILL_OPEN, self._looked_at.get(intent.id, since) - STILL_OPEN)
        looked_at = learning.centre.clock()
        async for past in conversations(learning.history, from_):
            met = next((one for one in past.said if one.intent == intent.id and one.at >= since), None)
            if met is not None:
                seen[past.id] = past.went_badly_after(met.seq, by_design=fetches_a_person(intent))
        self._looked_at[intent.id] = looked_at
        treated = share_of(sum(seen.values()), len(seen))
        before = share_of(began["bad"], began["turns"])
        verdict = judge(treated, before)
        apart = difference(treated, before)
        shown: CanaryData = {
            "since": began["since"],
            "bad": began["bad"],
            "turns": began["turns"],
            "name": intent.name,
            "share": intent.share,
            "treated": share_out(treated),
            "before": share_out(before),
            "difference": difference_out(apart),
            "verdict": verdict.value,
            "needed": max((LEAST_TREATED if verdict is Verdict.WAITING else ENOUGH_TREATED) - treated.whole, 0),
        }
        if shown != kept:
            await learning.documents.put(CANARY, intent.id, shown, looked_at)
            learning.changes += 1
        if verdict is Verdict.BAD:
            await roll_back(learning, intent, _words(treated, before))
        elif verdict is Verdict.GOOD:
            reason = "It did no harm: " + _words(treated, before)
            await ramp(learning, intent.id, 1.0, actor=GUARD, reason=reason)


async def ramp(
    learning: Learning, intent_id: str, share: float, *, actor: str, reason: str, expected: int | None = None
) -> Changed:
    """Let it serve another share of the conversations. Raises UnknownIntent, NotPossible or Conflict."""
    return await learning.library.change(
        lambda library: replaced(library, replace(library.get(intent_id), share=share)),
        action=Action.CANARY_RAMPED,
        actor=actor,
        reason=reason,
        expected=expected,
    )


async def roll_back(learning: Learning, intent: Intent, reason: str) -> None:
    """Take it out again: its proposal is pending once more; an intent of before is paused."""
    library = await learning.library.current()
    is_discovered = any(one.intent == intent.id for one in await learning.proposals.all())

    def make(before: Library) -> Library:
        if is_discovered:
            return Library(before.version, tuple(one for one in before.intents if one.id != intent.id))
        return replaced(before, replace(before.get(intent.id), is_live=False, share=1.0))

    await learning.library.change(
        make,
        action=Action.CANARY_ROLLED_BACK,
        actor=GUARD,
        reason=reason,
        also=bring_back(learning, make(library), GUARD, reason) if is_discovered else None,
    )
    log.warning("a canary was rolled back", intent=intent.id)


def fetches_a_person(intent: Intent) -> bool:
    """Whether handing over is what the intent is for, so that it is no failure."""
    return intent.solution.kind is SolutionKind.QUEUE or intent.support is Support.ASSIST_ONLY


def _words(treated: Share, before: Share) -> str:
    now = f"{treated.part} of {treated.whole} conversations with it were escalated or had to be clarified"
    if not before.whole:
        return f"{now}; such turns were not heard before."
    return f"{now} ({treated.value:.0%}); before, {before.part} of {before.whole} such turns ({before.value:.0%})."
