"""How well the form of an answer tells what says something from what only has the words: fit it, and measure it.

    python -m benchmarks.forms [CSV] [--write]

Honest ones are the answers of students that people gave at least 2 of 5, our own at known quality, the model answers,
and notes that are made of all of these by leaving the little words out. Hostile ones are those of
`benchmarks/hostile.py`.
Whole questions are held out in five parts, and some kinds of hostile ones are never fitted to.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from zlib import crc32

import numpy as np
import yaml

from benchmarks.grading import ANSWERS, keep, read
from benchmarks.hostile import hostile
from benchmarks.ranking import DATA, answers
from benchmarks.regressors import Floats, Forest, Growth
from bot.interviews.bank import Bank, Question
from bot.interviews.grading.fitted import Woods
from bot.interviews.grading.form import form_measures
from bot.interviews.grading.guard import FORMLESS
from bot.interviews.grading.text import sentences

PARTS = 5
GROWTH = Growth(trees=220, depth=4, rate=0.08, share=0.6, columns=0.35, leaf=15)
_LITTLE_WORDS = (
    "a an the is are was were be been being am do does did has have had it its this that these those i we you "
    "they he she my your our their so then just also very really would could can will may might should there"
)
_LITTLE = frozenset(_LITTLE_WORDS.split())
_LIST = re.compile(r"((?:[\w-]+(?: [\w-]+)?, ){2,}(?:and |or )?[\w-]+(?: [\w-]+)?|[\w-]+, [\w-]+,? and [\w-]+)")
_FAIR, _GOOD = 2.0, 3.5
_TWICE = 2


@dataclass(frozen=True, slots=True)
class Example:
    """An answer to tell apart; group: what is held out together; fitted: whether it may be fitted to."""

    group: str
    kind: str
    reference: str
    answer: str
    honest: bool
    fitted: bool = True


def notes(text: str) -> str:
    """Return a text as somebody jots it down: without the little words, but with what joins and parts its terms."""
    kept = (word for word in text.split() if word.lower().strip(",.;:") not in _LITTLE or word[-1] in ".;:")
    return " ".join(kept)


def honest(path: Path, draw: Random) -> Iterator[Example]:
    """Yield answers that say something, in sentences and in notes."""
    yield from _by_people(path)
    for question in Bank.load().all():
        yield from _by_the_bank(question, draw)


def _by_people(path: Path) -> Iterator[Example]:
    bank = Bank.load()
    for row in read(path):
        if row.score >= _FAIR:
            yield Example(row.id, "students", row.reference, row.answer, honest=True)
        if row.score >= _GOOD:
            yield Example(row.id, "students' notes", row.reference, notes(row.answer), honest=True)
    for given in answers():
        reference = bank.get(given["id"]).answer
        for quality in ("full", "half"):
            yield Example(given["id"], "our own", reference, given[quality], honest=True)
            yield Example(given["id"], "our own notes", reference, notes(given[quality]), honest=True)
    for given in yaml.safe_load((DATA / "unusual.yaml").read_text(encoding="utf-8")):
        yield Example(given["question"], "unusual", bank.get(given["question"]).answer, given["answer"], honest=True)


def _by_the_bank(question: Question, draw: Random) -> Iterator[Example]:
    yield Example(question.id, "model answers", question.answer, question.answer, honest=True)
    yield Example(question.id, "model notes", question.answer, notes(question.answer), honest=True)
    points = draw.choice(("; ", ", ", "\n", ". ", " / ")).join(point.point for point in question.points)
    yield Example(question.id, "points", question.answer, points, honest=True)
    for sentence in sentences(question.answer):
        for items in _LIST.findall(sentence):
            yield Example(question.id, "lists that were asked for", sentence, items, honest=True)
            for said in (re.sub(r",? and ", ", ", items), f"They are {items}.", f"It is about {items}."):
                yield Example(question.id, "lists that were asked for", sentence, said, honest=True)


def made(path: Path, draw: Random) -> Iterator[Example]:
    """Yield answers that say nothing."""
    for question in Bank.load().all():
        for each in hostile(question.answer, [point.point for point in question.points], draw):
            yield Example(question.id, each.kind, question.answer, each.answer, honest=False, fitted=each.fitted)
    for row in {row.id: row for row in read(path)}.values():
        for each in hostile(row.reference, [row.reference], draw):
            yield Example(row.id, each.kind, row.reference, each.answer, honest=False, fitted=each.fitted)


def fit(x: Floats, y: Floats, seed: int = 0) -> Woods:
    """Return a forest that gives about 1 to honest ones and about 0 to the others; both weigh the same."""
    draw = np.random.RandomState(seed)
    fair, foul = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
    rows = np.concatenate([fair, fair, draw.choice(foul, min(len(foul), _TWICE * len(fair)), replace=False)])
    forest = Forest(x[rows], y[rows], GROWTH, seed)
    return Woods(x.shape[1], float(y[rows].mean()), forest.trees)


def main(say: Callable[[str], None] = print) -> None:
    """Measure the form, and write it where that is asked for."""
    parser = argparse.ArgumentParser(description="Fit and measure the form of answers.")
    parser.add_argument("csv", nargs="?", type=Path, default=ANSWERS)
    parser.add_argument("--write", action="store_true", help="write bot/content/fitted_form.json")
    given = parser.parse_args()
    draw = Random(7)
    pairs = [
        (each, measures)
        for each in (*honest(given.csv, draw), *made(given.csv, draw))
        if (measures := form_measures(each.reference, each.answer))
    ]
    found = [each for each, _ in pairs]
    x, y = np.array([row for _, row in pairs]), np.array([float(each.honest) for each in found])
    told, may = np.zeros(len(y)), np.array([each.fitted for each in found])
    parts = np.array([crc32(each.group.encode()) % PARTS for each in found])
    for part in range(PARTS):
        woods = fit(x[(parts != part) & may], y[(parts != part) & may])
        told[parts == part] = [woods.value(row) for row in x[parts == part].tolist()]
    _report(found, told, say)
    if given.write:
        path = keep("form", fit(x[may], y[may]))
        say(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def _report(found: list[Example], told: Floats, say: Callable[[str], None]) -> None:
    by_kind: dict[tuple[bool, bool, str], list[float]] = defaultdict(list)
    for each, value in zip(found, told.tolist(), strict=True):
        by_kind[each.honest, each.fitted, each.kind].append(value)
        if each.honest and value < FORMLESS and each.kind not in {"model notes", "points"}:
            say(f"    taken for a heap ({value:.2f}): {each.answer[:150]!r}")
    for (fair, seen, kind), values in sorted(by_kind.items(), reverse=True):
        low = sum(value < FORMLESS for value in values) / len(values)
        which = "honest" if fair else "hostile" if seen else "unseen "
        say(f"{which} {kind}: {low:.1%} of {len(values)} are taken for a heap")
    for fair, seen in ((True, True), (False, True), (False, False)):
        values = [v for (f, s, _), all_ in by_kind.items() if (f, s) == (fair, seen) for v in all_]
        low = sum(value < FORMLESS for value in values) / len(values)
        which = "honest" if fair else "hostile" if seen else "hostile of kinds never fitted to"
        say(f"all {which}: {low:.2%} of {len(values)}")


if __name__ == "__main__":
    main()
