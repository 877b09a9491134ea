"""What the web chat keeps: the messages of its places, and which browser holds which name.

The other platforms keep their own history; here the house is the platform. Three tables carry it:

web_entry   id           number, primary key, rising (never used again, since pages remember what they have read)
            place        text; `leads`, `leads/42` (the thread under entry 42), `direct:ada`
            author       text; user id, empty for Rung
            name         text; what the author was called
            at           time
            body         JSON (`bot.chat.codec.encode` of the Reply; its files go along)
            only_for     text, default ''; the user id that alone sees it
            asked        text, default ''; the command or the label that it answers
            asked_by     text, default ''; the name of who asked
            beneath      number, default 0; the entry whose button it answers
            spot         text, default ''; the token of that button
            thread       text, default ''; the title of the thread under it
            key          text, unique where not null; null for ''
            edited_at    time or null
            indexes      (place, id) for pages and counts, unique (key)
            `replies` and `replied_at` are not kept: count and newest `at` of the entries in `<place>/<id>` whose
            only_for is that of the entry (private answers in a thread are not counted for others)

web_name    user_id      text, primary key
            name         text
            digest       text; `names.digest_of` the browser's secret
            at           time

web_secret  id           number, always 1
            value        32 random bytes, made when they are first asked for
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.reply import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A message of a place. `id` is 0 until the history has given it one."""

    id: int = 0
    place: str
    at: datetime
    body: Reply
    """What a member wrote stands in its `text`, as they typed it."""
    author: str = ""
    """The user id of the member who wrote it; empty for Rung."""
    name: str = ""
    only_for: str = ""
    """The user id of who alone sees it; empty for everybody."""
    asked: str = ""
    """The command line or the button's label that it answers."""
    asked_by: str = ""
    beneath: int = 0
    """The entry whose button it answers: it is shown under that button."""
    spot: str = ""
    """The token of that button."""
    thread: str = ""
    """The title of the thread that stands under it; empty for none."""
    key: str = ""
    """The key of a delivery: there is one entry for each."""
    edited_at: datetime | None = None
    replies: int = 0
    replied_at: datetime | None = None

    def visible_to(self, user: str) -> bool:
        """Whether that person may see it."""
        return self.only_for in {"", user}


class History(Protocol):
    """Keeps entries and names. Every method is one unit of work."""

    async def add(self, entry: Entry) -> Entry:
        """Keep an entry and return it with its id; for a key that is there already, return that entry instead."""
        ...

    async def edit(self, number: int, body: Reply, at: datetime) -> Entry | None:
        """Put something else in an entry's place; None when it is not there."""
        ...

    async def open_thread(self, number: int, title: str) -> Entry | None:
        """Note that a thread stands under an entry; the title of one that stands there stays."""
        ...

    async def remove(self, number: int) -> bool:
        """Drop an entry; returns whether it was there."""
        ...

    async def get(self, number: int) -> Entry | None:
        """Return an entry."""
        ...

    async def find_by_key(self, key: str) -> Entry | None:
        """Return the entry of a delivery's key."""
        ...

    async def places(self, viewer: str) -> dict[str, int]:
        """Return the newest entry that a person sees in each place that has any, threads left out."""
        ...

    async def list(self, place: str, viewer: str, *, before: int = 0, most: int = 50) -> Sequence[Entry]:
        """Return the newest entries of a place that a person sees, oldest first; `before` an entry when not 0."""
        ...

    async def claim(self, user: str, name: str, digest: str, at: datetime) -> str:
        """Give a name to a browser unless it has one already; returns the digest that holds it, this or another."""
        ...

    async def knows(self, user: str) -> bool:
        """Whether anybody ever came by that name."""
        ...

    async def secret(self) -> bytes:
        """Return 32 random bytes: the same ones for all processes and after every start."""
        ...
