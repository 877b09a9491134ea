"""The pictures of docs/steps.md: a member's overview and the community's board, as simulated Discord shows them.

python -m tests.support.steps_pictures docs/pictures
"""

import asyncio
import random
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.chat import Reply, Text
from bot.steps.board import board_of
from bot.steps.kinds import Kind
from bot.steps.ledger import Standing
from bot.steps.playbook import Playbook
from bot.steps.progress import PARTS, STEPS, Counts, counts_of, key_of, next_of, progress_of
from cogs.steps_board_words import board_cards
from cogs.steps_words import climb_card, next_card
from tests.support.discord_screenshot import screenshot

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
NAMES = (
    "Ada",
    "Bjørn",
    "Chloé",
    "王小明",
    "Dmitri 🚀",
    "Emre",
    "Zoë",
    "Thị Ánh",
    "Łukasz",
    "Иван",
    "Jamal",
    "Kofi",
    "Lena",
    "Mei",
)
HAS: Mapping[Kind, int] = {
    Kind.PROJECT: 2,
    Kind.TASK: 1,
    Kind.TARGET: 9,
    Kind.APPLIED: 2,
    Kind.QUIZ: 3,
    Kind.TOOL: 1,
    Kind.PAPER: 3,
    Kind.OUTREACH: 1,
}
"""What the member of the overview has, of each kind."""


async def replies() -> dict[str, Reply]:
    """What is drawn, by the name of its file."""
    entries = _entries()
    streak = (Text("6 weeks in a row. `/goals streak`"),)
    card, file = await climb_card("Ada", progress_of(counts_of(entries)), streak)
    cards, files = await board_cards(board_of(_community(), dict(enumerate(NAMES, start=1))), 1)
    return {
        "overview": Reply(cards=(card, next_card(next_of(Playbook.load(), entries))), files=(file,)),
        "board": Reply(cards=cards, files=files),
    }


def _entries() -> list[Standing]:
    """Return the ledger of the overview; one of the two projects waits to be looked at."""
    found: list[Standing] = []
    for step in STEPS:
        for part in PARTS[step]:
            for number in range(HAS.get(part.kind, 0) if part.kind is not Kind.TASK or step == 1 else 0):
                seen = NOW if part.kind is Kind.PROJECT and not number else None
                entry = Standing(len(found), 1, step, part.kind, f"{part.kind} {number}", "", "", NOW, seen)
                found.append(entry)
    return found


def _community() -> dict[int, Counts]:
    """Return what is counted of a community: those of `NAMES`, the further up the more, and four without a name."""
    chance = random.Random(3)  # noqa: S311 - the same picture every time
    people = range(1, len(NAMES) + 5)
    return {person: _counts(chance, 1.25 - person / len(people)) for person in people}


def _counts(chance: random.Random, effort: float) -> Counts:
    found = {}
    for step in STEPS:
        for part in PARTS[step]:
            number = round(part.wanted * min(1.0, max(0.0, effort - 0.14 * step + chance.gauss(0.1, 0.2))))
            found[key_of(step, part.kind)] = (number, number)
    return found


async def draw(folder: Path) -> None:
    for name, reply in (await replies()).items():
        await screenshot(reply, folder / f"discord-steps-{name}.png", typed=f"/steps {name}")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
