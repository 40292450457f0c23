"""The guard over procedures on trial: what becomes of those who meet them, against what becomes of those who don't."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

import structlog

from actions.answering import Content
from agent.procedures import version_in
from conversation import EscalationReason, TopicOutcome
from conversation.events import Ended, HandOffRequested, Recorded, TopicClosed, TopicOpened
from intents import ENOUGH_TREATED, LEAST_TREATED, Share, Verdict, difference, judge, share_of
from learning.canary.guard import LEASE_SECONDS
from learning.history.replaying import difference_out, share_out
from learning.procedures.keeper import ProcedureKeeper, changes
from storage.conversation import ConversationHistory
from storage.kit import Kind, Leases
from storage.learning import TrialData

log = structlog.get_logger(__name__)

GUARD = "procedure guard"
TRIAL = Kind[TrialData]("procedure_trial")
"""Holds what was seen so far."""
KINDS = ("topic_opened", "topic_closed", "hand_off_requested", "ended")


@dataclass(frozen=True)
class Met:
    """What became of the first topic of a conversation that a changed procedure served."""

    version: int
    went_badly: bool


@dataclass
class ProcedureGuard:
    """Watches in one of the processes at a time."""

    keeper: ProcedureKeeper
    history: ConversationHistory
    leases: Leases

    async def guard(self) -> None:
        """Judge what is on trial, in one of the processes at a time."""
        if await self._take():
            await self.judge()

    async def _take(self) -> bool:
        _, content = await self.keeper.current()
        has_work = content.base is not None or bool(await self.keeper.documents.all(TRIAL))
        return has_work and await self.leases.take("procedure guard", self.keeper.centre.clock(), LEASE_SECONDS)

    async def judge(self) -> None:
        """Look at the trial once; take it back or let it serve everybody when that is decided."""
        keeper = self.keeper
        newest, content = await keeper.current()
        if newest is None or content.base is None:
            await keeper.documents.replace(TRIAL, {}, keeper.centre.clock())
            return
        since, first = await self._began(content)
        base = await keeper.at(content.base)
        changed = {one["procedure"] for one in changes(base.files, content.files)}
        treated, others = await self._outcomes(since, first, changed)
        verdict = judge(treated, others)
        apart = difference(treated, others)
        shown: TrialData = {
            "version": newest.version,
            "base": content.base,
            "share": content.share,
            "since": since.isoformat(),
            "procedures": sorted(changed),
            "treated": share_out(treated),
            "others": share_out(others),
            "difference": difference_out(apart),
            "verdict": verdict.value,
            "needed": max((LEAST_TREATED if verdict is Verdict.WAITING else ENOUGH_TREATED) - treated.whole, 0),
        }
        await keeper.documents.put(TRIAL, "trial", shown, keeper.centre.clock())
        words = _words(treated, others)
        if verdict is Verdict.BAD:
            await keeper.roll_back(
                content.base, actor=GUARD, reason=words, action="canary_rolled_back", expected=newest.version
            )
            log.warning("procedures on trial were taken back", version=newest.version)
        elif verdict is Verdict.GOOD:
            reason = f"It did no harm: {words}"
            await keeper.widen(1.0, actor=GUARD, reason=reason, expected=newest.version)

    async def _began(self, content: Content) -> tuple[datetime, int]:
        """When these files went on trial, and the number of the version that began it: widening begins no new trial."""
        found = None
        for version in await self.keeper.store.history(limit=200):
            before = await self.keeper.at(version.version)
            if (before.base, dict(before.files)) != (content.base, dict(content.files)):
                break
            found = version
        assert found is not None  # the newest is one of them
        return found.at, found.version

    async def _outcomes(self, since: datetime, first: int, changed: Set[str]) -> tuple[Share, Share]:
        """How often it went badly with a version of the trial, and with the one before, since it began."""
        counts = {True: [0, 0], False: [0, 0]}
        async for _, _, events in self.history.conversations(since, KINDS):
            met = outcome(events, changed)
            if met is not None:
                count = counts[met.version >= first]
                count[0] += met.went_badly
                count[1] += 1
        return share_of(*counts[True]), share_of(*counts[False])


def outcome(events: Sequence[Recorded], procedures: Set[str]) -> Met | None:
    """What became of the first topic that one of these procedures served; None for none, and while it is open.

    It goes badly when the customer drops it or leaves it open, and when a person has to take over for another reason
    than that the procedure says so.
    """
    topic: TopicOpened | None = None
    is_handed_over = False
    for one in events:
        match one.event:
            case TopicOpened() as opened if topic is None and opened.procedure.rpartition("@")[0] in procedures:
                topic = opened
            case TopicClosed(intent=intent, outcome=TopicOutcome.HANDED_OVER) if topic and intent == topic.intent:
                is_handed_over = True
            case TopicClosed(intent=intent, outcome=ended) if topic and intent == topic.intent and not is_handed_over:
                return Met(version_in(topic.procedure), ended is TopicOutcome.CANCELLED)
            case HandOffRequested(context=context) if topic and is_handed_over:
                is_by_design = context.reason is EscalationReason.POLICY_RESTRICTION
                return Met(version_in(topic.procedure), not is_by_design)
            case Ended() if topic:
                return Met(version_in(topic.procedure), True)
            case _:
                continue
    return None


def _words(treated: Share, others: Share) -> str:
    now = f"{treated.part} of {treated.whole} conversations with the new version were dropped or went to a person"
    if not others.whole:
        return f"{now}; nobody met the version before meanwhile."
    return (
        f"{now} ({treated.value:.0%}); with the version before, {others.part} of {others.whole} ({others.value:.0%})."
    )
