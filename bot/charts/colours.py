"""Colours of our pictures, told apart by people with any colour vision.

The hues are those of Okabe and Ito (Color Universal Design, 2008); a heat map runs in one hue from light to dark, so
that lightness alone tells it.
"""

PAPER, INK, QUIET, LINE = "#ffffff", "#1f2430", "#5b6472", "#d9dee6"
BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION, YELLOW = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#f0e442",
)
SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION)
HEAT = ("#eef2f7", "#cfe1f2", "#93c4df", "#4b97c9", "#1f6fb0", "#0b3c78")
"""From nothing to all."""


def heat(value: float) -> str:
    """Return the colour of a share from 0 to 1; only exactly nothing has the colour of nothing."""
    if value <= 0:
        return HEAT[0]
    return HEAT[min(len(HEAT) - 1, 1 + int(value * (len(HEAT) - 1) * 0.999))]


def on(colour: str) -> str:
    """Return ink or paper, whichever is read better on a colour (relative luminance of WCAG 2.2, section 1.4.3)."""
    red, green, blue = (_linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return PAPER if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.32 else INK  # noqa: PLR2004 - the definition's weights


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the definition's
