"""The database's shape: brought up to date, and compared with the models."""

import sys
import tempfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from bot.schema import metadata

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(url: str, folder: Path = FOLDER) -> None:
    """Bring a database up to date; an SQLite file and its folder are made when they are missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    with _engine(url).connect() as connection:
        if _context(connection).get_current_revision() != _head(folder):
            config = _config(folder)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()


def check(url: str) -> list[str]:
    """Return what differs between the models and a database, a line each; none when they agree."""
    with _engine(url).connect() as connection:
        return [str(difference) for difference in compare_metadata(_context(connection), metadata)]


def current(url: str) -> str:
    """Return the revision of a database, "" for none."""
    with _engine(url).connect() as connection:
        return _context(connection).get_current_revision() or ""


def revise(url: str, message: str, folder: Path = FOLDER) -> None:
    """Write a new revision from what differs between the models and an up-to-date database."""
    with _engine(url).connect() as connection:
        config = _config(folder)
        config.attributes["connection"] = connection
        command.revision(config, message, autogenerate=True)


def included(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Leave out of comparisons what is made by hand: the full-text tables, and the engine's own."""
    del item, reflected, other
    return not (kind == "table" and name is not None and (name.startswith("lead_text") or name == "alembic_version"))


def _context(connection: sa.Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"include_object": included, "compare_type": True})


def _head(folder: Path) -> str | None:
    return ScriptDirectory(str(folder)).get_current_head()


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    return config


def _engine(url: str) -> sa.Engine:
    parsed = make_url(url)
    driver = "sqlite+pysqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    return sa.create_engine(parsed.set(drivername=driver), poolclass=sa.NullPool)


def main() -> None:
    """Hold the migrations against the models on a fresh database; code 1 with the differences when they part."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'fresh.sqlite'}"
        upgrade(url)
        differences = check(url)
    if differences:
        sys.exit("the migrations do not make what the models say:\n" + "\n".join(differences))


if __name__ == "__main__":
    main()
