"""People may be deactivated, and a ticket belongs to the session it was asked for in.

Revision: 0010
After: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("tickets", sa.Column("session", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("tickets", "session")
    op.drop_column("people", "is_active")
