"""The wing of learning: inbox, library and procedures, and the workers behind them."""

import asyncio
from pathlib import Path

from actions.workers import Worker
from intents import UnknownIntent
from learning import Conflict, LearningError, NotThere
from learning.canary import TICK_SECONDS, CanaryGuard
from learning.context import Learning
from learning.discovery import DISCOVERY_SECONDS, Discovery
from learning.library import LOOK_SECONDS, ShadowTraining
from learning.procedures import ProcedureGuard, ProcedureKeeper
from web.kit.auth import Auth
from web.kit.wing import Refusal, Wing
from web.learning.learning_api import learning_api
from web.learning.library_api import library_api
from web.learning.procedures_api import procedures_api

REFUSALS = {
    LearningError: Refusal(422, "not_possible"),
    Conflict: Refusal(409, "conflict"),
    NotThere: Refusal(404, "not_found"),
    UnknownIntent: Refusal(404, "not_found", "There is no such intent."),
}


def learning_wing(
    learning: Learning, keeper: ProcedureKeeper, auth: Auth, begun: asyncio.Event, *, adapts_in: Path | None
) -> Wing:
    """Its workers wait for `begun`: they follow what the agent was built from. `adapts_in`: None for never."""
    follower, canaries = learning.follower, CanaryGuard(learning)
    trials = ProcedureGuard(keeper, learning.history, learning.leases)
    guarding = min(TICK_SECONDS, learning.pause_seconds)
    looking = min(DISCOVERY_SECONDS, learning.pause_seconds)
    workers = [
        Worker("library", follower.catch_up, LOOK_SECONDS, begins=begun.wait),
        Worker("training", follower.train, None, wake=follower.wants_training, begins=begun.wait),
        Worker("procedures", keeper.follower.catch_up, LOOK_SECONDS, begins=begun.wait),
        Worker("discovery", Discovery(learning).look, looking, begins=begun.wait),
        Worker("canaries", canaries.guard, guarding, begins=begun.wait),
        Worker("trials", trials.guard, guarding, begins=begun.wait),
    ]
    if adapts_in is not None:
        shadow = ShadowTraining(learning.store, adapts_in)
        workers.append(Worker("encoder", shadow.look, shadow.look_seconds, begins=begun.wait))
    routers = (library_api(learning, auth), procedures_api(keeper, auth), learning_api(learning, auth))
    return Wing("learning", routers, tuple(workers), REFUSALS)
