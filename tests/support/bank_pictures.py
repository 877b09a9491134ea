"""The pictures of docs/interviews.md: practice alone and the bank, as simulated Discord shows them.

python -m tests.support.bank_pictures docs/pictures
"""

import asyncio
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.chat import Reply
from bot.interviews.bank import Bank
from bot.interviews.grading.rubric import RubricGrader
from bot.interviews.practice import Practised
from bot.interviews.practice_stats import Mark, stats_of
from bot.interviews.questions import PROPOSED, Suggestion
from bot.interviews.questions_drafts import Draft, drafted
from cogs import interview_bank_words as words
from cogs import interview_practice_words as practice_words
from cogs.interview_stats import stats_reply
from tests.support.discord_screenshot import screenshot
from tests.support.questions import TYPED

BANK = Bank.load()
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
SAID = (
    "Every instruction in the Dockerfile makes a layer, and layers are cached, so I copy the requirements and install "
    "them before I copy the code: then only the last layers are built again."
)


async def replies() -> dict[str, Reply]:
    """What is drawn, by the name of its file."""
    question = drafted(Draft("research", 1, "explain", **TYPED), ())
    suggestion = Suggestion(1, 1, question, PROPOSED, 3, "Mei")
    asked = BANK.get("so-docker-layers")
    grade = RubricGrader(lambda: None).grade(asked, SAID)
    given = Practised(1, asked, SAID, grade, asked.follow_ups[0], "", None, NOW + timedelta(days=2), 3)
    return {
        "practice-question": practice_words.question(BANK.get("ml-bias-variance")),
        "practice-feedback": practice_words.feedback(given, NOW),
        "practice-stats": await stats_reply(stats_of(_marks(), NOW)),
        "bank-list": words.listing(BANK.find("vision", 3), len(BANK.all()), ("vision", 3, "any"), 1, None),
        "bank-answer": words.good_answer(BANK.get("so-git-undo")),
        "bank-suggestion": words.checked(suggestion, ()),
    }


def _marks() -> list[Mark]:
    """Return what somebody answered in ten weeks."""
    chance, found = random.Random(4), []  # noqa: S311 - the same picture every time
    for topic, low, high, count, days in (
        ("software", 0.5, 0.95, 22, 75),
        ("statistics", 0.1, 0.3, 14, 60),
        ("deep_learning", 0.4, 0.6, 9, 40),
        ("behavioural", 0.7, 0.8, 5, 10),
        ("vision", 0.5, 0.5, 1, 1),
    ):
        questions = BANK.find(topic)
        for number in range(count):
            score = min(1.0, max(0.0, low + (high - low) * number / count + chance.gauss(0, 0.12)))
            at, asked = NOW - timedelta(days=days * (1 - number / count)), questions[number]
            missed = (asked.points[0].point,) * (score < 0.5)
            found.append(Mark(topic, at, score, "rubric", asked.step, asked.question, missed))
    return found


async def draw(folder: Path) -> None:
    for name, reply in (await replies()).items():
        await screenshot(reply, folder / f"discord-{name}.png", typed=f"/interview {name.partition('-')[0]}")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
