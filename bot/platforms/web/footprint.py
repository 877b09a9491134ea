"""What the web chat keeps of a person: to hand it to them, and to forget it."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat.codec import decode, encode
from bot.chat.fallback import text_of
from bot.chat.redact import Redaction
from bot.chat.reply import Reply
from bot.platforms.web.models import WebEntry, WebName
from bot.platforms.web.names import user_id
from bot.platforms.web.places import DIRECT

_TAKEN_BACK = Reply("*Somebody who left took this message back.*")


def names_of(connection: Connection, user: str) -> Sequence[str]:
    """Return the names by which a user is known here."""
    query = sa.select(WebName.name).where(WebName.user_id == user)
    written = sa.select(WebEntry.name).where(WebEntry.author == user).distinct()
    return sorted({*connection.execute(query).scalars(), *connection.execute(written).scalars()})


def export_user(connection: Connection, user: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return what a user wrote, asked for and was told alone; files are named, not repeated."""
    names = sa.select(WebName.user_id, WebName.name, WebName.at).where(WebName.user_id == user)
    mine = sa.or_(WebEntry.author == user, _alone(user), WebEntry.asked_by.in_(_asked_as(connection, user)))
    entries = connection.execute(sa.select(WebEntry).where(mine).order_by(WebEntry.id)).all()
    held = [dict(row) for row in connection.execute(names).mappings()]
    return {"web_name": held, "web_entry": [_told(row) for row in entries]}


def forget_user(connection: Connection, user: str, redaction: Redaction) -> None:
    """Drop a user's name and what they alone read or wrote; what others see goes on without them."""
    asked_as = _asked_as(connection, user)
    connection.execute(sa.delete(WebEntry).where(_alone(user)))
    _take_back(connection, user)
    asked = sa.update(WebEntry).where(WebEntry.asked_by.in_(asked_as))
    connection.execute(asked.values(asked="", asked_by=""))
    _redact(connection, redaction)
    connection.execute(sa.delete(WebName).where(WebName.user_id == user))


def _alone(user: str) -> sa.ColumnElement[bool]:
    direct = WebEntry.place == DIRECT + user
    return sa.or_(WebEntry.only_for == user, direct, WebEntry.place.startswith(f"{DIRECT}{user}/", autoescape=True))


def _asked_as(connection: Connection, user: str) -> list[str]:
    """The names under which a user asked for something: entries know who asked only by name."""
    query = sa.select(WebEntry.asked_by).where(WebEntry.asked_by != "").distinct()
    return [name for name in connection.execute(query).scalars() if user_id(name) == user]


def _take_back(connection: Connection, user: str) -> None:
    """Drop what a user wrote; where others answered in a thread, an empty message goes on holding it."""
    rows = connection.execute(sa.select(WebEntry.id, WebEntry.place).where(WebEntry.author == user)).all()
    for row in rows:
        thread = sa.select(WebEntry.id).where(WebEntry.place == f"{row.place}/{row.id}", WebEntry.author != user)
        if connection.execute(thread.limit(1)).first():
            values = {"author": "", "name": "", "thread": "", "body": encode(_TAKEN_BACK)}
            connection.execute(sa.update(WebEntry).where(WebEntry.id == row.id).values(values))
        else:
            connection.execute(sa.delete(WebEntry).where(WebEntry.id == row.id))


def _redact(connection: Connection, redaction: Redaction) -> None:
    """Take a person out of what others wrote, and of what Rung said, in all places."""
    texts = (sa.cast(WebEntry.body, sa.String), WebEntry.asked, WebEntry.thread)
    held = [text.contains(word, autoescape=True) for text in texts for word in redaction.as_json]
    if not held:
        return
    for row in connection.execute(sa.select(WebEntry).where(sa.or_(*held))).all():
        values = {
            "body": redaction.body(row.body),
            "asked": redaction.text(row.asked),
            "thread": redaction.text(row.thread),
        }
        connection.execute(sa.update(WebEntry).where(WebEntry.id == row.id).values(values))


def _told(row: sa.Row[Any]) -> Mapping[str, Any]:
    reply = decode(row.body, Reply)
    return {
        "at": row.at,
        "place": row.place,
        "written_by_you": bool(row.author),
        "asked": row.asked,
        "text": text_of(reply),
        "files": [file.name for file in reply.files],
    }
