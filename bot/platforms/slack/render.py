"""A reply as Block Kit: blocks, and the text that stands for them in a notification."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, assert_never

from bot.chat.fallback import summary_of, text_of
from bot.chat.markup import esc
from bot.chat.reply import (
    Button,
    Buttons,
    Card,
    Choice,
    Choices,
    Divider,
    Field,
    Fields,
    Part,
    Picture,
    Progress,
    Reply,
    Style,
    Text,
    Tone,
)
from bot.platforms.slack.limits import (
    MAX_FALLBACK,
    MAX_FIELD,
    MAX_LABEL,
    MAX_MESSAGE,
    MAX_OPTION_HINT,
    MAX_OPTION_VALUE,
    MAX_SECTION,
    MAX_URL,
)
from bot.platforms.slack.mrkdwn import escape, link, literal, mrkdwn
from bot.platforms.slack.wording import as_typed

Json = dict[str, Any]
SUFFIX = "#"
"""Stands between a token and its number in an action_id; a token has none, since its values are quoted."""
LINK = "link"
"""The action_id of buttons that only open an address."""
_TONES = {Tone.PLAIN: "", Tone.GOOD: "🟢 ", Tone.WARN: "🟡 ", Tone.BAD: "🔴 "}
_BAR = 10


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says: `text` is the fallback."""

    text: str
    blocks: list[Json]

    def fields(self) -> Json:
        """The body as arguments of a Slack method; empty blocks take away those of an edited message."""
        return {"text": self.text, "blocks": self.blocks}


def render(reply: Reply, pictures: Mapping[str, str] | None = None) -> Body:
    """Return a reply that was made to fit as blocks.

    pictures: the Slack file id of each picture by its name; a picture that has none there, or all of them when it is
    None, is shown by its words, for Slack refuses a whole message for one picture that it can't get
    """
    page = _Page(pictures)
    if reply.text:
        page.section(reply.text)
    for card in reply.cards:
        page.card(card)
    return Body(summary(reply), page.blocks)


def summary(reply: Reply) -> str:
    """Return the line that stands for the reply in a notification."""
    return escape(summary_of(replace(reply, text=_retyped(reply.text))))


def plain_body(reply: Reply) -> Body:
    """Return a reply without blocks: what is said when Slack refuses them."""
    return Body(escape(text_of(reply, actions=False))[:MAX_FALLBACK] or summary(reply), [])


def _retyped(text: str) -> str:
    # The commands in a notification must be those that one can type; only code spans name commands.
    pieces = text.split("`")
    return "`".join(as_typed(piece) if index % 2 else piece for index, piece in enumerate(pieces))


def plain_text(text: str) -> Json:
    """Return a text object that Slack shows as it stands."""
    return {"type": "plain_text", "text": text}


def _label(text: str) -> Json:
    """The words of a button or an option; one that is a command must be one that can be typed here."""
    return plain_text(as_typed(text)[:MAX_LABEL])


def options(choices: tuple[Choice, ...]) -> list[Json]:
    """Return the options of a menu. Raises ValueError for a value that Slack would not carry: a mistake in a cog."""
    found: list[Json] = []
    for choice in choices:
        if not 0 < len(choice.value) <= MAX_OPTION_VALUE:
            raise ValueError(f"the value of choice {choice.label!r} must have 1 to {MAX_OPTION_VALUE} characters")
        option: Json = {"text": _label(choice.label or choice.value), "value": choice.value}
        if choice.hint:
            option["description"] = plain_text(choice.hint[:MAX_OPTION_HINT])
        found.append(option)
    return found


@dataclass(slots=True)
class _Page:
    """The blocks of one message as they grow. Ids of elements must differ in it; its text has a budget."""

    pictures: Mapping[str, str] | None
    blocks: list[Json] = field(default_factory=list)
    left: int = MAX_MESSAGE
    ids: set[str] = field(default_factory=set)

    def section(self, text: str, *, lead: str = "") -> None:
        """Add marked-up text; `lead` is mrkdwn that stands before it."""
        shown = lead + mrkdwn(text, max(1, min(MAX_SECTION, self.left) - len(lead)))
        self._mrkdwn(shown)

    def _mrkdwn(self, shown: str) -> None:
        if shown.strip() and len(shown) <= self.left:
            self.left -= len(shown)
            self.blocks.append({"type": "section", "text": _mrkdwn_text(shown)})

    def card(self, card: Card) -> None:
        """Add a card: a line above it when something stands there, its title, its parts."""
        if self.blocks:
            self.blocks.append({"type": "divider"})
        tone = _TONES[card.tone]
        parts = card.parts
        if card.title:
            self._title(card, tone)
        elif tone and parts and isinstance(parts[0], Text):
            self.section(parts[0].text, lead=tone)
            parts = parts[1:]
        for part in parts:
            self.part(part)

    def _title(self, card: Card, tone: str) -> None:
        if card.url and len(card.url) <= MAX_URL // 2:
            self._mrkdwn(f"{tone}*{link(card.url, card.title)}*")
        else:
            self.left -= len(card.title)
            self.blocks.append({"type": "header", "text": plain_text(tone + card.title)})

    def part(self, part: Part) -> None:
        """Add a part."""
        match part:
            case Text(text):
                self.section(text)
            case Fields(fields):
                self._fields(fields)
            case Picture():
                self._picture(part)
            case Choices(action, placeholder, choices):
                menu: Json = {"type": "static_select", "action_id": self._id(action), "options": options(choices)}
                if placeholder:
                    menu["placeholder"] = plain_text(placeholder)
                self.blocks.append({"type": "actions", "elements": [menu]})
            case Buttons(buttons):
                shown = [self._button(b) for b in buttons if len(b.url) <= MAX_URL]
                if shown:
                    self.blocks.append({"type": "actions", "elements": shown})
            case Progress(label, value, text):
                self._mrkdwn(f"*{literal(label)}*  {bar(value)}  {literal(text)}".rstrip())
            case Divider():
                self.blocks.append({"type": "divider"})
            case _:
                assert_never(part)

    def _fields(self, fields: tuple[Field, ...]) -> None:
        shown: list[Json] = []
        for item in fields:
            name = mrkdwn(f"**{esc(item.name)}**", MAX_FIELD // 2)
            text = f"{name}\n{mrkdwn(item.value, MAX_FIELD - len(name) - 1)}"
            if len(text) <= self.left:
                self.left -= len(text)
                shown.append(_mrkdwn_text(text))
        if shown:
            self.blocks.append({"type": "section", "fields": shown})

    def _picture(self, picture: Picture) -> None:
        alt = picture.alt or "a picture"
        image: Json = {"type": "image", "alt_text": alt}
        hosted = picture.source.startswith("https://")
        if self.pictures is not None and hosted and len(picture.source) <= MAX_URL:
            self.blocks.append({**image, "image_url": picture.source})
        elif self.pictures is not None and picture.source in self.pictures:
            self.blocks.append({**image, "slack_file": {"id": self.pictures[picture.source]}})
        elif hosted and len(picture.source) <= MAX_URL // 2:
            self._mrkdwn(f"🖼 {link(picture.source, alt[:150])}")
        else:
            self.section(esc(alt), lead="🖼 ")

    def _button(self, button: Button) -> Json:
        shown: Json = {"type": "button", "text": _label(button.label or "…")}
        if button.url:
            shown |= {"action_id": self._id(LINK), "url": button.url}
        else:
            shown |= {"action_id": self._id(button.action), "value": button.action}
        if button.style is not Style.PLAIN:
            shown["style"] = button.style.value
        return shown

    def _id(self, token: str) -> str:
        """The token, numbered where it stands in the message already."""
        found, number = token, 1
        while found in self.ids:
            number += 1
            found = f"{token}{SUFFIX}{number}"
        self.ids.add(found)
        return found


def _mrkdwn_text(text: str) -> Json:
    # verbatim: Slack must not look for addresses, channels and people in it by itself.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def bar(value: float) -> str:
    """Return a bar of ten blocks for a value from 0 to 1."""
    full = round(max(0.0, min(1.0, value)) * _BAR)
    return "█" * full + "░" * (_BAR - full)
