"""/pods over weeks in which anything happens: nobody in two groups, nothing asked twice, all kept once."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from bot.accountability.pods_models import Pod, PodMember, PodRound
from bot.accountability.pods_people import EARLY
from bot.chat import Form
from bot.chat.fallback import text_of
from bot.chat.registry import tokens_of
from bot.steps.kinds import Kind
from bot.steps.ledger import standing_of
from bot.work.models import Delivery
from tests.support.goals import number
from tests.support.pods import DAY, HOUR, set_up, threads
from tests.support.stage import Stage, words

PEOPLE = ("ada", "bob", "cleo", "dan", "eve", "fay", "gil")
WEEKS = 6


async def act_at_random(stage: Stage, chance: Random) -> None:
    """Something that a member or an organiser does."""
    who = chance.choice(PEOPLE)
    match chance.randrange(8):
        case 0:
            await stage.say("/pods leave", who)
        case 1:
            await stage.say(f"/pods pause {chance.randrange(3)}", who)
        case 2:
            await stage.say("/goals away tomorrow", who)
        case 3:
            values = {"weekday": str(chance.choice((1, 1, 3))), "hour": str(chance.randrange(24))}
            await set_up(stage, zone=chance.choice(("UTC", "Asia/Tokyo", "America/New_York")), **values)
        case 4 | 5:
            buttons = [t for reply in threads(stage) for t in tokens_of(reply) if t.startswith("pods.")]
            if buttons:
                answer = await stage.click(chance.choice(buttons), who)
                assert "Did you meet" in words(answer) or "Only those who are in it" in words(answer)
        case _:
            form = await stage.say("/pods join", who)
            assert isinstance(form, Form)
            values = {"size": chance.choice(("pair", "pod")), "weeks": str(chance.choice((1, 2)))}
            await stage.submit(form, who, False, **values)


@pytest.mark.parametrize("seed", [2])
async def test_weeks_in_which_anything_happens(stage: Stage, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same weeks each time
    await set_up(stage)
    for who in PEOPLE:
        await stage.submit(await stage.say("/pods join", who), who)
    end = stage.engine.now + WEEKS * 7 * DAY
    while stage.engine.now < end:
        await act_at_random(stage, chance)
        stage.engine.now += chance.choice((2 * HOUR, 9 * HOUR, 30 * HOUR))
        await stage.live(timedelta(minutes=chance.choice((2, 61))))
    await stage.settle()
    assert not stage.engine.failed
    await check_groups(stage)
    await check_said(stage)


async def check_groups(stage: Stage) -> None:
    """Nobody is in two groups at a time, and the ledger has what the groups said."""
    query = (
        sa.select(PodMember.member_id, PodRound.day, Pod.weeks, Pod.outcome)
        .join(Pod, Pod.id == PodMember.pod_id)
        .join(PodRound, PodRound.id == Pod.round_id)
        .order_by(PodRound.day)
    )
    rows = await stage.app.database.read(lambda c: c.execute(query).all())
    assert len({row.day for row in rows}) >= WEEKS // 2
    until: defaultdict[int, date] = defaultdict(lambda: date(2026, 1, 1))
    for row in rows:
        assert row.day >= until[row.member_id] - EARLY
        until[row.member_id] = row.day + timedelta(weeks=row.weeks)
    for who in PEOPLE:
        member = await number(stage, who)
        met = await stage.app.database.read(lambda c, m=member: standing_of(c, m, [Kind.MET]))  # type: ignore[misc]  # bound now
        assert len(met) == sum(row.outcome == "met" for row in rows if row.member_id == member)


async def check_said(stage: Stage) -> None:
    """Every group was told of once, and asked as often as it says; nobody was left without a word."""
    totals = sa.select(sa.func.count(), sa.func.sum(Pod.asked)).select_from(Pod)
    pods, asked = await stage.app.database.read(lambda c: c.execute(totals).one())
    said = [text_of(reply) for reply in threads(stage)]
    assert sum("Did you meet?" in text for text in said) == asked
    assert sum("To begin with" in text for text in said) == pods == len(stage.platform.said("peers"))
    waiting = sa.select(sa.func.count()).select_from(Delivery).where(Delivery.state != "sent")
    assert await stage.app.database.read(lambda c: c.execute(waiting).scalar_one()) == 0
