"""The Monday prompt of 1,000 communities: from the hour that strikes to planned deliveries, on either database.

    python -m benchmarks.monday_prompt

Jobs run in memory, so that this is what the room itself costs; `benchmarks.deliveries` measures the way to the places.
"""

import asyncio
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.accountability.prompts import PROMPT
from bot.accountability.rhythms import Rhythm, keep_rhythm
from bot.app import App, build
from bot.community.models import Community, Member, Workspace
from bot.migrate import upgrade
from bot.settings import Settings
from bot.work.memory_engine import MemoryEngine
from bot.work.models import Delivery
from tests.support import postgres
from tests.support.fake_platform import FakePlatform

COMMUNITIES = 1_000
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def run(communities: int = COMMUNITIES) -> dict[str, float]:
    """Return the seconds that all prompts take, for each kind of database."""
    with tempfile.TemporaryDirectory() as folder:
        took = {"sqlite": asyncio.run(_seconds(f"sqlite:///{Path(folder) / 'rung.sqlite'}", communities))}
    url = postgres.new_database()
    try:
        return {**took, "postgresql": asyncio.run(_seconds(url, communities))}
    finally:
        postgres.drop_database(url)


async def _seconds(url: str, communities: int) -> float:
    await asyncio.to_thread(upgrade, url)
    engine = MemoryEngine(SUNDAY)
    app = build(Settings(_env_file=None, database_url=url, pull_minutes=0), engine, clock=engine.clock)
    app.platforms["web"] = FakePlatform("web")
    await app.database.run(lambda c: _people(c, communities))
    for workspace in range(1, communities + 1):
        args = {"workspace": workspace}
        await app.schedules.set_daily(f"{PROMPT}:{workspace}", PROMPT, args, "09:00", "UTC", "1")
    engine.now = MONDAY
    began = time.perf_counter()
    await app.schedules.tick()
    while await _planned(app) < communities:  # noqa: ASYNC110 - asked as an operator would
        await asyncio.sleep(0.02)
    took = time.perf_counter() - began
    await engine.stop()
    await app.close()
    return took


def _people(connection: sa.Connection, communities: int) -> None:
    numbers = range(1, communities + 1)
    long_ago = SUNDAY - timedelta(days=30)
    rows = [{"name": f"Community {n}", "zone": "UTC", "created_at": long_ago} for n in numbers]
    connection.execute(sa.insert(Community), rows)
    common = {"platform": "web", "name": "Local", "created_at": long_ago}
    connection.execute(sa.insert(Workspace), [{**common, "community_id": n, "external_id": f"w{n}"} for n in numbers])
    member = sa.insert(Member).values(community_id=1, name="Olga", created_at=long_ago).returning(Member.id)
    organiser = connection.execute(member).scalar_one()
    for number in numbers:
        keep_rhythm(connection, Rhythm(number, f"peers{number}", "UTC"), organiser)


async def _planned(app: App) -> int:
    query = sa.select(sa.func.count()).select_from(Delivery).where(Delivery.what.like(f"{PROMPT}:%"))
    return await app.database.read(lambda c: c.execute(query).scalar_one())


if __name__ == "__main__":
    for kind, seconds in run().items():
        print(f"{kind}: {seconds:.1f} s for the Monday prompt of {COMMUNITIES:,} communities")
