"""The latency of every answered turn of a call.

Revision: 0003
After: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "turn_times",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("call_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("speech_end_ms", sa.Integer(), nullable=False),
        sa.Column("decided_ms", sa.Integer(), nullable=False),
        sa.Column("transcript_ms", sa.Integer(), nullable=False),
        sa.Column("decision_ms", sa.Integer(), nullable=False),
        sa.Column("first_audio_ms", sa.Integer(), nullable=False),
        sa.Column("played_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_turn_times")),
    )
    op.create_index(op.f("ix_turn_times_at"), "turn_times", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_turn_times_at"), table_name="turn_times")
    op.drop_table("turn_times")
