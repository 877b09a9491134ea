"""Replies: what is said, as plain data. A closed set of parts; every platform renders each of them."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Shows(StrEnum):
    """Who sees a reply."""

    PRIVATE = "private"
    PUBLIC = "public"


PRIVATE = Shows.PRIVATE
PUBLIC = Shows.PUBLIC


class Style(StrEnum):
    """How much a button calls for a click."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"


class Tone(StrEnum):
    """The mood of a card; platforms show it as an accent colour."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or a list, in our markup (`bot.chat.markup`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A short labelled fact. `value` is markup."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Facts that stand side by side where there is room."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the words that stand for it. `source` is an https address or the name of a file of the reply."""

    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a menu, an option or a form."""

    label: str
    value: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """A menu: picking one runs `action` (a token) with the picked value as its last argument."""

    action: str
    placeholder: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A click runs `action` (a token) or opens `url`; exactly one of them is given."""

    label: str
    action: str = ""
    url: str = ""
    style: Style = Style.PLAIN

    def __post_init__(self) -> None:
        if bool(self.action) == bool(self.url):
            raise ValueError(f"button {self.label!r} needs an action or a url, and not both")


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A bar: `value` from 0 to 1, and the words beside it."""

    label: str
    value: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Divider:
    """A thin line."""


Part = Text | Fields | Picture | Choices | Buttons | Progress | Divider


@dataclass(frozen=True, slots=True)
class Card:
    """A framed block: an optional linked title (plain text), then parts."""

    title: str = ""
    parts: tuple[Part, ...] = ()
    url: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class File:
    """Bytes that go along, shown by a `Picture` or offered for download."""

    name: str
    content: bytes = field(repr=False)
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something can't be taken, as marked-up text; `field` names the input that is wrong, "" for none of them."""

    why: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said. Where it is shown, in which thread and with which files is independent of its body.

    `text` is markup; with cards it stands above them. `shows` None means "as the command declares".
    `replaces` asks to put this reply in the place of the message whose button was clicked.
    `thread` names a thread to open under the message, empty for none.
    `refused` says of an answer to a form why it was not taken: where a form can stay open, it is said there instead.
    """

    text: str = ""
    cards: tuple[Card, ...] = ()
    shows: Shows | None = None
    thread: str = ""
    files: tuple[File, ...] = ()
    replaces: bool = False
    refused: Refusal | None = None

    def shown(self, shows: Shows) -> "Reply":
        """Return the reply with its visibility settled: its own, or else the one given."""
        return self if self.shows is not None else replace(self, shows=shows)
