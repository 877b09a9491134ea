"""Two members become one, and nothing is lost: whatever both have, and wherever it stands."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.accountability.merges import merge_goals
from bot.accountability.models import Goal
from bot.accountability.pods_merges import merge_pods
from bot.applications.merges import merge_applications
from bot.applications.models import Application, ApplicationMove
from bot.community.merges import merge_choices, merge_profiles
from bot.community.models import Community, Identity, Member, NotificationChoice, Profile
from bot.db import Database
from bot.interviews.rounds_merges import merge_rounds
from bot.leads.member_models import Follow, LeadFilter, LeadHidden, LeadMark, LeadReport
from bot.leads.merges import merge_leads
from bot.leads.models import Lead
from bot.me.communities import unite
from bot.me.merging import bring_stragglers, merge
from bot.schema import metadata
from bot.steps.models import Evidence
from bot.work.models import Schedule
from tests.support.filling import NOW, Filler, everything, references
from tests.support.people import person

SETTLE = (merge_profiles, merge_choices, merge_leads, merge_applications, merge_goals, merge_pods, merge_rounds)
LEADS = range(1, 5)
numbers = st.lists(st.sampled_from(LEADS), unique=True)
lives = st.fixed_dictionaries(
    {
        "applications": st.dictionaries(st.sampled_from(LEADS), st.integers(0, 9)),
        "marks": numbers,
        "reports": numbers,
        "follows": numbers,
        "choices": st.dictionaries(st.sampled_from(("leads", "goals")), st.booleans()),
        "goals": st.lists(st.sampled_from(("2026-W47", "2026-W48")), max_size=4),
        "evidence": st.integers(0, 3),
        "profile": st.none() | st.sampled_from((None, True, False)).map(lambda shows: (shows,)),
    }
)


def lead(connection: Connection, number: int) -> None:
    made = Filler(connection, 0)._row(Lead.__table__)  # type: ignore[arg-type]  # a mapped class has a Table
    connection.execute(sa.update(Lead).where(Lead.id == made).values(id=number, community_id=None))
    values = {"id": number, "digest": f"d{number}", "spec": {}}
    connection.execute(sa.insert(LeadFilter).values(values))


def stage_after(days: int) -> str:
    """The later, the further along."""
    return ("saved", "applied", "interview", "offer")[days // 3]


def live(connection: Connection, member: int, life: dict[str, Any]) -> None:
    """Do what a life says."""
    for number, days in life["applications"].items():
        at = NOW + timedelta(days=days)
        values = {"member_id": member, "lead_id": number, "stage": stage_after(days), "created_at": NOW, "moved_at": at}
        made = connection.execute(sa.insert(Application).values(values).returning(Application.id)).scalar_one()
        move = {"application_id": made, "before": "", "after": stage_after(days), "at": at}
        connection.execute(sa.insert(ApplicationMove).values(move))
    rows: list[tuple[Any, dict[str, Any]]] = []
    rows += [(LeadMark, {"lead_id": n, "at": NOW}) for n in life["marks"]]
    rows += [(LeadReport, {"lead_id": n, "what": f"by {member}", "at": NOW}) for n in life["reports"]]
    rows += [(Follow, {"filter_id": n, "created_at": NOW, "told_until": NOW}) for n in life["follows"]]
    rows += [(NotificationChoice, {"kind": kind, "wanted": on}) for kind, on in life["choices"].items()]
    goals = enumerate(life["goals"], start=1)
    rows += [(Goal, {"week": w, "position": n, "words": f"{member} {n}", "set_at": NOW}) for n, w in goals]
    if life["profile"] is not None:
        told = {"degree": f"BSc {member}", "permit_notes": f"note {member}", "shows_steps": life["profile"][0]}
        rows.append((Profile, {"topics": ["vision", f"t{member}"], "places": [f"p{member}"], **told}))
    for model, values in rows:
        connection.execute(sa.insert(model).values(member_id=member, **values))
    community = sa.select(Member.community_id).where(Member.id == member).scalar_subquery()
    for number in range(life["evidence"]):
        entry = {"community_id": community, "step": 1, "kind": "x", "subject": f"e{member}-{number}", "at": NOW}
        connection.execute(sa.insert(Evidence).values(member_id=member, **entry))


def column(connection: Connection, what: Any) -> list[Any]:
    return sorted(connection.execute(sa.select(what)).scalars())


@settings(max_examples=12, deadline=None)
@given(mine=lives, theirs=lives)
def test_a_merge_loses_nothing(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    engine = sa.create_engine("sqlite://")
    sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=ON"))
    metadata.create_all(engine)
    with engine.begin() as connection:
        keep, gone = person(connection, "ada"), person(connection, "ada2", platform="slack")
        for number in LEADS:
            lead(connection, number)
        live(connection, keep, mine)
        live(connection, gone, theirs)
        words = (Goal.words, Evidence.subject, ApplicationMove.after, Identity.external_id)
        before = [column(connection, each) for each in words]
        merge(connection, keep, gone, SETTLE, NOW)
        for each, had in zip(words, before, strict=True):
            # What the ledger says of one application for two is said once: new rows may take old ones back.
            assert set(had) <= set(column(connection, each)), each
        assert references(connection, gone) == []
        for name, what in (("marks", LeadMark.lead_id), ("reports", LeadReport.lead_id), ("follows", Follow.filter_id)):
            assert column(connection, what) == sorted({*mine[name], *theirs[name]})
        applied = {row.lead_id: row for row in connection.execute(sa.select(Application.__table__))}
        assert applied.keys() == {*mine["applications"], *theirs["applications"]}
        for number, row in applied.items():
            days = max(life["applications"].get(number, -1) for life in (mine, theirs))
            assert row.stage == stage_after(days)
        chosen = {row.kind: row.wanted for row in connection.execute(sa.select(NotificationChoice.__table__))}
        assert chosen == {**theirs["choices"], **mine["choices"]}
        _check_profile(connection, keep, [(m, life["profile"]) for m, life in ((keep, mine), (gone, theirs))])
    engine.dispose()


def _check_profile(connection: Connection, keep: int, lived: list[tuple[int, Any]]) -> None:
    told = [(member, profile[0]) for member, profile in lived if profile is not None]
    row = connection.execute(sa.select(Profile.__table__)).one_or_none()
    assert (row is None) == (not told)
    if row is not None:
        assert row.member_id == keep
        assert all(f"BSc {member}" in row.degree and f"note {member}" in row.permit_notes for member, _ in told)
        assert set(row.topics) == {"vision", *(f"t{member}" for member, _ in told)}
        if any(shows is False for _, shows in told):
            assert row.shows_steps is False, "the more private choice"


async def test_every_table_can_be_merged(database: Database) -> None:
    def work(connection: Connection) -> None:
        keep, gone = person(connection, "ada"), person(connection, "ada2", platform="slack")
        fillers = [Filler(connection, member) for member in (keep, gone)]
        for filler in fillers:
            filler.fill()
        merge(connection, keep, gone, SETTLE, NOW)
        assert references(connection, gone) == []
        text = "\n".join(value for _, value in everything(connection))
        # Two choices for one kind and the like are made one; every word is unique here, so that all must be left.
        lost = [mark for filler in fillers for mark in filler.marks if mark not in text]
        assert [mark for mark in lost if "-profile-github-" not in mark] == [], "a member has one name on GitHub"
        assert len(lost) == 1

    await database.run(work)


async def test_what_was_under_way_is_brought_home(database: Database) -> None:
    def work(connection: Connection) -> None:
        keep, gone = person(connection, "ada"), person(connection, "ada2", platform="slack")
        values = {"job": "leads.digest", "at": "09:00", "zone": "UTC", "next_at": NOW}
        for member in (keep, gone):
            row = {"key": f"leads.digest:{member}", "args": {"member": member}, **values}
            connection.execute(sa.insert(Schedule).values(row))
        connection.execute(sa.insert(Schedule).values(key=f"other:{gone}", args={"member": gone, "n": 1}, **values))
        merge(connection, keep, gone, SETTLE, NOW)
        schedules = {r.key: r.args for r in connection.execute(sa.select(Schedule.key, Schedule.args))}
        assert schedules == {
            f"leads.digest:{keep}": {"member": keep},
            f"other:{keep}": {"member": keep, "n": 1},
        }
        assert bring_stragglers(connection, NOW, SETTLE) == 0
        late = {"member_id": gone, "week": "2026-W48", "position": 1, "words": "late", "set_at": NOW}
        connection.execute(sa.insert(Goal).values(late))
        assert bring_stragglers(connection, NOW + timedelta(days=1), SETTLE) == 0
        assert bring_stragglers(connection, NOW, SETTLE) == 1
        assert connection.execute(sa.select(Goal.member_id)).scalars().all() == [keep]
        third = person(connection, "ada3", platform="discord")
        merge(connection, third, keep, SETTLE, NOW)
        assert connection.execute(sa.select(Member.merged_into).where(Member.id == gone)).scalar_one() == third

    await database.run(work)


async def test_a_room_that_settles_nothing_stops_the_merge(database: Database) -> None:
    def work(connection: Connection) -> None:
        keep, gone = person(connection, "ada"), person(connection, "ada2", platform="slack")
        for member in (keep, gone):
            connection.execute(sa.insert(Profile).values(member_id=member, topics=[], places=[]))
        merge(connection, keep, gone, (), NOW)

    with pytest.raises(sa.exc.IntegrityError):
        await database.run(work)
    assert await database.read(lambda c: column(c, Member.id)) == [], "nothing is half done"


async def test_two_communities_become_one(database: Database) -> None:
    def work(connection: Connection) -> None:
        ada, bob = person(connection, "ada"), person(connection, "bob")
        keep = connection.execute(sa.select(Community.id)).scalar_one()
        other = sa.insert(Community).values(name="Gown", zone="UTC", created_at=NOW).returning(Community.id)
        gone = connection.execute(other).scalar_one()
        values = {"community_id": gone, "name": "Ada", "zone": "Asia/Tokyo", "hour": 9, "created_at": NOW}
        second = connection.execute(sa.insert(Member).values(values).returning(Member.id)).scalar_one()
        workspace = connection.execute(sa.select(Identity.workspace_id)).scalars().first()
        account = {"member_id": second, "community_id": gone, "workspace_id": workspace, "seen_at": NOW}
        connection.execute(sa.insert(Identity).values(platform="web", external_id="ada", **account))
        for number in LEADS:
            lead(connection, number)
        for community in (keep, gone):
            connection.execute(sa.insert(LeadHidden).values(community_id=community, lead_id=1, why="spam", at=NOW))
        connection.execute(sa.insert(LeadHidden).values(community_id=gone, lead_id=2, why="spam", at=NOW))
        live(connection, second, {**_NOTHING, "evidence": 1, "marks": [1]})
        unite(connection, keep, gone, SETTLE, NOW)
        assert gone not in column(connection, Community.id)
        assert column(connection, LeadHidden.lead_id) == [1, 2]
        assert column(connection, Identity.external_id) == ["ada", "bob"]
        assert column(connection, Evidence.member_id) == [ada]
        left = sa.select(Member.id, Member.zone).where(Member.merged_into.is_(None)).order_by(Member.id)
        assert [tuple(row) for row in connection.execute(left)] == [(ada, "Asia/Tokyo"), (bob, "")]

    await database.run(work)


_NOTHING: dict[str, Any] = {
    "applications": {},
    "marks": [],
    "reports": [],
    "follows": [],
    "choices": {},
    "goals": [],
    "evidence": 0,
    "profile": None,
}
