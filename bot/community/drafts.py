"""What was typed into a form that could not be taken yet, so that a mistake costs no typing."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community.models import FormDraft
from bot.db import Database

KEPT = timedelta(days=1)


class Drafts:
    """Keeps drafts for a day, each for its own member."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, member: int, token: str, values: Mapping[str, str]) -> int:
        """Store what was typed and drop what is older than a day; returns the draft's number."""
        now = self._clock()

        def work(connection: Connection) -> int:
            connection.execute(sa.delete(FormDraft).where(FormDraft.created_at < now - KEPT))
            row = {"member_id": member, "token": token, "typed": dict(values), "created_at": now}
            return connection.execute(sa.insert(FormDraft).values(row).returning(FormDraft.id)).scalar_one()

        return await self._database.run(work)

    async def get(self, member: int, draft: int) -> tuple[str, dict[str, str]] | None:
        """Return the form's token and what the member typed; None when it is not theirs or no longer kept."""
        query = sa.select(FormDraft.token, FormDraft.typed).where(
            FormDraft.id == draft, FormDraft.member_id == member, FormDraft.created_at >= self._clock() - KEPT
        )
        row = await self._database.read(lambda c: c.execute(query).one_or_none())
        return (row.token, {str(k): str(v) for k, v in row.typed.items()}) if row else None
