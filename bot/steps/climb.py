"""The climb: members log evidence, have it looked at, take it back, and see where everybody stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import BadInput, NotFound, Reply
from bot.community.models import Member
from bot.community.profiles import github_name, show_steps, shows_steps, to_be_asked
from bot.community.telling import Teller
from bot.db import Database
from bot.http import Http, HttpError, Refused
from bot.steps.board import Board, board_in, names_of
from bot.steps.github import NAMELESS, GitHub, Look, repository, same_link
from bot.steps.kinds import Kind
from bot.steps.ledger import Entry, Standing, find, retract, standing_of, write
from bot.steps.progress import same
from bot.work.engine import Engine

JOB = "steps.look"
AGAIN = (600, 3_600, 6 * 3_600, 24 * 3_600)
"""Seconds after which what could not be looked at is looked at again; then it stays as it is."""
LONGEST = 160
"""Letters of what was done."""


BY_LINK = frozenset({Kind.PROJECT, Kind.TARGET, Kind.PAPER, Kind.POST})
"""Kinds of which two entries with one link are one thing; one repository may show several tools."""


@dataclass(frozen=True, slots=True)
class Logged:
    """What came of logging. `again`: it stood in the ledger before; `look` is None where nothing was looked at.

    before: the entry in whose place this one was put, as its link or its note is another
    """

    entry: Standing
    look: Look | None = None
    again: bool = False
    before: Standing | None = None


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

    async def log(self, member: int, entry: Entry) -> Logged:
        """Write down what a member did, once, and look at its link; a link that can't be reached refuses nothing.

        What stands already and comes with another link or note is put in the place of the old.
        Raises BadInput when nothing is said.
        """
        subject = " ".join(entry.subject.split())
        if not subject:
            raise BadInput("Say in a few words what you did.", field="what")
        entry = replace(entry, subject=subject[:LONGEST], url=entry.url.strip(), verified_at=None)
        logged = await self._database.run(lambda c: self._write(c, member, entry))
        if not entry.url or logged.entry.verified_at is not None:
            return logged
        return await self._looked(logged)

    async def look_at_nameless(self, member: int) -> list[Logged]:
        """Look again at what was not verified since the member had told no name on GitHub."""
        waiting = [each for each in await self.of(member) if each.lacking == NAMELESS]
        return [await self._looked(Logged(each, again=True)) for each in waiting]

    async def look_again(self, _run: Any, args: Mapping[str, Any]) -> None:
        """Look at what could not be looked at, and tell the member what it was, once; the job `JOB`."""
        number, tries = int(args["evidence"]), int(args["tries"])
        found = await self._database.read(lambda c: find(c, number))
        if found is None:
            return  # it was taken back, or its member is forgotten
        look = await self._look(found)
        if look.state == "unknown":
            if tries + 1 < len(AGAIN):
                await self._later(number, tries + 1)
            return

        def work(connection: Connection) -> bool:
            noted = self._note(connection, number, look)
            return noted is not None and self._teller.plan(
                connection, f"{JOB}:{number}", found.member, self._told(noted, look)
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
        """Return whether the community may see a member's steps; None until they decided."""
        return await self._database.read(lambda c: shows_steps(c, member))

    async def show(self, member: int, *, shows: bool, offers: bool = False) -> None:
        """Keep whether the community may see a member's steps, and whether it may read that they got an offer."""
        await self._database.run(lambda c: show_steps(c, member, shows=shows, offers=offers))

    async def to_be_asked(self, member: int) -> bool:
        """Return whether a member is to be asked now if they show their steps: true only once."""
        return await self._database.run(lambda c: to_be_asked(c, member))

    async def board(self, community: int) -> Board:
        """Return where everybody in a community stands who has anything in the ledger."""
        return await self._database.read(lambda c: board_in(c, community))

    async def shown(self, community: int) -> dict[int, str]:
        """Return who lets the community see their steps: number and name, by name."""
        return await self._database.read(lambda c: names_of(c, community))

    def _write(self, connection: Connection, member: int, entry: Entry) -> Logged:
        """Write an entry down, or put it in the place of the one that means the same."""
        _in_line(connection, member)
        known = _known(standing_of(connection, member, [entry.kind]), entry)
        if known is None:
            return Logged(_entry(connection, write(connection, member, entry, self._clock())))
        # A quiz that is passed again counts as it was passed first.
        newer = entry.kind is not Kind.QUIZ
        link = newer and bool(entry.url) and not same_link(known.url, entry.url)
        if not link and not (newer and entry.note and entry.note != known.note):
            return Logged(known, again=True)
        better = replace(entry, subject=known.subject, note=entry.note or known.note, key=f"instead:{known.id}")
        if not link:
            better = replace(better, url=known.url, verified_at=known.verified_at, lacking=known.lacking)
        return Logged(self._put_instead(connection, known, better), again=True, before=known)

    def _note(self, connection: Connection, number: int, look: Look) -> Standing | None:
        """Note at an entry what a look has found, by another row in its place. None when the entry is gone."""
        found = find(connection, number)
        if found is None:
            return None
        _in_line(connection, found.member)
        lacking = look.words if look.state == "lacking" else ""
        found = find(connection, number)
        if found is None or (lacking and found.lacking == lacking):
            return found
        seen_at = None if lacking else self._clock()
        noted = Entry(found.step, found.kind, found.subject, found.url, found.note, seen_at, f"seen:{number}", lacking)
        return self._put_instead(connection, found, noted)

    def _put_instead(self, connection: Connection, old: Standing, entry: Entry) -> Standing:
        """Put an entry in another's place: one row is added, one retracts."""
        # It was done when it was logged first: what counts by time, counts it there.
        made = write(connection, old.member, entry, old.at)
        retract(connection, old.member, old.id, self._clock(), "another row stands in its place")
        return _entry(connection, made)

    async def _looked(self, logged: Logged) -> Logged:
        """Look at the link of what was logged; what can't be told now is looked at again later."""
        number = logged.entry.id
        look = await self._look(logged.entry)
        if look.state == "unknown":
            await self._later(number, 0)
            return replace(logged, look=look)
        noted = await self._database.run(lambda c: self._note(c, number, look))
        return replace(logged, entry=noted or logged.entry, look=look)

    async def _later(self, number: int, tries: int) -> None:
        # Nothing of the member goes into the engine: what it keeps is not forgotten with them.
        args = {"evidence": number, "tries": tries}
        await self._engine.enqueue(f"{JOB}:{number}:{tries}", JOB, args, delay=AGAIN[tries])

    async def _look(self, entry: Standing) -> Look:
        if repository(entry.url) is not None:
            login = await self._database.read(lambda c: github_name(c, entry.member))
            return await self._github.look(entry.url, login)
        try:
            await self._http.get(entry.url, guarded=True)
        except (Refused, ValueError) as error:
            return Look("lacking", str(error).rstrip("."))
        except HttpError as error:
            return Look("unknown", str(error).rstrip("."))
        return Look("seen", "the page is there")


def _in_line(connection: Connection, member: int) -> None:
    """Let a member's entries be written one after the other: what is sent twice at once is one."""
    connection.execute(sa.select(Member.id).where(Member.id == member).with_for_update())


def _known(standing: list[Standing], entry: Entry) -> Standing | None:
    """Return what stands already and is the same thing: by its link, else by its words."""
    mine = [known for known in standing if known.step is entry.step]
    by_link = [known for known in mine if entry.kind in BY_LINK and entry.url and same_link(known.url, entry.url)]
    by_words = [known for known in mine if same(known.subject) == same(entry.subject)]
    return next(iter(by_link + by_words), None)


def _entry(connection: Connection, number: int | None) -> Standing:
    found = None if number is None else find(connection, number)
    if found is None:
        raise RuntimeError("what was just written does not stand")
    return found
