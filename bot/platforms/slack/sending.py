"""To speak on Slack without being asked: send, edit, find; and where one may."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.chat.context import Place
from bot.chat.limits import fit_one
from bot.chat.markup import esc
from bot.chat.platform import Address, DeliveryError, Forbidden, PlaceGone
from bot.chat.reply import Picture, Reply
from bot.platforms.slack.api import Api, Json, Refused
from bot.platforms.slack.inbound import split_place
from bot.platforms.slack.limits import LIMITS
from bot.platforms.slack.render import Body, plain_body, render
from bot.platforms.slack.uploads import Uploads, offered_files

log = logging.getLogger(__name__)

_T = TypeVar("_T")
_EVENT = "rung_delivery"
_BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_arguments"})
_SKEW = timedelta(minutes=1)
"""How far Slack's clock may be behind ours."""
_PAGES, _PAGE = 50, 200
_MOST_DIRECT = 10_000


class Sender:
    """Speaks in places and to people. What it raises is PlaceGone, Forbidden or TryLater."""

    def __init__(self, api: Api, uploads: Uploads) -> None:
        self._api, self._uploads = api, uploads
        self._direct: dict[tuple[str, str], str] = {}

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        """Post a reply with its key in the metadata, where `find` sees it; returns the message's time, its id."""
        channel, thread = await self.where(to)
        metadata = {"event_type": _EVENT, "event_payload": {"key": key}}
        return await self.post(to.workspace, channel, thread, fit_one(reply, LIMITS), metadata)

    async def post(
        self, team: str, channel: str, thread: str, reply: Reply, metadata: Mapping[str, object] | None = None
    ) -> str:
        """Post a reply that fits, then its thread and files; returns the message's id."""
        args: Json = {"channel": channel, "unfurl_links": False, "unfurl_media": False}
        args |= ({"thread_ts": thread} if thread else {}) | ({"metadata": metadata} if metadata else {})

        async def call(body: Body) -> Json:
            return await self._in(team, channel, "chat.postMessage", {**args, **body.fields()})

        message = str((await self.said(team, reply, call))["ts"])
        await self._follow_up(team, channel, thread or message, reply, opens=not thread)
        return message

    async def edit(self, to: Address, message: str, reply: Reply) -> None:
        """Put a reply in a message's place; its metadata stays, since none is given."""
        channel, _ = await self.where(to)

        async def call(body: Body) -> Json:
            return await self._api.call(to.workspace, "chat.update", channel=channel, ts=message, **body.fields())

        await self.said(to.workspace, fit_one(reply, LIMITS), call)

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        """Look for the message of a key among those since then."""
        channel, thread = await self.where(to)
        args: Json = {
            "channel": channel,
            "oldest": f"{(since - _SKEW).timestamp():.6f}",
            "include_all_metadata": "true",
        }
        method = "conversations.replies" if thread else "conversations.history"
        args |= {"ts": thread} if thread else {}
        async for message in self._pages(to.workspace, method, "messages", args):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == _EVENT and metadata.get("event_payload", {}).get("key") == key:
                return str(message["ts"])
        return None

    async def places(self, team: str) -> list[Place]:
        """The channels of which the bot is a member."""
        args: Json = {"types": "public_channel,private_channel", "exclude_archived": "true"}
        return [
            Place(found["id"], found.get("name", ""))
            async for found in self._pages(team, "users.conversations", "channels", args)
        ]

    async def where(self, to: Address) -> tuple[str, str]:
        """Return the channel and thread of an address."""
        return (await self.direct(to.workspace, to.place), "") if to.direct else split_place(to.place)

    async def direct(self, team: str, user: str) -> str:
        """Return the conversation with a person, opening it where it is not open."""
        known = self._direct.get((team, user))
        if known is None:
            opened = await self._api.call(team, "conversations.open", users=user)
            known = str(opened["channel"]["id"])
            if len(self._direct) >= _MOST_DIRECT:
                self._direct.clear()
            self._direct[team, user] = known
        return known

    async def said(self, team: str, reply: Reply, call: Callable[[Body], Awaitable[_T]]) -> _T:
        """Say a reply by `call`: with its pictures, or else without, or else as plain text when Slack takes no blocks.

        Slack refuses a whole message for one picture that it can't get; what is said must reach people all the same.
        """
        pictures = await self._uploads.pictures(team, reply)
        bodies: list[Callable[[], Body]] = [lambda: render(reply, pictures)]
        if any(isinstance(part, Picture) for card in reply.cards for part in card.parts):
            bodies.append(lambda: render(reply))
        for body in bodies:
            try:
                return await call(body())
            except Refused as error:
                if error.code not in _BLOCKS_REFUSED:
                    raise
                self._uploads.forget()
                log.warning("Slack took no blocks, saying less: %s", error)
        return await call(plain_body(reply))

    async def _follow_up(self, team: str, channel: str, thread: str, reply: Reply, *, opens: bool) -> None:
        """Open the reply's thread and offer its files; the message stands already, so a failure only costs these."""
        try:
            if reply.thread and opens:
                body = render(Reply(f"**{esc(reply.thread)}**")).fields()
                await self._api.call(team, "chat.postMessage", channel=channel, thread_ts=thread, **body)
            await self._uploads.share(team, offered_files(reply), channel, thread)
        except DeliveryError as error:
            log.warning("a message's thread or files could not follow it: %s", error)

    async def _in(self, team: str, channel: str, method: str, args: Json) -> Json:
        """Call a method in a channel; a public one that the bot is not in is joined first."""
        try:
            return await self._api.call(team, method, **args)
        except Refused as error:
            if error.code != "not_in_channel":
                raise
        try:
            await self._api.call(team, "conversations.join", channel=channel)
        except (Forbidden, PlaceGone) as error:
            raise Refused(method, "not_in_channel", "invite the bot to this channel") from error
        return await self._api.call(team, method, **args)

    async def _pages(self, team: str, method: str, name: str, args: Json) -> AsyncIterator[dict[str, Any]]:
        cursor: Json = {}
        for _ in range(_PAGES):
            page = await self._in(team, args.get("channel", ""), method, {**args, "limit": str(_PAGE), **cursor})
            for item in page[name]:
                yield item
            following = (page.get("response_metadata") or {}).get("next_cursor")
            if not following:
                return
            cursor = {"cursor": following}
        log.warning("%s has more than %d pages; the rest was not read", method, _PAGES)
