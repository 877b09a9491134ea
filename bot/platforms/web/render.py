"""A reply as HTML that the page inserts as it is. Everything that could come from outside is escaped here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from markupsafe import Markup, escape

from bot.chat.reply import (
    Button,
    Buttons,
    Card,
    Choices,
    Divider,
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
from bot.platforms.web.markup import el, icon, is_web_address, link, prose

_STYLES = {Style.PRIMARY: "button primary", Style.PLAIN: "button", Style.DANGER: "button danger"}
_TONES = {Tone.PLAIN: "card", Tone.GOOD: "card good", Tone.WARN: "card warn", Tone.BAD: "card bad"}
_TONE_WORDS = {Tone.PLAIN: "", Tone.GOOD: "", Tone.WARN: "Please note: ", Tone.BAD: "Problem: "}
_KILO = 1024


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns replies into HTML.

    is_command: whether a line is one of our commands, so that it becomes a button
    file_url: the address of a file by its number in the reply
    """

    is_command: Callable[[str], bool]
    file_url: Callable[[int], str]

    def reply(self, reply: Reply) -> Markup:
        """Return a reply: its text, its cards, and the files that no picture shows."""
        shown = {part.source for card in reply.cards for part in card.parts if isinstance(part, Picture)}
        pieces = [el("div", prose(reply.text, self.is_command), class_="prose")] if reply.text else []
        pieces += [self.card(card, reply.files) for card in reply.cards]
        offered = [self._file(n, file) for n, file in enumerate(reply.files) if file.name not in shown]
        pieces += [el("ul", *(el("li", file) for file in offered), class_="files")] if offered else []
        return Markup().join(pieces)

    def card(self, card: Card, files: tuple[File, ...] = ()) -> Markup:
        """Return a card."""
        title = el("h3", _title(card), class_="card-title") if card.title else Markup()
        tone = _TONE_WORDS[card.tone]
        spoken = el("span", tone, class_="hidden") if tone else Markup()
        parts = (self.part(part, files) for part in card.parts)
        return el("article", spoken, title, *parts, class_=_TONES[card.tone], aria_label=card.title or None)

    def part(self, part: Part, files: tuple[File, ...]) -> Markup:
        """Return a part of a card."""
        match part:
            case Text(text):
                return el("div", prose(text, self.is_command), class_="prose")
            case Fields(fields):
                pairs = (
                    el("div", el("dt", f.name), el("dd", prose(f.value, self.is_command)), class_="field")
                    for f in fields
                )
                return el("dl", *pairs, class_="fields")
            case Picture(source, alt):
                return self._picture(source, alt, files)
            case Choices():
                return _menu(part)
            case Buttons(buttons):
                return el("div", *(_button(button) for button in buttons), class_="buttons")
            case Progress():
                return _progress(part)
            case Divider():
                return el("hr")
            case _:
                assert_never(part)

    def _picture(self, source: str, alt: str, files: tuple[File, ...]) -> Markup:
        number = next((n for n, file in enumerate(files) if file.name == source), None)
        url = self.file_url(number) if number is not None else source
        if number is None and not is_web_address(source):
            return el("p", f"[{alt}]", class_="quiet")
        return el("img", src=url, alt=alt, class_="picture", loading="lazy")

    def _file(self, number: int, file: File) -> Markup:
        url, size = self.file_url(number), el("span", _size(len(file.content)), class_="quiet")
        return el("a", icon("file"), el("span", file.name), size, href=url, download=file.name, class_="file")


def _title(card: Card) -> Markup:
    if not is_web_address(card.url):
        return escape(card.title)
    return link(escape(card.title) + icon("out"), card.url)


def _button(button: Button) -> Markup:
    style = _STYLES[button.style]
    if button.action:
        return el("button", button.label, type="button", class_=style, data_token=button.action)
    return link(Markup().join([el("span", button.label), icon("out")]), button.url, class_=style)


def _menu(choices: Choices) -> Markup:
    items = (
        el(
            "button",
            el("span", choice.label or choice.value),
            el("small", choice.hint) if choice.hint else Markup(),
            type="button",
            role="menuitem",
            tabindex=-1,
            data_value=choice.value,
        )
        for choice in choices.choices
    )
    opener = el(
        "button",
        el("span", choices.placeholder),
        icon("down"),
        type="button",
        class_="button menu-opener",
        aria_haspopup="menu",
        aria_expanded="false",
    )
    shown = el("div", *items, class_="menu-items", role="menu", aria_label=choices.placeholder, hidden=True)
    return el("div", opener, shown, class_="menu", data_token=choices.action)


def _progress(progress: Progress) -> Markup:
    value = max(0.0, min(1.0, progress.value))
    words = progress.text or f"{value:.0%}"
    bar = el("progress", words, max=1, value=f"{value:.3f}", aria_label=progress.label)
    return el("div", el("span", progress.label), el("span", words, class_="quiet"), bar, class_="progress")


def _size(octets: int) -> str:
    if octets < _KILO:
        return f"{octets} bytes"
    return f"{octets / _KILO:.0f} KB" if octets < _KILO * _KILO else f"{octets / _KILO / _KILO:.1f} MB"
