"""The climb: members log evidence, have it looked at, take it back, and see where everybody stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import BadInput, NotFound, Reply
from bot.community.models import Member, Profile
from bot.community.profiles import show_steps, shows_steps
from bot.community.telling import Teller
from bot.db import Database
from bot.http import Http, HttpError, Refused
from bot.steps.github import GitHub, Look, repository
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, Standing, find, retract, standing_of, write
from bot.steps.progress import STEPS, Counts, Progress, counted_rows, progress_of, same
from bot.work.engine import Engine

JOB = "steps.look"
AGAIN = (600, 3_600, 6 * 3_600, 24 * 3_600)
"""Seconds after which what could not be looked at is looked at again; then it stays as it is."""
LONGEST = 160
"""Letters of what was done."""


@dataclass(frozen=True, slots=True)
class Logged:
    """What came of logging. `again` says that it stood in the ledger before; `look` is None where there is no link."""

    entry: Standing
    look: Look | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A member on the board, who lets the community see it."""

    member: int
    name: str
    steps: tuple[Progress, ...]

    @property
    def whole(self) -> float:
        """All six together, 0 to 6."""
        return sum(step.share for step in self.steps)


@dataclass(frozen=True, slots=True)
class Board:
    """A community's steps: those who show theirs, the furthest first, and how many others have begun each step."""

    rows: tuple[Row, ...]
    others: int
    begun: Mapping[Step, int]
    """Of those others, how many have something on a step."""


class Climb:
    """Keeps the climb. `told` words for a member what a later look has found."""

    def __init__(
        self,
        database: Database,
        engine: Engine,
        teller: Teller,
        *,
        github: GitHub,
        http: Http,
        told: Callable[[Standing, Look], Reply],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._engine = engine
        self._teller = teller
        self._github = github
        self._http = http
        self._told = told
        self._clock = clock

    async def of(self, member: int) -> list[Standing]:
        """Return what stands of a member, the oldest first."""
        return await self._database.read(lambda c: standing_of(c, member))

    async def log(self, member: int, entry: Entry, login: str = "") -> Logged:
        """Write down what a member did, once, and look at its link; a link that can't be reached refuses nothing.

        login: the member's name on GitHub, where it is not the owner of the repository
        Raises BadInput when nothing is said.
        """
        subject = " ".join(entry.subject.split())
        if not subject:
            raise BadInput("Say in a few words what you did.", field="what")
        entry = replace(entry, subject=subject[:LONGEST], url=entry.url.strip(), verified_at=None)

        def work(connection: Connection) -> tuple[Standing, bool]:
            known = _known(standing_of(connection, member, [entry.kind]), entry)
            if known is not None:
                return known, True
            number = write(connection, member, entry, self._clock())
            return _entry(connection, number), False

        standing, again = await self._database.run(work)
        if again and (standing.verified_at is not None or not entry.url):
            return Logged(standing, again=True)
        if not standing.url:
            return Logged(standing)
        look = await self._look(standing.url, login)
        if look.state == "seen":
            number = standing.id
            seen = await self._database.run(lambda c: self._verify(c, number))
            standing = seen or standing
        elif look.state == "unknown":
            args = {"evidence": standing.id, "login": login, "tries": 0}
            await self._engine.enqueue(f"{JOB}:{standing.id}:0", JOB, args, delay=AGAIN[0])
        return Logged(standing, look, again)

    async def look_again(self, _run: Any, args: Mapping[str, Any]) -> None:
        """Look at what could not be looked at, and tell the member what it was, once; the job `JOB`."""
        number, tries = int(args["evidence"]), int(args["tries"])
        found = await self._database.read(lambda c: find(c, number))
        if found is None:
            return  # it was taken back, or its member is forgotten
        look = await self._look(found.url, str(args["login"]))
        if look.state == "unknown":
            if tries + 1 < len(AGAIN):
                more = {**args, "tries": tries + 1}
                await self._engine.enqueue(f"{JOB}:{number}:{tries + 1}", JOB, more, delay=AGAIN[tries + 1])
            return

        def work(connection: Connection) -> bool:
            seen = self._verify(connection, number) if look.state == "seen" else found
            return seen is not None and self._teller.plan(
                connection, f"{JOB}:{number}", found.member, self._told(seen, look)
            )

        if await self._database.run(work):
            self._teller.kick()

    async def undo(self, member: int, number: int) -> Standing:
        """Take an entry of a member back. Raises NotFound when it does not stand, or is not theirs."""

        def work(connection: Connection) -> Standing:
            found = find(connection, number)
            if found is None or not retract(connection, member, number, self._clock(), "taken back by the member"):
                raise NotFound("That entry does not stand in your ledger any more. `/steps undo` shows what does.")
            return found

        return await self._database.run(work)

    async def shows(self, member: int) -> bool | None:
        """Return whether the community may see a member's steps; None until they were asked."""
        return await self._database.read(lambda c: shows_steps(c, member))

    async def show(self, member: int, *, shows: bool) -> None:
        """Keep whether the community may see a member's steps."""
        await self._database.run(lambda c: show_steps(c, member, shows=shows))

    async def board(self, community: int) -> Board:
        """Return where everybody in a community stands who has anything in the ledger."""
        return await self._database.read(lambda c: _board(c, community))

    async def shown(self, community: int) -> dict[int, str]:
        """Return who lets the community see their steps: number and name, by name."""
        return await self._database.read(lambda c: _names(c, community))

    def _verify(self, connection: Connection, number: int) -> Standing | None:
        """Put a looked-at entry in an entry's place: one row is added, one retracts. None when it is gone."""
        found = find(connection, number)
        if found is None:
            return None
        now = self._clock()
        seen = Entry(found.step, found.kind, found.subject, found.url, found.note, now, f"seen:{number}")
        # It was done when it was logged: what counts by time, counts it there.
        made = write(connection, found.member, seen, found.at)
        retract(connection, found.member, number, now, "looked at")
        return _entry(connection, made)

    async def _look(self, url: str, login: str) -> Look:
        if repository(url) is not None:
            return await self._github.look(url, login)
        try:
            await self._http.get(url, guarded=True)
        except (Refused, ValueError) as error:
            return Look("lacking", str(error).rstrip("."))
        except HttpError as error:
            return Look("unknown", str(error).rstrip("."))
        return Look("seen", "the page is there")


def _known(standing: list[Standing], entry: Entry) -> Standing | None:
    """Return what stands already and is the same thing: by its link, else by its words."""
    for known in standing:
        if known.step is entry.step and (
            (entry.url and known.url == entry.url) or same(known.subject) == same(entry.subject)
        ):
            return known
    return None


def _entry(connection: Connection, number: int | None) -> Standing:
    found = None if number is None else find(connection, number)
    if found is None:
        raise RuntimeError("what was just written does not stand")
    return found


def _names(connection: Connection, community: int) -> dict[int, str]:
    query = (
        sa.select(Member.id, Member.name)
        .join(Profile, Profile.member_id == Member.id)
        .where(Member.community_id == community, Profile.shows_steps.is_(True), Member.merged_into.is_(None))
        .order_by(Member.name, Member.id)
    )
    return {row.id: row.name for row in connection.execute(query)}


def _board(connection: Connection, community: int) -> Board:
    counts: dict[int, dict[tuple[Step, Kind], tuple[int, int]]] = {}
    for row in connection.execute(counted_rows(community)):
        counts.setdefault(row.member_id, {})[Step(row.step), Kind(row.kind)] = (row.things, row.looked_at)
    return board_of(counts, _names(connection, community))


def board_of(counts: Mapping[int, Counts], names: Mapping[int, str]) -> Board:
    """Return the board of members by what is counted of them; only those with a name are shown by it."""
    steps = {member: progress_of(each) for member, each in counts.items()}
    begun_any = {member: found for member, found in steps.items() if any(p.share for p in found)}
    rows = [Row(member, names[member], found) for member, found in begun_any.items() if member in names]
    hidden = [found for member, found in begun_any.items() if member not in names]
    begun = {step: sum(found[n].share > 0 for found in hidden) for n, step in enumerate(STEPS)}
    rows.sort(key=lambda row: (-row.whole, row.name, row.member))
    return Board(tuple(rows), len(hidden), begun)
