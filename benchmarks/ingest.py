"""Ratio 6: a feed of 20,000 rows, cold, unchanged and byte-identical, against a floor that does only what it must."""

import asyncio
import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.rows import Row, alternate, ms
from bot.db import Database
from bot.leads.ingest import Ingest, Origin
from bot.leads.prepare import Known, compare, hash_row
from bot.leads.reading.classify import classify
from bot.leads.reading.facts import read_facts
from bot.leads.sources.listings import parse_listings
from bot.leads.sources.sighting import Fetched, FetchState
from bot.leads.urls import canonical
from bot.migrate import upgrade

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TITLES = (
    "Machine Learning Intern",
    "Software Engineer Intern",
    "Data Science Co-op",
    "Research Intern, Vision",
    "Sales Intern",
)
PLACES = ("Berlin, Germany", "New York, NY", "San Francisco, CA", "London, UK", "Toronto, Canada")


def company(number: int) -> str:
    """Return an invented name: syllables, so that companies begin as differently as real ones do."""
    syllables = ("ba", "ko", "lin", "tra", "ves", "mu", "dor", "qui", "zen", "fal", "hex", "ny")
    name = ""
    number += 144
    while number:
        name += syllables[number % 12]
        number //= 12
    return f"{name.capitalize()} Labs"


def feed(rows: int) -> bytes:
    """Return a list in the shape of the public ones."""
    made = [
        {
            "id": f"{n:08}-0000", "company_name": company(n // 4), "title": f"{TITLES[n % 5]} {n % 97}",
            "url": f"https://boards.greenhouse.io/company{n // 4}/jobs/{1_000_000 + n}?utm_source=x",
            "locations": [PLACES[n % 5]], "terms": ["Summer 2027"], "is_visible": True, "sponsorship": "Other",
            "active": n % 3 > 0, "date_posted": 1792000000 + n, "date_updated": 1792000000 + n,
            "source": "x", "company_url": "",
        }
        for n in range(rows)
    ]  # fmt: skip
    return json.dumps(made).encode()


class _Slot(msgspec.Struct):
    id: str
    company_name: str
    title: str
    url: str
    active: bool
    locations: list[str]


def floor(body: bytes, path: Path, *, reading: bool) -> None:
    """Parse, bring addresses into one form, hash, find duplicates by address, write; with `reading` understand, too."""
    rows = msgspec.json.decode(body, type=list[_Slot])
    seen: dict[str, int] = {}
    values = []
    for number, row in enumerate(rows):
        url = canonical(row.url).url
        seen.setdefault(url, number)
        if reading:
            classify(row.title, row.company_name)
            read_facts(row.title, row.company_name, "", row.locations)
        digest = hashlib.blake2b(msgspec.msgpack.encode(row), digest_size=12).hexdigest()
        values.append((row.id, row.company_name, row.title, url, digest, row.active, seen[url]))
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t (id TEXT PRIMARY KEY, company, title, url, hash, active, lead)")
    database.executemany(
        "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET hash = excluded.hash", values
    )
    database.commit()
    database.close()


async def _apart(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return await asyncio.to_thread(function, *args, **kwargs)


def run(*, quick: bool) -> list[Row]:
    body, rounds = feed(4_000 if quick else 20_000), 2 if quick else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        numbers = iter(range(10_000))

        empty = folder / "empty.sqlite"
        upgrade(f"sqlite:///{empty}")

        def ours() -> None:
            path = Path(shutil.copy(empty, folder / f"ours{next(numbers)}.sqlite"))
            asyncio.run(_take(path, body))

        rows = []
        for reading, words in ((True, "cold ingest, the floor reads titles too"), (False, "cold ingest, bare floor")):
            a, b = alternate(ours, lambda r=reading: floor(body, folder / f"{next(numbers)}.db", reading=r), rounds)  # type: ignore[misc]  # bound now
            rows.append(Row("6", f"{words} (speed)", ms(a), ms(b), b / a, "≥ 0.60", b / a >= 0.6))
        rows.append(_unchanged(body, rounds))
        a, b = alternate(lambda: _identical(body), lambda: hashlib.sha256(body).hexdigest(), rounds * 3)
        rows.append(Row("6", "byte-identical file", ms(a), ms(b), a / b, "≤ 2", a / b <= 2))
    return rows


async def _take(path: Path, body: bytes) -> None:
    database = Database(f"sqlite:///{path}")
    ingest = Ingest(database, _apart, lambda connection, leads, now: None)
    await ingest.take(Origin("list", "listings"), parse_listings(body), NOW)
    await database.close()


def _unchanged(body: bytes, rounds: int) -> Row:
    """An unchanged feed that must be read all the same: parse and compare, against parse and hash."""
    known = {s.key: Known(hash_row(s), s.active) for s in parse_listings(body).sightings}

    def twin() -> None:
        for row in parse_listings(body).sightings:
            _ = known.get(row.key) == Known(hash_row(row), row.active)

    a, b = alternate(lambda: compare(parse_listings(body).sightings, known, complete=True), twin, rounds)
    return Row("6", "unchanged feed", ms(a), ms(b), a / b, "≤ 1.5", a / b <= 1.5)


def _identical(body: bytes) -> Fetched:
    return Fetched(unchanged=True, state=FetchState(digest=hashlib.sha256(body).hexdigest()))
