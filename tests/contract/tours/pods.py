"""Pairs and pods: to join and leave, to be matched, and to say whether one met."""

from datetime import timedelta

import sqlalchemy as sa

from bot.chat import Reply
from bot.community.models import Identity, Member
from tests.contract.tours.tour import HOSTILE, LONG, Tour
from tests.support.stage import token

GROUPS = ("pods",)


async def walk(tour: Tour) -> None:
    """Live through two rounds with long, hostile and plain words: one who is left, then a pod of four."""
    stage = tour.stage
    await tour.command("/pods stats")
    for line in ("/pods status", "/pods leave", "/pods pause", "/pods pause 99"):
        await tour.command(line, "ada")
    form = await tour.command("/pods setup")
    for values in ({"zone": "nowhere"}, {"weekday": "9"}, {"hour": "25"}):
        await tour.submit(form, place="peers", **values)
    await tour.submit(form, place="peers", zone="Europe/Berlin", weekday="2", hour="18")
    await tour.command("/pods setup")
    form = await tour.command("/pods join", "ada")
    await tour.submit(form, "ada", topics=", ".join("abcdefghijklm"))
    await tour.submit(form, "ada", weeks="3")
    await tour.submit(form, "ada", topics=HOSTILE[:250].replace(",", ""), note=HOSTILE * 3)
    await _rename(tour, "ada", LONG)
    await stage.leap(timedelta(days=2))
    for who in ("bob", "cleo", "dan"):
        await tour.submit(await tour.click("pods.enter", who), who, size="pod", note=LONG)
    await _rename(tour, "bob", HOSTILE)
    await tour.submit(await tour.command("/pods join", "ada"), "ada", size="pod")
    await stage.leap(timedelta(days=7))
    for who in ("ada", "bob", "cleo"):
        await tour.command("/pods status", who)
    await tour.command("/pods pause 2", "dan")
    await tour.command("/pods pause 0", "dan")
    await tour.click("pods.mine", "ada")
    await stage.leap(timedelta(days=7))
    question = next(reply for reply in thread(tour) if "Did you meet" in str(reply))
    not_yet, met = token(question, "pods.not_yet"), token(question, "pods.met")
    for who in ("olga", "bob", "cleo", "dan"):
        await tour.click(not_yet, who)
    await tour.command("/pods status", "bob")
    await tour.click(met, "olga")
    for who in ("bob", "bob", "cleo", "dan", "ada"):
        await tour.click(met, who)
    await tour.click("pods.go", "dan")
    await tour.command("/pods status", "bob")
    await tour.command("/pods stats")
    await stage.settle()
    tour.said += [("message in the place", reply) for reply in (*stage.platform.said("peers"), *thread(tour))]
    tour.said += [("message to ada", reply) for reply in stage.platform.said("ada")]
    tour.said += [("edit", reply) for _, reply in stage.platform.edits]
    assert stage.platform.said("ada"), "was left over"
    assert stage.platform.edits, "the question tells what was answered"


def thread(tour: Tour) -> list[Reply]:
    """What was said in all threads of the place."""
    said = tour.stage.platform.messages.items()
    return [reply for to, replies in said if to.place.startswith("peers/") for _, reply in replies]


async def _rename(tour: Tour, who: str, name: str) -> None:
    mine = sa.select(Identity.member_id).where(Identity.external_id == who).scalar_subquery()
    statement = sa.update(Member).where(Member.id == mine).values(name=name)
    await tour.stage.app.database.run(lambda c: c.execute(statement))
