"""python -m bot."""

import gc

# What is imported stays: to look through it again and again took a tenth of a start. A running bot sets its own.
gc.set_threshold(50_000, 20, 50)

from bot.cli import main  # noqa: E402 - after the line above

main()
