"""How the sources are doing: for `/leads sources` and `rung doctor`."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import Database
from bot.leads.models import RejectedRow, SourceRow


@dataclass(frozen=True, slots=True)
class Health:
    """A source as it stands: counts are rows of its last feed; `failures` in a row since it last answered."""

    name: str
    kind: str
    home: str
    tried_at: datetime | None
    ok_at: datetime | None
    failures: int
    error: str
    seen: int
    rejected: int
    ml_internships: int
    example: str
    """Why one of the rejected rows was rejected."""


@dataclass(frozen=True, slots=True)
class RejectedSighting:
    """A row that could not be read, as it came (JSON, cut at 4,000 characters), and why."""

    source: str
    at: datetime
    why: str
    row: str


class SourceHealth:
    """Knows how the sources are doing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def rejected(self, source: str = "") -> list[RejectedSighting]:
        """Return the rows of a source's last feed that could not be read, 100 at most; those of every source for ""."""
        query = (
            sa.select(SourceRow.name, RejectedRow.at, RejectedRow.why, RejectedRow.row)
            .join(SourceRow, SourceRow.id == RejectedRow.source_id)
            .where(sa.true() if not source else SourceRow.name == source)
            .order_by(SourceRow.name, RejectedRow.id)
        )

        def work(connection: Connection) -> list[RejectedSighting]:
            return [RejectedSighting(*row) for row in connection.execute(query)]

        return await self._database.read(work)

    async def all(self) -> list[Health]:
        """Return every source that was ever asked, those in trouble first, then by name. Shared links are no source."""
        why = (
            sa.select(RejectedRow.why)
            .where(RejectedRow.source_id == SourceRow.id)
            .order_by(RejectedRow.id)
            .limit(1)
            .scalar_subquery()
        )
        names = [n for n in Health.__dataclass_fields__ if n != "example"]
        query = (
            sa.select(*(getattr(SourceRow, n) for n in names), sa.func.coalesce(why, ""))
            .where(SourceRow.kind != "share")
            .order_by(SourceRow.failures.desc(), SourceRow.name)
        )

        def work(connection: Connection) -> list[Health]:
            return [Health(*row) for row in connection.execute(query)]

        return await self._database.read(work)
