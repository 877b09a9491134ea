"""Goals, check-ins, streaks, being away, and what is said in the course of a week."""

from datetime import timedelta

import sqlalchemy as sa

from bot.community.models import Member, Profile
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, write
from tests.contract.tours.tour import HOSTILE, LONG, Tour
from tests.support.stage import token

GROUPS = ("goals",)


async def walk(tour: Tour) -> None:
    """Live two weeks with long, hostile and plain goals, in front of a community that sees some of the names."""
    stage = tour.stage
    await tour.submit(await tour.command("/goals setup"), place="peers", zone="Europe/Berlin", recap="sun20")
    await tour.command("/goals show", "ada")
    await tour.command("/goals streak", "ada")
    await tour.command("/goals board")
    form = await tour.command("/goals set", "ada")
    await tour.submit(form, "ada", first=HOSTILE[:190], second=LONG[:150] + " #4", third="Run the tests (step 3)")
    await tour.submit(form, "ada", first=LONG)
    await tour.submit(form, "ada", first="#4")
    for number in range(4):
        await tour.command(f'/goals add goal:"{number} {HOSTILE[:100]}" step:2', "bob")
    week = token(await tour.command("/goals show", "ada"), "goals.write").partition(":")[2]
    await tour.click(f"goals.mine:{week}", "ada")
    await tour.click("goals.mine:none", "ada")
    await tour.submit(await tour.click(f"goals.write:{week}", "ada"), "ada", first="Plain words #1")
    await stage.leap(timedelta(days=4))
    form = await tour.command("/goals check_in", "ada")
    await tour.submit(form, "ada", goal_1="done", goal_2="done", goal_3="done", learned=HOSTILE * 2)
    await tour.submit(form, "ada", learned="")
    await tour.submit(
        await tour.click(f"goals.answer:{week}", "bob"), "bob", goal_1="partly", goal_2="not", goal_3="done"
    )
    await tour.submit(await tour.command("/goals check_in", "cleo"), "cleo", learned="That a walk helps")
    await tour.click("goals.answer:2020-W01", "cleo")
    await _show(tour)
    await tour.command("/goals board")
    await tour.click("goals.turn_board:2")
    for line in ("/goals away 2026-12-31", "/goals away until:someday", "/goals away until:tomorrow since:2020-01-01"):
        await tour.command(line, "ada")
    await tour.command("/goals streak", "ada")
    await tour.click("goals.back", "ada")
    await tour.click("goals.back", "ada")
    await stage.leap(timedelta(days=4))
    for place in ("peers", "ada", "bob"):
        tour.said += [(f"message to {place}", reply) for reply in stage.platform.said(place)]
    assert len(stage.platform.said("peers")) == 3


async def _show(tour: Tour) -> None:
    """Have Ada and Bob show their names, long and hostile, and give them evidence and an offer."""
    now = tour.stage.engine.now

    def work(connection: sa.Connection) -> None:
        for name, long in (("Ada", LONG), ("Bob", HOSTILE)):
            member = connection.execute(sa.select(Member.id).where(Member.name == name)).scalar_one()
            connection.execute(sa.update(Member).where(Member.id == member).values(name=long))
            shown = {"member_id": member, "topics": [], "places": [], "shows_steps": True}
            connection.execute(sa.insert(Profile).values(shown))
            write(connection, member, Entry(Step.PART_TIME, Kind.OFFER, "Acme"), now)

    await tour.stage.app.database.run(work)
