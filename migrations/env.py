"""Alembic's entry: all tables of the centre and of the embedded CRM, on the connection it is handed."""

from alembic import context
from sqlalchemy import create_engine, pool

from crm_adapter.tables import metadata as crm_metadata
from storage.kit.tables import metadata

config = context.config


def run(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=[metadata, crm_metadata],
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = config.attributes.get("connection")
if given is not None:
    run(given)
else:  # the alembic command line, with -x url=sqlite:///file
    engine = create_engine(context.get_x_argument(as_dictionary=True)["url"], poolclass=pool.NullPool)
    with engine.connect() as one:
        run(one)
