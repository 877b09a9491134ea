"""The terminal: one line in, the answer out, as text or as data."""

from bot.platforms.terminal.lines import run_line

__all__ = ["run_line"]
