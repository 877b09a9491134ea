"""What pods rest on: members who merge, the calendar of rounds, the starters, and what is known of who is matched."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.pods_fit import Size
from bot.accountability.pods_merges import merge_pods
from bot.accountability.pods_models import Pod, PodMember, PodRhythm, PodRound, PodStay, PodWish
from bot.accountability.pods_people import who_is_ready
from bot.accountability.pods_questions import met_key
from bot.accountability.pods_rhythms import PodTimes, is_due, keep_times, times_of
from bot.accountability.pods_starters import load_starters, starter
from bot.accountability.pods_wishes import Wish, next_matching
from bot.community.models import Community, Member, Profile, Workspace
from bot.db import Database
from bot.me.communities import unite
from bot.me.merging import merge
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, retract, standing_of, write
from tests.support.filling import NOW
from tests.support.people import person

MONDAY = date(2026, 11, 23)


def wish(connection: Connection, member: int, *, note: str = "") -> None:
    connection.execute(sa.insert(PodWish).values(member_id=member, pod=False, weeks=1, note=note, resting=0))
    community = connection.execute(sa.select(Member.community_id).where(Member.id == member)).scalar_one()
    connection.execute(sa.insert(PodStay).values(community_id=community, member_id=member, since=NOW))


def pod_of(connection: Connection, *members: int, day: date = MONDAY) -> int:
    """A pod that met."""
    community = connection.execute(sa.select(Member.community_id)).scalars().first()
    made = {"key": f"{community}:{day}:{members}", "community_id": community, "day": day, "left_over": 0}
    number = connection.execute(sa.insert(PodRound).values(made).returning(PodRound.id)).scalar_one()
    values = {"round_id": number, "number": 1, "platform": "web", "size": len(members), "weeks": 1}
    values |= {"ask_on": day + timedelta(days=7), "ask_at": NOW + timedelta(days=7), "asked": 0, "outcome": "met"}
    pod: int = connection.execute(sa.insert(Pod).values(values).returning(Pod.id)).scalar_one()
    for member in members:
        connection.execute(sa.insert(PodMember).values(pod_id=pod, member_id=member))
        write(connection, member, Entry(Step.NONE, Kind.MET, "pair", key=met_key(pod, member)), NOW)
    return pod


async def test_two_members_of_one_pod_become_one(database: Database) -> None:
    def work(connection: Connection) -> None:
        keep, gone, cleo = (person(connection, user) for user in ("ada", "ada2", "cleo"))
        for member, note in ((keep, "Ask me on vision"), (gone, "I like tea")):
            wish(connection, member, note=note)
        three, other = pod_of(connection, keep, gone, cleo), pod_of(connection, gone, cleo)
        alone = pod_of(connection, keep, gone)
        merge(connection, keep, gone, (merge_pods,), NOW)
        inside = connection.execute(sa.select(PodMember.pod_id).where(PodMember.member_id == keep)).scalars().all()
        assert sorted(inside) == [three, other, alone]
        assert connection.execute(sa.select(PodWish.note)).scalars().all() == ["Ask me on vision / I like tea"]
        assert connection.execute(sa.select(sa.func.count()).select_from(PodStay)).scalar_one() == 1
        assert len(standing_of(connection, keep, [Kind.MET])) == 2, "met two pods, each once, and not themselves"
        assert len(standing_of(connection, cleo, [Kind.MET])) == 2
        waiting = {row.id: row.ask_at for row in connection.execute(sa.select(Pod.id, Pod.ask_at))}
        assert waiting[alone] is None, "nobody is left to be asked"
        assert waiting[three] is not None

    await database.run(work)


async def test_what_a_matching_knows_of_members(database: Database) -> None:
    def work(connection: Connection) -> None:
        ada, bob, cleo, dan = (person(connection, user) for user in ("ada", "bob", "cleo", "dan"))
        for member in (ada, bob, cleo):
            wish(connection, member)
        connection.execute(sa.update(Member).where(Member.id == ada).values(zone="Asia/Kolkata"))
        connection.execute(sa.insert(Profile).values(member_id=ada, topics=["Vision ", "nlp"], places=[]))
        write(connection, ada, Entry(Step.SKILLS, Kind.QUIZ, "git"), NOW)
        write(connection, ada, Entry(Step.TOPIC, Kind.PAPER, "a paper"), NOW)
        taken_back = write(connection, ada, Entry(Step.PART_TIME, Kind.OUTREACH, "Acme"), NOW)
        write(connection, ada, Entry(Step.NONE, Kind.CHECK_IN, "2026-W47"), NOW)
        assert taken_back is not None
        retract(connection, ada, taken_back, NOW)
        pod_of(connection, ada, bob, day=MONDAY - timedelta(days=14))
        pod_of(connection, ada, bob, day=MONDAY - timedelta(days=70))
        pod_of(connection, bob, cleo, day=MONDAY - timedelta(days=84))
        pod_of(connection, cleo, dan, day=MONDAY - timedelta(days=2))
        community = connection.execute(sa.select(Member.community_id).where(Member.id == ada)).scalar_one()
        ready = who_is_ready(connection, community, MONDAY, NOW)
        first, second = ready.people
        assert (first.member, first.offset, first.step, first.topics) == (ada, 330, 4, frozenset({"vision", "nlp"}))
        assert (second.member, second.offset, second.step, second.size) == (bob, 0, 1, Size.PAIR)
        assert ready.met == {frozenset((ada, bob)): 14, frozenset((cleo, dan)): 2}, "the last time, within 12 weeks"

    await database.run(work)


async def test_two_communities_with_rounds_of_one_day_become_one(database: Database) -> None:
    def work(connection: Connection) -> None:
        ada, bob = person(connection, "ada"), person(connection, "bob")
        keep = connection.execute(sa.select(Community.id)).scalar_one()
        made = sa.insert(Community).values(name="Gown", zone="UTC", created_at=NOW).returning(Community.id)
        gone = connection.execute(made).scalar_one()
        second = {"community_id": gone, "platform": "slack", "external_id": "T1", "name": "Gown", "created_at": NOW}
        other = connection.execute(sa.insert(Workspace).values(second).returning(Workspace.id)).scalar_one()
        first = connection.execute(sa.select(Workspace.id).where(Workspace.community_id == keep)).scalar_one()
        keep_times(connection, first, PodTimes("UTC", 1), NOW)
        keep_times(connection, other, PodTimes("Asia/Tokyo", 3), NOW + timedelta(days=1))
        pod_of(connection, ada, bob)
        theirs = {"key": f"{gone}:{MONDAY}", "community_id": gone, "day": MONDAY, "left_over": 1}
        connection.execute(sa.insert(PodRound).values(theirs))
        unite(connection, keep, gone, (merge_pods,), NOW)
        assert connection.execute(sa.select(PodRound.community_id)).scalars().all() == [keep, keep]
        assert times_of(connection, keep) == (other, PodTimes("Asia/Tokyo", 3)), "what was chosen last"
        keep_times(connection, first, PodTimes("UTC", 5), NOW)
        assert connection.execute(sa.select(PodRhythm.workspace_id)).scalars().all() == [first]

    await database.run(work)


def test_fortnights_fall_into_the_same_weeks_for_ever() -> None:
    days = [MONDAY + timedelta(weeks=n) for n in range(120)]
    assert [is_due(2, day) for day in days] == [n % 2 == 0 for n in range(120)], "over a year of 53 weeks"
    assert all(is_due(2, day) == is_due(2, day + timedelta(days=n)) for day in days for n in range(7))
    assert all(is_due(1, day) for day in days)


def test_matchings_keep_their_hour_through_summer_time() -> None:
    times = PodTimes("Europe/Berlin", 7, 10)
    now = datetime(2027, 3, 20, tzinfo=UTC)
    days = list(islice(times.days(1, now), 2))
    assert [times.moment(day) for day in days] == [
        datetime(2027, 3, 21, 9, tzinfo=UTC),
        datetime(2027, 3, 28, 8, tzinfo=UTC),
    ]
    just_now = times.moment(days[0])
    assert next(times.days(1, just_now)) == days[1], "what is due now is not to come"
    assert next_matching(times, Wish(Size.PAIR, 1, resting=2), now) == times.moment(days[0] + timedelta(weeks=2))


def test_starters_are_ours_for_every_step() -> None:
    starters = load_starters()
    everything = [text for texts in starters.values() for text in texts]
    assert len(everything) == len(set(everything)) >= 40
    assert all(15 < len(text) < 160 and text[-1] in ".?" for text in everything)
    assert all(len(starters[step]) >= 5 for step in Step)
    for step in Step:
        said = {starter(step, f"1:2026-11-23:{n}") for n in range(100)}
        assert said <= {*starters[step], *starters[Step.NONE]}
        assert len(said) > 5
        assert starter(step, "seed") == starter(step, "seed")


def test_a_step_without_a_starter_is_told(tmp_path: Path) -> None:
    path = tmp_path / "starters.yaml"
    path.write_text("0: [Hello there]\n1: [Show it]\n")
    with pytest.raises(ValueError, match=r"\[2, 3, 4, 5, 6\]"):
        load_starters(path)
