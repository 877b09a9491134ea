"""The connection to Slack: Bolt over Socket Mode and signed HTTP, and the platform that the house knows."""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.context import Place
from bot.chat.platform import Address, DeliveryError
from bot.chat.reply import Reply
from bot.chat.router import Router
from bot.platforms.slack.answering import Answers
from bot.platforms.slack.api import Api, Authorize, Installation, Refused
from bot.platforms.slack.inbound import place_id, split_place
from bot.platforms.slack.intake import SUBMIT_PATIENCE, Home, Intake, Parts
from bot.platforms.slack.people import People
from bot.platforms.slack.rates import PER_TEAM, Rate, Rates
from bot.platforms.slack.seen import Seen
from bot.platforms.slack.sending import Sender
from bot.platforms.slack.uploads import Uploads

API_URL = "https://slack.com/api/"
EVENTS_PATH = "/slack/events"
"""Where Slack reaches the bot by HTTP: commands, clicks, forms and events alike."""
_CONNECT_SECONDS = 20.0
_GOODBYE_SECONDS = 5.0
_ANY = re.compile("")
_LIBRARY = logging.getLogger("slack_bolt.rung")
_LIBRARY.setLevel(logging.WARNING)  # at INFO and below Slack's libraries write payloads and addresses with tickets


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How to reach Slack. `app_token` turns Socket Mode on, `signing_secret` HTTP; either, or both."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = ""
    posts_per_second: float = 10.0
    """Messages that the bot posts in a workspace; Slack allows "several hundred a minute"."""


class SlackPlatform:
    """Slack, as the house knows it (`bot.chat.platform.Platform`).

    home: makes the page of the Home tab; without it the tab stays empty
    clock: seconds that only grow
    """

    name = "slack"
    in_flight = timedelta(seconds=30)
    """Twice the time-out of a call: Slack takes a message twice."""

    def __init__(
        self,
        router: Router,
        settings: SlackSettings,
        *,
        home: Home | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        submit_patience: float = SUBMIT_PATIENCE,
    ) -> None:
        self._router, self._settings, self._home = router, settings, home
        self._clock, self._sleep, self._patience = clock, sleep, submit_patience
        self._base = (settings.api_url or API_URL).rstrip("/") + "/"
        self._http: aiohttp.ClientSession | None = None
        self._installation: Installation | None = None
        self._sender: Sender | None = None
        self._intake: Intake | None = None
        self._bolt: AsyncApp | None = None
        self._socket: AsyncSocketModeHandler | None = None

    async def start(self) -> None:
        """Connect. Raises ConnectionError with what to do when Slack refuses or can't be reached."""
        self._http = aiohttp.ClientSession()
        try:
            await self._connect(self._http)
        except BaseException:
            await self.stop()
            raise

    async def _connect(self, http: aiohttp.ClientSession) -> None:
        rate = self._settings.posts_per_second
        rates = {**PER_TEAM, "chat.postMessage": Rate(rate, max(1.0, rate * 10))}
        api = Api(http, self._base, Rates(clock=self._clock, sleep=self._sleep, per_team=rates))
        self._installation = await self._introduce(api)
        api.authorize = self.authorize
        uploads = Uploads(api, self._sleep)
        sender = Sender(api, uploads)
        answers = Answers(api, sender, uploads, self._sleep)
        people, seen = People(api, self._clock), Seen(self._clock)
        self._intake = Intake(
            Parts(self._router, self.authorize, people, sender, answers, seen, self._home, self._patience)
        )
        self._bolt = self._listening(self._intake)
        if self._settings.app_token:
            await self._open_socket(api, self._bolt)
        self._sender = sender

    async def stop(self) -> None:
        """Take nothing more, finish the answers that are under way, and disconnect."""
        if self._socket is not None:
            client = self._socket.client
            await client.close()  # type: ignore[no-untyped-call]  # Slack's SDK is untyped here
            tasks = [client.message_processor, client.current_session_monitor, client.message_receiver]
            await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)
            self._socket = None
        if self._intake is not None:
            await self._intake.finish(_GOODBYE_SECONDS)
        if self._http is not None:
            await self._http.close()
        self._http = self._sender = self._intake = self._bolt = None

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        """Post a reply; `find` sees its key."""
        return await self._speaking().send(to, reply, key)

    async def edit(self, to: Address, message: str, reply: Reply) -> None:
        """Put a reply in a message's place."""
        await self._speaking().edit(to, message, reply)

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        """Look for the message of a key."""
        return await self._speaking().find(to, key, since)

    def thread(self, to: Address, message: str) -> Address:
        """Return the thread under a message: the channel and the message's time."""
        channel, thread = split_place(to.place)
        return to if to.direct or thread else replace(to, place=place_id(channel, message))

    async def places(self, workspace: str) -> list[Place]:
        """Return the channels of which the bot is a member."""
        return await self._speaking().places(workspace)

    def healthy(self) -> bool:
        """Whether the socket stands; by HTTP, whether the start went well."""
        if self._socket is None:
            return self._sender is not None
        session = self._socket.client.current_session
        return session is not None and not session.closed

    def routes(self) -> list[web.RouteDef]:
        """Return what the house's web server must serve for signed HTTP; empty without a signing secret."""
        return [web.post(EVENTS_PATH, self.receive)] if self._settings.signing_secret else []

    async def receive(self, request: web.Request) -> web.Response:
        """Take a request of Slack by HTTP; one with a bad or old signature gets 401."""
        if self._bolt is None or not self._settings.signing_secret:
            return web.Response(status=503, text="not serving Slack")
        answer = await self._bolt.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def authorize(self, team: str) -> Installation:
        """Return the app's installation in a workspace: the one of the settings. Many teams will be looked up here."""
        if self._installation is None or team not in {"", self._installation.team}:
            raise Refused("authorize", "not_installed", team)
        return self._installation

    def _speaking(self) -> Sender:
        if self._sender is None:
            raise RuntimeError("the Slack platform was not started")
        return self._sender

    async def _introduce(self, api: Api) -> Installation:
        if not (self._settings.app_token or self._settings.signing_secret):
            raise ConnectionError("Slack needs RUNG_SLACK_APP_TOKEN (Socket Mode) or RUNG_SLACK_SIGNING_SECRET (HTTP).")
        try:
            who = await api.call_with(self._settings.bot_token, "auth.test")
        except Refused as error:
            raise ConnectionError(
                f"Slack refused RUNG_SLACK_BOT_TOKEN ({error.code}). Copy the bot token (xoxb-…) again from "
                "“OAuth & Permissions” of your app on api.slack.com/apps."
            ) from error
        except DeliveryError as error:
            raise ConnectionError(f"{error}. Is the network up, and RUNG_SLACK_API_URL right?") from error
        return Installation(
            who["team_id"], who.get("team", ""), who["user_id"], who.get("bot_id", ""), self._settings.bot_token
        )

    async def _open_socket(self, api: Api, bolt: AsyncApp) -> None:
        try:
            link = await api.call_with(self._settings.app_token, "apps.connections.open")
        except Refused as error:
            raise ConnectionError(
                f"Slack refused RUNG_SLACK_APP_TOKEN ({error.code}). Make an app-level token (xapp-…) with the scope "
                "connections:write under “Basic Information” of your app, and turn Socket Mode on."
            ) from error
        except DeliveryError as error:
            raise ConnectionError(f"{error}. Is the network up?") from error
        self._socket = AsyncSocketModeHandler(bolt, self._settings.app_token, logger=_LIBRARY)
        self._socket.client.wss_uri = str(link["url"])
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                await self._socket.connect_async()  # type: ignore[no-untyped-call]  # Slack's SDK is untyped here
        except TimeoutError as error:
            raise ConnectionError("Slack's socket did not open. Does a firewall stop WebSockets?") from error

    def _listening(self, intake: Intake) -> AsyncApp:
        """Return Bolt with our listeners. It must not wait for `ack` by polling, hence process_before_response."""
        bolt = AsyncApp(
            name="rung",
            logger=_LIBRARY,
            client=AsyncWebClient(base_url=self._base, logger=_LIBRARY),
            signing_secret=self._settings.signing_secret,
            authorize=_ForBolt(self.authorize),  # type: ignore[arg-type]  # Bolt's hint forgets its own class
            process_before_response=True,
        )
        bolt.command(_ANY)(intake.on_slash)
        bolt.action(_ANY)(intake.on_click)
        bolt.view(_ANY)(intake.on_view)
        bolt.event(_ANY)(intake.on_event)
        return bolt


class _ForBolt(AsyncAuthorize):
    """Our `authorize` as Bolt wants it."""

    def __init__(self, authorize: Authorize) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt is untyped here
        self._authorize = authorize

    async def __call__(self, *, enterprise_id: str | None, team_id: str | None, **_: object) -> AuthorizeResult | None:
        """Return what Bolt needs to know of a workspace; None turns it away."""
        try:
            found = await self._authorize(team_id or "")
        except Refused:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=found.team,
            team=found.team_name,
            bot_user_id=found.bot_user,
            bot_id=found.bot_id,
            bot_token=found.token,
        )
