"""A reply as Components V2: one layout a message, with the files that it shows."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, assert_never

import discord
from discord import ui

from bot.chat.markup import plain
from bot.chat.mentions import mentioned
from bot.chat.reply import (
    Button,
    Buttons,
    Card,
    Choice,
    Choices,
    Divider,
    Field,
    Fields,
    File,
    Part,
    Picture,
    Progress,
    Reply,
    Style,
    Text,
    Tone,
)
from bot.platforms.discord.limits import MAX_ID, MAX_PICTURE_URL, MAX_VALUE
from bot.platforms.discord.markdown import is_user, link, literal, markdown

SUFFIX = "#"
"""Stands between a token and its number in a custom_id; a token has none, since its values are quoted."""
NOTHING = "\u2013"
"""The value of an option whose own is empty, which Discord refuses."""
NOBODY = discord.AllowedMentions.none()
"""Whom a message may call: discord.py forgets the client's own setting when it edits."""
_COLOURS = {Tone.PLAIN: None, Tone.GOOD: 0x2E9E5B, Tone.WARN: 0xE0A100, Tone.BAD: 0xD64545}
_STYLES = {
    Style.PRIMARY: discord.ButtonStyle.primary,
    Style.PLAIN: discord.ButtonStyle.secondary,
    Style.DANGER: discord.ButtonStyle.danger,
}
_BAR = 10
_MOST_CALLED = 100  # docs.discord.com/developers/resources/message#allowed-mentions-object
_LINE = 72
"""Characters of facts that share a line."""
_ALT = 150
_UNSEEN = "\u200b\u200c\u2060\u2063"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")

Item = ui.Item[Any]


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says: its components, at least one, its files, and whom it mentions. Sent once."""

    items: list[Item]
    files: tuple[File, ...] = ()
    users: tuple[str, ...] = ()

    @property
    def called(self) -> discord.AllowedMentions:
        """Whom Discord may call when it is sent: those people, and never a role or everyone."""
        users = [discord.Object(user) for user in self.users[:_MOST_CALLED]]
        return discord.AllowedMentions(everyone=False, roles=False, users=users, replied_user=False)

    @property
    def text_length(self) -> int:
        """The number of characters of all texts, as Discord counts them: with escapes."""
        return sum(len(item.content) for item in walk(self.items) if isinstance(item, ui.TextDisplay))

    def view(self, mark: str = "") -> ui.LayoutView:
        """Return the components as discord.py wants them.

        mark: hexadecimal digits that go along unseen, by which the message is known again
        """
        if mark:
            _put(mark, self.items)
        view = ui.LayoutView(timeout=None)
        for item in self.items:
            view.add_item(item)
        view.stop()  # discord.py keeps no finished layout in memory: a click finds its handler by its token alone
        return view

    def attachments(self) -> list[discord.File]:
        """Return the files as discord.py wants them."""
        return [discord.File(io.BytesIO(f.content), file_name(f.name)) for f in self.files]


def render(reply: Reply) -> Body:
    """Return a reply that was made to fit (by `pages`) as a message."""
    page = _Page({f.name for f in reply.files})
    items: list[Item] = [ui.TextDisplay(markdown(reply.text))] if reply.text.strip() else []
    items += [shown for card in reply.cards if (shown := page.card(card))]
    items += [ui.File(f"attachment://{file_name(f.name)}") for f in reply.files if f.name not in page.pictures]
    users = tuple(user for user in mentioned(reply) if is_user(user))
    return Body(items or [ui.TextDisplay("Done.")], reply.files, users)


def unseen(mark: str) -> str:
    """Return hexadecimal digits as characters that have no width, two for each."""
    return "".join(_UNSEEN[n >> 2] + _UNSEEN[n & 3] for n in (int(digit, 16) for digit in mark))


def _put(mark: str, items: list[Item]) -> None:
    """Hide a mark behind the first token that leaves room for it, else behind the first text."""
    found = list(walk(items))
    for item in found:
        if isinstance(item, ui.Button | ui.Select) and item.custom_id and len(item.custom_id) + len(mark) < MAX_ID:
            item.custom_id += SUFFIX + mark
            return
    text = next((item for item in found if isinstance(item, ui.TextDisplay)), None)
    if text is None:
        items.append(ui.TextDisplay(unseen(mark)))
    else:
        text.content += unseen(mark)


def walk(items: Iterable[Item]) -> Iterator[Item]:
    """Yield items and all within them."""
    for item in items:
        yield item
        if isinstance(item, ui.Container | ui.ActionRow):
            yield from walk(item.children)


def file_name(name: str) -> str:
    """Return a file's name as Discord keeps it, so that a picture finds its file."""
    return _UNSAFE.sub("_", name)[-100:] or "file"


def options(choices: Iterable[Choice], chosen: str | None = None) -> list[discord.SelectOption]:
    """Return the options of a menu; a second one of the same value is left out, since Discord takes it only once.

    Raises ValueError for a value that Discord would not carry: a mistake in a cog.
    """
    found: dict[str, discord.SelectOption] = {}
    for choice in choices:
        if len(choice.value) > MAX_VALUE:
            raise ValueError(f"the value of choice {choice.label!r} must have at most {MAX_VALUE} characters")
        value = choice.value or NOTHING
        default = chosen is not None and choice.value == chosen
        label = choice.label or choice.value or NOTHING
        option = discord.SelectOption(label=label, value=value, description=choice.hint or None, default=default)
        found.setdefault(value, option)
    return list(found.values())


def bar(value: float) -> str:
    """Return a bar of ten pieces for a value from 0 to 1."""
    full = round(max(0.0, min(1.0, value)) * _BAR)
    return f"`{'█' * full}{'░' * (_BAR - full)}`"  # as code, since only there all letters are of one width


@dataclass(slots=True)
class _Page:
    """One message as it grows: `files` that go with it, and what must not stand in it twice."""

    files: set[str]
    pictures: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def card(self, card: Card) -> ui.Container[Any] | None:
        """Return a card, or None when nothing would stand in it."""
        title = link(card.url, card.title) if card.url else literal(card.title)
        items: list[Item] = [ui.TextDisplay(f"### {title}")] if card.title.strip() else []
        items += [item for part in card.parts for item in self.part(part)]
        return ui.Container(*items, accent_colour=_COLOURS[card.tone]) if items else None

    def part(self, part: Part) -> list[Item]:
        """Return what shows a part, mostly one component."""
        match part:
            case Text(text):
                return _text(markdown(text))
            case Fields(fields):
                return _text(_facts(fields))
            case Picture():
                return self._picture(part)
            case Choices():
                return self._menu(part)
            case Buttons(buttons):
                shown = [found for b in buttons if (found := self._button(b))]
                return [ui.ActionRow(*shown)] if shown else []
            case Progress(label, value, text):
                return _text(f"**{literal(label)}** {bar(value)} {literal(text)}")
            case Divider():
                return [ui.Separator()]
            case _:
                assert_never(part)

    def _picture(self, picture: Picture) -> list[Item]:
        source = picture.source
        if source in self.files:
            self.pictures.add(source)
            source = f"attachment://{file_name(source)}"
        elif not source.startswith("https://") or len(source) > MAX_PICTURE_URL:
            return _text(f"🖼 {literal(picture.alt[:_ALT])}")
        return [ui.MediaGallery(discord.MediaGalleryItem(source, description=picture.alt or None))]

    def _menu(self, menu: Choices) -> list[Item]:
        name, shown = self._id(menu.action), options(menu.choices)
        if not name or not shown:
            return []
        return [ui.ActionRow(ui.Select(custom_id=name, placeholder=menu.placeholder or None, options=shown))]

    def _button(self, button: Button) -> ui.Button[Any] | None:
        label = button.label.strip() or "…"
        if button.url:
            return ui.Button(label=label, url=button.url)
        name = self._id(button.action)
        return ui.Button(label=label, custom_id=name, style=_STYLES[button.style]) if name else None

    def _id(self, token: str) -> str:
        """The token, numbered where it stands in the message already: Discord takes no custom_id twice.

        Empty when there is no room for a number; the first of the two does the same.
        """
        found, number = token, 1
        while found in self.ids:
            number += 1
            found = f"{token}{SUFFIX}{number}"
        if len(found) > MAX_ID:
            return ""
        self.ids.add(found)
        return found


def _text(shown: str) -> list[Item]:
    return [ui.TextDisplay(shown.rstrip())] if shown.strip() else []


def _facts(fields: Iterable[Field]) -> str:
    """Facts side by side while they are short; Components V2 has no columns."""
    lines: list[str] = []
    room = 0
    for item in fields:
        fact = f"**{literal(item.name)}** {markdown(item.value)}"
        length = len(item.name) + len(plain(item.value, links=False)) + 3
        if length > room:
            lines.append(fact)
            room = _LINE
        else:
            lines[-1] += f"  ·  {fact}"
        room -= length
    return "\n".join(lines)
