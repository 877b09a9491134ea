"""The connection to Discord: what the rest of the house calls when it says "discord"."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.context import Place
from bot.chat.platform import Address
from bot.chat.reply import Reply
from bot.chat.router import Router
from bot.platforms.discord import commands
from bot.platforms.discord.client import PATIENCE, RungClient
from bot.platforms.discord.inbound import NAME, place_of
from bot.platforms.discord.rates import Rates
from bot.platforms.discord.sending import Sender

log = logging.getLogger(__name__)
_CLOSED_REFUSED = 4004
CONNECT_SECONDS = 60.0
"""How long `start` waits for the gateway."""
_GRACE = 5.0
"""Seconds that running answers get when we say goodbye."""
_NO_CONTENT = (
    "Discord does not let this bot read messages, so links are not heard; everything else works. To change that, "
    "switch on “Message Content Intent” in the Developer Portal (your application, page Bot) and start again."
)
_REFUSED = (
    "Discord refused the bot token. Take a new one in the Developer Portal (your application, page Bot, “Reset Token”) "
    "and set RUNG_DISCORD_TOKEN to it."
)


class DiscordPlatform:
    """Rung on Discord (see `bot.chat.platform.Platform`).

    api_url, gateway_url: a Discord-compatible server in place of Discord; set for the whole process while connected,
    since discord.py keeps its addresses in classes
    clock, sleep: seconds that only grow, and how to wait, for the rate limits
    router: None where it is not there yet: Discord can be connected first, and what it brings waits for `take`
    message_content: whether to ask for the privileged intent without which links are not heard
    patience: seconds that a handler gets before "thinking" is shown
    """

    name = NAME
    in_flight = timedelta(0)
    """Discord refuses a second message with the nonce of one that is on its way, or came within minutes."""

    def __init__(
        self,
        router: Router | None,
        token: str,
        *,
        api_url: str = "",
        gateway_url: str = "",
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        message_content: bool = True,
        patience: float = PATIENCE,
    ) -> None:
        self._router, self._token = router, token
        self._api_url, self._gateway_url = api_url.rstrip("/"), gateway_url
        self._patience = patience
        self.link_listening = message_content
        """Whether links are heard; false once Discord refused the intent."""
        self._client: RungClient | None = None
        self._running: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()
        self._sender = Sender(lambda: self._client, Rates(clock, sleep))

    def new_client(self) -> RungClient:
        """Make the client that `start` connects; tests connect it to a simulated Discord instead."""
        self._client = RungClient(
            self._router, content=self.link_listening, gateway=self._gateway_url, patience=self._patience
        )
        return self._client

    def begin(self) -> None:
        """Begin to connect, without waiting for it; what Discord brings before there is a router waits for one."""
        if self._running is None:
            self._running = asyncio.create_task(self._run(), name="discord")

    def take(self, router: Router) -> None:
        """Take the router that answers, where there was none at first."""
        self._router = router
        if self._client is not None:
            self._client.take(router)

    async def start(self) -> None:
        """Connect, tell Discord the commands if they changed. Raises ConnectionError with what to do about it."""
        self.begin()
        if self._running is None:
            raise RuntimeError("begun, and not running")
        connected = asyncio.create_task(self._connected.wait())
        try:
            await asyncio.wait({self._running, connected}, timeout=CONNECT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        finally:
            connected.cancel()
        if self._running.done():
            self._running.result()
        if not self._connected.is_set():
            await self.stop()
            raise ConnectionError("Discord's gateway did not answer. Check the network and RUNG_DISCORD_GATEWAY_URL.")
        self._running.add_done_callback(_report)

    async def stop(self) -> None:
        """Let running answers finish, and disconnect."""
        client, running = self._client, self._running
        self._client = self._running = None
        if client is not None:
            await client.settle(_GRACE)
            await asyncio.wait({asyncio.ensure_future(client.close())}, timeout=_GRACE)
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)  # what `start` would have told nobody waits for

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        """Say it, once for a key; returns the message's id. Raises PlaceGone, Forbidden or TryLater."""
        return await self._sender.send(to, reply, key)

    async def edit(self, to: Address, message: str, reply: Reply) -> None:
        """Put something else in a message's place. Raises PlaceGone, Forbidden or TryLater."""
        await self._sender.edit(to, message, reply)

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        """Look whether the message of that key stands there. Raises PlaceGone, Forbidden or TryLater."""
        return await self._sender.find(to, key, since)

    def thread(self, to: Address, message: str) -> Address:
        """The thread under a message: Discord gives it the message's id."""
        return to if to.direct else replace(to, place=message)

    async def places(self, workspace: str) -> list[Place]:
        """The text channels of a guild in which the bot may speak, in Discord's order."""
        guild = self._client.get_guild(int(workspace)) if self._client and workspace.isdecimal() else None
        if guild is None or guild.me is None:
            return []
        allowed = [(c, c.permissions_for(guild.me)) for c in guild.text_channels]
        return [place_of(c) for c, may in allowed if may.view_channel and may.send_messages]

    def healthy(self) -> bool:
        """Whether every shard is connected."""
        client = self._client
        if client is None or client.is_closed() or not client.connected.is_set():
            return False
        return all(not shard.is_closed() for shard in client.shards.values())

    async def sync(self, *, force: bool = False) -> bool:
        """Tell Discord the commands where it knows others (`rung discord sync`); returns whether it had to be told.

        Works without the gateway. Raises ConnectionError with what to do about it.
        """
        with _addressed(self._api_url):
            async with RungClient(self._router, content=False) as client:
                await self._log_in(client)
                try:
                    return await commands.sync(client.tree, force=force)
                except discord.HTTPException as error:
                    raise ConnectionError(f"Discord did not take the commands: {error}") from error

    async def _run(self) -> None:
        """Keep a client connected; where Discord refuses the message-content intent, another one without it."""
        with _addressed(self._api_url):
            while True:
                try:
                    async with self.new_client() as client:
                        await self._log_in(client)
                        await self._connect(client)
                except discord.PrivilegedIntentsRequired:
                    if not self.link_listening:
                        raise ConnectionError("Discord refused intents that any bot may have.") from None
                    self.link_listening = False
                    log.warning(_NO_CONTENT)
                else:
                    return

    async def _log_in(self, client: RungClient) -> None:
        try:
            await client.login(self._token)
        except discord.LoginFailure:
            raise ConnectionError(_REFUSED) from None
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise ConnectionError(f"Discord could not be reached at {Route.BASE}: {error}") from error

    async def _connect(self, client: RungClient) -> None:
        """Serve until the client is closed, telling Discord the commands meanwhile."""
        getting_ready = asyncio.create_task(self._get_ready(client))
        try:
            await client.connect()
        except discord.ConnectionClosed as error:
            if error.code == _CLOSED_REFUSED:
                raise ConnectionError(_REFUSED) from None
            raise ConnectionError(f"Discord's gateway closed with code {error.code}.") from error
        except discord.GatewayNotFound as error:
            raise ConnectionError(f"Discord named no gateway at {Route.BASE}.") from error
        finally:
            getting_ready.cancel()

    async def _get_ready(self, client: RungClient) -> None:
        await client.routed.wait()
        try:
            if await commands.sync(client.tree):
                log.info("told Discord the commands")
        except discord.HTTPException as error:
            log.warning("Discord did not take the commands: %s; try `rung discord sync`", error)
        await client.connected.wait()
        self._connected.set()


@contextmanager
def _addressed(api_url: str) -> Iterator[None]:
    """Turn discord.py to another server for the length of the block; it keeps its addresses in classes."""
    kept = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = api_url or Route.BASE
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = kept


def _report(running: asyncio.Task[None]) -> None:
    if not running.cancelled() and (error := running.exception()):
        log.critical("the connection to Discord ended: %s", error)
