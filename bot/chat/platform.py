"""What every platform offers to the rest of the house: to run, and to speak without being asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.chat.context import Place
from bot.chat.reply import Reply


@dataclass(frozen=True, slots=True)
class Address:
    """Where something is said: a place in a workspace, or (with `direct`) a person by their user id on the platform."""

    platform: str
    workspace: str
    place: str
    direct: bool = False


class DeliveryError(Exception):
    """A message could not be brought to its place."""


class PlaceGone(DeliveryError):
    """The place or the message does not exist (any more)."""


class Forbidden(DeliveryError):
    """The bot may not speak there, or the person takes no messages."""


class TryLater(DeliveryError):
    """A passing fault. `after` is the least number of seconds to wait, 0 when the platform did not say."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after


class Platform(Protocol):
    """A platform: pure translators in and out, and a connection. It is handed its router when it is built.

    `send`, `edit` and `find` raise PlaceGone, Forbidden or TryLater, and nothing else for what the platform answers.
    """

    name: str
    in_flight: timedelta
    """How long a post may land after its sender died; zero where the platform itself takes a key only once."""

    async def start(self) -> None:
        """Connect, and return once messages can be sent. Raises ConnectionError with what to do about it."""
        ...

    async def stop(self) -> None:
        """Say goodbye and let go of everything."""
        ...

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        """Say it, once for a key as far as the platform can promise; returns the message's id there."""
        ...

    async def edit(self, to: Address, message: str, reply: Reply) -> None:
        """Put something else in a message's place."""
        ...

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        """Look whether the message of that key already stands there (after a crash between sending and noting)."""
        ...

    def thread(self, to: Address, message: str) -> Address:
        """The thread under a message that stands in a place, as an address; pure: nothing is opened or looked up.

        A message in it comes with the same `Place.id`, and with `to.place` as `Place.parent`. In a direct conversation
        and in a thread there is no other thread: then it is `to` itself.
        """
        ...

    async def places(self, workspace: str) -> list[Place]:
        """The places of a workspace in which the bot may speak."""
        ...

    def healthy(self) -> bool:
        """Whether the connection stands."""
        ...
