"""To answer who did something: by response_url, by a modal, in a thread, in the Home tab, or in a direct message."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.chat.command import Answer
from bot.chat.form import Form
from bot.chat.limits import fit, fit_one
from bot.chat.platform import Forbidden, PlaceGone, TryLater
from bot.chat.reply import PRIVATE, PUBLIC, Reply
from bot.platforms.slack.api import Api, Json, Refused, ResponseGone
from bot.platforms.slack.forms import modal
from bot.platforms.slack.inbound import Origin
from bot.platforms.slack.limits import LIMITS, MAX_RESPONSES
from bot.platforms.slack.render import Body, plain_text
from bot.platforms.slack.sending import Sender
from bot.platforms.slack.uploads import Uploads, offered_files, shown_files

log = logging.getLogger(__name__)

_TRIES = 3
_MOST_PAUSE = 30.0
_TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged"})
_SLOW = Reply("Slack closed the door before the form could open. Please try it once more.", shows=PRIVATE)


class Answers:
    """Brings answers to where somebody waits for them. Raises PlaceGone, Forbidden or TryLater when no way is left."""

    def __init__(
        self, api: Api, sender: Sender, uploads: Uploads, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._api, self._sender, self._uploads, self._sleep = api, sender, uploads, sleep

    async def say(self, origin: Origin, answer: Answer) -> None:
        """Say an answer of the router."""
        if isinstance(answer, Form):
            await self._open(origin, answer)
        elif origin.home and answer.replaces:
            await self.publish(origin.team, origin.user, answer)
        elif answer.shows is PUBLIC and not answer.replaces and (answer.thread or offered_files(answer)):
            await self._post(origin, answer)
        else:
            await self._respond(origin, answer)

    async def publish(self, team: str, user: str, reply: Reply) -> None:
        """Show a reply in a person's Home tab."""

        async def call(body: Body) -> Json:
            blocks = body.blocks or [{"type": "section", "text": plain_text(body.text)}]
            view = {"type": "home", "blocks": blocks}
            return await self._api.call(team, "views.publish", user_id=user, view=view)

        await self._sender.said(team, fit_one(reply, LIMITS), call)

    async def _open(self, origin: Origin, form: Form) -> None:
        try:
            view = modal(form, origin.carried())
            await self._api.call(origin.team, "views.open", trigger_id=origin.trigger, view=view)
        except Refused as error:
            if error.code not in _TOO_LATE:
                raise
            log.warning("a form came too late for Slack's three seconds: %s", error)
            await self._respond(origin, _SLOW)

    async def _post(self, origin: Origin, reply: Reply) -> None:
        """Say it as a message of the bot's own, whose time is known, so that a thread and files can hang on it."""
        first, *rest = fit(reply, LIMITS)
        try:
            channel = origin.channel or await self._sender.direct(origin.team, origin.user)
            message = await self._sender.post(origin.team, channel, origin.thread, first)
        except (Forbidden, PlaceGone) as error:
            # Where the bot is no member, only the response_url is left, and that tells no time.
            log.info("answering without a thread: %s", error)
            await self._respond(origin, replace(reply, thread=""))
            return
        for page in rest:
            await self._sender.post(origin.team, channel, origin.thread or message, page)

    async def _respond(self, origin: Origin, reply: Reply) -> None:
        for number, page in enumerate(fit(reply, LIMITS)):
            if not (number < MAX_RESPONSES and origin.response_url and await self._by_url(origin, page)):
                await self._by_api(origin, page)
        files = offered_files(reply)
        if files:
            # A file can't be shown to one person only, except in a direct message.
            direct = await self._sender.direct(origin.team, origin.user)
            await self._uploads.share(origin.team, files, direct)

    async def _by_url(self, origin: Origin, reply: Reply) -> bool:
        """Answer by the response_url; returns whether it took the answer."""
        public = reply.shows is PUBLIC
        how: Json = {
            "response_type": "in_channel" if public else "ephemeral",
            "replace_original": reply.replaces and bool(origin.message),
        }
        if origin.thread and not reply.replaces:
            how["thread_ts"] = origin.thread

        async def call(body: Body) -> None:
            await self._patiently(
                lambda: self._api.respond(origin.response_url, {**how, **body.fields()}), twice=not public
            )

        try:
            await self._sender.said(origin.team, reply, call)
        except ResponseGone:
            return False
        return True

    async def _by_api(self, origin: Origin, reply: Reply) -> None:
        """Answer without a response_url: where it was asked, or else in a direct message."""
        kept = replace(reply, files=tuple(shown_files(reply)), thread="")
        try:
            if origin.channel and reply.shows is PUBLIC:
                await self._sender.post(origin.team, origin.channel, origin.thread, kept)
                return
            if origin.channel:
                await self._ephemeral(origin, reply)
                return
        except (Forbidden, PlaceGone) as error:
            log.info("answering in a direct message instead: %s", error)
        direct = await self._sender.direct(origin.team, origin.user)
        await self._sender.post(origin.team, direct, "", kept)

    async def _ephemeral(self, origin: Origin, reply: Reply) -> None:
        where: Json = {"channel": origin.channel, "user": origin.user}
        where |= {"thread_ts": origin.thread} if origin.thread else {}

        async def call(body: Body) -> Json:
            return await self._api.call(origin.team, "chat.postEphemeral", **where, **body.fields())

        await self._sender.said(origin.team, reply, call)

    async def _patiently(self, call: Callable[[], Awaitable[None]], *, twice: bool) -> None:
        """Try a call again after a passing fault.

        twice: whether saying it twice does no harm; otherwise only a 429, which says that nothing was taken
        """
        for left in range(_TRIES - 1, -1, -1):
            try:
                await call()
            except TryLater as error:
                if left == 0 or error.after > _MOST_PAUSE or not (twice or error.after):
                    raise
                await self._sleep(error.after or 0.5)
            else:
                return
