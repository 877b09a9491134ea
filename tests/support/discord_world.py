"""The state of the local Discord: people, guilds, channels, messages, and a record of all that was asked of it."""

import asyncio
import random
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.support.discord_faults import DiscordFault, Fault

Json = dict[str, Any]

TOKEN = "local-discord-token"
APP = BOT = "900000000000000001"
ADA, GRACE = "700000000000000001", "700000000000000002"
GUILD = "800000000000000001"
LEADS, RANDOM = "810000000000000001", "810000000000000002"
EPOCH = 1_420_070_400_000
"""Snowflakes count milliseconds from the first of January 2015 (docs.discord.com/developers/reference#snowflakes)."""
EPHEMERAL, COMPONENTS_V2 = 1 << 6, 1 << 15
TEXT, DIRECT, THREAD = 0, 1, 11
MEMBER_PERMISSIONS = 0x0000_0000_0006_CC40 | 1 << 35 | 1 << 38
"""View, send, embed, attach, history, reactions, commands' use, public threads, messages in threads."""
MANAGE_GUILD = 1 << 5
ACKNOWLEDGE_SECONDS = 3.0
NONCE_SECONDS = 300.0
"""How long `enforce_nonce` remembers ("the past few minutes"); shorten it to test what heals a crash."""


@dataclass(slots=True)
class Channel:
    """A channel of a guild, a thread, or a direct conversation with `user`."""

    id: str
    name: str = ""
    kind: int = TEXT
    guild: str = ""
    parent: str = ""
    user: str = ""
    forbidden: bool = False
    messages: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Guild:
    """A guild. `members` is only a number: their payloads are made when the gateway asks."""

    id: str
    name: str
    organisers: set[str] = field(default_factory=set)
    members: int = 3


@dataclass(frozen=True, slots=True)
class Call:
    """One REST request, and the status that answered it."""

    method: str
    path: str
    body: Any
    status: int
    at: float


@dataclass(slots=True)
class Interaction:
    """What a person did, and all that the bot said to it. Times are the world's clock."""

    id: str
    token: str
    payload: Json
    at: float
    acknowledged: float = 0.0
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    callbacks: list[Json] = field(default_factory=list)
    original: str = ""
    thinking: bool = False
    """Deferred with a message that is still to come."""
    messages: dict[str, Json] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long the acknowledgement took."""
        return self.acknowledged - self.at

    @property
    def said(self) -> list[Json]:
        """The messages that the bot made, in order."""
        return list(self.messages.values())

    @property
    def modal(self) -> Json | None:
        """The form that was opened, or None."""
        return next((c["data"] for c in self.callbacks if c["type"] == 9), None)

    @property
    def choices(self) -> list[Json]:
        """The completions that were given."""
        return [choice for c in self.callbacks if c["type"] == 8 for choice in c["data"]["choices"]]

    @property
    def deferred(self) -> bool:
        """Whether the first answer was "later"."""
        return bool(self.callbacks) and self.callbacks[0]["type"] in {5, 6}


class World:
    """One Discord with one bot. `clock` gives seconds since 1970; nothing here sleeps."""

    def __init__(self, clock: Callable[[], float] = time.time, *, keep_calls: int | None = 50_000) -> None:
        self.clock = clock
        self.users: dict[str, Json] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.commands: list[Json] = []
        self.interactions: dict[str, Interaction] = {}
        self.files: dict[str, tuple[str, str, bytes]] = {}
        self.faults: list[Fault] = []
        self.rates: dict[str, tuple[int, float]] = {}
        self.calls: deque[Call] = deque(maxlen=keep_calls)
        self.statuses: Counter[int] = Counter()
        self.posted: dict[str, Counter[str]] = defaultdict(Counter)
        self.nonces: dict[tuple[str, str], tuple[float, str]] = {}
        self.nonce_seconds = NONCE_SECONDS
        self.approves_content = True
        self.checks_bodies = True
        self.shards = 1
        self.changed = asyncio.Condition()
        self.dice = random.Random(0)  # noqa: S311 - faults, not secrets
        self._last = 0
        self.add_user(BOT, "rung", bot=True)
        self.add_user(ADA, "ada")
        self.add_user(GRACE, "grace")
        self.guilds[GUILD] = Guild(GUILD, "Climbers", {ADA})
        self.add_channels([(LEADS, "leads"), (RANDOM, "random")])

    def snowflake(self) -> str:
        """A new id: unique, growing, and telling its time."""
        self._last = max((int(self.clock() * 1000) - EPOCH) << 22, self._last + 1)
        return str(self._last)

    def now(self) -> str:
        return datetime.fromtimestamp(self.clock(), UTC).isoformat()

    def add_user(self, user: str, name: str, *, bot: bool = False) -> None:
        self.users[user] = {
            "id": user,
            "username": name,
            "global_name": name.capitalize(),
            "discriminator": "0",
            "avatar": None,
            "bot": bot,
        }

    def add_channels(self, channels: Iterable[tuple[str, str]], guild: str = GUILD) -> list[str]:
        added = [Channel(id=channel, name=name, guild=guild) for channel, name in channels]
        self.channels.update({c.id: c for c in added})
        return [c.id for c in added]

    def add_guilds(self, count: int, channels: int = 2, members: int = 3) -> list[str]:
        """Add guilds for measurements, each with a few channels."""
        added: list[str] = []
        for number in range(count):
            guild = self.snowflake()
            self.guilds[guild] = Guild(guild, f"Guild {number}", {ADA}, members)
            self.add_channels([(self.snowflake(), f"channel-{i}") for i in range(channels)], guild)
            added.append(guild)
        return added

    def channel(self, channel: str) -> Channel:
        found = self.channels.get(channel)
        if found is None:
            raise DiscordFault(404, 10003, "Unknown Channel")
        if found.forbidden:
            raise DiscordFault(403, 50001, "Missing Access")
        return found

    def direct(self, user: str) -> Channel:
        """The conversation between the bot and a person."""
        if user not in self.users:
            raise DiscordFault(404, 10013, "Unknown User")
        found = next((c for c in self.channels.values() if c.kind == DIRECT and c.user == user), None)
        if found is None:
            found = Channel(self.snowflake(), kind=DIRECT, user=user)
            self.channels[found.id] = found
        return found

    def fault(self, route: str) -> Fault | None:
        return next((f for f in self.faults if f.hits(route, self.dice)), None)

    async def note(self, call: Call | None = None) -> None:
        """Record a call and wake whoever waits for something to happen."""
        if call:
            self.calls.append(call)
            self.statuses[call.status] += 1
        async with self.changed:
            self.changed.notify_all()

    async def until(self, happened: Callable[[], object], seconds: float = 60.0) -> None:
        """Wait until something is true; the time is only a net under a test that hangs."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(lambda: bool(happened()))

    def bodies(self, method: str = "", path: str = "") -> list[tuple[str, str, Any]]:
        """Method, path and JSON body of what was asked, in order."""
        return [(c.method, c.path, c.body) for c in self.calls if c.method.startswith(method) and path in c.path]

    def doubled(self) -> dict[str, int]:
        """`channel key` of what was posted more than once, and how often."""
        return {f"{c} {key}": n for c, counts in self.posted.items() for key, n in counts.items() if n > 1}

    def forget(self) -> None:
        """Forget what was said and what goes wrong; people, guilds, channels and commands stay."""
        kept: tuple[Any, ...] = (self.faults, self.rates, self.calls, self.posted, self.nonces, self.interactions)
        for each in (*kept, self.files, self.statuses):
            each.clear()
        for channel in self.channels.values():
            channel.messages.clear()
