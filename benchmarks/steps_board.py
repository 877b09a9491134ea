"""`/steps board` for 1,000 members and 100,000 rows of evidence: the whole answer with its picture, on both databases.

python -m benchmarks.steps_board
"""

import asyncio
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.app import App, build
from bot.chat import Caller, Place, Reply
from bot.community.models import Community, Identity, Member, Profile, Workspace
from bot.migrate import upgrade
from bot.settings import Settings
from bot.steps.kinds import Kind
from bot.steps.models import Evidence
from bot.steps.progress import STEPS
from bot.work.memory_engine import MemoryEngine
from tests.support import postgres

MEMBERS, ROWS, ROUNDS = 1_000, 100_000, 20
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def run() -> dict[str, float]:
    """Return the median milliseconds of the answer, for each kind of database."""
    with tempfile.TemporaryDirectory() as folder:
        took = {"sqlite": asyncio.run(_milliseconds(f"sqlite:///{Path(folder) / 'rung.sqlite'}"))}
    url = postgres.new_database()
    try:
        return {**took, "postgresql": asyncio.run(_milliseconds(url))}
    finally:
        postgres.drop_database(url)


async def _milliseconds(url: str) -> float:
    await asyncio.to_thread(upgrade, url)
    app: App = build(Settings(_env_file=None, database_url=url, pull_minutes=0), MemoryEngine(NOW))
    await app.database.run(_fill)
    caller = Caller("web", "local", "p1", "P1", Place("leads", "leads"), workspace_name="Local chat")
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = await app.router.text(caller, "/steps board")
        took.append(time.perf_counter() - began)
        assert isinstance(answer, Reply)
        assert answer.files
    await app.close()
    return statistics.median(took) * 1000


def _fill(connection: Connection) -> None:
    rng = random.Random(7)
    connection.execute(sa.insert(Community).values(id=1, name="c", zone="UTC", created_at=NOW))
    connection.execute(
        sa.insert(Workspace).values(id=1, community_id=1, platform="web", external_id="local", name="c", created_at=NOW)
    )
    people = range(1, MEMBERS + 1)
    many = [{"id": n, "community_id": 1, "name": f"P{n}", "zone": "", "hour": 9, "created_at": NOW} for n in people]
    connection.execute(sa.insert(Member), many)
    accounts = [
        {
            "member_id": n,
            "community_id": 1,
            "workspace_id": 1,
            "platform": "web",
            "external_id": f"p{n}",
            "seen_at": NOW,
        }
        for n in people
    ]
    connection.execute(sa.insert(Identity), accounts)
    shown = [{"member_id": n, "topics": [], "places": [], "shows_steps": n % 3 > 0} for n in people]
    connection.execute(sa.insert(Profile), shown)
    kinds = list(Kind)
    rows = [
        {
            "community_id": 1,
            "member_id": rng.randint(1, MEMBERS),
            "step": rng.choice(STEPS),
            "kind": rng.choice(kinds).value,
            "subject": f"thing {rng.randrange(40)}",
            "url": "",
            "note": "",
            "at": NOW,
        }
        for _ in range(ROWS)
    ]
    connection.execute(sa.insert(Evidence), rows)


if __name__ == "__main__":
    for name, milliseconds in run().items():
        print(f"{MEMBERS:,} members, {ROWS:,} rows, {name}: {milliseconds:.0f} ms (median of {ROUNDS})")
