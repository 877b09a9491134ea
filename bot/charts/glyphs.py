"""Which letters our font has, so that no name is drawn as empty boxes."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.charts.fonts import font_files

_FORMAT = 4
"""Of a character map: segments of codes up to 0xffff (OpenType specification, table "cmap")."""


def drawn(words: str, instead: str) -> str:
    """Return words as our font can draw them: signs that it lacks (emoji) are left out.

    instead: what is drawn where a letter or a figure of the words is lacking, or nothing to read is left
    """
    kept = ""
    for letter in unicodedata.normalize("NFKC", words):
        if has_glyph(letter):
            kept += letter
        elif unicodedata.category(letter)[0] in "LN":
            return instead
    kept = " ".join(kept.split())
    return kept if any(letter.isalnum() for letter in kept) else instead


def has_glyph(letter: str) -> bool:
    """Return whether our font has a letter."""
    return ord(letter) in _codes()


@cache
def _codes() -> frozenset[int]:
    """Return the codes that every face of the font has a glyph for."""
    first, *others = (frozenset(_mapped(Path(path).read_bytes())) for path in font_files())
    return first.intersection(*others)


def _mapped(font: bytes) -> Iterator[int]:
    """Yield the codes of a font's map of format 4. Raises ValueError for a font without one."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    cmap = next((offset for tag, _, offset, _ in records if tag == b"cmap"), None)
    if cmap is None:
        raise ValueError("the font has no character map")
    for number in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)[2]
        if struct.unpack_from(">H", font, at)[0] == _FORMAT:
            yield from _segments(font, at)
            return
    raise ValueError("the font has no character map of format 4")


def _segments(font: bytes, at: int) -> Iterator[int]:
    many = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{many}H", font, at + place) for place in (14, 16 + 2 * many, 16 + 4 * many, 16 + 6 * many)
    )
    for number, (end, start, delta, offset) in enumerate(zip(ends, starts, deltas, offsets, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                place = at + 16 + 6 * many + 2 * number + offset + 2 * (code - start)
                glyph = struct.unpack_from(">H", font, place)[0]
            # An offset that leads to glyph 0 means that there is none; else the delta is added.
            if (not offset or glyph) and (glyph + delta) & 0xFFFF:
                yield code
