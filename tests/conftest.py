"""Fixtures that every room uses: a database of each kind, copied from a template so that each test starts fresh."""

import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings

from bot.db import Database
from bot.interviews.grading.rubric import RubricGrader
from bot.migrate import upgrade
from tests.support import postgres
from tests.support.stage import Stage

KINDS = ("sqlite", "postgresql")
FIRST = ("test_semester", "test_kill", "test_rounds_kill", "test_ranked", "test_agreement", "test_contract")
"""What takes longest: begun first, each by another process, so that none is left alone with it at the end."""


# How long an example takes says nothing where several tests share a core: speed is measured by the benchmarks.
settings.register_profile("rung", deadline=None)
settings.load_profile("rung")


def pytest_configure() -> None:
    """Let the database's server go first where several processes test at once: it is what they wait for."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        postgres.server()
        os.nice(10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, and measure the coverage of what runs on both databases on SQLite alone.

    The second takes the same way through our code, and to measure it there would take twice as long.
    """
    items[:] = dealt(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
    for item in items:
        kind = getattr(item, "callspec", None) and item.callspec.params.get("database_url")  # type: ignore[attr-defined]
        if kind == "postgresql":
            item.add_marker(pytest.mark.no_cover)


def dealt(items: list[pytest.Item], hands: int) -> list[pytest.Item]:
    """Return the items so that of as many parts, one behind the other and equally long, each begins with long ones.

    The processes begin with such parts, and take from each other's ends what is left.
    """
    long = sorted((i for i in items if i.path.stem in FIRST), key=lambda item: FIRST.index(item.path.stem))
    rest = iter([item for item in items if item.path.stem not in FIRST])
    order: list[pytest.Item] = []
    for hand in range(hands):
        mine = long[hand::hands]
        order += mine
        order += islice(rest, max(0, (len(items) - len(order) + len(mine)) // (hands - hand) - len(mine)))
    return order + list(rest)


def pytest_collection_finish() -> None:
    """Let the collector pass over what stays to the end: modules and tests took it a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def by_words() -> Iterator[None]:
    """Let the bot grade by words: vectors took half the time of rounds. tests/interviews grades by meaning, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.wiring.grading.RubricGrader", partial(RubricGrader, lambda: None))
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    upgrade(f"sqlite:///{path}")
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    url = postgres.new_database()
    upgrade(url)
    yield url
    postgres.drop_database(url)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database; the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "rung.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    url = postgres.new_database(template=request.getfixturevalue("postgres_template"))
    yield url
    postgres.drop_database(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh database of each kind, open."""
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """The whole bot in memory, on a fresh database of each kind."""
    made = Stage(database_url)
    yield made
    await made.engine.stop()
    await made.app.close()
