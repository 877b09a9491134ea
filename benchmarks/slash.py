"""Ratios 1, 2, 4 and half of 8: Rung against a bare discord.py bot at a local Discord, in turns.

Each bot has a server of its own, a process of its own and a database of its own, and both stand ready all the time;
only one of them works at a time. The command is `/leads search` that finds nothing: who asks is looked
up, the search reads, its filter is written. A page of four leads costs Rung more, since it shows more than a line each.
"""

import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import programs
from benchmarks.rows import Row, ms

SEARCH = {"path": "/leads search", "options": {"words": "nothing at all"}}
BARE = ["benchmarks.bare_discord"]
PLAIN = ["benchmarks.bare_gateway"]
RUNG = ["bot", "run"]


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that is connected to a local Discord of its own."""

    base: str
    process: subprocess.Popen[bytes]
    identified_in: float
    """Seconds from the start of the process to IDENTIFY."""

    def load(self, **how: object) -> dict[str, Any]:
        measured: dict[str, Any] = programs.ask(self.base, "load", {**SEARCH, **how})
        if measured["unanswered"]:
            raise RuntimeError(f"{measured['unanswered']} commands were not answered: {self.process.args!r}")
        return measured

    def hear(self, count: int) -> float:
        """Send messages and return the CPU seconds of the bot until it has heard them all."""
        began = programs.processor(self.process)
        programs.ask(self.base, "flood", {"text": "a message like most of them, without a link", "count": count})
        self.load(rate=0, count=1)  # the gateway keeps the order: once this is answered all were heard
        return programs.processor(self.process) - began


@contextmanager
def connected(program: list[str], folder: Path, guilds: int = 1) -> Iterator[Bot]:
    """Run a bot at a fresh local Discord with so many guilds."""
    with ExitStack() as stack:
        told = stack.enter_context(programs.server("tests.support.discord_server"))
        if guilds > 1:
            programs.ask(told["url"], "guilds", {"count": guilds - 1, "channels": 2, "members": 3})
        settings = {
            "RUNG_DATABASE_URL": f"sqlite:///{folder / f'{len([*folder.iterdir()])}.sqlite'}",
            "RUNG_DISCORD_TOKEN": told["token"],
            "RUNG_DISCORD_API_URL": told["api_url"],
            "RUNG_DISCORD_GATEWAY_URL": told["gateway_url"],
            "RUNG_WEB_ENABLED": "false",
            "RUNG_WEB_PORT": "0",  # where its health is served: another bot may run here
            "RUNG_PULL_MINUTES": "0",
            "RUNG_LOG_LEVEL": "warning",
        }
        began = time.monotonic()
        process = stack.enter_context(programs.bot(program, settings))
        programs.wait_for(told["url"], process, "identified")
        identified_in = time.monotonic() - began
        programs.wait_for(told["url"], process, "commands")
        time.sleep(1)  # both tune their collector just after they are ready
        yield Bot(told["url"], process, identified_in)


def commands(*, quick: bool) -> list[Row]:
    """Ratio 1: a slash command at 50 a second, and as many as it can."""
    rounds, count = (3, 150) if quick else (20, 250)
    steady: tuple[list[dict[str, Any]], ...] = ([], [])
    full: tuple[list[dict[str, Any]], ...] = ([], [])
    with _pair() as bots:
        for bot in bots:
            bot.load(rate=0, count=300)
        for _ in range(rounds):
            for bot, calm, saturated in zip(bots, steady, full, strict=True):
                calm.append(bot.load(rate=50, count=count))
                saturated.append(bot.load(rate=0, count=count * 4))
    rows = []
    for name, goal in (("p50", 1.25), ("p99", 1.5)):
        a, b = (statistics.median(r[name] for r in measured) for measured in steady)
        rows.append(Row("1", f"slash command at 50/s, {name}", ms(a), ms(b), a / b, f"≤ {goal}", a / b <= goal))
    a, b = (statistics.median(r["per_second"] for r in measured) for measured in full)
    return [*rows, Row("1", "slash commands, saturated", f"{a:,.0f}/s", f"{b:,.0f}/s", a / b, "≥ 0.75", a / b >= 0.75)]


def messages(*, quick: bool) -> list[Row]:
    """Ratio 2: messages that a bot hears and leaves alone, by the CPU that it needs for them."""
    rounds, count = (3, 5_000) if quick else (20, 20_000)
    spent: tuple[list[float], ...] = ([], [])
    with _pair() as bots:
        for number in range(rounds + 1):
            for bot, kept in zip(bots, spent, strict=True):
                seconds = bot.hear(count)
                if number:  # the first round warms both up
                    kept.append(seconds)
    a, b = (count / statistics.median(kept) for kept in spent)
    return [Row("2", "messages a CPU second, links heard", f"{a:,.0f}/s", f"{b:,.0f}/s", a / b, "≥ 0.80", a / b >= 0.8)]


def during_ingest(*, quick: bool) -> list[Row]:
    """Ratio 8, its first half: the slowest commands while a feed is taken in, against the same bot at rest."""
    rounds, count = (3, 150) if quick else (10, 500)
    slowest: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as name, connected(["benchmarks.busy_rung"], Path(name)) as bot:
        bot.load(rate=0, count=300)
        for _ in range(rounds):
            slowest[1].append(bot.load(rate=50, count=count)["p99"])
            bot.process.send_signal(signal.SIGUSR1)
            slowest[0].append(bot.load(rate=50, count=count)["p99"])
            bot.process.send_signal(signal.SIGUSR2)
            time.sleep(3)  # the ingest under way comes to its end
    a, b = map(statistics.median, slowest)
    return [Row("8", "slash p99 during an ingest, at 50/s (twin: at rest)", ms(a), ms(b), a / b, "≤ 2", a / b <= 2)]


def size(*, quick: bool) -> list[Row]:
    """Ratio 4: memory at 1,000 guilds, what a guild adds, and the time from the start to IDENTIFY."""
    rounds = 1 if quick else 5
    found: dict[tuple[int, int], list[float]] = {}
    starts: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for guilds in (1, 1_000):
            for which, program in enumerate((RUNG, PLAIN)):
                with tempfile.TemporaryDirectory() as folder, connected(program, Path(folder), guilds) as bot:
                    time.sleep(2)  # the guilds come after READY
                    found.setdefault((which, guilds), []).append(programs.memory(bot.process))
                    starts[which].append(bot.identified_in)
    small, large = ([statistics.median(found[which, guilds]) for which in (0, 1)] for guilds in (1, 1_000))
    grown = [(after - before) * 1024 / 999 for before, after in zip(small, large, strict=True)]
    growth = grown[0] / grown[1]
    whole = large[0] / large[1]
    a, b = (statistics.median(kept) for kept in starts)
    return [
        Row("4", "memory at 1,000 guilds", f"{large[0]:.0f} MB", f"{large[1]:.0f} MB", whole, "≤ 1.5", whole <= 1.5),
        Row(
            "4", "memory that a guild adds", f"{grown[0]:.1f} kB", f"{grown[1]:.1f} kB", growth, "≤ 1.2", growth <= 1.2
        ),
        Row("4", "start to IDENTIFY", f"{a:.2f} s", f"{b:.2f} s", a / b, "≤ 2.0", a / b <= 2),
    ]


@contextmanager
def _pair() -> Iterator[tuple[Bot, Bot]]:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        yield (
            stack.enter_context(connected(RUNG, Path(name))),
            stack.enter_context(connected(BARE, Path(name))),
        )
