"""The terminal: one line in, the answer out, as text or as data."""

from bot.platforms.terminal.lines import answer_line, shown

__all__ = ["answer_line", "shown"]
