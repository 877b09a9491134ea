"""The courier: the job that brings a batch of deliveries to their places."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.chat.codec import decode
from bot.chat.platform import Address, Forbidden, PlaceGone, Platform, TryLater
from bot.chat.reply import Reply
from bot.db import Database
from bot.work.deliveries import OnSent, OnTrouble, Trouble, delivery_key
from bot.work.engine import Args, Run
from bot.work.models import Delivery

log = logging.getLogger(__name__)

AT_ONCE = 10
"""Places of a batch that are served at the same time; the platform's own buckets keep to its limits."""
GENTLE = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))
"""When a place that was gone or forbidden is tried again; after that the delivery failed."""
MOST_FAULTS = 20
LONGEST_WAIT = timedelta(hours=1)
IN_FLIGHT = timedelta(seconds=30)
"""How long a post may be under way: only after that does looking prove that it did not land. Twice Slack's time-out."""
LOOK_BACK = timedelta(minutes=2)
"""How much earlier than its claim a message is looked for: the clocks of two machines differ."""


class Courier:
    """Brings deliveries. `platforms` may be filled after it is built; a platform that is not there is waited for."""

    def __init__(
        self,
        database: Database,
        platforms: Mapping[str, Platform],
        clock: Callable[[], datetime],
        on_trouble: OnTrouble,
        on_sent: OnSent,
        *,
        in_flight: timedelta = IN_FLIGHT,
    ) -> None:
        self._database = database
        self._platforms = platforms
        self._clock = clock
        self._on_trouble = on_trouble
        self._on_sent = on_sent
        self._in_flight = in_flight

    async def deliver(self, run: Run, args: Args) -> None:
        """Bring a batch; safe to run again from its beginning after a crash at any point."""
        del run
        batch = str(args["batch"])
        query = sa.select(Delivery).where(Delivery.batch == batch, Delivery.due).order_by(Delivery.id)
        rows = await self._database.read(lambda c: c.execute(query).all())
        gate = asyncio.Semaphore(AT_ONCE)

        async def bring(row: sa.Row[Any]) -> None:
            async with gate:
                await self._bring(row)

        await _all(bring(row) for row in rows)

    async def _bring(self, row: sa.Row[Any]) -> None:
        to = Address(row.platform, row.workspace, row.place, row.direct)
        platform = self._platforms.get(row.platform)
        if platform is None:
            await self._later(row, f"{row.platform} is not set up here", LONGEST_WAIT, count=False)
            return
        try:
            if row.state == "sent":
                await platform.edit(to, row.message, decode(row.body, Reply))
                await self._done(row, row.message)
            else:
                message = await self._say(platform, to, row)
                if message is not None:
                    await self._done(row, message)
                    await self._on_sent(to)
        except PlaceGone as error:
            await self._unreachable(row, to, "gone", error)
        except Forbidden as error:
            await self._unreachable(row, to, "forbidden", error)
        except TryLater as error:
            wait = max(timedelta(seconds=error.after), min(LONGEST_WAIT, timedelta(seconds=5 * 2**row.attempts)))
            await self._later(row, str(error), wait)
        except Exception as error:
            # A mistake of ours in one message: it is told to the operators and must not hold up the other places.
            log.exception("delivery %s failed", row.id)
            await self._close(row, "failed", f"{type(error).__name__}: {error}")

    async def _say(self, platform: Platform, to: Address, row: sa.Row[Any]) -> str | None:
        """Say it unless it stands there; returns the message's id, None when another job has the row by now."""
        key = delivery_key(row.what, to)
        if row.state == "sending":
            # Claimed before a crash, or not answered: it may have been said, or be on its way still. Who waits until
            # it must have landed, and looks before saying it again, does not say it twice.
            wait = row.claimed_at + self._in_flight - self._clock()
            if wait > timedelta(0):
                await self._later(row, "a post may be under way", wait, count=False)
                return None
            found = await platform.find(to, key, row.claimed_at - LOOK_BACK)
            if found is not None:
                return found
            await self._set(row, claimed_at=self._clock())
        elif not await self._claim(row):
            return None
        return await platform.send(to, decode(row.body, Reply), key)

    async def _claim(self, row: sa.Row[Any]) -> bool:
        statement = (
            sa.update(Delivery)
            .where(Delivery.id == row.id, Delivery.batch == row.batch, Delivery.state == "planned")
            .values(state="sending", claimed_at=self._clock())
        )
        return await self._database.run(lambda c: c.execute(statement).rowcount == 1)

    async def _done(self, row: sa.Row[Any], message: str) -> None:
        # A newer version that came meanwhile stays due: only what was read here is noted as sent.
        statement = (
            sa.update(Delivery)
            .where(Delivery.id == row.id)
            .values(
                state="sent",
                message=message,
                sent_version=row.version,
                due=Delivery.version > row.version,
                sent_at=sa.func.coalesce(Delivery.sent_at, self._clock()),
                batch=None,
                attempts=0,
                error="",
            )
        )
        await self._database.run(lambda c: c.execute(statement))

    async def _unreachable(self, row: sa.Row[Any], to: Address, kind: Trouble, error: Exception) -> None:
        if row.state == "sent":
            # The message was deleted, or the place is closed to us: there is nothing left to mend.
            await self._set(row, due=False, batch=None, error=str(error)[:300])
            return
        if row.attempts >= len(GENTLE) or row.direct:
            await self._close(row, "failed", str(error))
        else:
            await self._later(row, str(error), GENTLE[row.attempts], planned=True)
        if not row.direct:
            await self._on_trouble(to, kind)

    async def _later(
        self, row: sa.Row[Any], error: str, wait: timedelta, *, count: bool = True, planned: bool = False
    ) -> None:
        if row.attempts >= MOST_FAULTS:
            await self._close(row, "failed", error)
            return
        values: dict[str, Any] = {"batch": None, "not_before": self._clock() + wait, "error": error[:300]}
        values["attempts"] = row.attempts + 1 if count else row.attempts
        if planned:
            # The platform said no, so nothing stands there; a fault on the way leaves it open, and it is looked for.
            values["state"] = "planned"
        await self._set(row, **values)

    async def _close(self, row: sa.Row[Any], state: str, error: str) -> None:
        await self._set(row, state=state, due=False, batch=None, error=error[:300])

    async def _set(self, row: sa.Row[Any], **values: Any) -> None:
        statement = sa.update(Delivery).where(Delivery.id == row.id).values(values)
        await self._database.run(lambda c: c.execute(statement))


async def _all(work: Any) -> Sequence[Any]:
    return await asyncio.gather(*work)
