"""What a page asks, in our words. A page gets one answer to each request, under the request's number `n`."""

from typing import Annotated

import msgspec
from msgspec import Meta

from bot.chat.errors import BadInput
from bot.platforms.web.limits import MAX_LINE, MAX_REQUEST

Id = Annotated[int, Meta(ge=0, lt=2**53)]
Short = Annotated[str, Meta(max_length=200)]
Line = Annotated[str, Meta(max_length=MAX_LINE)]
Long = Annotated[str, Meta(max_length=MAX_REQUEST)]


class _Request(msgspec.Struct, tag_field="do", tag=str.lower):
    n: Id


class _Numbered(msgspec.Struct):
    n: Id = 0


class Hello(_Request):
    """Who somebody wants to be. `secret` is what the browser holds its names with."""

    name: Short
    secret: Short = ""
    organiser: bool = True
    zone: Short = ""


class Open(_Request):
    """Show a place: its newest messages, or those before an entry."""

    place: Short
    before: Id = 0


class Say(_Request):
    """Run a command line, or post a message."""

    place: Short
    text: Line


class Check(_Request):
    """Tell what is wrong with a command line before it is sent."""

    text: Line


class Suggest(_Request):
    """Complete an option as one types."""

    place: Short
    path: tuple[Short, ...]
    option: Short
    typed: Short


class Click(_Request):
    """Click a button of a message, or pick from its menu."""

    message: Id
    token: Short
    picked: Short | None = None


class Submit(_Request):
    """Send a filled-in form; `state` is what the form carried."""

    state: Long
    values: dict[str, Long]


class Thread(_Request):
    """Open the thread under a message."""

    message: Id


class Dismiss(_Request):
    """Take away an answer that only oneself sees."""

    message: Id


Talk = Open | Say | Check | Suggest | Click | Submit | Thread | Dismiss
"""What only somebody with a name may ask."""
Request = Hello | Talk
_DECODER: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)


def read_request(data: str | bytes) -> Request:
    """Return what a page asks. Raises BadInput for what no page of ours would send."""
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BadInput(f"That could not be understood ({error}). Reload the page and try again.") from None


def number_of(data: str | bytes) -> int:
    """Return the number of a request that could not be understood, 0 when it has none."""
    try:
        return msgspec.json.decode(data, type=_Numbered).n
    except (msgspec.DecodeError, msgspec.ValidationError):
        return 0
