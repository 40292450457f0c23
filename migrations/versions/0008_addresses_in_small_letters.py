"""Addresses people sign in with are kept in small letters.

Where two differ in case alone neither is changed.

Revision: 0008
After: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE people SET email = lower(email) WHERE email <> lower(email)"
        " AND NOT EXISTS (SELECT 1 FROM people AS other WHERE other.id <> people.id"
        " AND lower(other.email) = lower(people.email))"
    )


def downgrade() -> None:
    """Nothing to take back: an address means the same in any case."""
