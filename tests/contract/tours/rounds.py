"""Rounds of mock interviews: begun, joined, answered, scored by peers, stopped; pairs; those of every week."""

from datetime import timedelta

import sqlalchemy as sa

from bot.community.models import Member
from bot.interviews.rounds_models import Round, RoundReview
from tests.contract.tours.tour import HOSTILE, LONG, Tour
from tests.support.rounds import go
from tests.support.stage import token


async def walk(tour: Tour) -> None:
    """Go through a round with peers, an open one, one that is stopped, and everything around them."""
    await tour.submit(await tour.command("/interview setup"), place="leads", zone="Europe/Berlin")
    await tour.command("/interview join", "bob")
    await _with_peers(tour)
    await _open(tour)
    await _pair(tour)
    await _weekly(tour)
    for place in sorted({to.place for to in tour.stage.platform.messages}):
        tour.said += [(f"message to {place}", reply) for reply in tour.stage.platform.said(place)]
    tour.said += [("edit", reply) for _, reply in tour.stage.platform.edits]


async def _with_peers(tour: Tour) -> None:
    stage = tour.stage
    await tour.command('/interview start topic:"no such topic"', "ada")
    await tour.command("/interview start answers:open peers:yes", "ada")
    start = await tour.command("/interview start questions:1 level:2 peers:yes", "ada")
    begin = token(start, "interview.begin")
    number = begin.partition(":")[2]
    await tour.command("/interview start", "ada")
    await _rename(tour)
    await tour.click(begin, "bob")
    for who in ("bob", "cleo"):
        await tour.click(f"interview.enter:{number}", who)
    await tour.command("/interview join", "dan")
    await tour.click(begin, "ada")
    await tour.click(begin, "ada")
    await go(stage)
    for who, text in (("ada", HOSTILE), ("bob", LONG * 5), ("cleo", "It learns."), ("dan", "A")):
        await tour.submit(await tour.click(f"interview.answer:{number}/1", who), who, text=text)
    await tour.click(f"interview.feedback:{number}/1", "ada")
    await go(stage)
    await tour.click(f"interview.answer:{number}/1", "eve")
    await tour.click(f"interview.score:{number}/1", "olga")
    for who in ("ada", "bob", "cleo", "dan"):
        sheet = await tour.click(f"interview.score:{number}/1", who)
        for _ in range(3):
            await tour.click(token(sheet, "interview.tick"), who)
            sheet = await tour.click(token(sheet, "interview.scored"), who)
    await tour.click("interview.tick:1/0", "olga")
    await tour.click(f"interview.scored:{await _review(tour)}", "ada")
    await go(stage, 200)
    await tour.click(f"interview.feedback:{number}/1", "ada")
    await tour.click(f"interview.feedback:{number}/1", "olga")


async def _open(tour: Tour) -> None:
    start = await tour.command("/interview start questions:2 answers:open minutes:3", "bob")
    begin = token(start, "interview.begin")
    number = begin.partition(":")[2]
    await tour.click(begin, "bob")
    await go(tour.stage, 100)
    await tour.click(f"interview.end:{number}", "bob")
    await tour.click(f"interview.end_now:{number}", "cleo")
    await tour.click(f"interview.end_now:{number}", "bob")
    await go(tour.stage, 300)
    await tour.command("/interview stop", "cleo")
    await tour.command("/interview start", "cleo")
    await tour.command("/interview stop", "cleo")
    await go(tour.stage)


async def _pair(tour: Tour) -> None:
    for partner in ("nobody", "cleo", "Dan"):
        await tour.command(f"/interview pair partner:{partner} questions:1 minutes:2", "cleo")
    number = await _newest(tour)
    await tour.click(f"interview.accept:{number}", "eve")
    await tour.click(f"interview.accept:{number}", "dan")
    await go(tour.stage)
    sheet = await tour.click(f"interview.sheet:{number}/1", "cleo")
    await tour.click(f"interview.sheet:{number}/1", "dan")
    await tour.click(token(sheet, "interview.tick"), "cleo")
    await tour.click(token(sheet, "interview.scored"), "cleo")
    await go(tour.stage, 200)
    await tour.click(f"interview.feedback:{number}/1", "dan")
    await go(tour.stage, 300)
    await tour.command("/interview pair partner:dan", "cleo")
    await tour.click(f"interview.decline:{await _newest(tour)}", "dan")
    await go(tour.stage)


async def _weekly(tour: Tour) -> None:
    await tour.command("/interview scheduled")
    for more in ("at:noon", "topic:nonsense", "peers:yes answers:open", "at:09:05 minimum:2 questions:1"):
        await tour.command(f"/interview schedule day:tuesday {more}")
    shown = await tour.command("/interview scheduled")
    sign = token(shown, "interview.sign_up")
    for who in ("ada", "bob", "cleo"):
        await tour.click(sign, who)
    await tour.click(sign.replace("sign_up", "sign_off"), "cleo")
    await tour.click(sign.replace("2026", "next"), "cleo")
    await tour.stage.leap(timedelta(days=2))
    await tour.click(sign, "dan")
    await tour.stage.leap(timedelta(days=7))
    await tour.click(token(await tour.command("/interview scheduled"), "interview.unschedule"))
    await tour.click("interview.unschedule:99")


async def _newest(tour: Tour) -> int:
    number: int = await tour.stage.app.database.read(lambda c: c.execute(sa.select(sa.func.max(Round.id))).scalar_one())
    return number


async def _rename(tour: Tour) -> None:
    """Give Bob a hostile name and Ada a long one."""

    def work(connection: sa.Connection) -> None:
        for name, other in (("Ada", LONG), ("Bob", HOSTILE)):
            connection.execute(sa.update(Member).where(Member.name == name).values(name=other))

    await tour.stage.app.database.run(work)


async def _review(tour: Tour) -> int:
    query = sa.select(sa.func.min(RoundReview.id))
    number: int = await tour.stage.app.database.read(lambda c: c.execute(query).scalar_one())
    return number
