"""What two people can begin to talk about: `content/starters.yaml`, read and checked."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from random import Random

import yaml

from bot.steps.kinds import Step

CONTENT = Path(__file__).parents[1] / "content" / "starters.yaml"
Starters = Mapping[Step, tuple[str, ...]]


@lru_cache
def load_starters(path: Path = CONTENT) -> Starters:
    """Read the starters by step; Step.NONE is for anybody. Raises ValueError for a step without a starter."""
    entries = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    starters = {Step(number): tuple(map(str, texts or ())) for number, texts in entries.items()}
    if missing := [int(step) for step in Step if not starters.get(step)]:
        raise ValueError(f"{path.name} has no starters for the steps {missing}")
    return starters


def starter(step: Step, seed: str) -> str:
    """Return a starter for people of whom one is at a step: the same for a seed."""
    starters = load_starters()
    chosen = Random(seed).choice([*starters[step], *starters[Step.NONE]])  # noqa: S311 - for variety, not for secrets
    return chosen.strip()
