"""To begin a round, in all the places in which a community holds its rounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import randbits

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import BadInput, NotAllowed, Place
from bot.chat.platform import Address
from bot.community.models import Community, Workspace
from bot.community.places import role_places, set_role
from bot.db import Database
from bot.interviews.bank import Question
from bot.interviews.questions import Questions
from bot.interviews.rounds_machine import Phase
from bot.interviews.rounds_models import Round, RoundPlace, RoundQuestion, RoundSeat
from bot.interviews.rounds_rows import keep_questions, opener, view_of
from bot.interviews.rounds_timers import Timers
from bot.interviews.rounds_turns import TurnWords
from bot.interviews.rounds_views import RoundView
from bot.work.deliveries import Deliveries

ROLE = "interviews"
REMEMBERED = 150
"""So many of the questions that a community was asked last are not asked again, while there are others."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a round is to be like. `topic` is empty for all, `level` 0 for mixed; `seconds` are for each question."""

    topic: str = ""
    level: int = 0
    questions: int = 5
    seconds: int = 300
    is_open: bool = False
    peers: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and by whom a round is begun; `plan` is that of one that is held every week."""

    community: int
    workspace: int
    place: str
    """The channel, empty in a direct conversation."""
    host: int | None
    plan: int | None = None


class Rounds:
    """Begins rounds, lets people in, and ends them early."""

    def __init__(
        self,
        database: Database,
        deliveries: Deliveries,
        timers: Timers,
        questions: Questions,
        words: TurnWords,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._timers = timers
        self._questions = questions
        self._words = words
        self._clock = clock

    async def start(self, origin: Origin, wish: Wish, seated: Sequence[int]) -> tuple[RoundView, list[Address]]:
        """Open a round in its places, with members who take part already; the first question comes after the lobby.

        Raises BadInput for what can't be, and NotAllowed when the host has a round under way.
        """
        check(wish)

        def work(connection: Connection) -> tuple[RoundView, list[Address]]:
            self.check_host(connection, origin.host)
            asked = recent_questions(connection, origin.community)
            return self.open(
                connection, "round", origin, wish, self.choose(connection, origin.community, wish, asked), seated
            )

        await self._timers.insure(origin.community)
        view, places = await self._database.run(work)
        self._deliveries.kick()
        await self._timers.wake(view.number)
        return view, places

    def choose(
        self, connection: Connection, community: int, wish: Wish, avoid: frozenset[str] = frozenset()
    ) -> list[Question]:
        """Pick from a community's questions, those to be avoided only where there are no others.

        Raises BadInput for too few.
        """
        seed = randbits(32)
        bank = self._questions.within(connection, community)
        found = bank.pick(wish.topic or None, wish.level or None, wish.questions, seed, avoid)
        if len(found) < wish.questions:
            raise BadInput(
                f"I have only {len(found)} questions for that. Choose another topic or level, or fewer questions.",
                field="questions",
            )
        return found

    def open(
        self,
        connection: Connection,
        kind: str,
        origin: Origin,
        wish: Wish,
        questions: Sequence[Question],
        seated: Sequence[int],
    ) -> tuple[RoundView, list[Address]]:
        """Write a round down and plan its first message, in the caller's unit of work; wake it after."""
        now = self._clock()
        places = places_for(connection, origin)
        until = now + self._timers.pace.lobby
        values = {"community_id": origin.community, "kind": kind, "host_id": origin.host, "plan_id": origin.plan}
        values |= {"topic": wish.topic, "level": wish.level, "questions": wish.questions, "seconds": wish.seconds}
        values |= {"is_open": wish.is_open, "peers": wish.peers, "phase": Phase.GATHERING.value, "position": 0}
        values |= {"closes_at": until, "due_at": until, "turns": 0, "began_at": now}
        number = connection.execute(sa.insert(Round).values(values).returning(Round.id)).scalar_one()
        rows = [{"round_id": number, "workspace_id": each, "place": to.place} for each, to in places.items()]
        connection.execute(sa.insert(RoundPlace), rows)
        keep_questions(connection, number, questions)
        seats = [{"round_id": number, "member_id": m, "since": 1, "joined_at": now} for m in dict.fromkeys(seated)]
        if seats:
            connection.execute(sa.insert(RoundSeat), seats)
        view, addresses = view_of(connection, number), list(places.values())
        self._deliveries.plan(
            connection, opener(number), addresses, self._words.opener(view), community=origin.community
        )
        return view, addresses

    async def setting(self, workspace: int) -> tuple[str, str]:
        """Return the channel for rounds in a workspace, empty before one was chosen, and the community's zone."""
        query = sa.select(Community.zone).join(Workspace).where(Workspace.id == workspace)

        def work(connection: Connection) -> tuple[str, str]:
            found = role_places(connection, ROLE, workspace)
            return found[0].address.place if found else "", connection.execute(query).scalar_one()

        return await self._database.read(work)

    async def set_up(self, workspace: int, place: str, zone: str, member: int) -> None:
        """Hold rounds in a channel from now on, by the clock of a zone."""
        await self._database.run(lambda c: set_role(c, workspace, ROLE, place, member, zone))

    def show(self, connection: Connection, view: RoundView) -> None:
        """Say anew in a round's first message how it stands."""
        self._deliveries.revise(connection, opener(view.number), self._words.opener(view))

    def check_host(self, connection: Connection, host: int | None) -> None:
        """Raise NotAllowed when somebody has a round under way."""
        under_way = (Round.due_at.is_not(None), Round.phase != Phase.CALLED_OFF.value)
        query = sa.select(Round.id).where(Round.host_id == host, *under_way).limit(1)
        if host is not None and connection.execute(query).first() is not None:
            raise NotAllowed("You have a round under way. `/interview stop` ends it.")


def check(wish: Wish) -> None:
    """Raise BadInput for a round that can't be."""
    if wish.is_open and wish.peers:
        raise BadInput(
            "Who scores must not know who wrote: peer grading needs private answers. Turn one of the two off.",
            field="peers",
        )


def places_for(connection: Connection, origin: Origin) -> dict[int, Address]:
    """Return where a round is held, by workspace: in the places for interviews of all the community's workspaces.

    Where the workspace in which it is begun has none, there it is the channel itself. Raises BadInput when there is
    none at all.
    """
    query = sa.select(Workspace.__table__).where(Workspace.community_id == origin.community)
    rows = {row.id: row for row in connection.execute(query)}
    found = {p.workspace: p.address for p in role_places(connection, ROLE) if p.workspace in rows and not p.trouble}
    if origin.place and origin.workspace not in found:
        here = rows[origin.workspace]
        found[origin.workspace] = Address(here.platform, here.external_id, origin.place)
    if not found:
        raise BadInput("A round needs a channel. Say it in one, or have an organiser choose one: `/interview setup`.")
    return dict(sorted(found.items(), key=lambda item: item[0] != origin.workspace))


def parent_of(place: Place) -> str:
    """Return the channel in which something was said; empty for a direct conversation."""
    return "" if place.kind == "direct" else place.parent or place.id


def recent_questions(connection: Connection, community: int) -> frozenset[str]:
    """Return the ids of the questions that a community was asked last."""
    query = (
        sa.select(RoundQuestion.question)
        .join(Round, Round.id == RoundQuestion.round_id)
        .where(Round.community_id == community)
        .order_by(RoundQuestion.id.desc())
        .limit(REMEMBERED)
    )
    return frozenset(connection.execute(query).scalars())
