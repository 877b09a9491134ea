"""Functions for a worker process of its own, which imports them by their names."""

import os
import time
from pathlib import Path

from bot.worker import ending


def nothing() -> None:
    """Load nothing."""


def who() -> tuple[int, int, bool]:
    """Return the process, by how much it steps back, and whether it is to end."""
    return os.getpid(), os.nice(0), ending()


def work_until_the_end(begun: str) -> str:
    """Touch a file, and work until the process is to end."""
    Path(begun).touch()
    while not ending():
        time.sleep(0.001)
    return "ended"


def wait_for_file(path: Path) -> None:
    """Return when a file is there."""
    while not path.exists():
        time.sleep(0.001)
