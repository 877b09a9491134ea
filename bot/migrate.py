"""The database's shape: brought up to date, compared with the models, and the next revision written.

python -m bot.migrate                          hold the migrations against the models (a part of `make lint`)
python -m bot.migrate revision -m "what is new"   write the revision that the models want
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot.db import BigId, Json, UtcDateTime

# Alembic and all the models are loaded where they are used: a start that finds the database up to date does without.
if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.migration import MigrationContext

FOLDER = Path(__file__).resolve().parent.parent / "migrations"
_PATIENCE = 60
"""Seconds for which an upgrade waits for another process's on SQLite."""
_LOCK = 0x52756E67
"""The number of the advisory lock on PostgreSQL: any, but the same in all processes."""


class DatabaseTrouble(ConnectionError):
    """A database can't be used: why, and what to do."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason}. {advice}")
        self.reason = reason
        self.advice = advice


class NoDatabase(DatabaseTrouble):
    """There is no database file yet."""


def upgrade(url: str, folder: Path = FOLDER) -> None:
    """Bring a database up to date; an SQLite file and its folder are made when they are missing.

    Processes that start at the same time wait for each other. An upgrade happens as a whole or not at all.
    Raises ConnectionError with what to do when the database can't be used, or was made by a newer Rung.
    """
    _make_room(url)
    with _connect(url) as connection:
        if _is_current(connection, folder):
            return
        connection.rollback()
        connection.exec_driver_sql(
            "BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else f"SELECT pg_advisory_xact_lock({_LOCK})"
        )
        if not _is_current(connection, folder):  # as another process may have left it while we waited
            from alembic import command

            command.upgrade(_config(folder, connection), "head")
        connection.commit()


def check(url: str, target: sa.MetaData | None = None) -> list[str]:
    """Return what differs between the models and a database, a line each; none when they agree.

    Raises DatabaseTrouble when the database can't be used; an SQLite file that is not there is not made.
    """
    from alembic.autogenerate import compare_metadata

    _must_be_there(url)
    with _connect(url) as connection:
        return [str(difference) for difference in compare_metadata(_context(connection), target or _models())]


def current(url: str) -> str:
    """Return the revision of a database, "" for none. Raises DatabaseTrouble when it can't be used, as `check` does."""
    _must_be_there(url)
    with _connect(url) as connection:
        return _revision(connection) or ""


def revise(message: str, folder: Path = FOLDER, target: sa.MetaData | None = None) -> Path | None:
    """Write the revision that leads from the migrations to the models; None when nothing differs.

    It is a draft to read: renamed columns look like one dropped and one added, and hand-made tables are left out.
    """
    from alembic import command

    with _fresh(folder) as url:
        if not check(url, target):
            return None
        with _connect(url) as connection:
            number = f"{len(_known(folder)) + 1:04}"
            made = command.revision(_config(folder, connection, target), message, autogenerate=True, rev_id=number)
    if made is None or isinstance(made, list):
        raise TypeError("one revision was asked for")
    return Path(made.path)


def included(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Leave out of comparisons what is made by hand: the full-text tables. Alembic calls it."""
    del item, reflected, other
    return not (kind == "table" and name is not None and (name.startswith("lead_text") or name == "alembic_version"))


def written(kind: str, item: Any, context: Any) -> str | Literal[False]:
    """Write our own column types in a revision as the models name them. Alembic calls it."""
    if kind != "type":
        return False
    for name, ours in (("UtcDateTime()", UtcDateTime()), ("Json", Json), ("BigId", BigId)):
        if repr(item) == repr(ours):
            context.imports.add(f"from bot.db import {name.removesuffix('()')}")
            return name
    return False


def _is_current(connection: sa.Connection, folder: Path) -> bool:
    revision, known = _revision(connection), _known(folder)
    if revision is not None and revision not in known:
        raise ConnectionError(
            f"The database is at revision {revision}, which this Rung does not know: a newer one made it. "
            "Bring Rung up to date, or go back to a copy of the database from before."
        )
    return revision == (known[-1] if known else None)


def _revision(connection: sa.Connection) -> str | None:
    """Return the revision of a database as Alembic keeps it; None for a database without one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _known(folder: Path) -> list[str]:
    """Return the revisions, oldest first: each file's name begins with its revision, and they form a line."""
    return sorted(path.name.partition("_")[0] for path in (folder / "versions").glob("[0-9]*_*.py"))


def _models() -> sa.MetaData:
    from bot.schema import metadata

    return metadata


def _context(connection: sa.Connection) -> "MigrationContext":
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection, opts={"include_object": included, "compare_type": True})


def _config(folder: Path, connection: sa.Connection, target: sa.MetaData | None = None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes |= {"connection": connection, "target": target or _models()}
    return config


def _make_room(url: str) -> None:
    """Make the folder of an SQLite file."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        try:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(error) from error


def _must_be_there(url: str) -> None:
    """Tell of an SQLite file that is missing: to connect would make an empty one."""
    parsed = make_url(url)
    path = parsed.database or ":memory:"
    is_file = parsed.get_backend_name() == "sqlite" and not path.startswith((":memory:", "file:"))
    if is_file and not Path(path).exists():
        raise NoDatabase(f"There is no database {path} yet", "`rung db upgrade` or `rung run` makes it.")


@contextmanager
def _connect(url: str) -> Iterator[sa.Connection]:
    with ExitStack() as opened:
        try:
            connection = opened.enter_context(_engine(url).connect())
            sa.inspect(connection).has_table("alembic_version")  # the first look shows whether it is a database at all
        except sa.exc.DBAPIError as error:
            raise _unusable(error) from error
        yield connection


def _unusable(error: Exception) -> DatabaseTrouble:
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    return DatabaseTrouble(
        f"The database can't be used: {reason.rstrip('.')}", "Look at RUNG_DATABASE_URL, and whether its server runs."
    )


def _engine(url: str) -> sa.Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed.set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
    engine = sa.create_engine(
        parsed.set(drivername="sqlite+pysqlite"), poolclass=sa.NullPool, connect_args={"timeout": _PATIENCE}
    )

    @sa.event.listens_for(engine, "connect")
    def begin_only_when_told(connection: Any, _record: Any) -> None:
        # The driver's own transactions leave changes of tables out.
        connection.isolation_level = None

    return engine


@contextmanager
def _fresh(folder: Path) -> Iterator[str]:
    """Give the address of an SQLite database as the migrations make it."""
    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite:///{Path(scratch) / 'fresh.sqlite'}"
        upgrade(url, folder)
        yield url


def main(arguments: list[str] | None = None) -> None:
    """Hold the migrations against the models on a fresh database, or write the revision that is missing."""
    parser = argparse.ArgumentParser(prog="python -m bot.migrate")
    parser.add_argument("task", nargs="?", choices=("check", "revision"), default="check")
    parser.add_argument("-m", "--message", default="", help="what the revision changes")
    given = parser.parse_args(arguments)
    if given.task == "revision":
        if not given.message:
            parser.error('a revision says what it changes: -m "…"')
        path = revise(given.message)
        print(f"{path}: read it through, then `make format`" if path else "nothing differs")  # noqa: T201 - its answer
        return
    with _fresh(FOLDER) as url:
        differences = check(url)
    if differences:
        sys.exit("the migrations do not make what the models say:\n" + "\n".join(differences))


if __name__ == "__main__":
    main()
