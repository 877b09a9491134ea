"""The connection of the web chat: an HTTP server with one page, and a WebSocket for each tab.

Who is an organiser: where the server listens on a loopback address only, everybody is, for it is their own machine
(and may choose not to be, to see what members see). On any other address only those whose names stand in `organisers`
are, and a name belongs to the browser that took it first.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from aiohttp import web

from bot.chat.context import Place
from bot.chat.limits import fit_one
from bot.chat.platform import Address, PlaceGone
from bot.chat.reply import Reply
from bot.chat.router import Router
from bot.listening import cant_listen
from bot.platforms.web.conversation import NAME, Conversation
from bot.platforms.web.hub import Hub, Tab
from bot.platforms.web.limits import LIMITS, MAX_REQUEST
from bot.platforms.web.outbound import Outbound
from bot.platforms.web.pages import Assets, file_answer
from bot.platforms.web.places import CHANNELS, DIRECT, WORKSPACE, Channel, thread_root
from bot.platforms.web.posts import Posts
from bot.platforms.web.security import HEADERS, Access, Seal, host_allowed, is_loopback, same_origin
from bot.platforms.web.sessions import House, Session
from bot.platforms.web.store import Entry, History

log = logging.getLogger(__name__)
_GRACE = 5.0
"""Seconds that running answers get when we say goodbye."""
_GOODBYE = 1.0
"""Seconds that a tab gets to answer our goodbye."""
_HEARTBEAT = 25.0
"""Seconds between two signs of life, so that proxies keep the connection and a lost one is noticed."""
_NOBODY_ELSE = Access()
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebPlatform:
    """Rung in the browser (see `bot.chat.platform.Platform`).

    host, port: where to listen; port 0 takes a free one
    routes: what others serve at the same address (`/healthz`, `/slack/events`); they guard themselves
    access: who may come where the page is open to other machines
    """

    name = NAME
    in_flight = timedelta(0)
    """A key is unique in the history."""

    def __init__(
        self,
        router: Router,
        history: History,
        *,
        host: str = "127.0.0.1",
        port: int = 8080,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        routes: Iterable[web.RouteDef] = (),
        access: Access = _NOBODY_ELSE,
        channels: Sequence[Channel] = CHANNELS,
    ) -> None:
        self._router, self._history, self._clock = router, history, clock
        self._host, self._port = host, port
        self._routes, self._access, self._channels = list(routes), access, channels
        self._assets = Assets()
        self._runner: web.AppRunner | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._house: House
        self._posts: Posts
        self._seal: Seal

    @property
    def address(self) -> str:
        """Where the page is opened: `http://127.0.0.1:8080`."""
        shown = "127.0.0.1" if self._host in {"0.0.0.0", "::", ""} else self._host  # noqa: S104 - shown, not bound
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self._port}"

    async def start(self) -> None:
        """Listen. Raises ConnectionError with what to do about it when the port can't be had."""
        self._seal = Seal(await self._history.secret())
        outbound = Outbound(self._router.registry, self._seal)
        hub = Hub(outbound)
        self._posts = Posts(self._history, hub, self._clock)
        talk = Conversation(self._router, self._history, self._posts, outbound, self._seal, self._channels)
        own = is_loopback(self._host)
        self._house = House(talk, hub, self._clock, own, self._access.organiser_ids(), self._assets.release)
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            await runner.cleanup()
            raise cant_listen("The web chat can't listen", self._host, self._port, error) from error
        self._port = runner.addresses[0][1]
        self._runner = runner

    async def stop(self) -> None:
        """Let running answers finish, say goodbye to the tabs, and stop listening."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=_GRACE)
            for task in late:
                task.cancel()
        await asyncio.gather(*(tab.close() for tab in list(self._house.hub.tabs)))
        await runner.cleanup()

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        """Say it, once for a key; returns the message's id. Raises PlaceGone."""
        place = await self._place_of(to)
        entry = Entry(
            place=place,
            at=self._clock(),
            body=fit_one(reply, LIMITS),
            only_for=to.place if to.direct else "",
            thread=reply.thread,
            key=key,
        )
        return str((await self._posts.add(entry)).id)

    async def edit(self, to: Address, message: str, reply: Reply) -> None:
        """Put something else in a message's place, in all tabs at once. Raises PlaceGone."""
        await self._place_of(to)
        if not message.isdecimal() or not await self._posts.edit(int(message), reply):
            raise PlaceGone("That message is no longer there.")

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        """Look whether the message of that key stands there. Raises PlaceGone."""
        del since  # keys are looked up, not searched for
        place = await self._place_of(to)
        entry = await self._history.find_by_key(key)
        return str(entry.id) if entry and entry.place == place else None

    def thread(self, to: Address, message: str) -> Address:
        """The thread under a message: `leads/42`."""
        return to if to.direct or thread_root(to.place) else replace(to, place=f"{to.place}/{message}")

    async def places(self, workspace: str) -> list[Place]:
        """The channels, in their order."""
        return [channel.place for channel in self._channels] if workspace == WORKSPACE else []

    def healthy(self) -> bool:
        """Whether we listen."""
        return self._runner is not None

    async def _place_of(self, to: Address) -> str:
        root = thread_root(to.place)
        channel = root[0] if root else to.place
        if to.workspace == WORKSPACE and not to.direct and any(c.id == channel for c in self._channels):
            return to.place
        if to.workspace == WORKSPACE and to.direct and await self._history.knows(to.place):
            return DIRECT + to.place
        raise PlaceGone(f"The web chat has no place {to.place!r}.")

    def _application(self) -> web.Application:
        app = web.Application()
        own = (("/", self._page), ("/static/{name}", self._static), ("/ws", self._socket))
        app.add_routes([web.get(path, self._guarded(handler)) for path, handler in own])
        app.router.add_get("/files/{entry:\\d{1,18}}/{number:\\d{1,3}}/{mark}/{name}", self._guarded(self._file))
        app.add_routes(self._routes)
        app.on_response_prepare.append(_add_headers)
        return app

    def _guarded(self, handler: _Handler) -> _Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if not host_allowed(request.host, self._access.hosts):
                raise web.HTTPForbidden(text=f"Rung does not answer to this name. Open {self.address} instead.")
            return await handler(request)

        return guarded

    async def _page(self, request: web.Request) -> web.StreamResponse:
        return self._assets.answer(request, "index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return self._assets.answer(request, request.match_info["name"])

    async def _file(self, request: web.Request) -> web.StreamResponse:
        entry, number = int(request.match_info["entry"]), int(request.match_info["number"])
        if request.match_info["mark"] != self._seal.mark("file", entry, number):
            raise web.HTTPNotFound(text="There is no such file (any more).")
        found = await self._history.get(entry)
        if found is None:
            raise web.HTTPNotFound(text="There is no such file (any more).")
        return file_answer(found, number)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if not same_origin(request.headers.get("Origin", ""), request.host):
            raise web.HTTPForbidden(text="Only Rung's own page may connect.")
        socket = web.WebSocketResponse(timeout=_GOODBYE, heartbeat=_HEARTBEAT, max_msg_size=MAX_REQUEST)
        await socket.prepare(request)
        hub, tab = self._house.hub, Tab(socket, request.transport)
        hub.tabs.add(tab)
        try:
            await Session(self._house, tab, self._tasks).serve(socket)
        finally:
            hub.tabs.discard(tab)
            await tab.end()
            hub.tell_people()
        return socket


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
