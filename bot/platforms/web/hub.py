"""Who is here: the tabs that are connected, and what is told to them."""

import asyncio
import logging
from collections.abc import Iterable

import msgspec
from aiohttp import WSCloseCode, web

from bot.platforms.web.limits import MAX_BACKLOG
from bot.platforms.web.names import Visitor
from bot.platforms.web.outbound import Json, Outbound, people
from bot.platforms.web.store import Entry

log = logging.getLogger(__name__)


class Tab:
    """A connected tab: what it is told waits in line, so that a slow network holds nobody up."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None = None) -> None:
        self.visitor: Visitor | None = None
        """Who it is; None until it has said hello."""
        self._socket, self._transport = socket, transport
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(MAX_BACKLOG)
        self._writer = asyncio.create_task(self._write())

    def post(self, data: Json) -> None:
        """Tell something. A tab that is too far behind is let go: it connects again and catches up."""
        self.post_raw(msgspec.json.encode(data))

    def post_raw(self, data: bytes) -> None:
        """Tell something that is JSON already."""
        if self._writer.done():
            return
        try:
            self._waiting.put_nowait(data)
        except asyncio.QueueFull:
            log.info("a tab is %s messages behind and is let go", MAX_BACKLOG)
            self._writer.cancel()
            if self._transport is not None:
                self._transport.abort()

    async def close(self) -> None:
        """Say goodbye: the page connects again by itself."""
        await self._socket.close(code=WSCloseCode.GOING_AWAY, message=b"Rung is stopping")
        await self.end()

    async def end(self) -> None:
        """Let go of what was still to be told."""
        self._writer.cancel()
        await asyncio.wait({self._writer})

    async def _write(self) -> None:
        while not self._socket.closed:
            data = await self._waiting.get()
            try:
                await self._socket.send_str(data.decode())
            except ConnectionError:
                return


class Hub:
    """Tells tabs what happens. Knows only those of this process."""

    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound
        self.tabs: set[Tab] = set()

    def visitors(self) -> Iterable[Visitor]:
        """Who is here, once for each tab."""
        return [tab.visitor for tab in self.tabs if tab.visitor]

    def tell_people(self) -> None:
        """Tell everybody who is here."""
        self._tell({"push": "people", "people": people(self.visitors())})

    def tell_entry(self, entry: Entry) -> None:
        """Show a new message, or one that changed, to those who may see it."""
        self._tell({"push": "entry", "entry": self._outbound.entry(entry)}, entry)

    def tell_thread(self, entry: Entry) -> None:
        """Show that the thread under a message has grown."""
        thread = self._outbound.thread(entry)
        self._tell({"push": "thread", "place": entry.place, "message": entry.id, "thread": thread}, entry)

    def tell_removed(self, entry: Entry) -> None:
        """Take a message away."""
        self._tell({"push": "removed", "place": entry.place, "message": entry.id}, entry)

    def _tell(self, data: Json, entry: Entry | None = None) -> None:
        raw = msgspec.json.encode(data)
        for tab in list(self.tabs):
            if tab.visitor and (entry is None or entry.visible_to(tab.visitor.user)):
                tab.post_raw(raw)
