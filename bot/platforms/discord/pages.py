"""A reply made to fit: as many messages as it needs, none of which Discord refuses for its size."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.chat.limits import Limits, fit, fit_one
from bot.chat.markup import esc
from bot.chat.reply import Buttons, Card, File, Part, Picture, Reply, Text
from bot.platforms.discord.limits import LIMITS, MAX_BUTTON_URL, MAX_COMPONENTS, MAX_FILES, MAX_TITLE_URL
from bot.platforms.discord.render import Body, render


def pages(reply: Reply) -> list[Body]:
    """Return the reply as one message or several in order, each with the files that it shows."""
    return _shrunk(reply, fit)


def one_page(reply: Reply) -> Body:
    """Return the reply as exactly one message, for deliveries and edits; what is too much is cut, and the cut is said.

    Files beyond the ten that a message takes are left out.
    """
    return _shrunk(reply, lambda whole, limits: [fit_one(whole, limits)])[0]


def _shrunk(reply: Reply, split: Callable[[Reply, Limits], list[Reply]]) -> list[Body]:
    """Split by ever smaller measures until what Discord counts is within its limit.

    Discord counts the backslashes that take the meaning from marks; our limits count what a person reads.
    """
    prepared = _prepared(reply)
    loose = len(reply.files) - len(_shown(reply.files, prepared.cards))  # each is a component of its own
    limits = replace(LIMITS, components=MAX_COMPONENTS - min(loose, MAX_FILES)) if loose else LIMITS
    while True:
        bodies = [render(page) for whole in split(prepared, limits) for page in _with_files_that_fit(whole)]
        longest = max(body.text_length for body in bodies)
        if longest <= LIMITS.message:
            return bodies
        smaller = limits.message * LIMITS.message // (longest + 1)
        limits = replace(limits, message=smaller, text=min(limits.text, smaller))


def _prepared(reply: Reply) -> Reply:
    """Turn into text what Discord has no component for, before it is made to fit; leave out empty cards."""
    if not reply.cards:
        return reply
    cards = [replace(c, parts=tuple(p for part in c.parts for p in _possible(part))) for c in reply.cards]
    return replace(
        reply,
        cards=tuple(
            replace(c, url="") if len(c.url) > MAX_TITLE_URL else c for c in cards if c.title.strip() or c.parts
        ),
    )


def _possible(part: Part) -> list[Part]:
    if not isinstance(part, Buttons):
        return [part]
    links = [f"[{esc(b.label)}]({b.url})" for b in part.buttons if len(b.url) > MAX_BUTTON_URL]
    if not links:
        return [part]
    buttons = tuple(b for b in part.buttons if len(b.url) <= MAX_BUTTON_URL)
    return [*([Buttons(buttons)] if buttons else []), *(Text(shown) for shown in links)]


def _shown(files: Iterable[File], cards: Iterable[Card]) -> list[File]:
    """The files that pictures show."""
    shown = {part.source for card in cards for part in card.parts if isinstance(part, Picture)}
    return [f for f in files if f.name in shown]


def _with_files_that_fit(page: Reply) -> list[Reply]:
    """Return a message, and more of them where it has more files than one takes; those that are shown stay with it."""
    if len(page.files) <= MAX_FILES:
        return [page]
    shown = _shown(page.files, page.cards)
    files = [*shown, *(f for f in page.files if f not in shown)]
    more = [files[i : i + MAX_FILES] for i in range(MAX_FILES, len(files), MAX_FILES)]
    first = replace(page, files=tuple(files[:MAX_FILES]))
    return [first, *(Reply(files=tuple(each), shows=page.shows) for each in more)]
