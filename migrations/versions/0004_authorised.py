"""Who may speak for a customer, and whom a policy names.

Revision: 0004
After: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("crm_customers", sa.Column("authorised", sa.JSON(), nullable=True))
    op.add_column("crm_policies", sa.Column("named", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("crm_policies", "named")
    op.drop_column("crm_customers", "authorised")
