"""Alembic's environment: works on the connection it is given, inside that connection's transaction."""

from alembic import context

from warehouse.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
