"""A line of the table: two programs that alternate in one run, and the ratio of their medians."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`value` is ours divided by the twin's unless `what` says otherwise; `goal` is read by a person."""

    ratio: str
    what: str
    ours: str
    twin: str
    value: float
    goal: str
    met: bool

    def markdown(self) -> str:
        mark = "met" if self.met else "**missed**"
        return f"| {self.ratio} | {self.what} | {self.ours} | {self.twin} | {self.value:.2f} | {self.goal} | {mark} |"


def alternate(
    ours: Callable[[], object], twin: Callable[[], object], rounds: int, *, cpu: bool = False
) -> tuple[float, float]:
    """Run both in turns and return the median seconds of each (of CPU with `cpu`)."""
    clock = time.process_time if cpu else time.perf_counter
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for kept, program in zip(times, (ours, twin), strict=True):
            gc.collect()
            began = clock()
            program()
            if number:  # the first round warms both up
                kept.append(clock() - began)
    return statistics.median(times[0]), statistics.median(times[1])


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
