"""A community's bank: our questions and its own, without those that its organisers took out."""

from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import NotFound
from bot.community.models import Community, Member
from bot.db import Database
from bot.interviews.bank import Bank, Question
from bot.interviews.questions_models import CommunityQuestion, QuestionReport

PROPOSED, APPROVED, REJECTED = "proposed", "approved", "rejected"
OPEN, UPHELD, DISMISSED = "open", "upheld", "dismissed"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A community's own question, and where it stands."""

    id: int
    community: int
    question: Question
    state: str
    author: int | None
    author_name: str


class Questions:
    """Knows the questions of each community."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def bank(self) -> Bank:
        """Our own, the same for everybody; read when it is first wanted, for a start can do without."""
        return Bank.load()

    async def of(self, community: int) -> Bank:
        """Return the questions that are asked in a community."""
        return await self._database.read(lambda c: self.within(c, community))

    def within(self, connection: Connection, community: int) -> Bank:
        """Return the same in the caller's unit of work."""
        out = sa.select(QuestionReport.question).where(
            QuestionReport.community_id == community, QuestionReport.state == UPHELD
        )
        own = [each.question for each in suggestions(connection, community, APPROVED)]
        return self.bank.with_own(own, set(connection.execute(out).scalars()))

    async def everything(self, community: int) -> Bank:
        """Return the same with the questions that were taken out, for who decides on them."""
        return self.bank.with_own(await self.own(community))

    async def own(self, community: int) -> list[Question]:
        """Return a community's own approved questions, to export."""
        found = await self._database.read(lambda c: suggestions(c, community, APPROVED))
        return [each.question for each in found]


def suggestions(connection: Connection, community: int, state: str = "") -> list[Suggestion]:
    """Return a community's own questions in a state, in any without one, oldest first."""
    query = _select().where(CommunityQuestion.community_id == community).order_by(CommunityQuestion.id)
    if state:
        query = query.where(CommunityQuestion.state == state)
    return [_suggestion(row) for row in connection.execute(query)]


def suggestion(connection: Connection, community: int, number: int) -> Suggestion:
    """Return one of a community's own questions. Raises NotFound."""
    query = _select().where(CommunityQuestion.community_id == community, CommunityQuestion.id == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("That question is not there (any more). `/interview bank` shows those that are.")
    return _suggestion(row)


def lock(connection: Connection, community: int) -> None:
    """Let one change of a community's questions come after the other."""
    connection.execute(sa.select(Community.id).where(Community.id == community).with_for_update())


def _select() -> sa.Select[Any]:
    return sa.select(CommunityQuestion.__table__, Member.name.label("author_name")).outerjoin(
        Member, Member.id == CommunityQuestion.member_id
    )


def _suggestion(row: Any) -> Suggestion:
    question = msgspec.convert(row.content, Question)
    return Suggestion(row.id, row.community_id, question, row.state, row.member_id, row.author_name or "Somebody")
