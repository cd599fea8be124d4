"""How Alembic runs here: on the connection, and within the transaction, that `engine.store.schema` has opened."""

from alembic import context

from engine.store import (  # noqa: F401 - they share the metadata
    tables_identity,
    tables_parking,
    tables_privacy,
    tables_sealing,
    tables_search,
    tables_training,
    tables_unsent,
)
from engine.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
