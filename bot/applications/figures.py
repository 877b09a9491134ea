"""What a member's pipeline comes to: how far applications went, how many were answered, and after how long. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median

from bot.applications.stages import ENDS, Course, Stage

ALL, ONLY_SAVED, WAITING, TO_DECIDE = "all", "only saved", "waiting", "to decide"
"""What a flow begins with, and where those are that have no end yet."""
_ORDER = (Stage.APPLIED, Stage.ASSESSMENT, Stage.INTERVIEW, Stage.OFFER)


@dataclass(frozen=True, slots=True)
class Figures:
    """A pipeline in figures. `links`: how many went from stage to stage; of `timed` answers the time is known."""

    total: int
    applied: int
    answered: int
    timed: int
    median_days: float | None
    links: Mapping[tuple[str, str], int]

    @property
    def response_rate(self) -> float | None:
        """The share of applications that were answered, from 0 to 1; None before the first application."""
        return self.answered / self.applied if self.applied else None


def figures_of(courses: Iterable[Course]) -> Figures:
    """Count what courses of applications come to; those that were taken out of the pipeline don't count."""
    kept = [course for course in courses if course.stage]
    applied = [course for course in kept if Stage.APPLIED in course.reached]
    answered = [course for course in applied if course.answered_at is not None]
    # Entered with its answer at once, an application says nothing of how long that took.
    spans = [
        course.answered_at - course.reached[Stage.APPLIED] for course in answered if course.answered_at is not None
    ]
    days = [span / timedelta(days=1) for span in spans if span > timedelta()]
    links: Counter[tuple[str, str]] = Counter()
    for course in kept:
        path = path_of(course)
        links.update(pairwise(path))
    return Figures(len(kept), len(applied), len(answered), len(days), median(days) if days else None, dict(links))


def path_of(course: Course) -> list[str]:
    """Return the way of an application through the pipeline, from `ALL` to where it ended or is."""
    path = [ALL, *(stage.value for stage in _ORDER if stage in course.reached)]
    if course.stage in ENDS:
        return [*path, str(course.stage)]
    if course.stage == Stage.SAVED:
        return [*path, ONLY_SAVED]
    return [*path, TO_DECIDE if course.stage == Stage.OFFER else WAITING]
