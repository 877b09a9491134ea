"""Tables of the web chat: elsewhere the platform keeps what was said, here the house does."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class WebEntry(Base):
    """A message of a place; `bot.platforms.web.store.Entry` says what each column means."""

    __tablename__ = "web_entry"
    __table_args__ = (sa.Index("ix_web_entry_place_id", "place", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    place: Mapped[str]
    author: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]]
    only_for: Mapped[str] = mapped_column(default="")
    asked: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str] = mapped_column(default="")
    beneath: Mapped[int] = mapped_column(BigId, default=0)
    spot: Mapped[str] = mapped_column(default="")
    thread: Mapped[str] = mapped_column(default="")
    key: Mapped[str | None] = mapped_column(unique=True)
    edited_at: Mapped[datetime | None]


class WebName(Base):
    """A name and the browser that holds it."""

    __tablename__ = "web_name"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    digest: Mapped[str]
    at: Mapped[datetime]


class WebSecret(Base):
    """The one secret by which browsers are known again."""

    __tablename__ = "web_secret"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[bytes]
