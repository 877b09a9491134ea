"""Moves, rows and the ledger stay in line, for one member and for two who turn out to be one; and a flow's picture."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.applications import moves
from bot.applications.merges import merge_applications
from bot.applications.models import Application, ApplicationMove, ApplicationReminder
from bot.applications.openings import Opening
from bot.applications.stages import EVIDENCE, Stage, course_of, moves_from
from bot.applications.tracking import add
from bot.charts.flow import End, flow_picture
from bot.me.merging import merge
from bot.schema import metadata
from bot.steps.ledger import standing_of
from tests.support.filling import NOW
from tests.support.people import person

ROLES = ("A", "B")
lives = st.lists(st.tuples(st.sampled_from(ROLES), st.integers(0, 11)), max_size=10)


def live(connection: Connection, member: int, life: list[tuple[str, int]], offset: int) -> None:
    """Add, move and undo; nobody does two things in one moment."""
    for number, (role, choice) in enumerate(life):
        now = NOW + timedelta(minutes=2 * number + offset)
        done, _ = add(connection, member, Opening("Acme", role), list(Stage)[choice % 9], now, now)
        if done.changed:
            at, when = {"application_id": done.application, "at": now, "made_at": now}, {"wall": "", "told_at": None}
            connection.execute(sa.insert(ApplicationReminder).values({**at, **when}))
            continue
        course = course_of(moves.moves_of(connection, [done.application])[done.application])
        if choice >= 9 and course.last is not None:
            moves.undo(connection, done.application, course.last, now)
        else:
            options = moves_from(course.stage)
            moves.append(connection, done.application, options[choice % len(options)], now, before=course.stage)


def check(connection: Connection, member: int) -> None:
    """The row is what the moves come to, and each kind stands once in the ledger for each application."""
    wanted: list[tuple[str, str]] = []
    for row in connection.execute(sa.select(Application.__table__).where(Application.member_id == member)).all():
        course = course_of(moves.moves_of(connection, [row.id])[row.id])
        assert row.stage == course.stage
        assert row.applied_at == min(course.reached.values(), default=None)
        wanted += [(f"{row.title} at Acme", EVIDENCE[stage]) for stage in course.reached if stage in EVIDENCE]
    assert sorted((e.subject, e.kind) for e in standing_of(connection, member)) == sorted(wanted)


@settings(max_examples=20, deadline=None)
@given(mine=lives, theirs=lives)
def test_rows_and_ledger_follow_from_the_moves_before_and_after_a_merge(mine: Any, theirs: Any) -> None:
    engine = sa.create_engine("sqlite://")
    sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=ON"))
    metadata.create_all(engine)
    with engine.begin() as connection:
        keep, gone = person(connection, "ada"), person(connection, "ada2", platform="slack")
        live(connection, keep, mine, 0)
        live(connection, gone, theirs, 1)
        check(connection, keep)
        check(connection, gone)
        events = sa.select(ApplicationMove.id, ApplicationMove.before, ApplicationMove.after, ApplicationMove.at)
        before = connection.execute(events.order_by(ApplicationMove.id)).all()
        asked = sa.select(sa.func.count()).select_from(ApplicationReminder)
        reminders = connection.execute(asked).scalar_one()
        merge(connection, keep, gone, (merge_applications,), NOW + timedelta(days=1))
        assert connection.execute(events.order_by(ApplicationMove.id)).all() == before, "every move of both"
        assert connection.execute(asked).scalar_one() == reminders
        titles = list(connection.execute(sa.select(Application.title)).scalars())
        assert sorted(titles) == sorted({role for role, _ in (*mine, *theirs)}), "once each"
        check(connection, keep)
    engine.dispose()


def test_a_flow_is_drawn_with_its_names_and_numbers() -> None:
    links = {("All", "Applied"): 3, ("Applied", "Offer"): 1, ("Applied", "Waiting"): 2, ("Offer", "Accepted"): 1}
    ends = [End("Accepted", "#009e73"), End("Waiting", "#56b4e9"), End("Rejected", "#d55e00")]
    svg = flow_picture("Mine", "3 sent", ["All", "Applied", "Interview", "Offer"], ends, links).svg()
    assert svg.count("<path") == len(links)
    assert all(f">{words}</text>" in svg for words in ("All", "3", "Applied", "Offer", "Accepted 1", "Waiting 2"))
    assert "Interview" not in svg
    assert "Rejected" not in svg
    assert flow_picture("Mine", "", ["All"], [], {}).png().startswith(b"\x89PNG")
