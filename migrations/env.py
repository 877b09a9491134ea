"""Alembic runs this; the connection is handed over by `bot.migrate`."""

from alembic import context

from bot.migrate import included
from bot.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=included,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
