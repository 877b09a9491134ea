"""What tests of pairs and pods share: how members join, and what was said to whom when."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.accountability.pods_models import Pod, PodMember, PodRound
from bot.chat import Reply
from bot.chat.fallback import text_of
from bot.community.models import Identity
from bot.steps.kinds import Kind
from bot.steps.ledger import standing_rows
from bot.steps.models import Evidence
from bot.work.models import Delivery
from tests.support.stage import Stage, words

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def set_up(stage: Stage, **values: str) -> str:
    form = await stage.say("/pods setup", "olga", organiser=True)
    values = {"place": "peers", "zone": "UTC", "weekday": "1", "hour": "10"} | values
    return words(await stage.submit(form, "olga", True, **values))


async def join(stage: Stage, *people: str, **values: str) -> None:
    for who in people:
        form = await stage.say("/pods join", who)
        assert "You are in" in words(await stage.submit(form, who, False, **values))


async def until(stage: Stage, day: int, hour: int = 0, minute: int = 0) -> None:
    """Live until a moment (UTC), all but the last two hours in one leap; day 1 is Monday, 23 November 2026."""
    moment = datetime(2026, 11, 22, hour, minute, tzinfo=UTC) + day * DAY
    stage.engine.now = max(stage.engine.now, moment - 2 * HOUR)
    await stage.leap(moment - stage.engine.now)


async def pods(stage: Stage) -> dict[str, list[set[str]]]:
    """Who was matched with whom, by the day of the round."""
    query = (
        sa.select(PodRound.day, Pod.id, Identity.external_id)
        .join(Pod, Pod.round_id == PodRound.id)
        .join(PodMember, PodMember.pod_id == Pod.id)
        .join(Identity, Identity.member_id == PodMember.member_id)
        .order_by(PodRound.day, Pod.id)
    )
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    found: dict[int, tuple[str, set[str]]] = {}
    for row in rows:
        found.setdefault(row.id, (f"{row.day:%a %d}", set()))[1].add(row.external_id)
    days: dict[str, list[set[str]]] = {}
    for day, people in found.values():
        days.setdefault(day, []).append(people)
    return days


async def said_at(stage: Stage) -> list[tuple[str, str]]:
    """What of pods was planned, without its number, and when, in this order."""
    query = sa.select(Delivery.what, Delivery.created_at).where(Delivery.what.like("pods.%")).order_by(Delivery.id)
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    return [(row.what.split(":")[0], row.created_at.strftime("%a %d %H:%M")) for row in rows]


async def met(stage: Stage) -> list[str]:
    """Who met, by the ledger."""
    members = standing_rows().with_only_columns(Evidence.member_id).where(Evidence.kind == Kind.MET.value).subquery()
    query = sa.select(Identity.external_id).join(members, members.c.member_id == Identity.member_id)
    return sorted(await stage.app.database.read(lambda c: c.execute(query).scalars().all()))


def threads(stage: Stage) -> list[Reply]:
    """What was said in the threads of the place, in order."""
    said = stage.platform.messages.items()
    return [reply for to, replies in said if to.place.startswith("peers/") for _, reply in replies]


def read(replies: list[Reply], words_in: str) -> list[Reply]:
    """Those that have some words in them."""
    return [reply for reply in replies if words_in in text_of(reply)]
