"""Duplicates among 20,000 and 100,000 openings: seconds, recall and precision, on duplicates that we planted.

Openings are invented: company, work, place, season and a number on a board. A third of them are listed a second time
by another list, with what real lists change: the company's legal form, order and words of the title, the place's words,
and an address of the same board, of the company's own site, or one that says nothing. Beside each of those stands an
opening that is nearly the same and is not: another trade, team, level, season, degree or town.
"""

import gc
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from bot.leads.dedupe import Opening, cluster
from bot.leads.urls import canonical

DAY = datetime(2025, 1, 6, tzinfo=UTC)


def _several(text: str) -> list[str]:
    return text.split("|")


WORK = _several(
    "Software Engineer|Machine Learning Engineer|Data Scientist|Applied Scientist|Research Scientist|NLP Engineer|"
    "Computer Vision Engineer|Robotics Engineer|Data Engineer|MLOps Engineer|Quantitative Researcher|Firmware Engineer|"
    "Full Stack Developer|Backend Engineer|Frontend Engineer|Product Analyst|Security Engineer|Hardware Engineer"
)
TEAMS = _several(
    "Search|Ads|Maps|Payments|Autonomy|Perception|Speech|Ranking|Infrastructure|Growth|Fraud|Imaging|Genomics|Compilers|"
    "Storage|Simulation|Recommendations|Forecasting|Pricing|Translation"
)
TOWNS = _several(
    "Boston, MA|New York, NY|San Francisco, CA|Seattle, WA|Austin, TX|Chicago, IL|Denver, CO|Atlanta, GA|Toronto, ON|"
    "London, UK|Berlin, Germany|Paris, France|Zurich, Switzerland|Bangalore, India"
)
SAID = {"New York, NY": "NYC", "San Francisco, CA": "SF", "London, UK": "London, United Kingdom"}
SYLLABLES = _several("ac|bri|cor|den|el|fos|gal|hy|in|jo|kel|lum|mor|nex|or|pix|qua")
ENDS = ("", " Labs", " AI", " Health")
SEASONS = ("Summer 2025", "Fall 2025", "Winter 2026")
OTHER_SEASON = {"Summer 2025": "Fall 2025", "Fall 2025": "Summer 2025", "Winter 2026": "Summer 2026"}


def planted(n: int, seed: int) -> tuple[list[Opening], list[int]]:
    """Return n openings in random order, and for each the number of the opening that it truly is."""
    chance = random.Random(seed)
    names = ("".join(chance.choices(SYLLABLES, k=4)).title() + chance.choice(ENDS) for _ in range(n // 5))
    companies = sorted(set(names))
    rows = list(chain.from_iterable(_listed(chance, truth, chance.choice(companies)) for truth in range(n)))[:n]
    chance.shuffle(rows)
    return [replace(row, id=number) for number, row in enumerate(rows)], [row.id for row in rows]


def _listed(chance: random.Random, truth: int, company: str) -> Iterator[Opening]:
    """Yield an opening; for every third also its duplicate in another list, and one that is nearly the same."""
    work, team, town, season = map(chance.choice, (WORK, TEAMS, TOWNS, SEASONS))
    site, number = company.lower().replace(" ", ""), 4_000_000 + 10 * truth
    url = f"https://boards.greenhouse.io/{site}/jobs/{number}"
    row = Opening(
        id=3 * truth,
        company=company,
        title=f"{work} Intern - {team} ({season})",
        places=(town,),
        term="",
        year=None,
        url=canonical(url),
        source="first",
        source_key="",
        posted_at=DAY + timedelta(chance.randrange(60)),
    )
    yield row
    if truth % 3 == 0:
        yield _again(chance, row, (work, team, season), (f"{url}?gh_src=x", f"https://{site}.com/careers/{number}"))
        yield _nearly(chance, row, work, team, season)


def _again(chance: random.Random, row: Opening, words: tuple[str, str, str], addresses: tuple[str, ...]) -> Opening:
    """Return the same opening as another list words it, half of the time with an address that says nothing."""
    work, team, season = words
    titles = (
        f"{season} Intern, {work}, {team}",
        f"{work.replace('Engineer', 'Engineering')} Internship, {team}",
        f"{team}: {work} Intern",
    )
    silent = f"https://bit.ly/{row.id:x}"
    return replace(
        row,
        company=row.company + chance.choice(("", ", Inc.", " LLC", " Technologies")),
        title=chance.choice(titles),
        places=tuple(SAID.get(place, place) for place in row.places),
        url=canonical(chance.choice((*addresses, silent, silent))),
        source="second",
        posted_at=row.posted_at + timedelta(chance.randrange(4)) if row.posted_at else None,
    )


def _nearly(chance: random.Random, row: Opening, work: str, team: str, season: str) -> Opening:
    """Return an opening of the other list that differs in one thing that matters."""
    titles = (
        f"{chance.choice([w for w in WORK if w != work])} Intern - {team} ({season})",
        f"{work} Intern - {chance.choice([t for t in TEAMS if t != team])} ({season})",
        f"{work} II Intern - {team} ({season})",
        f"{work} Intern - {team} ({OTHER_SEASON[season]})",
        f"{work} PhD Intern - {team} ({season})",
    )
    other = replace(row, id=row.id + 1, url=canonical(f"https://bit.ly/n{row.id:x}"), source="second")
    if chance.randrange(6):
        return replace(other, title=chance.choice(titles))
    return replace(other, places=(chance.choice([t for t in TOWNS if t != row.places[0]]),))


def run(n: int, seed: int = 7) -> dict[str, Any]:
    """Return rows, seconds (the best of three), and recall and precision over all pairs of rows of one opening."""
    openings, truth = planted(n, seed)
    seconds = []
    for _ in range(3):
        gc.collect()
        start = time.process_time()  # one thread, no waiting: the same as the clock on a machine that is idle
        found = cluster(openings)
        seconds.append(time.process_time() - start)
    groups: dict[int, list[int]] = {}
    for number, which in enumerate(truth):
        groups.setdefault(which, []).append(number)
    said, real = _pairs(found), _pairs(groups.values())
    hits = len(said & real)
    shares = {"recall": hits / len(real), "precision": hits / len(said)}
    return {"rows": n, "seconds": min(seconds), "duplicates": len(real), **shares}


def _pairs(groups: Any) -> set[tuple[int, int]]:
    return {(a, b) for rows in groups for a in rows for b in rows if a < b}


def main() -> None:
    """Print the table, and what five times as many rows cost (ratio 7)."""
    sizes = [int(size) for size in sys.argv[1:]] or [20_000, 100_000]
    results = [run(size) for size in sizes]
    print("| rows | seconds | duplicates | recall | precision |\n|---|---|---|---|---|")
    for r in results:
        print(
            f"| {r['rows']:,} | {r['seconds']:.2f} | {r['duplicates']:,} | {r['recall']:.4f} | {r['precision']:.4f} |"
        )
    if len(results) > 1:
        print(f"\n{sizes[-1]:,} rows cost {results[-1]['seconds'] / results[0]['seconds']:.1f} times {sizes[0]:,}.")


if __name__ == "__main__":
    main()
