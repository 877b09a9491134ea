"""Questions that members find wrong: reported, and taken out of the community's rounds by its organisers, or kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import BadInput, NotAllowed, NotFound, Reply
from bot.community.models import Member
from bot.community.telling import Teller
from bot.db import Database
from bot.interviews.questions import DISMISSED, OPEN, UPHELD, Questions
from bot.interviews.questions_models import QuestionReport
from bot.interviews.questions_suggested import MOST_WAITING, organisers


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody found wrong with a question (`question` is its id)."""

    id: int
    question: str
    reason: str
    state: str
    member: int | None
    member_name: str


class Reports:
    """Keeps reports, and has them decided."""

    def __init__(
        self,
        database: Database,
        teller: Teller,
        *,
        questions: Questions,
        reported: Callable[[Report], Reply],
        decided: Callable[[Report], Reply],
        clock: Callable[[], datetime],
    ) -> None:
        """Take what is said privately: to organisers who are asked, and to who reported."""
        self._database = database
        self._teller = teller
        self._questions = questions
        self._reported = reported
        self._decided = decided
        self._clock = clock

    async def report(self, community: int, member: int, question: str, reason: str) -> Report:
        """Keep a report and tell the organisers; a second one of the same question, while the first waits, replaces it.

        Raises BadInput for a question that is not asked here, NotAllowed while ten of the member's wait.
        """

        def work(connection: Connection) -> Report:
            if all(each.id != question for each in self._questions.within(connection, community).all()):
                raise BadInput(
                    "I don't know that question. `/interview bank` shows each with its id.", field="question"
                )
            mine = [each for each in _reports(connection, community, OPEN) if each.member == member]
            again = next((each.id for each in mine if each.question == question), None)
            if again is not None:
                change = sa.update(QuestionReport).where(QuestionReport.id == again)
                connection.execute(change.values(reason=reason))
                return _report(connection, community, again)
            if len(mine) >= MOST_WAITING:
                raise NotAllowed(f"{MOST_WAITING} of your reports wait for the organisers. Report more after that.")
            values: dict[str, Any] = {"community_id": community, "member_id": member, "question": question}
            values |= {"reason": reason, "state": OPEN, "reported_at": self._clock()}
            added = sa.insert(QuestionReport).values(values).returning(QuestionReport.id)
            made = _report(connection, community, connection.execute(added).scalar_one())
            for organiser in organisers(connection, community):
                self._teller.plan(connection, f"question_report:{made.id}:ask", organiser, self._reported(made))
            return made

        return await self._told(work)

    async def waiting(self, community: int) -> list[Report]:
        """Return the reports on which nobody has decided, oldest first."""
        return await self._database.read(lambda c: _reports(c, community, OPEN))

    async def upheld(self, community: int) -> list[Report]:
        """Return one report for each question that is not asked here, the latest first."""
        found = await self._database.read(lambda c: _reports(c, community, UPHELD))
        return list({each.question: each for each in reversed(found)}.values())

    async def get(self, community: int, number: int) -> Report:
        """Return a report. Raises NotFound."""
        return await self._database.read(lambda c: _report(c, community, number))

    async def decide(self, community: int, number: int, organiser: int, *, upholds: bool) -> Report:
        """Stop asking a question in this community, or keep it, or ask it again; who reported it is told once.

        Other reports of the same question are settled with it. Raises NotFound.
        """
        state = UPHELD if upholds else DISMISSED

        def work(connection: Connection) -> Report:
            found = _report(connection, community, number)
            others = (*_reports(connection, community, OPEN), *_reports(connection, community, UPHELD))
            numbers = {found.id, *(each.id for each in others if each.question == found.question)}
            change = sa.update(QuestionReport).where(QuestionReport.id.in_(numbers))
            connection.execute(change.values(state=state, decided_by=organiser, decided_at=self._clock()))
            for each in numbers:
                now = _report(connection, community, each)
                if now.member is not None and now.member != organiser:
                    self._teller.plan(connection, f"question_report:{each}:decided", now.member, self._decided(now))
            return _report(connection, community, number)

        return await self._told(work)

    async def _told(self, work: Callable[[Connection], Report]) -> Report:
        done = await self._database.run(work)
        self._teller.kick()
        return done


def _reports(connection: Connection, community: int, state: str) -> list[Report]:
    query = _select().where(QuestionReport.community_id == community, QuestionReport.state == state)
    return [_of(row) for row in connection.execute(query.order_by(QuestionReport.id))]


def _report(connection: Connection, community: int, number: int) -> Report:
    query = _select().where(QuestionReport.community_id == community, QuestionReport.id == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("That report is not there (any more).")
    return _of(row)


def _select() -> sa.Select[Any]:
    return sa.select(QuestionReport.__table__, Member.name.label("member_name")).outerjoin(
        Member, Member.id == QuestionReport.member_id
    )


def _of(row: Any) -> Report:
    return Report(row.id, row.question, row.reason, row.state, row.member_id, row.member_name or "Somebody")
