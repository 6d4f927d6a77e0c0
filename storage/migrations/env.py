"""How Alembic reaches the database: `storage.migrate` hands it a connection."""

from alembic import context
from sqlalchemy import Connection

from storage.tables import METADATA


def migrate_on(connection: Connection) -> None:
    """Run the migrations that are asked for, in the transaction of the connection."""
    context.configure(connection=connection, target_metadata=METADATA, compare_type=True, render_as_batch=False)
    with context.begin_transaction():
        context.run_migrations()


migrate_on(context.config.attributes["connection"])
