"""Saying things in places: kept in the history first, then shown to everybody who may see them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.context import Place
from bot.chat.limits import fit, fit_one
from bot.chat.reply import PRIVATE, Reply
from bot.platforms.web.hub import Hub
from bot.platforms.web.limits import LIMITS
from bot.platforms.web.names import Visitor
from bot.platforms.web.places import thread_root
from bot.platforms.web.store import Entry, History


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is for somebody. `audience` is who alone reads it, empty for everybody."""

    place: Place
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """What a reply answers: who asked, with which words, and by which button of which message."""

    visitor: Visitor
    asked: str = ""
    message: int = 0
    spot: str = ""


class Posts:
    """Writes to the history and to the tabs."""

    def __init__(self, history: History, hub: Hub, clock: Callable[[], datetime]) -> None:
        self._history = history
        self._hub = hub
        self._clock = clock

    async def write(self, where: Where, visitor: Visitor, text: str) -> Entry:
        """Post what a member wrote."""
        entry = Entry(
            place=where.place.id,
            at=self._clock(),
            body=Reply(text),
            author=visitor.user,
            name=visitor.name,
            only_for=where.audience,
        )
        return await self.add(entry)

    async def answer(self, where: Where, reply: Reply, cause: Cause) -> str:
        """Say a reply where it was asked for; returns the place of the thread that it opened, or nothing."""
        if reply.replaces and cause.message and await self.edit(cause.message, reply):
            return ""
        private = reply.shows is PRIVATE
        thread = reply.thread if where.place.kind != "thread" else ""
        first = Entry(
            place=where.place.id,
            at=self._clock(),
            body=Reply(),
            only_for=cause.visitor.user if private else where.audience,
            asked=cause.asked,
            asked_by=cause.visitor.name,
            beneath=cause.message if private else 0,
            spot=cause.spot if private else "",
        )
        opened = ""
        for number, piece in enumerate(fit(reply, LIMITS)):
            if number == 0:
                added = await self.add(replace(first, body=piece, thread=thread))
                opened = f"{added.place}/{added.id}" if thread else ""
            else:
                await self.add(replace(first, body=piece, asked="", asked_by=""))
        return opened

    async def add(self, entry: Entry) -> Entry:
        """Keep an entry and show it; for a delivery's key that is there already, the one that stands there."""
        kept = await self._history.add(entry)
        self._hub.tell_entry(kept)
        root = thread_root(kept.place)
        grown = await self._history.get(root[1]) if root else None
        if grown is not None:
            self._hub.tell_thread(grown)
        return kept

    async def edit(self, number: int, reply: Reply) -> bool:
        """Put something else in an entry's place, for whoever sees it; returns whether it was there."""
        entry = await self._history.edit(number, fit_one(reply, LIMITS), self._clock())
        if entry is not None:
            self._hub.tell_entry(entry)
        return entry is not None

    async def open_thread(self, entry: Entry, title: str) -> str:
        """Open the thread under an entry, if there is none; returns its place."""
        opened = await self._history.open_thread(entry.id, title)
        if opened is not None and not entry.thread:
            self._hub.tell_thread(opened)
        return f"{entry.place}/{entry.id}"

    async def remove(self, entry: Entry) -> None:
        """Take an entry away."""
        if await self._history.remove(entry.id):
            self._hub.tell_removed(entry)
