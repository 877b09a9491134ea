"""A reply made to fit: as many messages as it needs, none of which Discord refuses for its size."""

from collections.abc import Callable
from dataclasses import replace

from bot.chat.limits import Limits, fit, fit_one
from bot.chat.markup import esc
from bot.chat.reply import Buttons, Part, Picture, Reply, Text
from bot.platforms.discord.limits import (
    LIMITS,
    MAX_BUTTON_URL,
    MAX_COMPONENTS,
    MAX_FILES,
    MAX_TITLE_URL,
)
from bot.platforms.discord.render import text_length


def pages(reply: Reply) -> list[Reply]:
    """Return the reply as one message or several in order, each with the files that it shows."""
    return _shrunk(reply, fit)


def one_page(reply: Reply) -> Reply:
    """Return the reply as exactly one message, for deliveries and edits; what is too much is cut, and the cut is said.

    Files beyond the ten that a message takes are left out.
    """
    return _shrunk(reply, lambda whole, limits: [fit_one(whole, limits)])[0]


def _shrunk(reply: Reply, split: Callable[[Reply, Limits], list[Reply]]) -> list[Reply]:
    """Split by ever smaller measures until what Discord counts is within its limit.

    Discord counts the backslashes that take the meaning from marks; our limits count what a person reads.
    """
    prepared = _prepared(reply)
    limits = replace(LIMITS, components=MAX_COMPONENTS - min(len(_loose(prepared)), MAX_FILES))
    while True:
        found = _with_files(split(prepared, limits), prepared)
        longest = max(text_length(page) for page in found)
        if longest <= LIMITS.message:
            return found
        smaller = limits.message * LIMITS.message // (longest + 1)
        limits = replace(limits, message=smaller, text=min(limits.text, smaller))


def _prepared(reply: Reply) -> Reply:
    """Turn into text what Discord has no component for, before it is made to fit; leave out empty cards."""
    cards = [replace(c, parts=tuple(p for part in c.parts for p in _possible(part))) for c in reply.cards]
    return replace(
        reply,
        cards=tuple(
            replace(c, url=c.url if len(c.url) <= MAX_TITLE_URL else "") for c in cards if c.title.strip() or c.parts
        ),
    )


def _possible(part: Part) -> list[Part]:
    if not isinstance(part, Buttons):
        return [part]
    links = [f"[{esc(b.label)}]({b.url})" for b in part.buttons if len(b.url) > MAX_BUTTON_URL]
    buttons = tuple(b for b in part.buttons if len(b.url) <= MAX_BUTTON_URL)
    return [*([Buttons(buttons)] if buttons else []), *(Text(shown) for shown in links)]


def _pictures(reply: Reply) -> set[str]:
    return {part.source for card in reply.cards for part in card.parts if isinstance(part, Picture)}


def _loose(reply: Reply) -> list[str]:
    """The files that no picture shows: each is a component of its own."""
    return [f.name for f in reply.files if f.name not in _pictures(reply)]


def _with_files(found: list[Reply], whole: Reply) -> list[Reply]:
    """Give each message the files that its pictures show, the first also those that none shows, as far as they go."""
    loose = [f for f in whole.files if f.name in _loose(whole)]
    placed: list[Reply] = []
    for page in found:
        shown = [f for f in whole.files if f.name in _pictures(page)][:MAX_FILES]
        room = MAX_FILES - len(shown)
        shown, loose = [*shown, *loose[:room]], loose[room:]
        placed.append(replace(page, files=tuple(shown)))
    more = [loose[i : i + MAX_FILES] for i in range(0, len(loose), MAX_FILES)]
    return placed + [Reply(files=tuple(files), shows=whole.shows) for files in more]
