"""What is overheard: messages with links, mentions of the bot, and all that is written in threads."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.chat.command import Cog
from bot.chat.context import Context, Place
from bot.chat.reply import Reply

_F = TypeVar("_F", bound=Callable[..., Any])
_MARK = "__rung_listens__"


@dataclass(frozen=True, slots=True)
class Message:
    """A message that somebody wrote. `id` as the platform writes it."""

    id: str
    text: str
    mentions_bot: bool = False


@dataclass(frozen=True, slots=True)
class Listener:
    """A cog's method that hears messages: those with a link, that mention the bot, or that stand in a thread."""

    links: bool
    mentions: bool
    threads: bool
    handler: Callable[[Context, Message], Awaitable[Reply | None]]

    def hears(self, message: Message, place: Place) -> bool:
        """Whether this message is of the listener's business; cheap, since it runs on every message."""
        return (
            (self.links and "://" in message.text)
            or (self.mentions and message.mentions_bot)
            or (self.threads and place.kind == "thread" and message.text.strip() != "")
        )


def listen(*, links: bool = False, mentions: bool = False, threads: bool = False) -> Callable[[_F], _F]:
    """Declare a listener `async (ctx, message) -> Reply | None`; None says nothing.

    threads: hear every message that is written in any thread; `ctx.place.id` is the place of `Platform.thread`, so
    look first whether it is one of your own. On Discord it hears nothing without the message-content intent
    """

    def decorate(function: _F) -> _F:
        setattr(function, _MARK, (links, mentions, threads))
        return function

    return decorate


def listeners(cog: Cog) -> list[Listener]:
    """All that a cog listens to."""
    marked = ((name, getattr(function, _MARK, None)) for name, function in vars(type(cog)).items())
    return [Listener(mark[0], mark[1], mark[2], getattr(cog, name)) for name, mark in marked if mark]
