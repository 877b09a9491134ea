"""Who may talk to the page: no other site, no rebound name, no script but ours, no forged form.

The chat has no password, so a page of another site must not reach it. A browser tells a WebSocket's origin, which must
be ours; and since a hostile name can be made to point at this machine (DNS rebinding), the Host must be an address,
`localhost` or a name that the operator gave.
"""

import binascii
import hashlib
import hmac
import ipaddress
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from bot.chat.errors import BadInput
from bot.platforms.web.names import user_id

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' https:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "rung",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every page and file of ours carries."""
FILE_POLICY = "default-src 'none'; sandbox"
"""What a file of a message carries in place of the page's policy: opened by itself, it can do nothing."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come where the page is open to other machines.

    hosts: names under which the page may be opened, in lower case, besides addresses and `localhost`
    organisers: the names of the organisers
    """

    hosts: frozenset[str] = frozenset()
    organisers: frozenset[str] = frozenset()

    def organiser_ids(self) -> frozenset[str]:
        """Return the user ids of the organisers."""
        return frozenset(map(user_id, self.organisers))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches that address."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def host_allowed(header: str, names: Collection[str] = ()) -> bool:
    """Whether a Host header can't be a rebound name: an address, `localhost`, or one of the names given."""
    try:
        host = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return False
    return host == "localhost" or host in names or _is_address(host)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def same_origin(origin: str, host: str) -> bool:
    """Whether a page of ours asks. The scheme is not compared, since a proxy in front may speak https for us."""
    parts = urlsplit(origin)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and parts.netloc.lower() == host.lower()


class FormState(msgspec.Struct, frozen=True):
    """What a form carries while somebody fills it in: its handler, and where it was opened."""

    token: str
    place: str
    message: int = 0
    spot: str = ""
    asked: str = ""


class Seal:
    """Signs what a page only carries, so that it comes back as it was, from the same person."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def mark(self, *parts: object) -> str:
        """Return the signature of some values."""
        text = "\x1f".join(map(str, parts)).encode()
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()[:32]

    def seal(self, user: str, state: FormState) -> str:
        """Return a form's state as text that only that person can send back."""
        body = urlsafe_b64encode(msgspec.json.encode(state)).decode()
        return f"{body}.{self.mark('form', user, body)}"

    def unseal(self, user: str, text: str) -> FormState:
        """Return a form's state. Raises BadInput when it is not what that person was given."""
        body, _, mark = text.partition(".")
        if not hmac.compare_digest(mark.encode(), self.mark("form", user, body).encode()):
            raise BadInput("This form is not yours or is out of date. Close it and start the command again.")
        try:
            return msgspec.json.decode(urlsafe_b64decode(body), type=FormState)
        except (msgspec.DecodeError, binascii.Error):
            raise BadInput("This form is of an older version of Rung. Close it and start the command again.") from None
