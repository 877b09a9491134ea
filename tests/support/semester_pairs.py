"""Pairs in a semester: what is said of them, from the days of their rounds and the calendar alone, and who met whom."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations

import sqlalchemy as sa

from bot.accountability.pods_models import Pod, PodMember, PodRound
from bot.community.models import Identity
from tests.support import semester as plan
from tests.support.semester import BERLIN, MONDAY, PAIRED, WEEKS, Due, moment
from tests.support.stage import Stage


async def due_of_pods(stage: Stage, not_yet: tuple[int, str]) -> Due:
    """All that is said of pairs, and when; that there are so many each week is checked apart from this.

    not_yet: in which week whose pair answers that they have not met yet
    """
    query = sa.select(PodRound.day, Pod.id).join(Pod, Pod.round_id == PodRound.id)
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    again = await pod_of(stage, plan.monday(not_yet[0] - 1), not_yet[1])
    due: Due = {}
    for day, number in rows:
        for what in ("pods.open", "pods.talk"):
            due[f"{what} peers {number}"] = moment(day, 18, BERLIN)
        for asked in (1, 2)[: 1 + (number == again)]:
            due[f"pods.ask peers {number} {asked}"] = moment(day + 7 * asked * plan.DAY, 18, BERLIN)
    return {what: when for what, when in due.items() if when <= plan.END}


async def pod_of(stage: Stage, day: date, who: str) -> int:
    query = sa.select(Pod.id).join(PodRound, PodRound.id == Pod.round_id).join(PodMember, PodMember.pod_id == Pod.id)
    query = query.join(Identity, Identity.member_id == PodMember.member_id)
    query = query.where(PodRound.day == day, Identity.external_id == who)
    return await stage.app.database.read(lambda c: c.execute(query).scalar_one())


async def nobody_met_twice(stage: Stage) -> None:
    """Whoever joined is in one pair each week, with somebody new within twelve weeks."""
    query = (
        sa.select(PodRound.day, Pod.id, PodMember.member_id)
        .join(Pod, Pod.round_id == PodRound.id)
        .join(PodMember, PodMember.pod_id == Pod.id)
    )
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    weeks: dict[date, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for day, pod, member in rows:
        weeks[day][pod].append(member)
    assert sorted(weeks) == [MONDAY + timedelta(weeks=week) for week in range(WEEKS)]
    everybody = {row.member_id for row in rows}
    assert len(everybody) == len(PAIRED)
    last: dict[frozenset[int], int] = {}
    for number, (_, found) in enumerate(sorted(weeks.items())):
        assert sorted(m for people in found.values() for m in people) == sorted(everybody)
        for people in found.values():
            for two in map(frozenset, combinations(people, 2)):
                assert number - last.get(two, -99) >= 12, "met again within twelve weeks"
                last[two] = number
