"""How well the classifier does on titles that were labelled by hand: `python -m bot.leads.reading.quality LABELS`."""

import argparse
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from bot.leads.reading.classify import Verdict, classify

QUESTIONS: Final = ("internship", "machine learning", "ML internship")
_Z: Final = 1.959963984540054
"""The 97.5 % point of the normal distribution: intervals hold 95 %."""


class Label(msgspec.Struct, frozen=True):
    """A title, and what its reader answered (1 is yes)."""

    title: str
    company: str
    internship: int
    ml: int
    split: str


@dataclass(frozen=True, slots=True)
class Score:
    """How often the classifier said yes rightly, yes wrongly and no wrongly."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0

    @property
    def precision(self) -> float:
        """Share of what it called so that is so; NaN when it called nothing so."""
        return _share(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        """Share of what is so that it called so; NaN when nothing is so."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; NaN when there was nothing to find and nothing was found."""
        return _share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)


def wilson(successes: int, total: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927), (0, 1) for no trial at all.

    Raises ValueError for more successes than trials.
    """
    if not 0 <= successes <= total:
        raise ValueError(f"{successes} successes in {total} trials; there can't be more than trials")
    if total == 0:
        return 0.0, 1.0
    share, z2 = successes / total, _Z**2
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z / (1 + z2 / total) * math.sqrt(share * (1 - share) / total + z2 / (4 * total**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def read_labels(path: Path) -> list[Label]:
    """Read a file of labels, one JSON object a line. Raises msgspec.MsgspecError for a line that is none."""
    return msgspec.json.Decoder(Label).decode_lines(path.read_bytes())


def measure(labels: Iterable[Label]) -> dict[str, Score]:
    """Classify every title and return the score of each question."""
    counts = {question: [0, 0, 0] for question in QUESTIONS}
    for label in labels:
        for question, (said, true) in _answers(classify(label.title, label.company), label).items():
            if said or true:
                counts[question][0 if said and true else 1 if said else 2] += 1
    return {question: Score(*count) for question, count in counts.items()}


def wrong(labels: Iterable[Label]) -> list[str]:
    """Return a line for every title that is classified wrongly: what was said of it, and why."""
    lines = []
    for label in labels:
        verdict = classify(label.title, label.company)
        mistakes = [question for question, (said, true) in _answers(verdict, label).items() if said != true]
        if mistakes:
            lines.append(f"{label.title} | {label.company}: wrong on {', '.join(mistakes)} ({'; '.join(verdict.why)})")
    return lines


def table(labels: Sequence[Label]) -> str:
    """Return the scores of every split as a Markdown table, shares in per cent with their 95 % intervals."""
    rows = ["| split | titles | question | yes | precision | recall | F1 |", "|---|---|---|---|---|---|---|"]
    for split in dict.fromkeys(label.split for label in labels):
        chosen = [label for label in labels if label.split == split]
        for question, score in measure(chosen).items():
            truly = score.hits + score.misses
            precision = _percent(score.hits, score.hits + score.false_alarms)
            rows.append(
                f"| {split} | {len(chosen)} | {question} | {truly} | {precision} | {_percent(score.hits, truly)}"
                f" | {100 * score.f1:.1f} |"
            )
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table for a file of labels, or with --wrong what is wrong in a split. Return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.leads.reading.quality", description=__doc__)
    parser.add_argument("labels", type=Path, help="JSON lines with title, company, internship, ml, split")
    parser.add_argument("--wrong", metavar="SPLIT", help="list what is classified wrongly in a split instead")
    given = parser.parse_args(arguments)
    try:
        labels = read_labels(given.labels)
    except (OSError, msgspec.MsgspecError) as problem:
        sys.stderr.write(f"Can't read the labels: {problem}\n")
        return 1
    lines = wrong(label for label in labels if label.split == given.wrong) if given.wrong else [table(labels)]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def _answers(verdict: Verdict, label: Label) -> dict[str, tuple[bool, bool]]:
    """Return what was said and what is true, for each question."""
    internship, learning = bool(label.internship), bool(label.ml)
    said = (verdict.internship, verdict.ml, verdict.ml_internship)
    return dict(zip(QUESTIONS, zip(said, (internship, learning, internship and learning), strict=True), strict=True))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def _percent(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{100 * _share(part, whole):.1f} ({100 * low:.1f}–{100 * high:.1f})"


if __name__ == "__main__":
    raise SystemExit(main())
