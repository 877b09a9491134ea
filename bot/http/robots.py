"""robots.txt, as RFC 9309 wants it read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego
from yarl import URL

from bot.http.errors import BadStatus, HttpError, Refused
from bot.http.politeness import Clock

AGENT = "Rung"
"""The product token that a robots.txt may name (RFC 9309 §2.2.1)."""

MAX_ROBOTS_BYTES = 512_000
"""A crawler must read at least 500 KiB (§2.5); what follows is left unread."""

_KEPT = 24 * 3600.0
"""Seconds that rules are used before they are asked for again (§2.4)."""
_KEPT_AFTER_FAILURE = 600.0
_REMEMBERED_SITES = 500
_CLIENT_ERRORS = range(400, 500)


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego | None
    """None where the site could not be asked: then nothing is allowed (§2.3.1.4)."""
    until: float


class Robots:
    """Knows what each site allows us, and asks it at most once a day."""

    def __init__(self, read: Callable[[URL], Awaitable[str]], clock: Clock) -> None:
        """Make the book of rules.

        read: fetches the text of a robots.txt; raises HttpError
        """
        self._read, self._clock = read, clock
        self._sites: dict[URL, _Rules] = {}

    async def check(self, url: URL) -> None:
        """Raise Refused when the site asks programs to keep away from a page, or cannot be asked."""
        origin = url.origin()
        rules = self._sites.get(origin)
        if rules is None or rules.until <= self._clock.now():
            rules = await self._ask(origin)
            self._remember(origin, rules)
        if rules.parsed is None:
            raise Refused(
                f"{url.host} could not tell us what programs may read there; please give the details by hand."
            )
        if not rules.parsed.can_fetch(str(url), AGENT):
            raise Refused(f"{url.host} asks programs not to read that page; please give the details by hand.")

    async def _ask(self, origin: URL) -> _Rules:
        try:
            text = await self._read(origin / "robots.txt")
        except Refused:
            raise
        except BadStatus as error:
            if error.status in _CLIENT_ERRORS:  # no rules there, so nothing is forbidden (§2.3.1.3)
                return _Rules(Protego.parse(""), self._clock.now() + _KEPT)
            return _Rules(None, self._clock.now() + _KEPT_AFTER_FAILURE)
        except HttpError:
            return _Rules(None, self._clock.now() + _KEPT_AFTER_FAILURE)
        return _Rules(Protego.parse(text), self._clock.now() + _KEPT)

    def _remember(self, origin: URL, rules: _Rules) -> None:
        if len(self._sites) >= _REMEMBERED_SITES:
            self._sites.pop(next(iter(self._sites)))
        self._sites[origin] = rules
