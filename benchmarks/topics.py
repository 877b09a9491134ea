"""How well the topic tells answers from texts on other matters: fit it, and measure it.

    python -m benchmarks.topics [CSV] [--write]

On topic are the answers of students that people gave at least 1.5 of 5, our own at known quality, the mistaken ones
too, and model answers, whole and their first sentence. Off topic are texts of `tests/interviews/data/off_topic.yaml`,
each held against several questions. Whole questions are held out in five parts; the texts that are measured were
written by another hand than those that are fitted to. `--write` fits to all and writes
`bot/content/fitted_topic_*.json`.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from zlib import crc32

import numpy as np
import yaml

from benchmarks.grading import ANSWERS, Agreement, Graded, agreement, held_out, keep, measured, read
from benchmarks.ranking import DATA, QUALITIES, answers
from benchmarks.regressors import Floats, Forest, Growth
from bot.interviews.bank import Bank
from bot.interviews.grading import vectors
from bot.interviews.grading.fitted import FitName, Woods
from bot.interviews.grading.guard import Asked, Guard
from bot.interviews.grading.text import sentences
from bot.interviews.grading.topic import OFF_TOPIC, topic_measures

PARTS = 5
GROWTH = Growth(trees=200, depth=4, rate=0.08, share=0.6, columns=0.35, leaf=15)
_FAIR, _ON_TOPIC = 2.0, 1.5
_ASKED = {"fitted": 3, "measured": 6}
"""Against how many questions of the bank, and as many of the students', each text on another matter is held."""


@dataclass(frozen=True, slots=True)
class Example:
    """An answer to tell apart; group: what is held out together."""

    group: str
    kind: str
    question: str
    reference: str
    answer: str
    on_topic: bool = True
    fitted: bool = True


def examples(students: Sequence[Graded]) -> Iterator[Example]:
    """Yield answers, those of students first, and then texts that answer nothing."""
    for row in students:
        yield Example(row.id, "students", row.question, row.reference, row.answer, fitted=row.score >= _ON_TOPIC)
    bank = Bank.load()
    asked = [question for question in bank.all() if question.kind != "tell"]
    known = {question.id: question for question in asked}
    for given in (each for each in answers() if each["id"] in known):
        question = known[given["id"]]
        for quality in QUALITIES:
            yield Example(question.id, f"our own, {quality}", question.question, question.answer, given[quality])
    for question in asked:
        for said in (question.answer, sentences(question.answer)[0]):
            yield Example(question.id, "model answers", question.question, question.answer, said)
    draw, ids = Random(5), {row.id: row for row in students}
    for kind, texts in yaml.safe_load((DATA / "off_topic.yaml").read_text(encoding="utf-8")).items():
        for text in texts:
            fit_to = kind == "fitted"
            for row in draw.sample(sorted(ids.values(), key=lambda row: row.id), _ASKED[kind]):
                yield Example(row.id, f"off, {kind}", row.question, row.reference, text, on_topic=False, fitted=fit_to)
            for each in draw.sample(asked, _ASKED[kind]):
                yield Example(each.id, f"off, {kind}", each.question, each.answer, text, on_topic=False, fitted=fit_to)


def fit(x: Floats, y: Floats) -> Woods:
    """Return a forest that gives about 1 to answers and about 0 to texts on other matters."""
    return Woods(x.shape[1], float(y.mean()), Forest(x, y, GROWTH, 0).trees)


def told_apart(x: Floats, found: Sequence[Example]) -> Floats:
    """Return what a forest says of each that never saw its question, nor a text that is only measured."""
    y, may = np.array([float(e.on_topic) for e in found]), np.array([e.fitted for e in found])
    parts = np.array([crc32(each.group.encode()) % PARTS for each in found])
    told = np.zeros(len(found))
    for part in range(PARTS):
        woods = fit(x[(parts != part) & may], y[(parts != part) & may])
        told[parts == part] = [woods.value(row) for row in x[parts == part].tolist()]
    return told


def as_shipped(students: Sequence[Graded], name: FitName, told: Floats, guard: Guard) -> Agreement:
    """Return the agreement of held-out scores when what the guard turns away gets nothing."""
    kept = [
        each >= OFF_TOPIC[name] and guard.check(Asked(a.question, a.reference), a.answer) is None
        for a, each in zip(students, told, strict=True)
    ]
    return agreement(held_out(measured(students, name), students, name, 0) * np.array(kept), students)


def main(say: Callable[[str], None] = print) -> None:
    """Measure the topic by words and by meaning, and write it where that is asked for."""
    parser = argparse.ArgumentParser(description="Fit and measure the topic of answers.")
    parser.add_argument("csv", nargs="?", type=Path, default=ANSWERS)
    parser.add_argument("--write", action="store_true", help="write bot/content/fitted_topic_*.json")
    given = parser.parse_args()
    students = read(given.csv)
    found = list(examples(students))
    names: tuple[FitName, ...] = ("words", "minilm")
    for name in names:
        meaning = vectors.load() if name == "minilm" else None
        x = np.array([topic_measures(e.question, e.reference, e.answer, meaning) for e in found])
        _report(name, found, told_apart(x, found), students, say)
        if given.write:
            may = np.array([each.fitted for each in found])
            woods = fit(x[may], np.array([float(each.on_topic) for each in found])[may])
            path = keep(f"topic_{name}", woods)
            say(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def _report(
    name: FitName, found: Sequence[Example], told: Floats, students: Sequence[Graded], say: Callable[[str], None]
) -> None:
    low = told < OFF_TOPIC[name]
    for kind in dict.fromkeys(each.kind for each in found):
        of = [bool(down) for each, down in zip(found, low, strict=True) if each.kind == kind]
        say(f"{name:>7}: {kind}: {sum(of) / len(of):.1%} of {len(of)} are told to be off the topic")
    guard = Guard(vectors.load() if name == "minilm" else None, strange=lambda *_: False)
    passed = [
        each
        for each, down in zip(found, low, strict=True)
        if each.kind == "off, measured" and not down
        and guard.check(Asked(each.question, each.reference), each.answer) is None
    ]  # fmt: skip
    say(f"{name:>7}: of off, measured, {len(passed)} pass the whole guard")
    for answer, down in zip(students, low, strict=False):
        if down and answer.score >= _FAIR:
            say(f"         turned away with {answer.score} of 5: {answer.question[:60]!r}: {answer.answer[:120]!r}")
    shipped = as_shipped(students, name, told[: len(students)], guard)
    say(f"{name:>7}: r {shipped.r:.3f}, RMSE {shipped.rmse:.3f} when what the guard turns away gets nothing")


if __name__ == "__main__":
    main()
