"""The two regressions behind the fitted grader, written out in numpy: kernel ridge on landmarks, and boosted trees."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.interviews.grading.fitted import FAR, Bumps, Tree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BEYOND = 1e9
"""A border that no measure passes, where a node has nothing to part (JSON knows no infinity)."""


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Gaussian bumps over some columns: how many, and how far each reaches (over all columns together)."""

    columns: tuple[int, ...]
    count: int
    reach: float = 0.3


def fit_bumps(x: Floats, y: Floats, groups: tuple[Landmarks, ...], ridge: float, seed: int) -> tuple[Bumps, ...]:
    """Return the bumps whose sum, with the mean of y, comes nearest to y: ridge regression in the kernel's own norm.

    The weights w solve (F'F + ridge * K) w = F'(y - mean): F holds each answer's nearness to each landmark, K the
    nearness of landmarks to each other (subset of regressors, Rasmussen and Williams 2006, section 8.3.1).
    """
    empty = [_landmarks(x, group, seed) for group in groups]
    near = np.hstack([_nearness(_scaled(x, bumps), bumps) for bumps in empty])
    size = near.shape[1]
    norm, at = np.zeros((size, size)), 0
    for bumps in empty:
        count = len(bumps.centres)
        norm[at : at + count, at : at + count] = _nearness(np.array(bumps.centres), bumps)
        at += count
    weights = np.linalg.solve(near.T @ near + ridge * norm + 1e-6 * np.eye(size), near.T @ (y - y.mean()))
    parts = np.split(weights, np.cumsum([len(bumps.centres) for bumps in empty])[:-1])
    return tuple(
        Bumps(b.columns, b.means, b.scales, b.reach, b.centres, tuple(part.tolist()))
        for b, part in zip(empty, parts, strict=True)
    )


def _landmarks(x: Floats, group: Landmarks, seed: int) -> Bumps:
    columns = list(group.columns)
    means, scales = x[:, columns].mean(0), x[:, columns].std(0) + 1e-9
    bumps = Bumps(group.columns, tuple(means.tolist()), tuple(scales.tolist()), group.reach / len(columns), (), ())
    centres = _k_means(_scaled(x, bumps), group.count, np.random.RandomState(seed))
    return Bumps(bumps.columns, bumps.means, bumps.scales, bumps.reach, tuple(map(tuple, centres.tolist())), ())


def _scaled(x: Floats, bumps: Bumps) -> Floats:
    scaled: Floats = np.clip((x[:, list(bumps.columns)] - bumps.means) / bumps.scales, -FAR, FAR)
    return scaled


def _nearness(z: Floats, bumps: Bumps) -> Floats:
    away = ((z[:, None] - np.array(bumps.centres)[None]) ** 2).sum(2)
    near: Floats = np.exp(-bumps.reach * away)
    return near


def _k_means(z: Floats, count: int, draw: np.random.RandomState, rounds: int = 20) -> Floats:
    centres = z[draw.choice(len(z), count, replace=False)]
    for _ in range(rounds):
        nearest = ((z[:, None] - centres[None]) ** 2).sum(2).argmin(1)
        centres = np.array([z[nearest == i].mean(0) if (nearest == i).any() else centres[i] for i in range(count)])
    return centres


@dataclass(frozen=True, slots=True)
class Growth:
    """How a forest grows: trees, their depth, how much of a tree's word counts, and what each may see.

    share: of the rows a tree is grown from; columns: the share of columns that a node chooses among
    leaf: rows that a leaf has at least; bins: the borders that a column is tried at
    """

    trees: int = 150
    depth: int = 3
    rate: float = 0.04
    share: float = 0.6
    columns: float = 0.3
    leaf: int = 12
    bins: int = 64


class Forest:
    """Stochastic gradient boosting for squared errors (Friedman 2002): each tree is grown from what is still wrong."""

    def __init__(self, x: Floats, y: Floats, growth: Growth, seed: int) -> None:
        self._growth = growth
        self._draw = np.random.RandomState(seed)
        inside = np.linspace(0, 1, growth.bins + 1)[1:-1]
        self._borders = [np.unique(np.quantile(column, inside)) for column in x.T]
        self._bins: Ints = np.stack(
            [np.searchsorted(b, column, side="left") for b, column in zip(self._borders, x.T, strict=True)], 1
        )
        at = np.full(len(y), y.mean())
        trees = []
        for _ in range(growth.trees):
            tree, added = self._grown(y - at)
            at += added
            trees.append(tree)
        self.trees = tuple(trees)

    def _grown(self, error: Floats) -> tuple[Tree, Floats]:
        """Return a tree, and what it adds to every row."""
        inner = 2**self._growth.depth - 1
        columns, borders, leaves = [0] * inner, [0.0] * inner, [0.0] * (inner + 1)
        added = np.zeros(len(error))
        drawn = self._draw.choice(len(error), int(len(error) * self._growth.share), replace=False)
        nodes = [(0, drawn, np.arange(len(error)))]
        while nodes:
            node, seen, rows = nodes.pop()
            if node < inner:
                column, cut = self._split(error, seen)
                columns[node] = column
                borders[node] = float(self._borders[column][cut]) if cut < len(self._borders[column]) else BEYOND
                for child in (1, 2):
                    seen_there, rows_there = (p[(self._bins[p, column] > cut) == (child == 2)] for p in (seen, rows))
                    nodes.append((2 * node + child, seen_there, rows_there))
            elif len(seen):
                leaves[node - inner] = float(self._growth.rate * error[seen].mean())
                added[rows] = leaves[node - inner]
        return Tree(tuple(columns), tuple(borders), tuple(leaves)), added

    def _split(self, error: Floats, seen: Ints) -> tuple[int, int]:
        """Return the column and the last bin of its lower part; all bins where no split makes anything better."""
        best = (0.0, 0, self._growth.bins)
        if len(seen) < 2 * self._growth.leaf:
            return best[1:]
        errors = error[seen]
        whole = errors.sum() ** 2 / len(seen)
        choice = max(1, int(len(self._borders) * self._growth.columns))
        for column in self._draw.choice(len(self._borders), choice, replace=False):
            bins, size = self._bins[seen, column], len(self._borders[column]) + 1
            count = np.bincount(bins, minlength=size).cumsum()[:-1]
            total = np.bincount(bins, weights=errors, minlength=size).cumsum()[:-1]
            rest = len(seen) - count
            fits = (count >= self._growth.leaf) & (rest >= self._growth.leaf)
            if not fits.any():
                continue
            gain = total**2 / np.maximum(count, 1) + (errors.sum() - total) ** 2 / np.maximum(rest, 1) - whole
            gain = np.where(fits, gain, -1.0)
            cut = int(gain.argmax())
            best = max(best, (float(gain[cut]), int(column), cut))
        return best[1:]
