"""Ratio 5: seconds until Slack has its acknowledgement, over Socket Mode, against bare Bolt, tuned and as it comes."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path

from benchmarks import programs
from benchmarks.rows import Row, ms

LINE = {"line": "/leads search nothing at all"}
BOTS = (["bot", "run"], ["benchmarks.bare_slack", "tuned"], ["benchmarks.bare_slack", "default"])

PAUSE = 0.05
"""Seconds between two commands: the twins say nothing after they acknowledged, Rung still has its answer to give."""


def run(*, quick: bool) -> list[Row]:
    """Deliver a slash command to each bot in turns, one at a time."""
    rounds, count = (4, 25) if quick else (20, 50)
    seconds: list[list[float]] = [[] for _ in BOTS]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        bases = [stack.enter_context(connected(bot, Path(folder))) for bot in BOTS]
        for number in range(rounds + 1):
            for base, kept in zip(bases, seconds, strict=True):
                measured = [_acknowledged(base) for _ in range(count)]
                if number:  # the first round warms all up
                    kept.extend(measured)
    ours, tuned, default = map(statistics.median, seconds)
    near, far = ours / tuned, ours / default
    return [
        Row("5", "Slack ack p50 (twin: tuned Bolt)", ms(ours), ms(tuned), near, "≤ 1.5", near <= 1.5),
        Row("5", "Slack ack p50 (twin: default Bolt)", ms(ours), ms(default), far, "≤ 0.2", far <= 0.2),
    ]


def _acknowledged(base: str) -> float:
    """Type the command once the answer to the one before is out. Raises RuntimeError when it is not taken."""
    time.sleep(PAUSE)
    told = programs.ask(base, "slash", LINE)
    if told["status"] != HTTPStatus.OK:
        raise RuntimeError(f"not acknowledged: {told}")
    return float(told["seconds"])


@contextmanager
def connected(program: list[str], folder: Path) -> Iterator[str]:
    """Run a bot at a local Slack of its own; yields the address of that Slack."""
    with programs.server("tests.support.slack_server") as told:
        settings = {
            "RUNG_DATABASE_URL": f"sqlite:///{folder / f'{len([*folder.iterdir()])}.sqlite'}",
            "RUNG_SLACK_BOT_TOKEN": told["bot_token"],
            "RUNG_SLACK_APP_TOKEN": told["app_token"],
            "RUNG_SLACK_API_URL": told["api_url"],
            "RUNG_WEB_ENABLED": "false",
            "RUNG_PULL_MINUTES": "0",
            "RUNG_LOG_LEVEL": "warning",
        }
        with programs.bot(program, settings) as process:
            programs.wait_for(told["url"], process, "sockets")
            yield told["url"]
