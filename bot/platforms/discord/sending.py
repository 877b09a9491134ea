"""Speaking without being asked: send, edit, and look for what a crash may have left in doubt.

A message carries its key twice. The nonce makes Discord itself refuse a second one for some minutes
(`enforce_nonce`), but it is not kept with the message. So a mark made from the key goes along where nobody sees it and
Discord keeps it: behind the token in the custom_id of the first button or menu, and where there is none as spaces
without width behind the first text. `find` looks for it in the history of the place.
"""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
import discord

from bot.chat.platform import Address, Forbidden, PlaceGone, TryLater
from bot.chat.reply import Reply
from bot.platforms.discord.limits import MARK, MAX_NONCE
from bot.platforms.discord.pages import one_page
from bot.platforms.discord.rates import Rates
from bot.platforms.discord.render import NOBODY, SUFFIX, unseen
from bot.platforms.discord.threads import open_thread

_GONE = frozenset({10003, 10004, 10007, 10008, 10013, 50033})
"""Unknown channel, guild, member, message, user; a recipient that can't be written to
(docs.discord.com/developers/topics/opcodes-and-status-codes#json)."""
_FORBIDDEN = frozenset({20026, 50001, 50007, 50013, 50083, 160005})
"""Quarantined, missing access, takes no messages, missing permissions, thread archived, thread locked."""
_SKEW = timedelta(minutes=5)
"""How far the clocks of Discord and of this machine may be apart."""
_UNKNOWN_WAIT = 60.0
_KNOWN_DIRECT = 10_000
"""Direct conversations whose channel is remembered, so that it need not be asked for again."""


def nonce_of(key: str) -> str:
    """Return the nonce of a key: always the same, at most 25 characters."""
    return _digest(key)[:MAX_NONCE]


def mark_of(key: str) -> str:
    """Return the mark by which a message of this key is known again: 48 bits as letters and digits."""
    return _digest(key)[:MARK]


def _digest(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


class Sender:
    """Says, changes and finds messages. `client` gives the client of the moment, or None when there is none."""

    def __init__(self, client: Callable[[], discord.Client | None], rates: Rates) -> None:
        self._current, self._rates = client, rates
        self._direct: dict[str, int] = {}

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        """Say it; returns the message's id. Raises PlaceGone, Forbidden or TryLater."""
        async with self._telling(to):
            place = await self._place(to)
            await self._rates.wait(str(place.id))
            body = one_page(reply)
            sent = await place.send(
                view=body.view(mark_of(key)),
                files=body.attachments(),
                nonce=nonce_of(key),
                allowed_mentions=body.called,
            )
        if reply.thread:
            await open_thread(self._client().get_channel(place.id), sent.id, reply.thread)
        return str(sent.id)

    async def edit(self, to: Address, message: str, reply: Reply) -> None:
        """Put something else in a message's place. Raises PlaceGone, Forbidden or TryLater."""
        async with self._telling(to):
            place = await self._place(to)
            await self._rates.wait(str(place.id))
            body = one_page(reply)
            found = place.get_partial_message(_number(message))
            await found.edit(view=body.view(), attachments=body.attachments(), allowed_mentions=NOBODY)

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        """Return the id of the message of that key that was sent since then, or None. Raises as `send` does."""
        mark = mark_of(key)
        marks = (SUFFIX + mark, unseen(mark))
        async with self._telling(to):
            place = await self._place(to)
            await self._rates.wait(f"history of {place.id}")
            async for message in place.history(limit=None, after=since - _SKEW, oldest_first=True):
                if message.author == self._client().user and any(
                    s.endswith(marks) for s in _strings(message.components)
                ):
                    return str(message.id)
        return None

    def _client(self) -> discord.Client:
        client = self._current()
        if client is None:
            raise TryLater("Discord is not connected")
        return client

    async def _place(self, to: Address) -> discord.PartialMessageable:
        client = self._client()
        if not to.direct:
            return client.get_partial_messageable(_number(to.place))
        channel = self._direct.get(to.place)
        if channel is None:
            await self._rates.wait("")
            channel = (await client.create_dm(discord.Object(_number(to.place)))).id
            if len(self._direct) >= _KNOWN_DIRECT:
                self._direct.clear()
            self._direct[to.place] = channel
        return client.get_partial_messageable(channel)

    @asynccontextmanager
    async def _telling(self, to: Address) -> AsyncIterator[None]:
        """Turn what Discord and the network answer into what the deliveries understand."""
        try:
            yield
        except discord.RateLimited as error:
            self._rates.hold(error.retry_after, to.place)
            raise TryLater("Discord's rate limit", error.retry_after) from error
        except discord.HTTPException as error:
            raise self._told(error) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise TryLater(f"Discord could not be reached: {type(error).__name__}") from error

    def _told(self, error: discord.HTTPException) -> Exception:
        what = f"Discord answered {error.status} ({error.code})"
        if error.status == HTTPStatus.NOT_FOUND or error.code in _GONE:
            return PlaceGone(what)
        if error.status == HTTPStatus.FORBIDDEN or error.code in _FORBIDDEN:
            return Forbidden(what)
        if error.status == HTTPStatus.TOO_MANY_REQUESTS:
            wait = _retry_after(error)
            self._rates.hold(wait)
            return TryLater(what, wait)
        passing = error.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return TryLater(f"{what}: {error.text[:200]}", 0.0 if passing else _UNKNOWN_WAIT)


def _retry_after(error: discord.HTTPException) -> float:
    """Seconds to wait where discord.py gave up on a 429: mostly a refusal of Cloudflare, which is for everything."""
    told = error.response.headers.get("Retry-After", "")
    return float(told) if told.replace(".", "", 1).isdecimal() else _UNKNOWN_WAIT


def _strings(components: Iterable[Any]) -> Iterator[str]:
    """Yield every custom_id and every text of a message."""
    for component in components:
        yield getattr(component, "custom_id", None) or getattr(component, "content", None) or ""
        yield from _strings(getattr(component, "children", ()))


def _number(snowflake: str) -> int:
    if not snowflake.isdecimal():
        raise PlaceGone(f"{snowflake[:40]!r} is no place or message of Discord")
    return int(snowflake)
