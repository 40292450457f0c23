"""The folded state has one sub-value a family of events.

Revision: 0007
After: 0006
"""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FAMILIES = {
    "talk": "channel language device pre_chat started_at last_at last_customer_at last_turns last_agent_text"
    " client_ids",
    "dialogue": "topics declined slots question misses unmatched intents moods",
    "record": "identity last_tool facts actions articles callbacks",
    "owner": "stage handover is_handover_confirmed queue skills priority queued_at ready_at offer refusals passed_on"
    " operator_id operator_name lost_until transfers accepted_at ended_at ended_by disposition",
}
AT_ONCE = 500


def upgrade() -> None:
    _rewrite(_nested)


def downgrade() -> None:
    _rewrite(_flat)


def _nested(state: dict[str, Any]) -> dict[str, Any]:
    families = {
        family: {name: state.pop(name) for name in names.split() if name in state} for family, names in FAMILIES.items()
    }
    return state | families


def _flat(state: dict[str, Any]) -> dict[str, Any]:
    return state | {name: value for family in FAMILIES for name, value in state.pop(family, {}).items()}


def _rewrite(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Every conversation's state, a batch at a time."""
    table = sa.table("conversations", sa.column("id", sa.String), sa.column("state", sa.Text))
    connection = op.get_bind()
    last = ""
    while True:
        query = sa.select(table.c.id, table.c.state).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
        rows = connection.execute(query).all()
        if not rows:
            return
        for row in rows:
            state = json.dumps(change(json.loads(row.state)), ensure_ascii=False, separators=(",", ":"))
            connection.execute(sa.update(table).where(table.c.id == row.id).values(state=state))
        last = rows[-1].id
