"""Rounds go on after a kill: how late the next turns are taken, and stand in the thread, on either database.

    python -m benchmarks.rounds_killed

Whole bots (`python -m bot run`) hold rounds in the web chat. On SQLite one is killed and started again at once; on
PostgreSQL there are two, and the other goes on. It is counted from the kill, or from when a turn was due, if later.
"""

import argparse
import asyncio
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from benchmarks.programs import ROOT
from benchmarks.rounds_scene import KINDS, PACE, Said, database_of, open_rounds, said_of
from benchmarks.rows import Row
from bot.app import App, build, utc_now
from bot.interviews.rounds import Wish
from bot.interviews.rounds_models import Round
from bot.interviews.rounds_timers import Timers
from bot.settings import Settings
from bot.work.dbos_engine import DbosEngine
from bot.work.memory_engine import MemoryEngine

ROUNDS, KILLS, SECONDS = 60, 12, 4
FIRST = 30
"""Seconds until the first round begins."""
APART = timedelta(seconds=0.7)
"""Between two rounds: with a turn due every quarter of a second each kill comes in the middle of something."""
WATCHED = timedelta(seconds=3)
"""Turns that are due so soon after a kill are counted as hit by it; with all that were due and did not stand."""
PAUSE = (9.0, 11.0)
"""Seconds between two kills: what the one held up is over by the next."""


@dataclass(frozen=True, slots=True)
class Kill:
    """When a process was killed, and the seconds until another one that was started then answered."""

    at: datetime
    started: float


def measure(kind: str, kills: int = KILLS) -> tuple[list[float], list[float], list[float]]:
    """Return the seconds by which what kills held up stood late, until the first of it stood, and until a new process
    answered."""
    with database_of(kind) as url:
        first_due = asyncio.run(_open(url))
        seen = _kill(url, kills, 1 if kind == "sqlite" else 2)
        said = asyncio.run(_said(url, first_due))
    late = [(each.stood - max(each.due, kill.at)).total_seconds() for kill in seen for each in said if hit(each, kill)]
    firsts = [min(each.stood for each in said if hit(each, kill)) for kill in seen]
    first = [(stood - kill.at).total_seconds() for kill, stood in zip(seen, firsts, strict=True)]
    return late, first, [kill.started for kill in seen]


def run(*, quick: bool) -> list[Row]:
    """Return the rows of the table: from a kill to what a round says next, on both databases."""
    kills, found = 3 if quick else KILLS, []
    for kind in KINDS:
        late, _, started = measure(kind, kills)
        middle, goal = statistics.median(late), 3.0 + (statistics.median(started) if kind == "sqlite" else 0)
        what = f"from a kill to a round's message on {kind}, seconds"
        found.append(Row("9", what, spread(late), "–", middle, f"≤ {goal:.1f}", middle <= goal))
    return found


def hit(said: Said, kill: Kill) -> bool:
    """Whether something stood after a kill that was due before, or soon after."""
    return said.stood > kill.at and kill.at - timedelta(minutes=1) < said.due < kill.at + WATCHED


async def _open(url: str) -> dict[int, datetime]:
    """Open the rounds with their timers, all before the first is due; return when each begins."""
    engine = DbosEngine(url)
    app = build(Settings(_env_file=None, database_url=url, pull_minutes=0), engine, clock=utc_now)
    numbers = await open_rounds(app, ROUNDS, Wish(questions=10, seconds=SECONDS), timedelta(seconds=FIRST), APART)
    await engine.start()
    timers = Timers(app.database, engine, utc_now, PACE)
    for number in numbers:
        await timers.wake(number)
    await engine.stop()
    query = sa.select(Round.id, Round.due_at).where(Round.id.in_(numbers))
    found = await app.database.read(lambda c: {row.id: row.due_at for row in c.execute(query)})
    await app.close()
    return found


async def _said(url: str, first_due: dict[int, datetime]) -> list[Said]:
    app = _app(url)
    found = await app.database.read(lambda c: said_of(c, first_due))
    await app.close()
    return found


def _app(url: str) -> App:
    settings = Settings(_env_file=None, database_url=url, pull_minutes=0)
    return build(settings, MemoryEngine(utc_now()), clock=utc_now)


def _kill(url: str, kills: int, processes: int) -> list[Kill]:
    chance = random.Random(7)
    alive = [_Bot(url) for _ in range(processes)]
    found = []
    try:
        for each in alive:
            each.wait()
        time.sleep(FIRST + ROUNDS * APART.total_seconds())
        for _ in range(kills):
            time.sleep(chance.uniform(*PAUSE))
            victim = alive.pop(chance.randrange(len(alive)))
            at = victim.kill()
            alive.append(_Bot(url))
            found.append(Kill(at, (alive[-1].wait() - at).total_seconds()))
        time.sleep(PAUSE[1])
    finally:
        for each in alive:
            each.kill()
    return found


class _Bot:
    """A bot that runs in a process of its own."""

    def __init__(self, url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RUNG_")}
        mine = {"RUNG_DATABASE_URL": url, "RUNG_PULL_MINUTES": "0", "RUNG_WEB_PORT": str(port)}
        quiet = subprocess.DEVNULL
        command = [sys.executable, "-m", "bot", "run"]
        self._process = subprocess.Popen(command, cwd=ROOT, env={**kept, **mine}, stdout=quiet, stderr=quiet)
        self._address = f"http://127.0.0.1:{port}/healthz"

    def wait(self) -> datetime:
        """Return when it answers. Raises RuntimeError when it does not within a minute."""
        for _ in range(3_000):
            try:
                with urllib.request.urlopen(self._address, timeout=5):  # noqa: S310 - our own server
                    return datetime.now(UTC)
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise RuntimeError("the bot did not come up")

    def kill(self) -> datetime:
        """Kill it, and return when that was."""
        at = datetime.now(UTC)
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        return at


def spread(seconds: list[float]) -> str:
    """Return the middle, 95 % and the most of some seconds, in words."""
    seconds = sorted(seconds)
    middle, most = seconds[len(seconds) // 2], seconds[-1]
    return f"p50 {middle:.2f} s, p95 {seconds[len(seconds) * 95 // 100]:.2f} s, max {most:.2f} s"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    chosen = parser.parse_args()
    for name in KINDS:
        late, first, started = measure(name, chosen.kills)
        print(f"{name}, {chosen.kills} kills, {len(late)} turns held up: from the kill to the message {spread(late)}")
        print(f"  the next message of any round stood {spread(first)} after the kill")
        print(f"  a new process answered after {spread(started)}", flush=True)
