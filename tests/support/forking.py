"""What workers under fire are born of: a process that has loaded everything, and forks one for each line it reads."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any


def bear(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Fork a process that runs `work` for every line of the input; each birth is told with its number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are gone at once, and not kept as zombies
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(work())
        tell("born", child)


def tell(word: str, number: int) -> None:
    """Tell who listens of a process, in one write: parent and children share the line, and must not cut in."""
    os.write(sys.stdout.fileno(), f"{word} {number}\n".encode())
