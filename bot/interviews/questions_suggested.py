"""Questions that members suggest and organisers approve, or bring as YAML."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import NotAllowed, Reply
from bot.community.models import Workspace
from bot.community.places import role_places
from bot.community.telling import Teller
from bot.db import Database
from bot.interviews.bank import Question
from bot.interviews.questions import APPROVED, PROPOSED, REJECTED, Questions, Suggestion, lock, suggestion, suggestions
from bot.interviews.questions_drafts import Draft, drafted
from bot.interviews.questions_models import CommunityQuestion
from bot.interviews.rounds import ROLE

MOST_WAITING = 10
"""Suggestions, or reports, of a member that may wait for a decision at a time."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did: how many questions are new, changed, and as they were."""

    added: int
    changed: int
    same: int


class Suggestions:
    """Keeps suggestions, has them decided, and takes imported questions in."""

    def __init__(
        self,
        database: Database,
        teller: Teller,
        *,
        questions: Questions,
        asked: Callable[[Suggestion], Reply],
        decided: Callable[[Suggestion], Reply],
        clock: Callable[[], datetime],
    ) -> None:
        """Take what is said privately: to organisers who are asked, and to who suggested."""
        self._database = database
        self._teller = teller
        self._questions = questions
        self._asked = asked
        self._decided = decided
        self._clock = clock

    async def suggest(self, community: int, member: int, draft: Draft, *, at_once: bool = False) -> Suggestion:
        """Keep a suggestion and ask the organisers; an organiser's own, `at_once`, is approved.

        Raises BadInput for what is wrong in it, NotAllowed while ten of the member's wait.
        """

        def work(connection: Connection) -> Suggestion:
            lock(connection, community)
            known = suggestions(connection, community)
            if sum(each.author == member and each.state == PROPOSED for each in known) >= MOST_WAITING:
                raise NotAllowed(f"{MOST_WAITING} of your questions wait for the organisers. Suggest more after that.")
            taken = {each.question.id for each in known} | {each.id for each in self._questions.bank.all()}
            values = _content(drafted(draft, taken)) | {"community_id": community, "member_id": member}
            values |= {"state": PROPOSED, "suggested_at": self._clock()}
            values |= self._settled(APPROVED, member) if at_once else {}
            added = sa.insert(CommunityQuestion).values(values).returning(CommunityQuestion.id)
            made = suggestion(connection, community, connection.execute(added).scalar_one())
            if not at_once:
                for organiser in organisers(connection, community):
                    self._teller.plan(connection, f"question:{made.id}:ask", organiser, self._asked(made))
            return made

        return await self._told(work)

    async def get(self, community: int, number: int) -> Suggestion:
        """Return one of a community's own questions. Raises NotFound."""
        return await self._database.read(lambda c: suggestion(c, community, number))

    async def waiting(self, community: int) -> list[Suggestion]:
        """Return the suggestions on which nobody has decided, oldest first."""
        return await self._database.read(lambda c: suggestions(c, community, PROPOSED))

    async def decide(self, community: int, number: int, organiser: int, *, approves: bool) -> Suggestion:
        """Take a suggestion into the bank, or not; its author is told of the first decision. Raises NotFound."""

        def work(connection: Connection) -> Suggestion:
            lock(connection, community)
            before = suggestion(connection, community, number)
            update = sa.update(CommunityQuestion).where(CommunityQuestion.id == number)
            connection.execute(update.values(self._settled(APPROVED if approves else REJECTED, organiser)))
            now = suggestion(connection, community, number)
            if before.state == PROPOSED and now.author is not None and now.author != organiser:
                self._teller.plan(connection, f"question:{number}:decided", now.author, self._decided(now))
            return now

        return await self._told(work)

    async def bring(self, community: int, organiser: int, questions: Sequence[Question]) -> Brought:
        """Take imported questions in: new ids are added and approved, known ones of the community are changed."""

        def work(connection: Connection) -> Brought:
            lock(connection, community)
            known = {each.question.id: each for each in suggestions(connection, community)}
            added = changed = 0
            for question in questions:
                was, values = known.get(question.id), _content(question) | self._settled(APPROVED, organiser)
                if was is None:
                    values |= {"community_id": community, "member_id": organiser, "suggested_at": self._clock()}
                    connection.execute(sa.insert(CommunityQuestion).values(values))
                    added += 1
                elif was.state != APPROVED or was.question != question:
                    connection.execute(
                        sa.update(CommunityQuestion).where(CommunityQuestion.id == was.id).values(values)
                    )
                    changed += 1
            return Brought(added, changed, len(questions) - added - changed)

        return await self._database.run(work)

    def _settled(self, state: str, organiser: int) -> dict[str, Any]:
        return {"state": state, "decided_by": organiser, "decided_at": self._clock()}

    async def _told(self, work: Callable[[Connection], Suggestion]) -> Suggestion:
        done = await self._database.run(work)
        self._teller.kick()
        return done


def organisers(connection: Connection, community: int) -> list[int]:
    """Return who set the interviews up in the community's workspaces: they are asked."""
    workspaces = set(connection.execute(sa.select(Workspace.id).where(Workspace.community_id == community)).scalars())
    places = role_places(connection, ROLE)
    return list(dict.fromkeys(p.set_by for p in places if p.workspace in workspaces and p.set_by is not None))


def _content(question: Question) -> dict[str, Any]:
    return {"key": question.id, "content": msgspec.to_builtins(question)}
