"""Insert a row unless its key is taken, in SQLite's and Postgres's own words."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_if_new(connection: AsyncConnection, table: Table, /, **values: object) -> bool:
    """True if the row was written, False if its primary key is taken."""
    if connection.dialect.name == "sqlite":
        done = await connection.execute(sqlite.insert(table).values(**values).on_conflict_do_nothing())
    else:
        done = await connection.execute(postgresql.insert(table).values(**values).on_conflict_do_nothing())
    return done.rowcount > 0


async def put(connection: AsyncConnection, table: Table, /, **values: object) -> None:
    """Write the row whether or not its primary key is taken."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    if connection.dialect.name == "sqlite":
        small = sqlite.insert(table).values(**values)
        await connection.execute(small.on_conflict_do_update(index_elements=keys, set_=rest))
    else:
        large = postgresql.insert(table).values(**values)
        await connection.execute(large.on_conflict_do_update(index_elements=keys, set_=rest))
