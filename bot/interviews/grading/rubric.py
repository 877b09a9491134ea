"""The rubric: which key points an answer makes, by their words, other words for them, slips of the pen and meaning.

The score puts together how much of each key point is there and how near the answer comes to the model answer, as the
fitted grader sees it. No key and no network; with the extra `minilm`, parts of the answer are also compared by meaning.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.interviews.bank import Point, Question
from bot.interviews.grading import fitted, vectors
from bot.interviews.grading.features import features
from bot.interviews.grading.grades import Grade, PointGrade, Verdict
from bot.interviews.grading.guard import NOTES, Asked, Guard
from bot.interviews.grading.points import MADE, Found, Points, stretched
from bot.interviews.grading.vectors import Vectors

_MET, _PARTLY = 0.6, 0.38
"""How much of a point must stand in a part of the answer."""
_NOTHING, _ALL = 0.3, 0.7
"""What of a point, in a part of an answer, is worth nothing, and what is worth the whole."""
_REFERENCE = 0.25
"""What nearness to the model answer weighs in the score, beside the points."""
_POOR = 0.4
"""Nearness that is worth nothing: the fitted grader seldom gives less, since people seldom did."""
_SCALE = ((0.0, 0.0), (0.4, 0.5), (0.8, 0.9), (1.0, 1.0))
"""What is measured, and what it is worth: our answers with half of the points (`tests/interviews/data/ranked.yaml`)
measure 0.38 by words and 0.43 by meaning on average, those with nearly all 0.79 and 0.83."""
_MISTAKE, _PER_MISTAKE = 0.7, 0.2
_PER_CONTRARY = 0.4

STORY = (
    "A story can't be graded by words, so there is no mark. Hold it against these points yourself, or tell a friend."
)
"""What is said of an answer that asks for something of one's own, whose words nobody can know beforehand."""


class RubricGrader:
    """Grades without a key and without a network."""

    def __init__(self, load: Callable[[], Vectors | None] = vectors.load) -> None:
        """Take what gives the vectors to compare by meaning; what gives None lets it go by words alone."""
        self._load = load

    def meaning(self) -> Vectors | None:
        """Return the vectors, loaded when they are first wanted."""
        return self._load()

    def guard(self) -> Guard:
        """Return who turns away what is no answer."""
        return Guard(self.meaning())

    def turned_away(self, question: Question, answer: str) -> Grade | None:
        """Return a grade of nothing, which says why, for what is no answer; None for what is to be graded."""
        reason = self.guard().check(Asked.of(question), answer)
        return Grade(score=0.0, grader="rubric", note=NOTES[reason]) if reason else None

    def similarity(self, question: str, reference: str, answer: str) -> float:
        """Return the share of full marks, 0 to 1, that people would give for an answer beside its reference."""
        measures, meaning = features(question, reference, answer), self.meaning()
        if meaning:
            measures += meaning.measures(question, reference, answer)
        return fitted.load("minilm" if meaning else "words").score(measures)

    def grade(self, question: Question, answer: str) -> Grade:
        """Return the verdicts, and one score from them and from the nearness to the model answer."""
        if turned_away := self.turned_away(question, answer):
            return turned_away
        if question.kind == "tell":
            return Grade(score=None, grader="rubric", note=STORY)
        return self._graded(question, answer)

    def _graded(self, question: Question, answer: str) -> Grade:
        points = Points(question, answer, self.meaning())
        found = [points.find((point.point, *point.words)) for point in question.points]
        verdicts = tuple(verdict_of(number, f) for number, f in enumerate(found))
        mistakes = self._mistakes(question, points, found)
        made = _weighed(question.points, [stretched(f.worth, _NOTHING, _ALL) for f in found])
        near = stretched(self.similarity(question.question, question.answer, answer), _POOR, 1.0)
        against = [_stands_against(f, found) for f in found]
        contrary = dict.fromkeys(f.contrary for f, so in zip(found, against, strict=True) if so)
        score = (1 - _REFERENCE) * made + _REFERENCE * near * min(1.0, 2 * made) - _PER_MISTAKE * len(mistakes)
        score -= _PER_CONTRARY * _weighed(question.points, [float(so) for so in against])
        return Grade(
            score=round(on_scale(score), 3),
            grader="rubric",
            points=verdicts,
            mistakes=(*mistakes, *(f"This may be the wrong way round: “{text}”" for text in contrary)),
            advice=_advice(question, verdicts),
        )

    def _mistakes(self, question: Question, points: Points, made: Sequence[Found]) -> tuple[str, ...]:
        """Return the common mistakes that the answer makes: said more plainly than any point is."""
        best_point = max((found.worth for found in made), default=0.0)
        claims = {
            mistake: points.find((mistake.partition(" ")[2].removeprefix("that "),)) for mistake in question.mistakes
        }
        return tuple(m for m, found in claims.items() if found.worth >= max(_MISTAKE, best_point))


def on_scale(score: float) -> float:
    """Return what the rubric measured on the scale of all graders: the share of the key points' weight that is made."""
    for (low, shown), (high, shown_high) in pairwise(_SCALE):
        if score <= high:
            return max(0.0, shown + (score - low) / (high - low) * (shown_high - shown))
    return 1.0


def _stands_against(one: Found, found: Sequence[Found]) -> bool:
    """Return whether words say the contrary of a point, and don't say another point more plainly."""
    return bool(one.contrary) and not any(
        each.worth >= max(MADE, one.against) and one.contrary in each.quote for each in found
    )


def _weighed(points: Sequence[Point], worth: Sequence[float]) -> float:
    return sum(p.weight * w for p, w in zip(points, worth, strict=True)) / sum(p.weight for p in points)


def verdict_of(number: int, found: Found) -> PointGrade:
    """Return the verdict on a key point, by how well an answer makes it."""
    if found.worth < _PARTLY:
        return PointGrade(number, Verdict.MISSING)
    return PointGrade(number, Verdict.MET if found.worth >= _MET else Verdict.PARTLY, found.quote)


def _advice(question: Question, points: Sequence[PointGrade]) -> str:
    """Return what to add first: the heaviest point that is not met."""
    open_points = [question.points[given.point] for given in points if given.verdict != Verdict.MET]
    if not open_points:
        return "Every key point is there; try to say it in half the time."
    heaviest = max(open_points, key=lambda point: point.weight)
    return f"Add this first: {heaviest.point}."
