"""What every room is built from, and what a room gives back: so that each is wired in a file of its own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.chat import Cog
from bot.chat.platform import Platform
from bot.community.directory import Directory
from bot.community.telling import Teller
from bot.db import Database
from bot.http import Http
from bot.llm.client import Model
from bot.me.graph import Merge
from bot.me.moving import Moved
from bot.settings import Settings
from bot.work.deliveries import Deliveries
from bot.work.engine import Engine, Handler
from bot.work.schedules import Schedules
from bot.worker import Offload

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Kit:
    """What every room may use. The lists are filled by rooms while they are wired, and read once the bot runs."""

    settings: Settings
    clock: Clock
    database: Database
    http: Http
    engine: Engine
    directory: Directory
    deliveries: Deliveries
    schedules: Schedules
    teller: Teller
    offload: Offload
    platforms: Mapping[str, Platform]
    model: Model
    moved: list[Moved] = field(default_factory=list)
    """Rooms that keep schedules by the member's own hour: called after the zone changed."""
    merges: list[Merge] = field(default_factory=list)
    """Rooms whose rows of two members can't simply be put together: called before the rest is."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a room adds to the bot."""

    cogs: tuple[Cog, ...] = ()
    jobs: Mapping[str, Handler] = field(default_factory=dict)
    hourly: tuple[Callable[[], Awaitable[object]], ...] = ()
