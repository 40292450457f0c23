"""Tables of the embedded CRM. Kept apart from the conversations: another database may hold them."""

from sqlalchemy import JSON, Column, Date, Index, Integer, MetaData, String, Table, Text

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"})

customers = Table(
    "crm_customers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("email", String(254), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("date_of_birth", Date, nullable=False),
    Column("postcode", String(12), nullable=False),
    Column("address", Text, nullable=False),
    Column("tier", String(20), nullable=False),
    Column("since", Date, nullable=False),
    Column("authorised", JSON),
)
Index(None, customers.c.email)
Index(None, customers.c.phone)

policies = Table(
    "crm_policies",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("customer", String(40), nullable=False),
    Column("product", String(60), nullable=False),
    Column("status", String(20), nullable=False),
    Column("start", Date, nullable=False),
    Column("renewal", Date, nullable=False),
    Column("premium_pence", Integer, nullable=False),
    Column("frequency", String(20), nullable=False),
    Column("next_payment_due", Date),
    Column("next_payment_pence", Integer),
    Column("excess_pence", Integer),
    Column("cover", Text, nullable=False),
    Column("named", JSON),
)
Index(None, policies.c.customer)

cases = Table(
    "crm_cases",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("customer", String(40), nullable=False),
    Column("policy", String(20)),
    Column("kind", String(20), nullable=False),
    Column("subject", Text, nullable=False),
    Column("status", String(30), nullable=False),
    Column("opened", Date, nullable=False),
    Column("updated", Date, nullable=False),
    Column("handler", String(120), nullable=False),
    Column("next_step", Text, nullable=False),
    Column("amount_pence", Integer),
    Column("expected_by", Date),
    Column("opened_by_key", String(120), unique=True),
)
Index(None, cases.c.customer)

case_notes = Table(
    "crm_case_notes",
    metadata,
    Column("case_number", String(20), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("at", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("is_internal", Integer, nullable=False),
)

leads = Table(
    "crm_leads",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("customer", String(40)),
    Column("name", String(120), nullable=False),
    Column("email", String(254), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("product", String(60), nullable=False),
    Column("source", String(60), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("application_number", String(20)),
    Column("application_status", String(60)),
    Column("application_next_step", Text),
    Column("score", Integer, nullable=False),
    Column("grade", String(2), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("owner", String(120), nullable=False),
    Column("created", Date, nullable=False),
    Column("updated", Date, nullable=False),
)
Index(None, leads.c.customer)
Index(None, leads.c.application_number)

notes = Table(
    "crm_notes",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("customer", String(40), nullable=False),
    Column("at", Date, nullable=False),
    Column("text", Text, nullable=False),
)
Index(None, notes.c.customer)


def crm_tables() -> tuple[Table, ...]:
    """All of them."""
    return tuple(metadata.sorted_tables)
