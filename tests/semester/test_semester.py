"""A semester: 60 members in five zones, 16 weeks over three changes of summer time, an outage, restarts, a move.

What is said when is worked out here from the calendar alone, and must be what was planned: to the minute, nothing
doubled, nothing lost.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.accountability.pods_models import Pod, PodMember, PodRound
from bot.steps.kinds import Kind
from bot.steps.ledger import standing_rows
from bot.steps.models import Evidence
from bot.work.models import Delivery
from tests.support import pods
from tests.support.goals import check_in, goals, number, set_up, streak
from tests.support.stage import Stage

# Measuring its coverage doubles its time; what it drives is measured in tests of its own.
pytestmark = pytest.mark.no_cover

BERLIN, TOKYO = "Europe/Berlin", "Asia/Tokyo"
ZONES = (BERLIN, "America/New_York", TOKYO, "Australia/Sydney", "America/Los_Angeles")
PEOPLE = [f"m{n}" for n in range(60)]
STEADY = PEOPLE[:10]
"""Two of each zone, who set goals every week: even numbers check in on Thursday, odd ones on Saturday."""
WEEKS = 16
MONDAY = date(2027, 1, 18)
"""The first; until May, New York and Berlin go to summer time and Sydney leaves it."""
OUTAGE = datetime(2027, 3, 16, 23, 30, tzinfo=UTC), datetime(2027, 3, 18, 5, 30, tzinfo=UTC)
RESTARTS = (4, 11)
MOVES = 7
"""The week in which the first of the steady moves from Berlin to Tokyo."""
Due = dict[str, datetime]


def moment(day: date, hour: int, zone: str) -> datetime:
    """When it strikes an hour somewhere, or the first minute in which the bot is back."""
    struck = datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)
    return OUTAGE[1] + timedelta(minutes=1) if OUTAGE[0] <= struck < OUTAGE[1] else struck


def home(who: str) -> str:
    return ZONES[int(who[1:]) % len(ZONES)]


async def test_a_semester(stage: Stage) -> None:
    opened = stage
    stage.engine.now = datetime(2027, 1, 17, 10, tzinfo=UTC)
    await set_up(stage, zone=BERLIN)
    await pods.set_up(stage, zone=BERLIN, weekday="2", hour="18")
    for who in PEOPLE:
        await stage.say("/help", who, zone=home(who))
    await pods.join(stage, *PEOPLE[::2])
    members = {who: await number(stage, who) for who in PEOPLE}
    due: Due = {}
    said: Due = {}
    for week in range(WEEKS):
        if week in RESTARTS:
            stage = await restarted(stage)
        await a_week(stage, week, members, due)
        said |= await planned(stage)
    await live_until(stage, datetime(2027, 5, 10, 12, tzinfo=UTC))
    assert not stage.engine.failed
    assert said | await planned(stage) == due
    await every_message_came_once(stage)
    assert {await streak(stage, who) for who in STEADY} == {f"{WEEKS} weeks in a row"}
    query = standing_rows().with_only_columns(sa.func.count()).where(Evidence.kind == Kind.CHECK_IN.value)
    assert await stage.app.database.read(lambda c: c.execute(query).scalar_one()) == WEEKS * len(STEADY)
    await nobody_met_twice(stage)
    assert stage is not opened
    await stage.engine.stop()
    await stage.app.close()


async def a_week(stage: Stage, week: int, members: dict[str, int], due: Due) -> None:
    """Live through a week, and note what has to be said in it."""
    monday = MONDAY + timedelta(weeks=week)
    name = f"{monday.isocalendar().year}-W{monday.isocalendar().week:02}"
    away = timedelta(days=1)
    await live_until(stage, datetime.combine(monday, time(12), UTC))
    if week == MOVES:
        await stage.say("/me zone tokyo", STEADY[0])
    for who in STEADY:
        await goals(stage, who, f"Goal of week {week}")
    if OUTAGE[0].date() - monday < timedelta(days=7) and monday <= OUTAGE[0].date():
        await live_until(stage, OUTAGE[0])
        stage.engine.now = OUTAGE[1]
        await stage.live(timedelta(minutes=2))
    await live_until(stage, datetime.combine(monday + 3 * away, time(12), UTC))
    for who in STEADY[::2]:
        assert "checked in" in await check_in(stage, who, goal_1="done")
    await live_until(stage, datetime.combine(monday + 5 * away, time(12), UTC))
    for who in STEADY[1::2]:
        assert "checked in" in await check_in(stage, who, goal_1="partly", learned="Begin earlier")
    due[f"goals.prompt:1:{name}"] = moment(monday, 9, BERLIN)
    due[f"goals.friday:1:{name}"] = moment(monday + 4 * away, 17, BERLIN)
    due[f"goals.recap:1:{name}"] = moment(monday + 7 * away, 8, BERLIN)
    for who in STEADY:
        zone = TOKYO if who == STEADY[0] and week >= MOVES else home(who)
        due[f"goals.nudge:{members[who]}:{name}"] = moment(monday + 2 * away, 9, zone)
    for who in STEADY[1::2]:
        due[f"goals.reminder:{members[who]}:{name}"] = moment(monday + 4 * away, 17, home(who))


async def live_until(stage: Stage, until: datetime) -> None:
    """Live every minute at which anything is due."""
    await stage.leap(until - stage.engine.now)


async def restarted(stage: Stage) -> Stage:
    """Stop the bot and start another on the same database; the places stay what they are."""
    await stage.settle()
    fresh = Stage(stage.app.settings.database_url)
    fresh.engine.now, fresh.platform = stage.engine.now, stage.platform
    fresh.app.platforms["web"] = stage.platform
    await stage.engine.stop()
    await stage.app.close()
    return fresh


async def planned(stage: Stage) -> Due:
    """What of goals was planned, and in which minute; the prompt of the week after the last is not asked for.

    What was brought long ago is forgotten by then, so this is looked at every week.
    """
    query = sa.select(Delivery.what, Delivery.created_at).where(Delivery.what.like("goals.%"))
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    last = datetime.combine(MONDAY + timedelta(weeks=WEEKS), time(8, 30), ZoneInfo(BERLIN))
    return {row.what: row.created_at.replace(second=0, microsecond=0) for row in rows if row.created_at < last}


async def every_message_came_once(stage: Stage) -> None:
    rows = await stage.app.database.read(lambda c: c.execute(sa.select(Delivery.state)).scalars().all())
    assert set(rows) == {"sent"}
    keys = [key for said in stage.platform.messages.values() for key, _ in said]
    assert len(keys) == len(set(keys)) >= len(rows)


async def nobody_met_twice(stage: Stage) -> None:
    """Whoever joined is in one pair each week, with somebody new within twelve weeks."""
    query = (
        sa.select(PodRound.day, Pod.id, PodMember.member_id)
        .join(Pod, Pod.round_id == PodRound.id)
        .join(PodMember, PodMember.pod_id == Pod.id)
    )
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    weeks: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for day, pod, member in rows:
        weeks[str(day)][pod].append(member)
    assert len(weeks) == WEEKS
    last: dict[frozenset[int], int] = {}
    for number_, (_, found) in enumerate(sorted(weeks.items())):
        assert sorted(m for people in found.values() for m in people) == sorted({r.member_id for r in rows})
        for people in found.values():
            for two in map(frozenset, combinations(people, 2)):
                assert number_ - last.get(two, -99) >= 12, "met again within twelve weeks"
                last[two] = number_
