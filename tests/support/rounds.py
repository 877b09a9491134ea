"""What tests of rounds share: members who go through one."""

from datetime import timedelta

import sqlalchemy as sa

from bot.chat import Reply
from bot.community.models import Identity
from bot.interviews.bank import Question
from bot.interviews.rounds_models import Round, RoundAnswer
from bot.interviews.rounds_rows import question_of
from tests.support.stage import Stage, token, words

FIVE = ("ada", "bob", "cleo", "dan", "eve")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


async def open_round(
    stage: Stage, *others: str, line: str = "/interview start questions:2 topic:software", host: str = "ada"
) -> int:
    """Begin a round with these people, up to its first question; returns its number."""
    begin = token(await stage.say(line, host), "interview.begin")
    number = int(begin.partition(":")[2])
    for who in others:
        await stage.click(f"interview.enter:{number}", who)
    await stage.click(begin, host)
    await go(stage)
    return number


async def go(stage: Stage, seconds: float = 0.01) -> None:
    """Let turns that are due be taken, and so many seconds pass."""
    await stage.engine.settle()
    await stage.live(timedelta(seconds=seconds))
    for _ in range(2):  # what was handed out at first may have more to say
        await stage.settle()


async def answer(stage: Stage, number: int, position: int, who: str, text: str) -> str:
    """Answer by the form."""
    form = await stage.click(f"interview.answer:{number}/{position}", who)
    return words(form) if isinstance(form, Reply) else words(await stage.submit(form, who, text=text))


async def question(stage: Stage, number: int, position: int) -> Question:
    return await stage.app.database.read(lambda c: question_of(c, number, position))


async def row(stage: Stage, number: int) -> sa.Row[tuple[object, ...]]:
    query = sa.select(Round.__table__).where(Round.id == number)
    return await stage.app.database.read(lambda c: c.execute(query).one())


async def graded(stage: Stage, number: int) -> dict[tuple[int, str], str]:
    """Who graded each answer: by position and account."""
    query = (
        sa.select(RoundAnswer.position, Identity.external_id, RoundAnswer.grade)
        .join(Identity, Identity.member_id == RoundAnswer.member_id)
        .where(RoundAnswer.round_id == number)
    )
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    return {(r.position, r.external_id): r.grade["grader"] for r in rows if r.grade}


def thread(stage: Stage, place: str = "leads") -> list[str]:
    """What was said in the only thread of a place."""
    places = sorted({to.place for to in stage.platform.messages if to.place.startswith(f"{place}/")})
    return [text for each in places for text in stage.said(each)]
