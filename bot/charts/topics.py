"""Topics over time: for each a band of what one probably knows, its middle as a line, and single answers as dots."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.colours import BLUE, INK, LINE, QUIET, SKY
from bot.charts.drawing import Drawing

WIDTH = 900
_MARGIN, _TOP, _ROW, _TALL = 36, 118, 92, 70
"""Edges, where the first topic stands, how high one is with its gap, and without."""
_LEFT, _RIGHT = 330, 720
"""Between which the weeks stand: names to the left, figures to the right."""

Span = tuple[float, float, float]
"""The middle of a band, its lower and its upper end: 0 to 1."""


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic: its bands from the oldest week to now (None before the first), and its answers (weeks ago, 0 to 1)."""

    name: str
    weeks: Sequence[Span | None]
    dots: Sequence[tuple[float, float]]


def topics_picture(title: str, note: str, lines: Sequence[TopicLine]) -> Drawing:
    """Draw topics below each other, all on the same scale from 0 to 100 %."""
    drawing = Drawing(WIDTH, _TOP + _ROW * len(lines) + 40)
    drawing.text(_MARGIN, 50, title, 34, weight=700, most=WIDTH - 2 * _MARGIN)
    drawing.text(_MARGIN, 84, note, 21, colour=QUIET, most=WIDTH - 2 * _MARGIN)
    for number, line in enumerate(lines):
        _topic(drawing, line, _TOP + number * _ROW)
    if lines:
        drawing.text(_LEFT - 8, _TOP + 8, "all", 17, colour=QUIET, anchor="end")
        drawing.text(_LEFT - 8, _TOP + _TALL + 4, "none", 17, colour=QUIET, anchor="end")
        foot = _TOP + _ROW * len(lines) + 8
        weeks = len(lines[0].weeks) - 1
        drawing.text(_LEFT, foot, f"{weeks} weeks ago", 18, colour=QUIET)
        drawing.text(_RIGHT, foot, "now", 18, colour=QUIET, anchor="end")
    return drawing


def _topic(drawing: Drawing, line: TopicLine, top: float) -> None:
    foot = top + _TALL

    def y(share: float) -> float:
        return foot - share * _TALL

    weeks = len(line.weeks) - 1
    wide = (_RIGHT - _LEFT) / max(1, weeks)
    for share in (0.0, 0.5, 1.0):
        drawing.line([(_LEFT, y(share)), (_RIGHT, y(share))], LINE, 1, dashed=share == 0.5)  # noqa: PLR2004 - the half
    known = [(_LEFT + number * wide, span) for number, span in enumerate(line.weeks) if span is not None]
    if len(known) == 1:  # a band of one moment is widened, or it would not be seen
        [(x, span)] = known
        known = [(x - wide / 2, span), (x, span)]
    upper = [f"{x:.1f},{y(high):.1f}" for x, (_, _, high) in known]
    lower = [f"{x:.1f},{y(low):.1f}" for x, (_, low, _) in reversed(known)]
    drawing.area(f"M{' L'.join([*upper, *lower])} Z", SKY, opacity=0.4)
    for back, score in line.dots:
        drawing.dot(_RIGHT - back * wide, y(score), 3.5, QUIET)
    drawing.line([(x, y(mean)) for x, (mean, _, _) in known], BLUE, 3)
    drawing.text(_MARGIN, top + _TALL / 2 + 7, line.name, 21, colour=INK, most=_LEFT - _MARGIN - 14)
    _, (mean, low, high) = known[-1]
    drawing.text(_RIGHT + 16, top + 32, f"{round(mean * 100)} %", 26, weight=700)
    drawing.text(_RIGHT + 16, top + 58, f"{round(low * 100)} to {round(high * 100)} %", 19, colour=QUIET)
