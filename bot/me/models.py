"""Tables: one-time codes by which accounts and communities are joined, and who tried wrong ones."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class LinkCode(Base):
    """A one-time code. Only its digest is kept; whoever enters it first is the only one who can go on with it."""

    __tablename__ = "link_code"
    __table_args__ = ({"info": {"forget": "delete", "export": "secret"}},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    """member: two accounts of one person; community: two workspaces of one community."""
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    """Who made it."""
    workspace_id: Mapped[int] = mapped_column(sa.ForeignKey("workspace.id"))
    """Where it was made."""
    expires_at: Mapped[datetime]
    entered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    used_at: Mapped[datetime | None]


class LinkTry(Base):
    """A wrong code that a member entered."""

    __tablename__ = "link_try"
    __table_args__ = (sa.Index("ix_link_try_member_id_at", "member_id", "at"), {"info": {"forget": "delete"}})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"))
    at: Mapped[datetime]
