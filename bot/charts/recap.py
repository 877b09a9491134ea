"""The picture of a recap: a few figures large, check-ins week by week, new evidence step by step."""

from collections.abc import Sequence

from bot.charts.colours import BLUE, INK, LINE, QUIET, SKY
from bot.charts.drawing import Drawing

WIDTH, HEIGHT = 900, 500
_MARGIN = 40
_TOP, _FOOT = 260, 430
"""Between which heights the bars of the weeks stand."""

Bars = Sequence[tuple[str, int]]


def recap_picture(title: str, figures: Sequence[tuple[str, str]], weeks: Bars, steps: Bars) -> Drawing:
    """Draw a recap; the last week is the one it is about.

    figures: up to four, each with the word below it
    """
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.text(_MARGIN, 56, title, 34, weight=700)
    wide = (WIDTH - 2 * _MARGIN) / max(1, len(figures))
    for number, (figure, word) in enumerate(figures):
        x = _MARGIN + number * wide
        drawing.text(x, 128, figure, 52, colour=BLUE, weight=700, most=wide - 10)
        drawing.text(x, 160, word, 24, colour=QUIET)
    drawing.line([(_MARGIN, 186), (WIDTH - _MARGIN, 186)], LINE, 2)
    _weeks(drawing, weeks, _MARGIN, 440)
    _steps(drawing, steps, 530, WIDTH - _MARGIN)
    return drawing


def _weeks(drawing: Drawing, weeks: Bars, left: float, right: float) -> None:
    drawing.text(left, 226, "Check-ins by week", 24, weight=600)
    highest = max((value for _, value in weeks), default=0) or 1
    wide = (right - left) / max(1, len(weeks))
    for number, (name, value) in enumerate(weeks):
        last = number == len(weeks) - 1
        x = left + number * wide
        high = (_FOOT - _TOP - 24) * value / highest
        drawing.box(x + 4, _FOOT - max(high, 2), wide - 8, max(high, 2), BLUE if last else SKY if value else LINE)
        middle = x + wide / 2
        if value:
            drawing.text(middle, _FOOT - high - 8, str(value), 20, anchor="middle", weight=700 if last else 400)
        drawing.text(middle, _FOOT + 28, name, 20, colour=INK if last else QUIET, anchor="middle")


def _steps(drawing: Drawing, steps: Bars, left: float, right: float) -> None:
    drawing.text(left, 226, "New evidence by step", 24, weight=600)
    most = max((value for _, value in steps), default=0) or 1
    high = (_FOOT + 34 - 250) / max(1, len(steps))
    start, room = left + 86, right - left - 86 - 46
    for number, (name, value) in enumerate(steps):
        y = 250 + number * high
        drawing.text(left, y + high / 2 + 7, name, 20, colour=INK if value else QUIET)
        long = max(room * value / most, 2)
        drawing.box(start, y + 6, long, high - 12, BLUE if value else LINE, round_=3)
        drawing.text(start + long + 10, y + high / 2 + 7, str(value), 20, colour=INK if value else QUIET)
