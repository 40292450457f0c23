"""When a callback is due.

Revision: 0005
After: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("callbacks", sa.Column("due", sa.String(16), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("callbacks", "due")
