"""People who practise alone."""

from datetime import timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat.command import Answer
from bot.community.models import Identity
from bot.interviews.bank import Bank
from bot.interviews.grading.grades import Grade
from bot.interviews.practice_models import PracticeAnswer
from tests.support.stage import Stage

QUESTION = "so-docker-layers"
GOOD = Bank.load().get(QUESTION).answer


async def practise(stage: Stage, text: str, who: str = "ada", question: str = QUESTION) -> Answer:
    """Answer a question; without text say that one does not know."""
    if not text:
        return await stage.click(f"interview.give_up:{question}", who)
    return await stage.submit(await stage.click(f"interview.write:{question}", who), who, text=text)


async def mark_many(stage: Stage, who: str, weeks: int = 10) -> None:
    """Have who has this account have answered for weeks: software well, statistics badly, vision once."""
    bank = Bank.load()
    now = stage.engine.now

    def work(connection: Connection) -> None:
        member = connection.execute(sa.select(Identity.member_id).where(Identity.external_id == who)).scalar_one()
        for topic, scores in (("software", (0.6, 0.95)), ("statistics", (0.05, 0.3)), ("vision", (0.7,))):
            for back in range(weeks if len(scores) > 1 else 1):
                question = bank.find(topic)[back]
                score = scores[0] + (scores[-1] - scores[0]) * back / weeks
                at = now - timedelta(weeks=weeks - back)
                values = {"member_id": member, "question": question.id, "content": msgspec.to_builtins(question)}
                values |= {"text": "…", "answered_at": at, "graded_at": at, "before": None, "felt": ""}
                grade = Grade(score=score, grader="rubric")
                values |= {"grade": grade.as_json(), "follow_up": question.follow_ups[0], "follow_up_text": ""}
                connection.execute(sa.insert(PracticeAnswer).values(values))

    await stage.app.database.run(work)
