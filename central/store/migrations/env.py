"""Alembic's entry: run the revisions on the connection, and in the transaction, that `central.store.migrate` opened."""

from alembic import context

from central.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
