"""The fitted grader: how measures of an answer become a score, by numbers that were fitted to people's grades.

Two kinds of estimate are averaged: sums of Gaussian bumps around typical answers (kernel ridge regression on
landmarks) and small decision trees that mend each other's errors (gradient boosting, Friedman 2001).
`benchmarks/grading.py` fits and measures them; this module only evaluates, in about a millisecond and without numpy.
"""

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

FitName = Literal["words", "minilm"]
"""`words`: the measures of `features`. `minilm`: those and, behind them, the ones of `vectors`."""
FULL = 5.0
"""The scale on which people graded the answers that the numbers were fitted to: 0 to 5."""
FAR = 4.0
"""Standard deviations beyond which a measure is taken as at that distance."""


class Bumps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Gaussian bumps over some of the measures, after these are brought to mean 0 and deviation 1."""

    columns: tuple[int, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    reach: float
    centres: tuple[tuple[float, ...], ...]
    weights: tuple[float, ...]

    def value(self, measures: Sequence[float]) -> float:
        """Return the weighed sum of the bumps at an answer."""
        at = [
            min(FAR, max(-FAR, (measures[column] - mean) / scale))
            for column, mean, scale in zip(self.columns, self.means, self.scales, strict=True)
        ]
        return sum(
            weight * math.exp(-self.reach * sum((a - c) ** 2 for a, c in zip(at, centre, strict=True)))
            for centre, weight in zip(self.centres, self.weights, strict=True)
        )


class Tree(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A tree as a heap: the children of node i are 2i + 1 (up to the border) and 2i + 2 (above it).

    columns, borders: of the inner nodes; leaves: of the lowest row, one more than inner nodes
    """

    columns: tuple[int, ...]
    borders: tuple[float, ...]
    leaves: tuple[float, ...]

    def value(self, measures: Sequence[float]) -> float:
        """Return the leaf to which an answer falls."""
        node, inner = 0, len(self.columns)
        while node < inner:
            node = 2 * node + 1 + (measures[self.columns[node]] > self.borders[node])
        return self.leaves[node - inner]


class Fitted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fitted grader for a fixed list of measures.

    smooth: bumps that are added up to one estimate; forests: trees, each forest an estimate of its own
    """

    measures: int
    base: float
    smooth: tuple[Bumps, ...]
    forests: tuple[tuple[Tree, ...], ...]

    def score(self, measures: Sequence[float]) -> float:
        """Return the grade, 0 to 1. Raises ValueError for another number of measures than it was fitted to."""
        if len(measures) != self.measures:
            raise ValueError(f"this grader was fitted to {self.measures} measures, not to {len(measures)}")
        estimates = [self.base + sum(bumps.value(measures) for bumps in self.smooth)]
        estimates += [self.base + sum(tree.value(measures) for tree in forest) for forest in self.forests]
        return sum(min(FULL, max(0.0, estimate)) for estimate in estimates) / len(estimates) / FULL


class Woods(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One forest that tells two kinds apart: about 1 for the one, about 0 for the other."""

    measures: int
    base: float
    trees: tuple[Tree, ...]

    def value(self, measures: Sequence[float]) -> float:
        """Return where an answer lies. Raises ValueError for another number of measures than it was fitted to."""
        if len(measures) != self.measures:
            raise ValueError(f"this forest was fitted to {self.measures} measures, not to {len(measures)}")
        return self.base + sum(tree.value(measures) for tree in self.trees)


@cache
def load(name: FitName) -> Fitted:
    """Return a grader that ships with the bot."""
    return msgspec.convert(json.loads(_data(name)), Fitted)


@cache
def load_woods(name: str) -> Woods:
    """Return a forest that ships with the bot."""
    return msgspec.convert(json.loads(_data(name)), Woods)


def _data(name: str) -> bytes:
    return (files("bot") / "content" / f"fitted_{name}.json").read_bytes()
