"""What a member does with their pipeline by hand: add, look up, move, take back, note."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.applications import moves
from bot.applications.models import Application, ApplicationReminder
from bot.applications.openings import Opening, address_of, key_of, tidy
from bot.applications.pipeline import Moved, enter
from bot.applications.stages import ENDS, OPEN, Course, Move, Stage, can_move, course_of
from bot.applications.views import ApplicationView, one_view, query_views, view_of
from bot.chat import BadInput, NotFound
from bot.community.directory import community_of_member
from bot.db import Database, upsert
from bot.leads.models import Lead
from bot.leads.names import company_key
from bot.leads.shares import lead_at

PAGE = 4
"""Applications on a page of the board: with their buttons they fit into one message everywhere."""
MOST_NOTE = 2_000
MOST_APPLICATIONS = 2_000


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A page of a member's board: how many stand at each stage, and some of them, the longest unmoved first."""

    counts: dict[Stage, int]
    shown: tuple[ApplicationView, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Detail:
    """An application with its course, its standing moves and the reminders to come."""

    view: ApplicationView
    course: Course
    moves: tuple[Move, ...]
    reminders: tuple[datetime, ...]


class Tracker:
    """A member's applications."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def add(self, member: int, opening: Opening, stage: Stage, at: datetime | None = None) -> tuple[Moved, bool]:
        """Put an opening in by hand; returns what moved, and whether its link is that of a lead we know.

        One that is in the pipeline already stays as it is. Raises BadInput for one that can't be told from others.
        """
        now = self._clock()
        return await self._database.run(lambda c: add(c, member, opening, stage, at or now, now))

    async def known(self, member: int, link: str) -> tuple[str, str] | None:
        """Return company and role of the lead under a link, None when we know none. Raises BadInput for no link."""
        address = address_of(link)

        def work(connection: Connection) -> tuple[str, str] | None:
            lead = lead_at(connection, address, community_of_member(connection, member))
            if lead is None:
                return None
            row = connection.execute(sa.select(Lead.company, Lead.title).where(Lead.id == lead)).one()
            return row.company, row.title

        return await self._database.read(work)

    async def get(self, member: int, application: int) -> Detail:
        """Return an application. Raises NotFound when it is not the member's."""

        def work(connection: Connection) -> Detail:
            view = one_view(connection, member, application)
            all_moves = moves.moves_of(connection, [application])[application]
            undone = {move.undoes for move in all_moves}
            standing = tuple(m for m in all_moves if m.undoes is None and m.id not in undone)
            query = sa.select(ApplicationReminder.at).where(
                ApplicationReminder.application_id == application, ApplicationReminder.told_at.is_(None)
            )
            ahead = tuple(connection.execute(query.order_by(ApplicationReminder.at)).scalars())
            return Detail(view, course_of(all_moves), standing, ahead)

        return await self._database.read(work)

    async def move(self, member: int, application: int, to: Stage) -> Moved:
        """Move an application. Raises BadInput for a move that makes no sense, with what to do first."""

        def work(connection: Connection) -> Moved:
            view = _lock(connection, member, application)
            if not can_move(view.stage, to):
                raise BadInput(_refusal(view.stage, to), field="to")
            event = moves.append(connection, application, to, self._clock(), before=view.stage)
            return Moved(view.stage, to, application, event)

        return await self._database.run(work)

    async def undo(self, member: int, application: int, event: int = 0) -> tuple[ApplicationView, str]:
        """Take the last move back; returns the application as it was before, and the stage it is at now ("" for out).

        event: the move that is meant; raises BadInput when another came after it
        """

        def work(connection: Connection) -> tuple[ApplicationView, str]:
            view = _lock(connection, member, application)
            last = course_of(moves.moves_of(connection, [application])[application]).last
            if last is None or (event and last.id != event):
                raise BadInput("It has moved since. `/tracker move` puts it where it belongs.")
            return view, moves.undo(connection, application, last, self._clock()).stage

        return await self._database.run(work)

    async def note(self, member: int, application: int, words: str) -> ApplicationView:
        """Keep a note in place of the one before. Raises BadInput when it is too long."""
        words = words.strip()
        if len(words) > MOST_NOTE:
            raise BadInput(f"That is a long note. {MOST_NOTE:,} characters are the most.", field="words")

        def work(connection: Connection) -> ApplicationView:
            one_view(connection, member, application)
            connection.execute(sa.update(Application).where(Application.id == application).values(note=words))
            return one_view(connection, member, application)

        return await self._database.run(work)

    async def board(self, member: int, stage: Stage | None, number: int) -> BoardPage:
        """Return a page of the board: of one stage, or of all that are under way."""

        def work(connection: Connection) -> BoardPage:
            mine = (Application.member_id == member, Application.stage != "")
            counted = sa.select(Application.stage, sa.func.count().label("number")).where(*mine)
            counts = {Stage(r.stage): r.number for r in connection.execute(counted.group_by(Application.stage))}
            wanted = OPEN if stage is None else (stage,)
            total = sum(counts.get(each, 0) for each in wanted)
            pages = max(1, -(-total // PAGE))
            at = min(max(1, number), pages)
            query = query_views().where(*mine, Application.stage.in_([each.value for each in wanted]))
            latest = Application.moved_at.desc() if stage in ENDS else Application.moved_at
            rows = connection.execute(query.order_by(latest, Application.id).limit(PAGE).offset((at - 1) * PAGE))
            return BoardPage(counts, tuple(map(view_of, rows)), at, pages)

        return await self._database.read(work)

    async def mine(self, member: int, words: str = "", most: int = 25) -> list[ApplicationView]:
        """Return a member's applications whose company and role hold the words, those that moved last first."""
        query = query_views().where(Application.member_id == member, Application.stage != "")
        query = query.order_by(Application.moved_at.desc(), Application.id.desc()).limit(MOST_APPLICATIONS)
        rows = await self._database.read(lambda c: c.execute(query).all())
        wanted = words.lower().split()
        found = [view_of(row) for row in rows]
        return [view for view in found if all(word in view.name.lower() for word in wanted)][:most]

    async def find(self, member: int, typed: str) -> ApplicationView:
        """Return the application that is meant by its number or by words of its name. Raises NotFound or BadInput."""
        if typed.isdecimal() and len(typed) < 16:  # noqa: PLR2004 - longer is no number of ours
            number = int(typed)
            return await self._database.read(lambda c: one_view(c, member, number))
        found = await self.mine(member, typed, 3)
        if not found:
            raise NotFound(f"Nothing in your pipeline is called “{typed[:60]}”. `/tracker board` shows what is there.")
        if len(found) > 1:
            names = "; ".join(view.name[:80] for view in found)
            raise BadInput(f"More than one fits: {names}. Write more of the name.", field="application")
        return found[0]


def add(
    connection: Connection, member: int, opening: Opening, stage: Stage, at: datetime, now: datetime
) -> tuple[Moved, bool]:
    """Do what `Tracker.add` says, in the caller's unit of work."""
    opening = tidy(opening)
    key = key_of(opening)
    lead = lead_at(connection, key, community_of_member(connection, member)) if opening.link else None
    if lead is not None:
        application, before = enter(connection, member, lead, now)
    else:
        application, before = _enter_by_hand(connection, member, opening, key, now)
    if before:
        return Moved(before, before, application), lead is not None
    if opening.deadline is not None:
        values = {"deadline": opening.deadline}
        connection.execute(sa.update(Application).where(Application.id == application).values(values))
    event = moves.append(connection, application, stage, at, now=now)
    return Moved("", stage, application, event), lead is not None


def _enter_by_hand(connection: Connection, member: int, opening: Opening, key: str, now: datetime) -> tuple[int, str]:
    count = sa.select(sa.func.count()).select_from(Application).where(Application.member_id == member)
    if connection.execute(count).scalar_one() >= MOST_APPLICATIONS:
        raise BadInput(f"Your pipeline holds {MOST_APPLICATIONS:,} applications, the most that it can.")
    words = {"company": opening.company, "title": opening.role, "url": opening.link}
    new = upsert(connection, Application).values(
        member_id=member,
        key=key,
        company_key=company_key(opening.company),
        stage="",
        created_at=now,
        moved_at=now,
        **words,
    )
    connection.execute(new.on_conflict_do_nothing(index_elements=["member_id", "key"]))
    query = sa.select(Application.id, Application.stage).where(Application.member_id == member, Application.key == key)
    row = connection.execute(query.with_for_update()).one()
    return row.id, row.stage


def _lock(connection: Connection, member: int, application: int) -> ApplicationView:
    """Return an application that nobody else moves until this unit of work ends."""
    connection.execute(sa.select(Application.id).where(Application.id == application).with_for_update())
    return one_view(connection, member, application)


def _refusal(before: Stage, to: Stage) -> str:
    if before == to:
        return f"It stands at “{to}” already."
    first: dict[Stage, Sequence[Stage]] = {Stage.ACCEPTED: [Stage.OFFER], Stage.REJECTED: [Stage.APPLIED]}
    needed = first.get(to, [Stage.APPLIED])[0]
    if to is Stage.NO_ANSWER and before is not Stage.SAVED:
        return f"You had an answer: it stands at “{before}”. Accept it, decline it, or move it back first."
    return f"From “{before}” it can't go to “{to}”. Move it to “{needed}” first."
