"""What would have happened had a proposal been an intent: the replay a supervisor sees before approving."""

import hashlib
import json
from dataclasses import replace

from intents import DraftData, Intent
from learning.context.jobs import Job
from learning.context.learning import Learning
from learning.heavy_work.discovery_work import DiscoveryWork
from learning.history.replaying import read_history, replay_out
from learning.inbox.review import proposal
from learning.proposals.drafts import draft_of, intent_of
from learning.values import replaced
from storage.learning import KeptReplay, ReplayData


async def ready_to_replay(learning: Learning, proposal_id: str) -> Intent:
    """The intent a replay would try. Raises what approval would."""
    row = await proposal(learning, proposal_id)
    return intent_of(draft_of(row, await learning.library.current()))


async def replay_proposal(learning: Learning, proposal_id: str, intent: Intent, days: int, job: Job) -> ReplayData:
    """Run the last days with the intent on, and keep the result beside the proposal."""
    job.progress("read", 0.0)
    now = learning.centre.clock()
    before = await learning.library.current()
    after = replaced(before, intent)
    history = await read_history(learning.history, now, days)
    model, whole = learning.understander.model, learning.centre.agent_slot.runtime.agent.library
    async with learning.heavy_worker(len(history.turns), job.progress) as work:
        found = await work.call(DiscoveryWork.replay, history.turns, model, whole, replaced(whole, intent))
    result = replay_out(found, days, after, before, now)
    row = await proposal(learning, proposal_id)
    kept: KeptReplay = {"of": replay_key(draft_of(row, before), before.version), "result": result}
    await learning.proposals.change(proposal_id, lambda one: replace(one, body={**one.body, "replay": kept}))
    return result


def replay_key(draft: DraftData, version: int) -> str:
    """Tells whether a kept replay is still of this draft and this library."""
    what = json.dumps([draft["examples"], draft["name"], version], sort_keys=True)
    return hashlib.sha256(what.encode()).hexdigest()[:16]
