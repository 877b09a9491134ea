"""The board of steps as cards: a heat map, the same as a list, and how many others have begun."""

import asyncio

from bot.charts.climb import heat_picture, percent
from bot.charts.glyphs import drawn
from bot.chat import Buttons, Card, Divider, File, Part, Picture, Text, act, esc
from bot.steps.board import Board, Row
from cogs.paging import page_of, turns
from cogs.wording import counted, listed

PAGE = 15
"""Members on a page: so many are read at the width of a chat, in the picture and in the list below it."""
FEWEST = 3
"""Of fewer than these without a name it is not told which steps they have begun: it would point at one of them."""
_NAME = 40
_ALT = "A heat map of members and steps 1 to 6, the darker the further; the list below says the same in words."


async def board_cards(board: Board, page: int) -> tuple[tuple[Card, ...], tuple[File, ...]]:
    """Return a page of the board: a heat map with the same as a list, and how many others have begun."""
    rows, at, pages = page_of(board.rows, PAGE, page)
    parts: list[Part] = []
    files: tuple[File, ...] = ()
    if rows:
        numbered = list(enumerate(rows, start=(at - 1) * PAGE + 1))
        drawing = heat_picture("Who stands where", [(_label(n, r), [p.share for p in r.steps]) for n, r in numbered])
        files = (File("board.png", await asyncio.to_thread(drawing.png), "image/png"),)
        parts += [Picture("board.png", _ALT), Text("\n".join(_line(n, r) for n, r in numbered))]
    else:
        parts.append(Text("Nobody shows their steps yet. `/steps share` puts yours on the board."))
    if board.others:
        parts += [Divider(), Text(_others(board))]
    if pages > 1:
        parts += [Text(f"Page {at} of {pages}"), Buttons(turns(at, pages, lambda number: act("steps.turn", number)))]
    return (Card("The climb of this community", tuple(parts)),), files


def _label(number: int, row: Row) -> str:
    """Return a member in the picture: one whose name our font can't write goes by the number that the list has."""
    name = drawn(row.name, "")
    return f"{number}. {name}" if name else f"Member {number}"


def _line(number: int, row: Row) -> str:
    shares = " · ".join(percent(p.share) if p.share else "–" for p in row.steps)
    return f"{number}. **{esc(row.name[:_NAME])}** {shares}"


def _others(board: Board) -> str:
    more = f"{counted(board.others, 'member')} more without a name."
    if board.others < FEWEST:
        return more
    begun = [f"step {step.value}: {n}" for step, n in board.begun.items() if n]
    return f"{more} They have begun {listed(begun)}."
