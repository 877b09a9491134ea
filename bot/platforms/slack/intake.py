"""What is done with what comes in: acknowledged at once, then translated, answered by the router, and said.

Slack waits three seconds for an acknowledgement, and a form must be opened within the same three; so nothing is looked
up before the acknowledgement, and the work that follows it runs in tasks that are waited for at the end.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.chat.command import Answer
from bot.chat.context import Caller, Place
from bot.chat.form import Form
from bot.chat.platform import DeliveryError
from bot.chat.reply import PUBLIC, Reply
from bot.chat.router import Router
from bot.platforms.slack import inbound
from bot.platforms.slack.answering import Answers
from bot.platforms.slack.api import Authorize
from bot.platforms.slack.forms import modal, refused
from bot.platforms.slack.inbound import Origin, Submission
from bot.platforms.slack.people import People
from bot.platforms.slack.seen import Seen
from bot.platforms.slack.sending import Sender

log = logging.getLogger(__name__)

Payload = Mapping[str, Any]
Home = Callable[[Caller], Awaitable[Reply]]
"""Makes a member's own page, for the Home tab."""

SUBMIT_PATIENCE = 2.0
"""Seconds for which a modal stays open waiting for what its handler says, so that a mistake can be shown in it."""


_HEAD_START = 0.002
"""Seconds by which an acknowledgement goes before its work: it is only queued when the work could begin, and in a burst
all the acknowledgements shall leave first (median 0.9 ms with it, 1.4 ms without; bare Bolt takes 0.8 ms)."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the intake works with."""

    router: Router
    authorize: Authorize
    people: People
    sender: Sender
    answers: Answers
    seen: Seen
    home: Home | None = None
    submit_patience: float = SUBMIT_PATIENCE


class Intake:
    """Takes requests of Slack. The methods beginning with `on_` are Bolt's listeners."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._tasks: set[asyncio.Task[Any]] = set()

    async def on_slash(self, ack: AsyncAck, body: Payload) -> None:
        """Take a slash command."""
        await ack()
        if self._parts.seen.first(body.get("trigger_id", "")):
            origin, line = inbound.slash(body)
            self._spawn(self._answered(origin, lambda caller: self._parts.router.text(caller, line)))

    async def on_click(self, ack: AsyncAck, body: Payload) -> None:
        """Take a click on a button, or a pick from a menu."""
        await ack()
        click = inbound.click(body)
        if click is not None and self._parts.seen.first(body.get("trigger_id", "")):
            token, picked = click.token, click.picked
            self._spawn(self._answered(click.origin, lambda caller: self._parts.router.action(caller, token, picked)))

    async def on_view(self, ack: AsyncAck, body: Payload) -> None:
        """Take a filled-in modal. It stays open with what was wrong, when that is known soon enough."""
        if not self._parts.seen.first(body.get("trigger_id", "")):
            await ack()
            return
        found = inbound.submission(body)
        task = self._spawn(self._submitted(found))
        await asyncio.wait({task}, timeout=self._parts.submit_patience)
        answer = task.result() if task.done() else None
        if isinstance(answer, Reply) and answer.refused is not None:
            await ack(**refused(found.view, answer.refused))
            return
        if isinstance(answer, Form):
            await ack(response_action="update", view=modal(answer, found.origin.carried()))
            return
        await ack()
        self._spawn(self._said_when_ready(found.origin, task))

    async def on_event(self, body: Payload) -> None:
        """Take an event: a message, a mention, or that somebody looks at the Home tab. Bolt acknowledges it."""
        if not self._parts.seen.first(body.get("event_id", "")):
            return
        event = body["event"]
        match event["type"]:
            case "message" | "app_mention":
                await self._overheard(body)
            case "app_home_opened" if event.get("tab") == "home" and self._parts.home is not None:
                origin = Origin(body["team_id"], event["user"], channel=event.get("channel", ""), home=True)
                self._spawn(self._show_home(origin, self._parts.home))
            case _:
                log.debug("an event that nobody waits for: %s", event["type"])

    async def finish(self, seconds: float) -> None:
        """Wait for the work that is under way, and end what takes longer."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            level = logging.WARNING if isinstance(error, DeliveryError) else logging.ERROR
            trace = None if isinstance(error, DeliveryError) else error
            log.log(level, "an answer did not reach Slack: %s", error, exc_info=trace)

    async def _answered(self, origin: Origin, ask: Callable[[Caller], Awaitable[Answer]]) -> None:
        await asyncio.sleep(_HEAD_START)
        caller = await self._caller(origin)
        await self._parts.answers.say(origin, await ask(caller))

    async def _submitted(self, found: Submission) -> Answer:
        return await self._parts.router.submit(await self._caller(found.origin), found.token, found.values)

    async def _said_when_ready(self, origin: Origin, task: asyncio.Task[Any]) -> None:
        await self._parts.answers.say(origin, await task)

    async def _overheard(self, body: Payload) -> None:
        bot_user = (await self._parts.authorize(body["team_id"])).bot_user
        heard = inbound.heard(body, bot_user)
        # Most messages are nobody's business; they must cost next to nothing.
        listeners = self._parts.router.registry.listeners
        if heard is None or not any(each.hears(heard.message, heard.origin.place) for each in listeners):
            return
        self._spawn(self._listened(heard))

    async def _listened(self, heard: inbound.Heard) -> None:
        await asyncio.sleep(_HEAD_START)
        origin = heard.origin
        replies = await self._parts.router.message(await self._caller(origin), heard.message)
        direct = origin.place.kind == "direct"
        # In a channel it is said in the message's thread, so that it disturbs nobody else.
        said_at = origin if direct else replace(origin, thread=origin.thread or heard.message.id)
        for reply in replies:
            shown = replace(reply, shows=PUBLIC) if direct else reply.shown(PUBLIC)
            await self._parts.answers.say(said_at, shown)

    async def _show_home(self, origin: Origin, home: Home) -> None:
        caller = await self._caller(origin)
        await self._parts.answers.publish(origin.team, origin.user, await home(caller))

    async def _caller(self, origin: Origin) -> Caller:
        installation = await self._parts.authorize(origin.team)
        person = await self._parts.people.look(origin.team, origin.user)
        place = origin.place
        if not place.id:
            place = Place(await self._parts.sender.direct(origin.team, origin.user), kind="direct")
        return Caller(
            platform="slack",
            workspace=origin.team,
            user=origin.user,
            user_name=person.name or origin.user_name,
            place=place,
            organiser=person.organiser,
            workspace_name=installation.team_name,
            zone=person.zone,
            message=origin.message,
        )
