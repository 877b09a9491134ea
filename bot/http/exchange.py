"""The pieces of one exchange: on what terms we ask, what came back, and how to read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from yarl import URL

from bot.http.errors import HttpError, InnerLink, Refused, TooLarge, Unreachable
from bot.http.guard import InnerAddressError

_CHUNK = 65_536
_NOT_MODIFIED = 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much patience and memory one request gets."""

    connect: float = 5.0
    """Seconds until a connection must stand."""
    total: float = 60.0
    """Seconds for one exchange; for a guarded request, for everything that it takes."""
    max_bytes: int = 64_000_000
    """Of the body, unpacked."""
    attempts: int = 3
    redirects: int = 5


FEED = Limits()
"""For sources that we chose: some of them take ten seconds to answer."""
LINK = Limits(total=10.0, max_bytes=2_000_000, attempts=2)
"""For links that members paste."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request and the terms on which it is made."""

    url: URL
    limits: Limits
    guarded: bool = False
    """For a link that a member pasted: its text and robots.txt are looked at too."""
    public: bool = False
    """Only addresses of the public internet; else this address may be an inner one, since an operator chose it."""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    """Whether a body that is too large is cut instead of refused."""

    @property
    def host(self) -> str:
        """The host to name to people."""
        return str(self.url.host)


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: a body, or the word that nothing changed."""

    url: str
    """Where the body really came from, after redirects."""
    status: int
    headers: Mapping[str, str]
    """To be asked for in any case."""
    body: bytes

    @property
    def not_modified(self) -> bool:
        """True when the server says that we have the latest version already."""
        return self.status == _NOT_MODIFIED

    @property
    def charset(self) -> str:
        """The encoding that the server states, or ""."""
        _, _, after = self.headers.get("Content-Type", "").lower().partition("charset=")
        return after.partition(";")[0].strip(" \"'")


async def read(answer: aiohttp.ClientResponse, ask: Ask) -> Response:
    """Read the body as it streams in, and stop at the limit. Raises TooLarge, or cuts where the ask says so."""
    limit = ask.limits.max_bytes
    if not ask.cut and (answer.content_length or 0) > limit:
        raise TooLarge(ask.host, limit)
    body = bytearray()
    if answer.status not in _REDIRECTS:
        async for chunk in answer.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > limit:
                if not ask.cut:
                    raise TooLarge(ask.host, limit)
                break
    return Response(str(ask.url), answer.status, answer.headers, bytes(body[:limit]))


def redirect_target(response: Response) -> URL | None:
    """Return where a response sends us, or None when it is the end. Raises Refused when it leads nowhere."""
    if response.status not in _REDIRECTS:
        return None
    try:
        return URL(response.url).join(URL(response.headers.get("Location", "")))
    except ValueError as error:
        raise Refused(f"{URL(response.url).host} sends us on to something that is no web address.") from error


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After (RFC 9110 §10.2.3): seconds, or a date, which counts from the answer's own Date."""
    stated = headers.get("Retry-After", "").strip()
    if stated.isdecimal():
        return float(stated)
    until, now = _http_date(stated), _http_date(headers.get("Date", "")) or datetime.now(UTC)
    return None if until is None else max(0.0, (until - now).total_seconds())


def worded(host: str, error: aiohttp.ClientError) -> HttpError:
    """Say what happened to a connection, without the address or anything else that stands in the original message."""
    cause = getattr(error, "os_error", None) or error.__cause__
    if isinstance(cause, InnerAddressError):
        return InnerLink("That link leads into a private network, so we leave it alone.")
    if isinstance(error, aiohttp.InvalidURL):
        return Refused("That is not a web address that we can read; please check it.")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Unreachable(f"There is no host named {host}; please check the link.")
    if isinstance(error, aiohttp.ClientSSLError):
        return Unreachable(f"{host} could not prove that it is {host} (its certificate is not valid).")
    if isinstance(error, aiohttp.ClientConnectionError):
        return Unreachable(f"{host} could not be reached, or hung up on us; try again later.")
    return Unreachable(f"{host} sent something that is no proper HTTP answer.")


def _http_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None
