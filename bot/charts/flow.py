"""A flow: how many go on from one stage to the next, as bands between bars (after Sankey, 1898)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.charts.colours import BLUE, INK, QUIET
from bot.charts.drawing import Drawing

WIDTH = 900
_LEFT, _END, _BAR = 36, 706, 18
"""Where the first bar and the bars of the ends stand, and how wide bars are."""
_TOP, _TALL = 178, 250
"""The upper edge of all bars, and how tall all together are."""
_PITCH = 34
"""The least distance between the names of two ends."""
_BAND = 0.42

Links = Mapping[tuple[str, str], int]
Wide = Mapping[tuple[str, str], float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class End:
    """Where bands come out: a name that also links carry, and its colour."""

    name: str
    colour: str


@dataclass
class _Bar:
    x: float
    y: float
    height: float
    colour: str
    left: float = 0
    right: float = 0
    """How much of it bands have taken up, on either side."""

    def leave(self, wide: float) -> float:
        """Take up the next free part of the right side; returns where it begins."""
        self.right += wide
        return self.y + self.right - wide

    def arrive(self, wide: float) -> float:
        """Take up the next free part of the left side; returns where it begins."""
        self.left += wide
        return self.y + self.left - wide


def flow_picture(title: str, note: str, stages: Sequence[str], ends: Sequence[End], links: Links) -> Drawing:
    """Draw a flow.

    stages: the names of the bars from left to right, one a column; those that nothing reaches are left out
    ends: what stands to the right, from top to bottom; the same goes for them
    links: how many went from a stage to a later one, or to an end
    """
    into = {name: sum(n for (_, to), n in links.items() if to == name) for name in (*stages, *(e.name for e in ends))}
    first = stages[0]
    total = sum(n for (start, _), n in links.items() if start == first)
    scale = _TALL / max(1, total)
    columns = [name for name in stages if name == first or into[name]]
    step = (_END - _LEFT) / len(columns)
    bars = {
        name: _Bar(_LEFT + number * step, _TOP, scale * (total if name == first else into[name]), BLUE)
        for number, name in enumerate(columns)
    }
    outcomes = [end for end in ends if into[end.name]]
    foot = float(_TOP)
    for end in outcomes:
        bars[end.name] = _Bar(_END, foot, max(2, scale * into[end.name]), end.colour)
        foot += max(_PITCH, scale * into[end.name] + 10)
    drawing = Drawing(WIDTH, int(max(foot, _TOP + _TALL)) + 34)
    drawing.text(_LEFT, 52, title, 34, weight=700, most=WIDTH - 2 * _LEFT)
    drawing.text(_LEFT, 88, note, 22, colour=QUIET, most=WIDTH - 2 * _LEFT)
    order = [*columns, *(end.name for end in outcomes)]
    _bands(drawing, bars, columns, order, {link: count * scale for link, count in links.items()})
    for name in columns:
        bar = bars[name]
        drawing.box(bar.x, bar.y, _BAR, max(2, bar.height), bar.colour)
        drawing.text(bar.x, _TOP - 38, name, 21, colour=INK, most=step - 8)
        drawing.text(bar.x, _TOP - 12, str(total if name == first else into[name]), 24, weight=700)
    for end in outcomes:
        bar = bars[end.name]
        drawing.box(bar.x, bar.y, _BAR, bar.height, bar.colour)
        middle = bar.y + max(bar.height / 2, 8) + 8
        drawing.text(bar.x + _BAR + 10, middle, f"{end.name} {into[end.name]}", 21, most=WIDTH - _END - _BAR - 16)
    return drawing


def _bands(
    drawing: Drawing, bars: Mapping[str, _Bar], columns: Sequence[str], order: Sequence[str], wide: Wide
) -> None:
    leaves = {
        (start, to): bars[start].leave(wide[start, to]) for start in columns for to in order if (start, to) in wide
    }
    # What comes from nearer arrives above what comes from further: so the fewest bands cross.
    for start in reversed(columns):
        for to in (name for name in order if (start, name) in wide):
            here, there, size = bars[start], bars[to], wide[start, to]
            ends = (here.x + _BAR, leaves[start, to]), (there.x, there.arrive(size))
            drawing.area(_band(*ends, size), there.colour, opacity=_BAND)


def _band(start: Point, to: Point, wide: float) -> str:
    """Return the path of a band from one upper end to the other."""
    (left, y0), (right, y1) = start, to
    middle = (left + right) / 2
    return (
        f"M{left:.1f},{y0:.1f} C{middle:.1f},{y0:.1f} {middle:.1f},{y1:.1f} {right:.1f},{y1:.1f} "
        f"L{right:.1f},{y1 + wide:.1f} C{middle:.1f},{y1 + wide:.1f} {middle:.1f},{y0 + wide:.1f} "
        f"{left:.1f},{y0 + wide:.1f} Z"
    )
