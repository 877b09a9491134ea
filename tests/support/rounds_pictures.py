"""The pictures of docs/interviews.md: a round as simulated Discord shows it.

python -m tests.support.rounds_pictures docs/pictures
"""

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.chat import Reply
from bot.interviews.bank import Bank
from bot.interviews.grading.rubric import RubricGrader
from bot.interviews.rounds_ends import Ending, Gap, Line, Well
from bot.interviews.rounds_grading import Feedback
from bot.interviews.rounds_judged import PeerView
from bot.interviews.rounds_machine import Phase
from bot.interviews.rounds_peers import Sheet
from bot.interviews.rounds_views import RoundView, Seat
from cogs import interview_feedback_words as private
from cogs import interview_rounds_words as public
from tests.support.discord_screenshot import screenshot

NAMES = ("Sofia", "Tunde", "Mei", "Jonas")
END = datetime(2026, 11, 25, 17, 5, tzinfo=UTC)
ASKED = Bank.load().pick("deep_learning", 1, 1, 7)[0]
ANSWER = f"First I would {ASKED.points[0].point}. Then {ASKED.points[-1].words[0]}, so that it sees more."


def view(phase: Phase, position: int = 1) -> RoundView:
    """An invented round of four."""
    seats = tuple(Seat(number, name, 1) for number, name in enumerate(NAMES, start=1))
    more: dict[str, Any] = {
        "topic": "deep_learning",
        "level": 1,
        "questions": 3,
        "seconds": 300,
        "is_open": False,
        "peers": True,
    }
    return RoundView(
        7,
        1,
        "round",
        1,
        **more,
        phase=phase,
        position=position,
        closes_at=END,
        turns=3,
        zone="Europe/Berlin",
        seats=seats,
    )


def replies() -> dict[str, Reply]:
    """What is drawn, by the name of its file."""
    grade = RubricGrader().grade(ASKED, ANSWER)
    shares = tuple(share for share, _ in zip((1.0, 0.67, 0.33, 1.0, 0.0, 0.5), ASKED.points, strict=False))
    given = Feedback(view(Phase.READING), 1, ASKED, ANSWER, grade, PeerView(0.68, shares, 3))
    board = tuple(
        Line(number, name, 3, 3, points)
        for number, (name, points) in enumerate(zip(NAMES, (2.6, 2.3, 2.1, 1.2), strict=True), start=1)
    )
    gap = Gap(1, "deep_learning", 4, ASKED.points[1].point, 0.2)
    well = Well(1, board[0], 1, ASKED.points[0].point, ASKED.points[1].point)
    sheet = Sheet(3, view(Phase.SCORING), 1, ASKED, ANSWER, frozenset({0}), 1, 3, done=False)
    return {
        "round-opener": public.opener(view(Phase.GATHERING, 0)),
        "round-question": public.question(view(Phase.ASKING), ASKED, timedelta(minutes=2, seconds=30)),
        "round-feedback": private.feedback(given),
        "round-sheet": private.sheet(sheet),
        "round-board": private.board(view(Phase.OVER, 3), Ending(board, (gap,), (well,))),
    }


async def draw(folder: Path) -> None:
    for name, reply in replies().items():
        shown = replace(reply, shows=None, replaces=False, thread="")
        await screenshot(shown, folder / f"discord-{name}.png", typed="/interview start")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
