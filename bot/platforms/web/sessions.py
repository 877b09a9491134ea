"""One tab: it says hello, then asks; each request is answered under its number, in whatever order they finish."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom
from typing import assert_never

from aiohttp import WSMsgType, web

from bot.chat.errors import BadInput, ChatError, Unavailable
from bot.chat.markup import plain
from bot.platforms.web import inbound, outbound
from bot.platforms.web.conversation import Conversation
from bot.platforms.web.hub import Hub, Tab
from bot.platforms.web.limits import MAX_UNDER_WAY
from bot.platforms.web.names import Visitor, clean_name, digest_of, known_zone, user_id
from bot.platforms.web.outbound import Json
from bot.platforms.web.places import direct_channel

log = logging.getLogger(__name__)

SUGGESTED = 4
_NAMES = (
    "Amara Diallo",
    "Ellis Grant",
    "Jonas Lind",
    "Mei Tanaka",
    "Mira Okafor",
    "Noor Haddad",
    "Priya Anand",
    "Sofia Reyes",
    "Tomás Vega",
    "Yuki Sato",
)
"""Invented people: suggestions for who has no name in mind."""
_MIN_SECRET = 16


@dataclass(frozen=True, slots=True)
class House:
    """What every session stands on.

    own_machine: whether only this machine reaches the page, so that whoever opens it is an organiser who needs no proof
    organisers: the ids of the members who are organisers where it is not
    release: a mark of the page's files: a tab with older ones offers to reload
    """

    conversation: Conversation
    hub: Hub
    clock: Callable[[], datetime]
    own_machine: bool
    organisers: Collection[str]
    release: str


class Session:
    """Serves one tab until it is closed. `tasks` keeps the requests under way, for they outlive a tab that goes."""

    def __init__(self, house: House, tab: Tab, tasks: set[asyncio.Task[None]]) -> None:
        self._house = house
        self._tab = tab
        self._tasks = tasks
        self._under_way = 0

    async def serve(self, socket: web.WebSocketResponse) -> None:
        """Answer all that the tab asks."""
        self._tab.post(self._greeting())
        async for message in socket:
            if message.type in {WSMsgType.TEXT, WSMsgType.BINARY}:
                task = asyncio.create_task(self._take(message.data))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    def _greeting(self) -> Json:
        house = self._house
        taken = {visitor.user for visitor in house.hub.visitors()}
        free = [name for name in _NAMES if user_id(name) not in taken]
        return {
            "push": "greeting",
            "release": house.release,
            "own_machine": house.own_machine,
            "suggestions": SystemRandom().sample(free, min(SUGGESTED, len(free))),
        }

    async def _take(self, data: str | bytes) -> None:
        number = inbound.number_of(data)
        self._under_way += 1
        try:
            if self._under_way > MAX_UNDER_WAY:
                raise Unavailable("That was too much at once. Wait a moment, then try again.")
            self._tab.post({"n": number, "result": await self._answer(inbound.read_request(data))})
        except ChatError as error:
            field = error.field if isinstance(error, BadInput) else ""
            self._tab.post({"n": number, "error": {"text": plain(error.message), "field": field}})
        except Exception:
            # Anything unforeseen ends here: the person gets a number, the log the traceback under it.
            incident = secrets.token_hex(4)
            log.exception("incident %s", incident, extra={"incident": incident, "platform": "web"})
            text = f"Something went wrong on our side. If it stays, tell an organiser this number: {incident}."
            self._tab.post({"n": number, "error": {"text": text, "field": ""}})
        finally:
            self._under_way -= 1

    async def _answer(self, request: inbound.Request) -> Json:
        if isinstance(request, inbound.Hello):
            return await self._hello(request)
        if self._tab.visitor is None:
            raise BadInput("Choose a name first.")
        return await self._talk(self._tab.visitor, request)

    async def _talk(self, visitor: Visitor, request: inbound.Talk) -> Json:
        talk = self._house.conversation
        match request:
            case inbound.Check():
                return talk.check(request.text)
            case inbound.Open():
                return await talk.open(visitor, request.place, request.before)
            case inbound.Say():
                return await talk.say(visitor, request.place, request.text)
            case inbound.Suggest():
                return await talk.suggest(visitor, request.place, request.path, request.option, request.typed)
            case inbound.Click():
                return await talk.click(visitor, request.message, request.token, request.picked)
            case inbound.Submit():
                return await talk.submit(visitor, request.state, request.values)
            case inbound.Thread():
                return await talk.thread(visitor, request.message)
            case inbound.Dismiss():
                return await talk.dismiss(visitor, request.message)
            case _:
                assert_never(request)

    async def _hello(self, request: inbound.Hello) -> Json:
        house = self._house
        name = clean_name(request.name)
        user = user_id(name)
        if not house.own_machine and len(request.secret) < _MIN_SECRET:
            raise BadInput("This browser keeps nothing, so a name can't be held for it. Allow it to store data.")
        digest = digest_of(request.secret)
        holder = await house.conversation.history.claim(user, name, digest, house.clock())
        if not house.own_machine and not secrets.compare_digest(holder, digest):
            raise BadInput(f"“{name}” is somebody else's name here. Choose another one.", field="name")
        organiser = request.organiser and (house.own_machine or user in house.organisers)
        visitor = Visitor(user, name, organiser, known_zone(request.zone))
        self._tab.visitor = visitor
        house.hub.tell_people()
        return await self._welcome(visitor)

    async def _welcome(self, visitor: Visitor) -> Json:
        talk = self._house.conversation
        newest = await talk.history.places(visitor.user)
        channels = (*talk.channels, direct_channel(visitor.user))
        places = [talk.outbound.place(c, newest.get(c.id, 0), organiser=visitor.organiser) for c in channels]
        return {
            "you": outbound.you(visitor),
            "places": places,
            "commands": talk.outbound.commands(organiser=visitor.organiser),
            "people": outbound.people(self._house.hub.visitors()),
        }
