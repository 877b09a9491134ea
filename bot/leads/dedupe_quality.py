"""How well openings are told apart, on pairs that people judged: `python -m bot.leads.dedupe_quality PAIRS`."""

import argparse
import math
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bot.leads.dedupe import Match, Opening, compare
from bot.leads.openings import traits_of
from bot.leads.reading.quality import Score, wilson
from bot.leads.reading.seasons import read_when
from bot.leads.urls import canonical


class Row(msgspec.Struct, frozen=True):
    """A row of a list, as it stood there; `posted` is its day, "" where the list does not say."""

    company: str
    title: str
    places: tuple[str, ...]
    terms: tuple[str, ...]
    posted: str
    url: str
    source: str

    def opening(self, number: int) -> Opening:
        """Return it as an import compares it. Raises ValueError when its address is none."""
        tags = {read_when("", [term]).term for term in self.terms}
        when = read_when(self.title, self.terms)
        return Opening(
            id=number,
            company=self.company,
            title=self.title,
            places=self.places,
            term=when.term if len(tags) <= 1 else "",
            year=when.year,
            url=canonical(self.url),
            source=self.source,
            source_key=str(number),
            posted_at=datetime.fromisoformat(self.posted).replace(tzinfo=UTC) if self.posted else None,
        )


class Pair(msgspec.Struct, frozen=True):
    """Two rows, and whether a person who read them takes them for one opening."""

    same: bool
    split: str
    a: Row
    b: Row

    @property
    def share_an_address(self) -> bool:
        """Whether the addresses alone point to one opening: they are one, or carry one number."""
        a, b = traits_of(self.a.opening(0)), traits_of(self.b.opening(1))
        return a.key == b.key or bool(a.numbers & b.numbers)

    def compare(self) -> Match | None:
        """Return what the rules say of it."""
        return compare(self.a.opening(0), self.b.opening(1))


def read_pairs(path: Path) -> list[Pair]:
    """Read a file of pairs, one JSON object a line. Raises msgspec.MsgspecError for a line that is none."""
    return msgspec.json.Decoder(Pair).decode_lines(path.read_bytes())


def measure(pairs: Iterable[Pair]) -> Score:
    """Compare every pair and return how often it was rightly one, wrongly one, and wrongly two."""
    counts = [0, 0, 0]
    for pair in pairs:
        said = pair.compare() is not None
        if said or pair.same:
            counts[0 if said and pair.same else 1 if said else 2] += 1
    return Score(*counts)


def wrong(pairs: Iterable[Pair]) -> list[str]:
    """Return a line for every pair that is judged wrongly, and why."""
    lines = []
    for pair in pairs:
        match = pair.compare()
        if (match is not None) != pair.same:
            rows = " = ".join(f"{row.company} | {row.title} | {'; '.join(row.places)}" for row in (pair.a, pair.b))
            lines.append(
                f"{'' if match is None else 'not '}one: {rows} ({'; '.join(match.why) if match else 'no match'})"
            )
    return lines


def table(pairs: Sequence[Pair]) -> str:
    """Return the scores of every split as a Markdown table, shares in per cent with their 95 % intervals (Wilson)."""
    rows = ["| split | pairs | how many | one opening | precision | recall |", "|---|---|---|---|---|---|"]
    for split in dict.fromkeys(pair.split for pair in pairs):
        chosen = [pair for pair in pairs if pair.split == split]
        apart = [pair for pair in chosen if not pair.share_an_address]
        for name, some in (("all", chosen), ("without an address in common", apart)):
            score = measure(some)
            truly = score.hits + score.misses
            precision = _percent(score.hits, score.hits + score.false_alarms)
            rows.append(f"| {split} | {name} | {len(some)} | {truly} | {precision} | {_percent(score.hits, truly)} |")
    return "\n".join(rows)


def _percent(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    share = part / whole if whole else math.nan
    return f"{100 * share:.1f} ({100 * low:.1f}–{100 * high:.1f})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table for a file of pairs, or with --wrong what is wrong in a split. Return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.leads.dedupe_quality", description=__doc__)
    parser.add_argument("pairs", type=Path, help="JSON lines with same, split, a and b")
    parser.add_argument("--wrong", metavar="SPLIT", help="list what is judged wrongly in a split instead")
    given = parser.parse_args(arguments)
    try:
        pairs = read_pairs(given.pairs)
    except (OSError, msgspec.MsgspecError) as problem:
        sys.stderr.write(f"Can't read the pairs: {problem}\n")
        return 1
    lines = wrong(pair for pair in pairs if pair.split == given.wrong) if given.wrong else [table(pairs)]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
