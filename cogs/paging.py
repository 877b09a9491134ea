"""Lists in pages: which rows stand on a page, and the buttons that lead to the pages beside it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.chat import Button

_T = TypeVar("_T")


def page_of(rows: Sequence[_T], size: int, number: int) -> tuple[Sequence[_T], int, int]:
    """Return the rows of a page, its number from 1 and how many there are; beyond the ends the first or the last."""
    pages = max(1, -(-len(rows) // size))
    at = max(1, min(number, pages))
    return rows[(at - 1) * size : at * size], at, pages


def turns(at: int, pages: int, token: Callable[[int], str], back: str = "← Back") -> tuple[Button, ...]:
    """Return the buttons to the page before and after; `token` is the action that shows a page of a number."""
    before = (Button(back, token(at - 1)),) if at > 1 else ()
    return (*before, Button("Next →", token(at + 1))) if at < pages else before
