"""Alembic runs this; the connection and the models are handed over by `bot.migrate`."""

from alembic import context

from bot.migrate import included, written

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["target"],
    include_object=included,
    render_item=written,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
