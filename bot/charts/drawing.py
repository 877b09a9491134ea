"""A drawing: shapes and words at pixel positions, as SVG markup and as a PNG."""

from collections.abc import Sequence
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from bot.charts.colours import INK, PAPER
from bot.charts.fonts import FONT, font_files
from bot.charts.glyphs import has_glyph

Anchor = Literal["start", "middle", "end"]


class Drawing:
    """A picture under way; positions and sizes are pixels from the top left corner. What is drawn later lies above."""

    def __init__(self, width: int, height: int, background: str = PAPER) -> None:
        self.width, self.height = width, height
        self._shapes: list[str] = []
        self.box(0, 0, width, height, background)

    def box(self, x: float, y: float, width: float, height: float, fill: str, *, round_: float = 0) -> None:
        """Draw a filled box, its corners rounded by a radius."""
        size = f'width="{width:.1f}" height="{height:.1f}"'
        self._shapes.append(f'<rect x="{x:.1f}" y="{y:.1f}" {size} rx="{round_:.1f}" fill="{fill}"/>')

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float = 1, *, dashed: bool = False
    ) -> None:
        """Draw a line through points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = f' stroke-dasharray="{width * 3:.1f} {width * 3:.1f}"' if dashed else ""
        self._shapes.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" '
            f'stroke-linejoin="round" stroke-linecap="round"{dash}/>'
        )

    def area(self, path: str, fill: str, *, opacity: float = 1) -> None:
        """Fill an SVG path (https://www.w3.org/TR/SVG2/paths.html#PathData)."""
        self._shapes.append(f'<path d={quoteattr(path)} fill="{fill}" fill-opacity="{opacity:.2f}"/>')

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        """Draw a filled circle."""
        self._shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 16,
        *,
        colour: str = INK,
        anchor: Anchor = "start",
        weight: Literal[400, 600, 700] = 400,
        most: float = 0,
    ) -> None:
        """Write on one line, `y` being its foot; longer than `most` pixels (0 for any) it is cut with an ellipsis.

        What our font has no glyph for is left out (`bot.charts.glyphs.drawn` says what to write in its place).
        """
        shown = shortened(words, size, most) if most else words
        clean = "".join(letter for letter in shown if letter.isprintable() and has_glyph(letter))
        self._shapes.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{size:.1f}" font-weight="{weight}" '
            f'fill="{colour}" text-anchor="{anchor}">{escape(clean)}</text>'
        )

    def svg(self) -> str:
        """Return the markup."""
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(self._shapes)}</svg>'

    def png(self) -> bytes:
        """Return the picture at twice its size, sharp on good screens. Takes 30 to 100 ms: run it off the loop."""
        import resvg_py

        made = resvg_py.svg_to_bytes(
            svg_string=self.svg(), zoom=2, font_files=font_files(), font_family=FONT, skip_system_fonts=True
        )
        return bytes(made)


def shortened(words: str, size: float, most: float) -> str:
    """Return words cut to about `most` pixels at a font size; a mean letter is half the size wide."""
    letters = int(most / (size * 0.5))
    return words if len(words) <= letters else words[: max(1, letters - 1)].rstrip() + "…"
