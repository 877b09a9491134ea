"""Whether the rubric ranks answers of our own at known quality right: full before half before wrong."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from bot.interviews.bank import Bank
from bot.interviews.grading.rubric import RubricGrader
from bot.interviews.grading.vectors import Vectors

DATA = Path(__file__).resolve().parents[1] / "tests" / "interviews" / "data"
"""Where the answers and texts are that we wrote."""
KNOWN, FRESH = "ranked.yaml", "fresh.yaml"
"""The answers that the rules were written looking at, and those that they were not."""
QUALITIES = ("full", "half", "wrong")


def answers(name: str = KNOWN) -> list[dict[str, Any]]:
    """Return the answers: the id of a question, and one answer of each quality."""
    rows: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return rows


def ranked(load: Callable[[], Vectors | None], every: int = 1, name: str = KNOWN) -> tuple[float, list[str]]:
    """Return the share of pairs that are ranked right, and those that are not; a tie is not.

    every: 2 looks at every second question alone
    """
    rubric, wrong, pairs = RubricGrader(load), [], 0
    for row in answers(name)[::every]:
        question = Bank.load().get(row["id"])
        scores = {quality: rubric.grade(question, row[quality]).score or 0.0 for quality in QUALITIES}
        for better, worse in combinations(QUALITIES, 2):
            pairs += 1
            if scores[better] <= scores[worse]:
                wrong.append(f"{row['id']}: {better} {scores[better]}, {worse} {scores[worse]}")
    return 1 - len(wrong) / pairs, wrong
