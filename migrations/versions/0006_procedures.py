"""Procedures in versions, as the text their authors write.

Revision: 0006
After: 0005
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PREFIX, LINE = "procedures/", "__line__"


def upgrade() -> None:
    versions = op.create_table(
        "procedure_versions",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_procedure_versions")),
    )
    documents = sa.table(
        "documents", sa.column("kind", sa.String), sa.column("id", sa.String), sa.column("body", sa.JSON)
    )
    connection = op.get_bind()
    kept = documents.c.kind == "pack", documents.c.id.like(f"{PREFIX}%")
    rows = connection.execute(sa.select(documents.c.id, documents.c.body).where(*kept)).all()
    if not rows:
        return
    files = {
        row.id.removeprefix(PREFIX): yaml.safe_dump(_plain(row.body), sort_keys=False, allow_unicode=True)
        for row in rows
    }
    first = {
        "version": 1,
        "content": {"files": files, "share": 1.0, "base": None},
        "action": "loaded",
        "actor": "set-up",
        "reason": "",
        "changes": [],
        "at": datetime.now(UTC),
    }
    op.bulk_insert(versions, [first])
    connection.execute(sa.delete(documents).where(*kept))


def _plain(value: Any) -> Any:
    """What was read from a file, without the numbers of its lines."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key != LINE}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def downgrade() -> None:
    op.drop_table("procedure_versions")
