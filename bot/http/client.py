"""Fetching pages and feeds: time-outs, retries, redirects, sizes and conditional requests in one place."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Self

import aiohttp
import stamina.instrumentation
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot import __version__
from bot.http.errors import BadStatus, InnerLink, Refused, TimedOut, Unreachable
from bot.http.exchange import FEED, LINK, Ask, Limits, Response, read, redirect_target, seconds_to_wait, worded
from bot.http.guard import Guard, GuardedResolver, parse_url, refuse_linkedin
from bot.http.politeness import Clock, Gate, SystemClock
from bot.http.robots import AGENT, MAX_ROBOTS_BYTES, Robots

log = logging.getLogger(__name__)
_TRANSIENT = frozenset({429, 500, 502, 503, 504})
_FIRST_ERROR_STATUS = 400


class Http:
    """Fetches over the web. Close it, or use it as an asynchronous context manager."""

    def __init__(
        self,
        *,
        contact: str = "",
        guard: Guard | None = None,
        resolver: AbstractResolver | None = None,
        clock: Clock | None = None,
        spacing: float = 1.0,
    ) -> None:
        """Make a client; connections come with the first request.

        contact: an address where a site's owner finds out who we are, shown in the User-Agent
        guard: what guarded requests may reach; the public internet by default
        resolver: resolves host names; the system's by default
        spacing: seconds between two requests to the same host
        """
        clock = clock or SystemClock()
        self._agent = f"{AGENT}/{__version__}" + (f" (+{contact})" if contact else "")
        self._guard = guard or Guard()
        self._resolver = resolver
        self._gate = Gate(clock, spacing=spacing)
        self._robots = Robots(self._read_robots, clock)
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        sessions, self._sessions = self._sessions, {}
        for session in sessions.values():
            await session.close()

    async def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        headers: Mapping[str, str] | None = None,
        guarded: bool = False,
        public: bool = False,
        limits: Limits | None = None,
    ) -> Response:
        """Fetch a page or feed.

        etag, last_modified: of the version that we have; the answer may then be Response.not_modified
        headers: further ones; they stay with the first site when it redirects to another
        guarded: True for a link that a member pasted: only the public internet, as robots.txt allows, within LINK
        public: True for an address that we chose: only the public internet, as with `guarded`. With neither an operator
            chose it: it may be an inner one on purpose, but from the public internet no redirect leads inside
        limits: other bounds than FEED or LINK

        Raises HttpError: Refused, Unreachable, TimedOut, TooLarge or BadStatus.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        wanted = dict(headers or {}) | {name: value for name, value in conditions.items() if value}
        ask = Ask(parse_url(url), limits or (LINK if guarded else FEED), guarded, guarded or public, wanted)
        if not guarded:
            return await self._persist(ask)
        try:
            async with asyncio.timeout(ask.limits.total):
                return await self._persist(ask)
        except TimeoutError as error:
            raise TimedOut(ask.host, ask.limits.total) from error

    async def _persist(self, ask: Ask) -> Response:
        """Fetch, and try again where that may help."""
        async for attempt in stamina.retry_context(
            on=_retries(ask.limits), attempts=ask.limits.attempts, timeout=None, wait_initial=0.5, wait_max=10.0
        ):
            with attempt:
                return await self._follow(ask)
        raise AssertionError("unreachable: the last attempt returns or raises")

    async def _follow(self, ask: Ask, *, heed_robots: bool = True) -> Response:
        """Fetch, and go where redirects lead, looking at each address anew."""
        for _ in range(ask.limits.redirects + 1):
            refuse_linkedin(ask.url)
            if ask.guarded:
                self._guard.check_url(ask.url)
                if heed_robots:
                    await self._robots.check(ask.url)
            response, ask = await self._exchange(ask)
            if (target := redirect_target(response)) is None:
                return response
            target = parse_url(target)
            ask = replace(ask, url=target, headers=ask.headers if target.origin() == ask.url.origin() else {})
        raise Refused(f"{ask.host} sends us from page to page without end.")

    async def _exchange(self, ask: Ask) -> tuple[Response, Ask]:
        """Send one request and read one answer. Raises HttpError; a status from 400 on is a BadStatus.

        Returns also on what terms to go on: what was found in the public internet leads nowhere else.
        """
        async with self._gate.turn(ask.host):
            outside = replace(ask, public=True)
            try:
                return await self._send(outside), outside
            except InnerLink:
                if ask.public:
                    raise
                return await self._send(ask), ask

    async def _send(self, ask: Ask) -> Response:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=ask.limits.connect)
        get = self._session(public=ask.public).get
        try:
            async with (
                asyncio.timeout(ask.limits.total),
                get(ask.url, headers=ask.headers, allow_redirects=False, timeout=timeout) as answer,
            ):
                if answer.status >= _FIRST_ERROR_STATUS:
                    raise self._bad_status(ask.host, answer)
                return await read(answer, ask)
        except aiohttp.ClientError as error:
            raise worded(ask.host, error) from error
        except TimeoutError as error:
            raise TimedOut(ask.host, ask.limits.total) from error

    def _bad_status(self, host: str, answer: aiohttp.ClientResponse) -> BadStatus:
        """Note how long the host wants to be left alone, and word the error."""
        retry_after = seconds_to_wait(answer.headers) if answer.status in _TRANSIENT else None
        if retry_after is not None:
            self._gate.hold(host, retry_after)
        return BadStatus(host, answer.status, retry_after)

    async def _read_robots(self, url: URL) -> str:
        ask = Ask(url, replace(LINK, max_bytes=MAX_ROBOTS_BYTES), guarded=True, public=True, cut=True)
        response = await self._follow(ask, heed_robots=False)
        return response.body.decode("utf-8", errors="replace")

    def _session(self, *, public: bool) -> aiohttp.ClientSession:
        if public not in self._sessions:
            self._sessions[public] = aiohttp.ClientSession(
                connector=self._connector(public=public),
                headers={"User-Agent": self._agent},
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._sessions[public]

    def _connector(self, *, public: bool) -> aiohttp.TCPConnector:
        if not public:
            return aiohttp.TCPConnector(resolver=self._resolver)
        resolver = GuardedResolver(self._resolver or aiohttp.ThreadedResolver(), self._guard)
        # Each connection is looked up and looked at anew: a cached answer is what a rebinding attack would like to win.
        return aiohttp.TCPConnector(resolver=resolver, socket_factory=self._guard.open_socket, use_dns_cache=False)


def _tell(details: stamina.instrumentation.RetryDetails) -> None:
    """Note a further try with what went wrong, which names the host; stamina calls it."""
    log.info("asked again in %.1f s: %s", details.wait_for, details.caused_by)


stamina.instrumentation.set_on_retry_hooks([_tell])


def _retries(limits: Limits) -> Callable[[Exception], bool | float]:
    """Return what stamina asks after an error: False to give up, True to back off, 0.0 to go on at once.

    Where a host said how long to wait, its gate waits; another back-off on top would only be longer.
    """

    def decide(error: Exception) -> bool | float:
        if isinstance(error, BadStatus) and error.status in _TRANSIENT:
            if error.retry_after is None:
                return True
            return False if error.retry_after > limits.total else 0.0
        return isinstance(error, Unreachable)

    return decide
