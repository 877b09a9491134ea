"""Deliveries a second: 1,000 places, from planned to sent, through the durable engine on either database.

    python -m benchmarks.deliveries

The platform answers at once, so this is what the house itself needs; a real one allows 40 to 50 posts a second.
"""

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.chat import Reply
from bot.chat.platform import Address
from bot.db import Database
from bot.migrate import upgrade
from bot.work.courier import Courier
from bot.work.dbos_engine import DbosEngine
from bot.work.deliveries import JOB, Deliveries, Trouble, counts_by_state
from tests.support import postgres
from tests.support.fake_platform import FakePlatform

PLACES = 1_000


def run(places: int = PLACES) -> dict[str, float]:
    """Return the deliveries a second for each kind of database."""
    with tempfile.TemporaryDirectory() as folder:
        rates = {"sqlite": asyncio.run(_rate(f"sqlite:///{Path(folder) / 'rung.sqlite'}", places))}
    url = postgres.new_database()
    try:
        return {**rates, "postgresql": asyncio.run(_rate(url, places))}
    finally:
        postgres.drop_database(url)


async def _rate(url: str, places: int) -> float:
    await asyncio.to_thread(upgrade, url)
    database, engine, platform = Database(url), DbosEngine(url), FakePlatform()
    deliveries = Deliveries(database, engine, _now)
    engine.job(JOB, Courier(database, {platform.name: platform}, _now, _trouble, _sent).deliver)
    await engine.start()
    addresses = [Address(platform.name, "w", f"p{n}") for n in range(places)]
    began = time.perf_counter()
    await database.run(lambda c: deliveries.plan(c, "bench", addresses, Reply("hello"), community=None))
    await deliveries.dispatch()
    while await database.read(counts_by_state) != {"sent": places}:  # noqa: ASYNC110 - asked as an operator would
        await asyncio.sleep(0.02)
    took = time.perf_counter() - began
    await engine.stop()
    await database.close()
    return places / took


def _now() -> datetime:
    return datetime.now(UTC)


async def _trouble(to: Address, kind: Trouble) -> None:
    raise AssertionError((to, kind))


async def _sent(to: Address) -> None:
    del to


if __name__ == "__main__":
    print(*(f"{kind}: {rate:.0f} deliveries a second" for kind, rate in run().items()), sep="\n")
