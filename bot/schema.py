"""Every table of the house, gathered for Alembic and for tests. Importing this module fills `Base.metadata`."""

from bot.db import Base

metadata = Base.metadata
