"""The courier: the job that brings a batch of deliveries to their places."""

import asyncio
import logging
from collections.abc import Callable, Mapping
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
LOOK_BACK = timedelta(minutes=2)
"""How much earlier than its claim a message is looked for: the clocks of two machines differ."""
UNDER_WAIT = timedelta(seconds=5)
"""How long what belongs in a thread waits before it looks again for the message that opens the thread."""
PATIENCE = 300.0
"""Seconds that a platform has for one message; well below `deliveries.ABANDONED`, so that no two jobs send one."""


class Courier:
    """Brings deliveries. `platforms` may be filled after it is built; a platform that is not there is waited for.

    in_flight: how long a post may be under way, in place of what each platform says of itself
    """

    def __init__(
        self,
        database: Database,
        platforms: Mapping[str, Platform],
        clock: Callable[[], datetime],
        on_trouble: OnTrouble,
        on_sent: OnSent,
        *,
        in_flight: timedelta | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._database = database
        self._platforms = platforms
        self._clock = clock
        self._on_trouble = on_trouble
        self._on_sent = on_sent
        self._in_flight = in_flight
        self._patience = patience

    async def deliver(self, run: Run, args: Args) -> None:
        """Bring a batch; safe to run again from its beginning after a crash at any point.

        Raises, once every row had its turn, an ExceptionGroup of what the database or a listener raised; what was not
        noted then is handed out again later.
        """
        del run
        batch = str(args["batch"])
        query = sa.select(Delivery).where(Delivery.batch == batch, Delivery.due).order_by(Delivery.id)
        rows = await self._database.read(lambda c: c.execute(query).all())
        gate = asyncio.Semaphore(AT_ONCE)

        async def bring(row: sa.Row[Any]) -> None:
            async with gate:
                await self._bring(row)

        # What opens a thread goes before what belongs in it.
        outcomes: list[BaseException | None] = []
        for some in ([row for row in rows if not row.under], [row for row in rows if row.under]):
            outcomes += await asyncio.gather(*(bring(row) for row in some), return_exceptions=True)
        if errors := [outcome for outcome in outcomes if isinstance(outcome, Exception)]:
            raise ExceptionGroup(f"{len(errors)} of {len(rows)} deliveries of {batch}", errors)

    async def _bring(self, row: sa.Row[Any]) -> None:
        to = Address(row.platform, row.workspace, row.place, row.direct)
        platform = self._platforms.get(row.platform)
        if platform is None:
            await self._later(row, f"{row.platform} is not set up here", LONGEST_WAIT, count=False)
            return
        landing = self._landing(platform)
        if row.state == "sending" and row.claimed_by == row.batch and landing:
            # A crash stopped this very job, so a post may be under way: only after a while does looking prove that it
            # did not land. It left at any moment between the claim and the crash (a sender waits its turn for up to a
            # minute), so one waits from here on, and not from the claim.
            await self._set(row, batch=None, not_before=self._clock() + landing)
            return
        there = await self._thread(platform, to, row) if row.under else to
        # Without the claim another job has the row by now.
        if there is not None and (row.state == "sent" or await self._claim(row)):
            await self._attempt(platform, there, row)

    def _landing(self, platform: Platform) -> timedelta:
        return platform.in_flight if self._in_flight is None else self._in_flight

    async def _thread(self, platform: Platform, to: Address, row: sa.Row[Any]) -> Address | None:
        """Return the thread in which a row belongs; None where it must wait for it, or was closed without it."""
        query = sa.select(Delivery.state, Delivery.message, Delivery.error).where(
            Delivery.what == row.under,
            Delivery.platform == row.platform,
            Delivery.workspace == row.workspace,
            Delivery.place == row.place,
        )
        above = await self._database.read(lambda c: c.execute(query).first())
        if above is None:
            await self._close(row, "the message in whose thread it belongs is not known (any more)")
        elif above.state == "failed":
            await self._close(row, f"the message in whose thread it belongs was not said: {above.error}")
        elif above.state != "sent":
            await self._later(row, "waits for the message in whose thread it belongs", UNDER_WAIT, count=False)
        else:
            return platform.thread(to, above.message)
        return None

    async def _attempt(self, platform: Platform, to: Address, row: sa.Row[Any]) -> None:
        try:
            async with asyncio.timeout(self._patience):
                message, version = await _reach(platform, to, row)
        except PlaceGone as error:
            await self._unreachable(row, to, "gone", error)
        except Forbidden as error:
            await self._unreachable(row, to, "forbidden", error)
        except TryLater as error:
            await self._fault(row, str(error), error.after)
        except (sa.exc.DBAPIError, sa.exc.TimeoutError, OSError) as error:
            # The local chat keeps its places in our database; a time-out is an OSError too.
            await self._fault(row, f"no answer: {type(error).__name__}")
        except Exception as error:
            # A mistake of ours in one message: it is told to the operators and must not hold up the other places.
            log.exception("delivery %s failed", row.id)
            await self._close(row, f"{type(error).__name__}: {error}")
        else:
            await self._done(row, message, version)
            if row.state != "sent" and not row.under:
                await self._on_sent(to)

    async def _claim(self, row: sa.Row[Any]) -> bool:
        """Note, before a row is sent, that it may be sent from now on; False when another job has it by now."""
        now = self._clock()
        values: dict[str, Any] = {"state": "sending", "claimed_by": row.batch, "batched_at": now}
        if row.state == "planned":
            values["claimed_at"] = now
        statement = sa.update(Delivery).where(
            Delivery.id == row.id, Delivery.batch == row.batch, Delivery.state == row.state
        )
        return await self._database.run(lambda c: c.execute(statement.values(values)).rowcount == 1)

    async def _done(self, row: sa.Row[Any], message: str, version: int) -> None:
        # It stands there whoever has the row by now. A newer version that came meanwhile stays due.
        statement = (
            sa.update(Delivery)
            .where(Delivery.id == row.id)
            .values(
                state="sent",
                message=message,
                sent_version=version,
                due=Delivery.version > version,
                sent_at=sa.func.coalesce(Delivery.sent_at, self._clock()),
                batch=None,
                attempts=0,
                refusals=0,
                error="",
            )
        )
        await self._database.run(lambda c: c.execute(statement))

    async def _unreachable(self, row: sa.Row[Any], to: Address, kind: Trouble, error: Exception) -> None:
        if row.state == "sent":
            # The message was deleted, or the place is closed to us: there is nothing left to mend.
            await self._close(row, str(error))
            return
        if row.refusals >= len(GENTLE) or row.direct:
            await self._close(row, str(error))
        else:
            # What was planned does not stand there, since the platform said no. What was in doubt before stays so: it
            # may be only the look that is forbidden.
            when, refusals = self._clock() + GENTLE[row.refusals], row.refusals + 1
            told = str(error)[:300]
            await self._set(row, state=row.state, batch=None, not_before=when, refusals=refusals, error=told)
        if not row.direct and not row.under:  # a thread that is closed says nothing of its channel
            await self._on_trouble(to, kind)

    async def _fault(self, row: sa.Row[Any], error: str, after: float = 0.0) -> None:
        wait = min(LONGEST_WAIT, timedelta(seconds=5 * 2 ** min(row.attempts, MOST_FAULTS)))
        if not after and row.state != "sent":
            wait = max(wait, self._landing(self._platforms[row.platform]))  # nobody said that it did not land
        await self._later(row, error, max(timedelta(seconds=after), wait))

    async def _later(self, row: sa.Row[Any], error: str, wait: timedelta, *, count: bool = True) -> None:
        if count and row.attempts >= MOST_FAULTS:
            await self._close(row, error)
            return
        attempts = row.attempts + 1 if count else row.attempts
        await self._set(row, batch=None, not_before=self._clock() + wait, attempts=attempts, error=error[:300])

    async def _close(self, row: sa.Row[Any], error: str) -> None:
        """Give up: the message, or only its edit when it was sent before."""
        values: dict[str, Any] = {"state": "failed", "due": False, "batch": None, "error": error[:300]}
        if row.state == "sent":
            values |= {"state": "sent", "due": Delivery.version > row.version, "attempts": 0}
        await self._set(row, **values)

    async def _set(self, row: sa.Row[Any], **values: Any) -> None:
        # Only while the row is this job's: what another one noted stands.
        statement = sa.update(Delivery).where(Delivery.id == row.id, Delivery.batch == row.batch).values(values)
        await self._database.run(lambda c: c.execute(statement))


async def _reach(platform: Platform, to: Address, row: sa.Row[Any]) -> tuple[str, int]:
    """Edit it, or say it unless it stands there; returns the message's id and the version that stands there."""
    if row.state == "sent":
        await platform.edit(to, row.message, decode(row.body, Reply))
        return row.message, row.version
    key = delivery_key(row.what, Address(row.platform, row.workspace, row.place))
    if row.state == "sending":
        # Claimed before, and not noted: it may have been said. Who looks first never says it twice.
        found = await platform.find(to, key, row.claimed_at - LOOK_BACK)
        if found is not None:
            # It may have been said before it was revised: then an edit follows.
            return found, 1
    return await platform.send(to, decode(row.body, Reply), key), row.version
