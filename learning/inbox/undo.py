"""Taking back a merge or a split: the proposals of before, as long as nobody did more to what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from learning.context.learning import Learning
from learning.inbox.review import OPEN
from learning.proposals.drafts import title_of
from learning.values import Conflict, NotThere
from storage.learning import KEPT_FOR, LogEntry, ProposalStatus, Reshape, StoredProposal, UnknownReshape, logged

BACK = ("undone", "reopened")
"""What a log says of a decision that was taken back."""
DECISIONS = ("approved", "merged", "split", "discarded", "snoozed")
"""What can be taken back."""
NAMES = {"merged": "merge", "split": "split"}


async def undo_reshape(learning: Learning, reshape_id: str, actor: str) -> list[StoredProposal]:
    """The proposals of before a merge or split; discovery brings what was said meanwhile when it looks next.

    Raises NotThere, or Conflict where a proposal was changed after it.
    """
    now = learning.centre.clock()

    def decide(reshape: Reshape) -> list[StoredProposal]:
        for one in reshape.now:
            _refuse_changed(one, reshape_id)
        logs = {one.id: one for one in reshape.now}
        return [_restored(one, logs[one.id], reshape_id, now, actor) for one in reshape.before]

    try:
        await learning.reshapes.take_back(reshape_id, decide)
    except UnknownReshape:
        raise NotThere("This was taken back already, or it is too long ago.") from None
    learning.changes += 1
    return [one for one in await learning.proposals.all() if one.log and one.log[-1].get("reshape") == reshape_id]


def undoable(row: StoredProposal, now: datetime) -> str | None:
    """The id of the merge or split that stands last in this proposal's history, while it may be taken back."""
    last = standing(row.log)
    if last is None or "reshape" not in last or now - datetime.fromisoformat(last["at"]) > KEPT_FOR:
        return None
    is_part = row.status is ProposalStatus.MERGED and row.intent is None
    return str(last["reshape"]) if row.status in OPEN or is_part else None


def standing(log: Sequence[LogEntry]) -> LogEntry | None:
    """The last entry that still holds: decisions that were taken back, and the taking back, don't count."""
    held: list[LogEntry] = []
    for entry in log:
        before = held[-1]["action"] if held else ""
        if entry["action"] == "woke":
            held = held[:-1] if before == "snoozed" else held
        elif entry["action"] in BACK and before in DECISIONS:
            held.pop()
        else:
            held.append(entry)
    return held[-1] if held else None


def marked(row: StoredProposal, reshape_id: str) -> StoredProposal:
    """The row whose last entry names the merge or split it tells of."""
    last: LogEntry = {**row.log[-1], "reshape": reshape_id}
    return replace(row, log=[*row.log[:-1], last])


def _refuse_changed(row: StoredProposal, reshape_id: str) -> None:
    """Raises Conflict where something was done to the row since."""
    last = standing(row.log)
    if last is not None and last.get("reshape") == reshape_id:
        return
    entry = row.log[-1]
    shape = next((NAMES[one["action"]] for one in row.log if one.get("reshape") == reshape_id), "change")
    way_out = ": take that back first." if entry["action"] in DECISIONS else f", so the {shape} stays."
    title = title_of(row)
    raise Conflict(f"“{title}” was {entry['action']} by {entry['actor']} after the {shape}{way_out}")


def _restored(
    before: StoredProposal, after: StoredProposal, reshape_id: str, now: datetime, actor: str
) -> StoredProposal:
    """What was before, with all that happened in its log."""
    shape = standing(after.log)
    assert shape is not None  # _refuse_changed saw that the merge or split stands last
    undone = logged(replace(before, log=after.log), now, actor, "undone", f"The {NAMES[shape['action']]}.")
    return marked(undone, reshape_id)
