"""Tables: the ledger of evidence."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Evidence(Base):
    """A thing that a member did. Rows are only ever added: a correction is a new row that retracts an older one.

    Steps, streaks, boards and recaps are derived from these rows and stored nowhere else. Somebody who asks to be
    forgotten leaves rows without a person and without words, so that the community's counts stay true.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        sa.Index("ix_evidence_community", "community_id", "at"),
        {
            "info": {
                "forget": "unlink",
                "blank": ("subject", "url", "note", "lacking"),
                "null": ("key",),
                # A check-in's subject is a week's name and two numbers: without it, nobody knows what it counts for.
                "spare": ("subject", "kind", "check_in"),
            }
        },
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(sa.ForeignKey("community.id"))
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    step: Mapped[int]
    kind: Mapped[str]
    subject: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    lacking: Mapped[str] = mapped_column(default="")
    """What a look at the link found lacking; empty when nothing is known to lack."""
    key: Mapped[str | None] = mapped_column(unique=True)
    """What a job writes is written once: the same key again adds nothing."""
    retracts: Mapped[int | None] = mapped_column(sa.ForeignKey("evidence.id"), index=True)
    """The row that this one takes back."""
