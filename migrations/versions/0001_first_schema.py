"""First schema.

Revision: 0001
After:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "callbacks",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("wanted_when", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("queue", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("operator_id", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
    )
    with op.batch_alter_table("callbacks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_callbacks_status_created_at"), ["status", "created_at"], unique=False)

    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("queue", sa.String(length=60), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("operator_id", sa.String(length=40), nullable=True),
        sa.Column("offered_to", sa.String(length=40), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_id", sa.String(length=60), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversations_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_conversations_operator_id_stage"), ["operator_id", "stage"], unique=False)
        batch_op.create_index(batch_op.f("ix_conversations_stage_queued_at"), ["stage", "queued_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_conversations_started_at"), ["started_at"], unique=False)

    op.create_table(
        "documents",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_documents")),
    )
    op.create_table(
        "events",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_events")),
    )
    op.create_table(
        "failed_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_checks")),
    )
    with op.batch_alter_table("failed_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_failed_checks_customer_id_at"), ["customer_id", "at"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_done_at_next_at"), ["done_at", "next_at"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("queues", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("presence", sa.String(length=20), nullable=False),
        sa.Column("presence_set_by", sa.String(length=10), nullable=False),
        sa.Column("presence_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_connected", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "tickets",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_tickets")),
    )
    op.create_table(
        "crm_case_notes",
        sa.Column("case_number", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_internal", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_number", "position", name=op.f("pk_crm_case_notes")),
    )
    op.create_table(
        "crm_cases",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("customer", sa.String(length=40), nullable=False),
        sa.Column("policy", sa.String(length=20), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("opened", sa.Date(), nullable=False),
        sa.Column("updated", sa.Date(), nullable=False),
        sa.Column("handler", sa.String(length=120), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=True),
        sa.Column("expected_by", sa.Date(), nullable=True),
        sa.Column("opened_by_key", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_crm_cases")),
        sa.UniqueConstraint("opened_by_key"),
    )
    with op.batch_alter_table("crm_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_cases_customer"), ["customer"], unique=False)

    op.create_table(
        "crm_customers",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        sa.Column("postcode", sa.String(length=12), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_customers")),
    )
    with op.batch_alter_table("crm_customers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_customers_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_customers_phone"), ["phone"], unique=False)

    op.create_table(
        "crm_leads",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("customer", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("product", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("application_number", sa.String(length=20), nullable=True),
        sa.Column("application_status", sa.String(length=60), nullable=True),
        sa.Column("application_next_step", sa.Text(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=2), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("created", sa.Date(), nullable=False),
        sa.Column("updated", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_leads")),
    )
    with op.batch_alter_table("crm_leads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_leads_application_number"), ["application_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_leads_customer"), ["customer"], unique=False)

    op.create_table(
        "crm_notes",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("customer", sa.String(length=40), nullable=False),
        sa.Column("at", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_crm_notes")),
    )
    with op.batch_alter_table("crm_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_notes_customer"), ["customer"], unique=False)

    op.create_table(
        "crm_policies",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("customer", sa.String(length=40), nullable=False),
        sa.Column("product", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("renewal", sa.Date(), nullable=False),
        sa.Column("premium_pence", sa.Integer(), nullable=False),
        sa.Column("frequency", sa.String(length=20), nullable=False),
        sa.Column("next_payment_due", sa.Date(), nullable=True),
        sa.Column("next_payment_pence", sa.Integer(), nullable=True),
        sa.Column("excess_pence", sa.Integer(), nullable=True),
        sa.Column("cover", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_crm_policies")),
    )
    with op.batch_alter_table("crm_policies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_policies_customer"), ["customer"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("crm_policies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_policies_customer"))

    op.drop_table("crm_policies")
    with op.batch_alter_table("crm_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_notes_customer"))

    op.drop_table("crm_notes")
    with op.batch_alter_table("crm_leads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_leads_customer"))
        batch_op.drop_index(batch_op.f("ix_crm_leads_application_number"))

    op.drop_table("crm_leads")
    with op.batch_alter_table("crm_customers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_customers_phone"))
        batch_op.drop_index(batch_op.f("ix_crm_customers_email"))

    op.drop_table("crm_customers")
    with op.batch_alter_table("crm_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_cases_customer"))

    op.drop_table("crm_cases")
    op.drop_table("crm_case_notes")
    op.drop_table("tickets")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_expires_at"))

    op.drop_table("sessions")
    op.drop_table("people")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_done_at_next_at"))

    op.drop_table("outbox")
    with op.batch_alter_table("failed_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failed_checks_customer_id_at"))

    op.drop_table("failed_checks")
    op.drop_table("events")
    op.drop_table("documents")
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversations_started_at"))
        batch_op.drop_index(batch_op.f("ix_conversations_stage_queued_at"))
        batch_op.drop_index(batch_op.f("ix_conversations_operator_id_stage"))
        batch_op.drop_index(batch_op.f("ix_conversations_due_at"))

    op.drop_table("conversations")
    with op.batch_alter_table("callbacks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_callbacks_status_created_at"))

    op.drop_table("callbacks")
