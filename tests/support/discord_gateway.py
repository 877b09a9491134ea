"""The gateway of the local Discord: HELLO, IDENTIFY, READY, GUILD_CREATE, heartbeats, RESUME, events on demand.

Opcodes and close codes: docs.discord.com/developers/topics/opcodes-and-status-codes#gateway.
"""

import asyncio
import itertools
import json
from collections import deque
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from tests.support import discord_payloads as show
from tests.support.discord_world import APP, BOT, DIRECT, TOKEN, Json, World

MESSAGE_CONTENT = 1 << 15
_KEPT_EVENTS = 1000


@dataclass(slots=True)
class Session:
    """One shard's connection; it outlives its socket so that it can be resumed."""

    id: str
    shard: int
    shards: int
    intents: int
    socket: web.WebSocketResponse | None
    seq: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=_KEPT_EVENTS))

    async def dispatch(self, event: str, data: str) -> None:
        """Send an event, or keep it for the resume. `data` is JSON already."""
        self.seq += 1
        frame = f'{{"op":0,"t":"{event}","s":{self.seq},"d":{data}}}'
        self.sent.append((self.seq, frame))
        await self._write(frame)

    async def replay(self, after: int) -> None:
        for seq, frame in [*self.sent]:
            if seq > after:
                await self._write(frame)

    async def _write(self, frame: str) -> None:
        if self.socket is not None and not self.socket.closed:
            try:
                await self.socket.send_str(frame)
            except (ConnectionError, aiohttp.ClientError):
                self.socket = None  # the event is kept for the resume


class Gateway:
    """All sessions of the bot."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self.heartbeats = 0
        self.heartbeat_seconds = 41.25
        self._numbers = itertools.count(1)

    @property
    def live(self) -> list[Session]:
        """The sessions whose socket is open."""
        return [s for s in self.sessions.values() if s.socket is not None and not s.socket.closed]

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=0, compress=False)
        await socket.prepare(request)
        await _op(socket, 10, {"heartbeat_interval": int(self.heartbeat_seconds * 1000)})
        session: Session | None = None
        async for message in socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            body = json.loads(message.data)
            match body["op"]:
                case 1:
                    self.heartbeats += 1
                    await _op(socket, 11, None)
                case 2:
                    session = await self._identify(socket, body["d"])
                case 6:
                    session = await self._resume(socket, body["d"])
                case _:
                    pass
            await self.world.note()
        if session and session.socket is socket:
            session.socket = None
        await self.world.note()
        return socket

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        if data["token"] != TOKEN:
            await socket.close(code=4004, message=b"Authentication failed.")
            return None
        if data["intents"] & MESSAGE_CONTENT and not self.world.approves_content:
            await socket.close(code=4014, message=b"Disallowed intent(s).")
            return None
        shard, shards = data.get("shard", [0, 1])
        for old in [s for s in self.sessions.values() if s.shard == shard]:
            del self.sessions[old.id]
        session = Session(f"session{next(self._numbers)}", shard, shards, data["intents"], socket)
        self.sessions[session.id] = session
        self.identified += 1
        guilds = [g for g in self.world.guilds.values() if _shard(g.id, shards) == shard]
        ready = {
            "v": 10,
            "user": {**self.world.users[BOT], "flags": 0, "verified": True, "mfa_enabled": False},
            "guilds": [{"id": g.id, "unavailable": True} for g in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [shard, shards],
            "application": {"id": APP, "flags": 0},
        }
        await session.dispatch("READY", show.encoded(ready))
        for guild in guilds:
            await session.dispatch("GUILD_CREATE", show.encoded(show.guild(self.world, guild)))
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await _op(socket, 9, data=False)
            return None
        session.socket = socket
        self.resumed += 1
        await session.replay(data["seq"])
        await session.dispatch("RESUMED", "{}")
        return session

    async def dispatch(self, event: str, data: Json, guild: str = "") -> None:
        """Send an event to the shard of a guild; direct conversations belong to shard 0."""
        encoded = show.encoded(data)
        for session in [*self.sessions.values()]:
            if session.shard == (_shard(guild, session.shards) if guild else 0):
                await session.dispatch(event, encoded)

    async def message(self, message: Json, guild: str, event: str = "MESSAGE_CREATE") -> None:
        """Tell a message; who lacks the message-content intent sees words only where it is meant."""
        seen = message | ({"guild_id": guild} if guild else {})
        for session in [*self.sessions.values()]:
            if session.shard != (_shard(guild, session.shards) if guild else 0):
                continue
            meant = not guild or message["author"]["id"] == BOT or any(u["id"] == BOT for u in message["mentions"])
            if session.intents & MESSAGE_CONTENT or meant:
                await session.dispatch(event, show.encoded(seen))
            else:
                blank = {"content": "", "components": [], "attachments": [], "embeds": []}
                await session.dispatch(event, show.encoded(seen | blank))

    async def drop(self, *, code: int = 4000, forget: bool = False) -> None:
        """Close every socket; with `forget` the sessions can't be resumed."""
        sockets = [s.socket for s in self.live if s.socket]
        if forget:
            self.sessions.clear()
        await asyncio.gather(*(socket.close(code=code) for socket in sockets))

    async def ask_to_reconnect(self) -> None:
        """Send opcode 7."""
        for session in self.live:
            if session.socket:
                await _op(session.socket, 7, None)

    def guild_of(self, channel: str) -> str:
        """The guild of a channel, empty for a direct conversation."""
        found = self.world.channels[channel]
        return "" if found.kind == DIRECT else found.guild


async def _op(socket: web.WebSocketResponse, op: int, data: object) -> None:
    await socket.send_str(show.encoded({"op": op, "d": data, "s": None, "t": None}))


def _shard(guild: str, shards: int) -> int:
    return (int(guild) >> 22) % shards
