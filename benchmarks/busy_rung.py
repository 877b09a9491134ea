"""Rung as it always runs, with a feed of 20,000 rows taken in again and again from SIGUSR1 until SIGUSR2.

    python -m benchmarks.busy_rung        (settings as the bot has them)

The feed is read beforehand, so what is measured is the ingest: understanding, finding duplicates and writing.
"""

import asyncio
import signal

from benchmarks.ingest import feed
from bot.app import App, utc_now
from bot.leads.ingest import Origin
from bot.leads.sources.listings import parse_listings
from bot.run import serve
from bot.settings import Settings
from bot.workshop import run_async

_working: set[asyncio.Task[None]] = set()
"""Kept here, since the loop alone would let a task be collected."""


async def prepare(app: App) -> None:
    """Listen for the signals."""
    pulled = parse_listings(feed(20_000))
    wanted = asyncio.Event()

    async def ingest() -> None:
        number = 0
        while True:
            await wanted.wait()
            number += 1
            await app.ingest.take(Origin(f"list {number}", "listings"), pulled, utc_now())

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, wanted.set)
    loop.add_signal_handler(signal.SIGUSR2, wanted.clear)
    _working.add(asyncio.create_task(ingest()))


if __name__ == "__main__":
    run_async(serve(Settings(), lambda line: None, prepare=prepare))
