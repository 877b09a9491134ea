"""The Web API: one call, and what each refusal means (docs.slack.dev/apis/web-api)."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.chat.platform import Forbidden, PlaceGone, TryLater
from bot.platforms.slack.rates import Rates

Json = dict[str, Any]
_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
_GONE = frozenset({"channel_not_found", "is_archived", "message_not_found", "thread_not_found", "user_not_found"})
_LATER = frozenset(
    {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)
_FORMS = ("conversations.", "users.", "files.", "auth.", "apps.")
"""Methods that read take no JSON; conversations.open and join take both."""


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in one workspace."""

    team: str
    team_name: str
    bot_user: str
    bot_id: str
    token: str = field(repr=False)


Authorize = Callable[[str], Awaitable[Installation]]
"""Gives the installation of a team id; raises Refused for a workspace in which the app is not installed."""


class Refused(Forbidden):
    """Slack said no; `code` is its word for why."""

    def __init__(self, method: str, code: str, details: object = "") -> None:
        super().__init__(f"Slack refused {method}: {code}{f' {details}' if details else ''}")
        self.code = code


class ResponseGone(Exception):
    """A response_url takes nothing any more: it is old, or was used five times."""


class Api:
    """Calls Slack for a workspace. Nothing is tried again here: whoever calls knows whether that could double it."""

    def __init__(self, http: aiohttp.ClientSession, base_url: str, rates: Rates) -> None:
        self._http, self._base, self._rates = http, base_url, rates
        self.authorize: Authorize = _nobody

    async def call(self, team: str, method: str, **args: Any) -> Json:
        """Call a method of the Web API for a workspace.

        Raises PlaceGone, TryLater, or Forbidden (as Refused, with Slack's word).
        """
        installation = await self.authorize(team)
        await self._rates.turn(team, method, str(args.get("channel", "")))
        try:
            return await self.call_with(installation.token, method, **args)
        except TryLater as error:
            if error.after:
                self._rates.hold(team, method, error.after)
            raise

    async def call_with(self, token: str, method: str, **args: Any) -> Json:
        """Call a method with a token, past the buckets. Raises as `call` does."""
        headers = {"Authorization": f"Bearer {token}"}
        sent: Json = {"data": _as_form(args)} if method.startswith(_FORMS) else {"json": args}
        try:
            async with self._http.post(self._base + method, headers=headers, timeout=_TIMEOUT, **sent) as answer:
                if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                    raise TryLater(f"Slack's limit for {method} is reached", _seconds(answer.headers))
                if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise TryLater(f"Slack answered {method} with {answer.status}")
                body: Json = await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise TryLater(f"Slack could not be reached for {method}: {type(error).__name__}") from error
        if not body.get("ok"):
            raise _refusal(method, body)
        return body

    async def upload(self, url: str, content: bytes) -> None:
        """Bring a file's bytes to the address that Slack gave. Raises TryLater."""
        try:
            async with self._http.post(url, data=content, timeout=_TIMEOUT) as answer:
                if answer.status != HTTPStatus.OK:
                    raise TryLater(f"Slack answered an upload with {answer.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise TryLater(f"Slack could not be reached for an upload: {type(error).__name__}") from error

    async def respond(self, url: str, body: Json) -> None:
        """Answer by a response_url. Raises ResponseGone, Refused or TryLater."""
        try:
            async with self._http.post(url, json=body, timeout=_TIMEOUT) as answer:
                text = await answer.text()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise TryLater(f"Slack could not be reached for an answer: {type(error).__name__}") from error
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise TryLater(f"Slack took no answer: {answer.status}", _seconds(answer.headers))
        code = _response_error(text)
        if code in {"expired_url", "used_url", "no_such_url"}:
            raise ResponseGone(code)
        if code or answer.status != HTTPStatus.OK:
            raise Refused("response_url", code or str(answer.status))


async def _nobody(team: str) -> Installation:
    raise Refused("authorize", "not_started", team)


def _refusal(method: str, body: Json) -> PlaceGone | TryLater | Refused:
    code = str(body.get("error", "no error given"))
    if code in _GONE:
        return PlaceGone(f"{method}: {code}")
    if code in _LATER:
        return TryLater(f"{method}: {code}")
    details = body.get("errors") or (body.get("response_metadata") or {}).get("messages") or body.get("needed") or ""
    return Refused(method, code, details)


def _response_error(text: str) -> str:
    if not text.startswith("{"):
        return "" if text == "ok" else text[:60]
    body = json.loads(text)
    return "" if body.get("ok") else str(body.get("error", "unknown"))


def _as_form(args: Json) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in args.items()}


def _seconds(headers: Any) -> float:
    try:
        return float(headers.get("Retry-After", 0))
    except ValueError:
        return 0.0
