"""Who visits: the names that people choose, and the id that belongs to a name."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.chat.errors import BadInput

MAX_NAME = 32
_RESERVED = frozenset({"rung", "everyone", "here"})
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_BETWEEN = re.compile(r"[\W_]+")
_HUES = 10


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person in a tab. `zone` is an IANA name, or empty when the browser told none that we know."""

    user: str
    name: str
    organiser: bool = False
    zone: str = ""


def clean_name(typed: str) -> str:
    """Return a name as it is shown. Raises BadInput that says what a name may be."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not any(c.isalnum() for c in name):
        raise BadInput("Choose a name with at least one letter or number.", field="name")
    if len(name) > MAX_NAME:
        raise BadInput(f"That name is too long; {MAX_NAME} characters are the most.", field="name")
    if any(unicodedata.category(c) in _INVISIBLE for c in name):
        raise BadInput("That name has characters that can't be seen. Type it by hand.", field="name")
    if user_id(name) in _RESERVED:
        raise BadInput(f"“{name}” is not free. Choose another name.", field="name")
    return name


def user_id(name: str) -> str:
    """Return the id of who has that name: `Ada Lovelace` is `ada-lovelace`, however it is typed.

    Letters, digits and hyphens only, so that it can stand in the name of a place.
    """
    return _BETWEEN.sub("-", unicodedata.normalize("NFKC", name).casefold()).strip("-")


def known_zone(name: str) -> str:
    """Return the time zone that a browser told, or nothing where it is none that we know."""
    try:
        return ZoneInfo(name).key if name and len(name) <= 64 else ""  # noqa: PLR2004 - longer than any zone's name
    except (KeyError, ValueError, OSError):  # not found, no path of a zone, or a folder of zones
        return ""


def hue_of(user: str) -> int:
    """Return which of ten colours an avatar has: always the same one for a person."""
    return hashlib.sha256(user.encode()).digest()[0] % _HUES


def digest_of(secret: str) -> str:
    """Return what is kept of the secret with which a browser holds its names; not the secret itself."""
    return hashlib.sha256(b"rung-name:" + secret.encode()).hexdigest()
