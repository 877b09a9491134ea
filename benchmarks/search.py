"""Ratio 7, its second half: a page of search results over 100,000 leads, against the bare full-text query.

The twin asks for the same page with one statement written by hand: no filters, no total, no row turned into an object,
no filter looked up. Both read in a unit of work of `Database.read`, so on SQLite in one of its threads for reading (the
filter is known from the first round on, so ours writes nothing either), and take turns.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from benchmarks.ingest import TITLES, company
from benchmarks.rows import Row, ms
from bot.db import Database
from bot.leads.catalog import Catalog
from bot.leads.filters import Filter
from bot.leads.matches import PAGE
from bot.leads.models import OPEN, Lead
from bot.leads.search_index import index_leads
from bot.migrate import upgrade
from tests.support import postgres

NOW = datetime(2026, 11, 23, tzinfo=UTC)
WORDS = ("vision", "machine learning", "data", "intern", "software engineer", "bako labs", "research vis", "sales")
_SQLITE = (
    "SELECT lead.*, -bm25(lead_text, 10.0, 5.0, 1.0) AS rank FROM lead_text JOIN lead ON lead.id = lead_text.rowid"
    " WHERE lead_text MATCH :match ORDER BY rank DESC LIMIT :most"
)
_POSTGRES = (
    "SELECT lead.*, ts_rank('{0.05, 0.1, 0.5, 1.0}', document, to_tsquery('simple', :match)) AS rank FROM lead_text"
    " JOIN lead ON lead.id = lead_id WHERE document @@ to_tsquery('simple', :match) ORDER BY rank DESC LIMIT :most"
)


def run(*, quick: bool) -> list[Row]:
    """Return a row for each kind of database."""
    leads, rounds = (10_000, 4) if quick else (100_000, 25)
    with tempfile.TemporaryDirectory() as folder:
        rows = [asyncio.run(_row(f"sqlite:///{Path(folder) / 'search.sqlite'}", "SQLite", leads, rounds))]
    url = postgres.new_database()
    try:
        return [*rows, asyncio.run(_row(url, "PostgreSQL", leads, rounds))]
    finally:
        postgres.drop_database(url)


async def _row(url: str, name: str, leads: int, rounds: int) -> Row:
    await asyncio.to_thread(upgrade, url)
    database = Database(url)
    await database.run(lambda c: _fill(c, leads))
    if not database.is_sqlite:
        await database.run(lambda c: c.execute(sa.text("ANALYZE")))
    catalog = Catalog(database, lambda: NOW)

    async def ours(words: str) -> None:
        await catalog.search(Filter(words=words, ml_internships=False), 1)

    async def twin(words: str) -> None:
        await database.read(lambda c: _bare(c, words))

    a, b = await _slowest((ours, twin), rounds)
    await database.close()
    return Row("7", f"search p95, {leads:,} leads, {name}", ms(a), ms(b), a / b, "≤ 2", a / b <= 2)


async def _slowest(programs: tuple[Callable[[str], Awaitable[None]], ...], rounds: int) -> list[float]:
    """Run each program in turns for all words and return its 95th percentile, in seconds."""
    times: list[list[float]] = [[] for _ in programs]
    for number in range(rounds + 1):
        for words in WORDS:
            for kept, program in zip(times, programs, strict=True):
                began = time.perf_counter()
                await program(words)
                if number:  # the first round warms both up
                    kept.append(time.perf_counter() - began)
    return [statistics.quantiles(kept, n=20)[-1] for kept in times]


def _bare(connection: Connection, words: str) -> list[Any]:
    sqlite = connection.dialect.name == "sqlite"
    parts = [f'"{w}"*' if sqlite else f"{w}:*" for w in words.split()]
    values = {"match": (" " if sqlite else " & ").join(parts), "most": PAGE}
    return list(connection.execute(sa.text(_SQLITE if sqlite else _POSTGRES), values))


def _fill(connection: Connection, count: int) -> None:
    """Write leads as an ingest would have left them."""
    for begin in range(0, count, 10_000):
        rows = [_lead(number) for number in range(begin + 1, min(begin + 10_000, count) + 1)]
        connection.execute(sa.insert(Lead), rows)
        index_leads(connection, [{**row, "body": row["description"]} for row in rows], new=True)


def _lead(number: int) -> dict[str, Any]:
    name = company(number // 4)
    url = f"https://jobs.example/{number}"
    return {
        "id": number, "company": name, "company_key": name.lower(), "title": f"{TITLES[number % 5]} {number % 97}",
        "url": url, "canonical": url, "description": "", "internship": True, "ml": number % 3 == 0,
        "score": 0.9, "why": [], "degrees": [], "places": [["Berlin", "", "DE"]], "state": OPEN, "first_seen": NOW,
        "posted_at": NOW,
    }  # fmt: skip
