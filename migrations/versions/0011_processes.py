"""Several processes over one database: who is alive, who has a desk open where, where a customer is attended to,
where guesses at identities come from.

Revision: 0011
After: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_processes")),
    )
    op.create_table(
        "desks",
        sa.Column("process", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("process", "person_id", name=op.f("pk_desks")),
    )
    op.add_column("conversations", sa.Column("attended_in", sa.String(40)))
    op.add_column("conversations", sa.Column("line_in", sa.String(40)))
    op.add_column("failed_checks", sa.Column("source", sa.String(16), nullable=False, server_default=""))
    # The process from before has none of these: whoever starts next takes all of it over.
    op.execute("UPDATE conversations SET attended_in = 'before'")


def downgrade() -> None:
    op.drop_column("failed_checks", "source")
    op.drop_column("conversations", "line_in")
    op.drop_column("conversations", "attended_in")
    op.drop_table("desks")
    op.drop_table("processes")
