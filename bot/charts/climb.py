"""The pictures of the climb: a member's six bars, and a community's heat map."""

from collections.abc import Sequence

from bot.charts.colours import BLUE, GREEN, INK, LINE, QUIET, heat, on
from bot.charts.drawing import Drawing

WIDTH = 900
_MARGIN = 40
_BAR, _ROW = 62, 46
"""Heights of a line."""
_NAMES, _CELL = 270, 98
"""Widths of the names and of a cell of the map."""


def percent(share: float) -> str:
    """Return a share from 0 to 1 in percent; only exactly nothing reads 0 %, and only all of it 100 %."""
    if 0 < share < 0.005:  # noqa: PLR2004 - what would be rounded to nothing
        return "<1%"
    return f"{min(share, 0.99) if share < 1 else share:.0%}"


def bars_picture(title: str, bars: Sequence[tuple[str, float]]) -> Drawing:
    """Draw a bar for each step, with its share from 0 to 1."""
    drawing = Drawing(WIDTH, 100 + _BAR * len(bars))
    drawing.text(_MARGIN, 56, title, 34, weight=700, most=WIDTH - 2 * _MARGIN)
    room = WIDTH - 2 * _MARGIN
    for number, (name, share) in enumerate(bars):
        y = 84 + number * _BAR
        drawing.text(_MARGIN, y + 22, name, 22, most=room - 90)
        drawing.text(_MARGIN + room, y + 22, percent(share), 22, anchor="end", weight=700)
        drawing.box(_MARGIN, y + 32, room, 14, LINE, round_=7)
        if share:
            drawing.box(_MARGIN, y + 32, max(14.0, room * share), 14, GREEN if share >= 1 else BLUE, round_=7)
    return drawing


def heat_picture(title: str, rows: Sequence[tuple[str, Sequence[float]]]) -> Drawing:
    """Draw members against steps; each cell says its share in percent, and is the darker the further."""
    drawing = Drawing(WIDTH, 130 + _ROW * max(1, len(rows)))
    drawing.text(_MARGIN, 56, title, 34, weight=700, most=WIDTH - 2 * _MARGIN)
    for step in range(6):
        middle = _NAMES + 20 + step * _CELL + _CELL / 2
        drawing.text(middle, 100, f"Step {step + 1}", 22, colour=QUIET, anchor="middle")
    for number, (name, shares) in enumerate(rows):
        y = 112 + number * _ROW
        drawing.text(_MARGIN, y + 29, name, 22, colour=INK, most=_NAMES - _MARGIN)
        for step, share in enumerate(shares):
            colour = heat(share)
            x = _NAMES + 20 + step * _CELL
            drawing.box(x + 2, y + 2, _CELL - 4, _ROW - 4, colour, round_=4)
            words = percent(share) if share else "–"
            drawing.text(x + _CELL / 2, y + 30, words, 20, colour=on(colour), anchor="middle")
    return drawing
