"""The web chat's history on the database (see `bot.platforms.web.store.History`)."""

import secrets
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat.codec import decode, encode
from bot.chat.reply import Reply
from bot.db import Database, upsert
from bot.platforms.web.models import WebEntry, WebName, WebSecret
from bot.platforms.web.places import DIRECT
from bot.platforms.web.store import Entry

_COLUMNS = tuple(f.name for f in fields(Entry) if f.name not in {"id", "replies", "replied_at"})


class SqlHistory:
    """Keeps entries and names; every method is one unit of work."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, entry: Entry) -> Entry:
        """Keep an entry; for a key that is there already, return that entry instead.

        The answer to somebody who has just been forgotten is shown, but not kept: nobody has their name any more.
        """

        def work(connection: Connection) -> Entry:
            values = {name: getattr(entry, name) for name in _COLUMNS}
            values |= {"body": encode(entry.body), "key": entry.key or None}
            statement = upsert(connection, WebEntry).values(values).on_conflict_do_nothing(index_elements=["key"])
            number = connection.execute(statement.returning(WebEntry.id)).scalar_one_or_none()
            where = WebEntry.key == entry.key if number is None else WebEntry.id == number
            kept = _one(connection, where) or entry
            if entry.asked and entry.only_for and not entry.key and not _is_known(connection, entry.only_for):
                connection.execute(sa.delete(WebEntry).where(WebEntry.id == kept.id))
            return kept

        return await self._database.run(work)

    async def edit(self, number: int, body: Reply, at: datetime) -> Entry | None:
        """Put something else in an entry's place."""
        return await self._change(number, {"body": encode(body), "edited_at": at})

    async def open_thread(self, number: int, title: str) -> Entry | None:
        """Note that a thread stands under an entry; the title of one that stands there stays."""
        kept = sa.case((WebEntry.thread == "", title), else_=WebEntry.thread)
        return await self._change(number, {"thread": kept})

    async def remove(self, number: int) -> bool:
        """Drop an entry."""
        statement = sa.delete(WebEntry).where(WebEntry.id == number)
        return await self._database.run(lambda c: c.execute(statement).rowcount == 1)

    async def forget(self, before: datetime) -> int:
        """Drop the answers of before that moment that only one person saw in a channel; returns how many.

        What is public stays, and so do the conversations between a member and Rung.
        """
        private = sa.and_(WebEntry.only_for != "", WebEntry.place.not_like(f"{DIRECT}%"))
        statement = sa.delete(WebEntry).where(private, WebEntry.at < before)
        return await self._database.run(lambda c: c.execute(statement).rowcount)

    async def get(self, number: int) -> Entry | None:
        """Return an entry."""
        return await self._database.read(lambda c: _one(c, WebEntry.id == number))

    async def find_by_key(self, key: str) -> Entry | None:
        """Return the entry of a delivery's key."""
        return await self._database.read(lambda c: _one(c, WebEntry.key == key))

    async def places(self, viewer: str) -> dict[str, int]:
        """Return the newest entry that a person sees in each place that has any, threads left out."""
        query = (
            sa.select(WebEntry.place, sa.func.max(WebEntry.id).label("newest"))
            .where(WebEntry.only_for.in_(("", viewer)), WebEntry.place.not_like("%/%"))
            .group_by(WebEntry.place)
        )
        return {row.place: row.newest for row in await self._database.read(lambda c: c.execute(query).all())}

    async def list(self, place: str, viewer: str, *, before: int = 0, most: int = 50) -> Sequence[Entry]:
        """Return the newest entries of a place that a person sees, oldest first."""
        query = sa.select(WebEntry).where(WebEntry.place == place, WebEntry.only_for.in_(("", viewer)))
        if before:
            query = query.where(WebEntry.id < before)
        query = query.order_by(WebEntry.id.desc()).limit(most)

        def work(connection: Connection) -> Sequence[Entry]:
            return _entries(connection, connection.execute(query).all()[::-1])

        return await self._database.read(work)

    async def claim(self, user: str, name: str, digest: str, at: datetime) -> str:
        """Give a name to a browser unless it has one already; returns the digest that holds it."""

        def work(connection: Connection) -> str:
            statement = upsert(connection, WebName).values(user_id=user, name=name, digest=digest, at=at)
            connection.execute(statement.on_conflict_do_nothing(index_elements=["user_id"]))
            return connection.execute(sa.select(WebName.digest).where(WebName.user_id == user)).scalar_one()

        return await self._database.run(work)

    async def knows(self, user: str) -> bool:
        """Whether anybody ever came by that name."""
        return await self._database.read(lambda c: _is_known(c, user))

    async def secret(self) -> bytes:
        """Return 32 random bytes: the same ones for all processes and after every start."""

        def work(connection: Connection) -> bytes:
            statement = upsert(connection, WebSecret).values(id=1, value=secrets.token_bytes(32))
            connection.execute(statement.on_conflict_do_nothing(index_elements=["id"]))
            return connection.execute(sa.select(WebSecret.value)).scalar_one()

        return await self._database.run(work)

    async def _change(self, number: int, values: dict[str, Any]) -> Entry | None:
        def work(connection: Connection) -> Entry | None:
            connection.execute(sa.update(WebEntry).where(WebEntry.id == number).values(values))
            return _one(connection, WebEntry.id == number)

        return await self._database.run(work)


def _is_known(connection: Connection, user: str) -> bool:
    return connection.execute(sa.select(WebName.user_id).where(WebName.user_id == user)).first() is not None


def _one(connection: Connection, where: sa.ColumnElement[bool]) -> Entry | None:
    found = _entries(connection, connection.execute(sa.select(WebEntry).where(where)).all())
    return found[0] if found else None


def _entries(connection: Connection, rows: Sequence[sa.Row[Any]]) -> list[Entry]:
    """Return rows as entries, each with the answers in its thread counted as its own viewers see them."""
    threads = [f"{row.place}/{row.id}" for row in rows]
    query = (
        sa.select(
            WebEntry.place, WebEntry.only_for, sa.func.count().label("number"), sa.func.max(WebEntry.at).label("at")
        )
        .where(WebEntry.place.in_(threads))
        .group_by(WebEntry.place, WebEntry.only_for)
    )
    counted = {(r.place, r.only_for): (r.number, r.at) for r in connection.execute(query)}
    entries = []
    for row in rows:
        replies, replied_at = counted.get((f"{row.place}/{row.id}", row.only_for), (0, None))
        values = {name: getattr(row, name) for name in _COLUMNS}
        values |= {"body": decode(row.body, Reply), "key": row.key or ""}
        entries.append(Entry(id=row.id, replies=replies, replied_at=replied_at, **values))
    return entries
