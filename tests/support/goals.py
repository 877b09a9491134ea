"""What tests of goals share: how members and organisers go through a week."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.accountability.prompts import Prompts
from bot.chat import Form
from bot.community.models import Identity, Profile
from bot.work.models import Delivery
from tests.support.stage import Stage, words

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = "2026-W48"


async def set_up(stage: Stage, **values: str) -> str:
    form = await stage.say("/goals setup", "olga", organiser=True)
    values = {"place": "peers", "zone": "UTC"} | values
    return words(await stage.submit(form, "olga", True, **values))


async def goals(stage: Stage, who: str = "ada", first: str = "Read a paper #4", **more: str) -> str:
    zone = more.pop("zone", "")
    return words(await stage.submit(await stage.say("/goals set", who, zone=zone), who, False, first=first, **more))


async def check_in(stage: Stage, who: str = "ada", **answers: str) -> str:
    form = await stage.say("/goals check_in", who)
    return words(await stage.submit(form, who, False, **answers) if isinstance(form, Form) else form)


async def until(stage: Stage, day: int, hour: float = 0, minute: int = 0) -> None:
    """Live until a moment (UTC) of the first week; day 8 is the Monday after it."""
    await stage.leap(
        datetime(2026, 11, 22, tzinfo=UTC) + day * DAY + hour * HOUR + timedelta(minutes=minute) - stage.engine.now
    )


async def said_at(stage: Stage) -> dict[str, str]:
    """When everything about goals was planned: what, without the number in its middle, and the moment."""
    query = sa.select(Delivery.what, Delivery.created_at).where(Delivery.what.like("goals.%")).order_by(Delivery.id)
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    return {r.what: r.created_at.strftime("%a %d %H:%M") for r in rows}


async def number(stage: Stage, who: str = "ada") -> int:
    query = sa.select(Identity.member_id).where(Identity.external_id == who)
    return await stage.app.database.read(lambda c: c.execute(query).scalar_one())


async def show_name(stage: Stage, who: str) -> None:
    values = {"member_id": await number(stage, who), "topics": [], "places": [], "shows_steps": True}
    await stage.app.database.run(lambda c: c.execute(sa.insert(Profile).values(values)))


async def streak(stage: Stage, who: str = "ada") -> str:
    return (await stage.read("/goals streak", who)).splitlines()[0]


def prompts(stage: Stage) -> Prompts:
    registry = stage.app.router.registry
    found: Prompts = registry.cog_of(registry.commands["goals", "setup"])._prompts  # type: ignore[attr-defined]  # its cog's
    return found
