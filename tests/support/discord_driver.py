"""What a person does in the local Discord: type a command, click, pick, fill in a form, write."""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from aiohttp.web_runner import AppRunner, TCPSite

from tests.support import discord_payloads as show
from tests.support.discord_answers import Answers, new_interaction
from tests.support.discord_gateway import Gateway
from tests.support.discord_rest import PREFIX, Rest
from tests.support.discord_world import ADA, BOT, EPHEMERAL, LEADS, Interaction, Json, World

_STRING, _INTEGER, _BOOLEAN, _NUMBER = 3, 4, 5, 10
_NATIVE: dict[int, Any] = {_STRING: str, _INTEGER: int, _BOOLEAN: bool, _NUMBER: float}


class LocalDiscord:
    """The server and its people: `async with LocalDiscord() as discord: …`.

    Each action returns its Interaction once the bot acknowledged it; what comes later is waited for with `until`.
    """

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.gateway = Gateway(self.world)
        self.rest = Rest(self.world, self.gateway)
        self.url = ""
        self._runner: AppRunner | None = None

    @property
    def api_url(self) -> str:
        """The REST base, for the bot's setting."""
        return self.url + PREFIX

    def application(self) -> web.Application:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_get("/attachments/{file}/{name}", self._file)
        self.rest.add_to(app)
        Answers(self.rest).add_to(app)
        return app

    async def start(self, host: str = "127.0.0.1", port: int = 0, app: web.Application | None = None) -> None:
        self._runner = AppRunner(app or self.application(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = TCPSite(self._runner, host, port)
        await site.start()
        taken = self._runner.addresses[0][1]
        self.url, self.gateway.url = f"http://{host}:{taken}", f"ws://{host}:{taken}/gateway"

    async def stop(self) -> None:
        await self.gateway.drop(code=1001)
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _file(self, request: web.Request) -> web.Response:
        found = self.world.files.get(request.match_info["file"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found[2], content_type=found[1])

    async def until(self, happened: Any, seconds: float = 60.0) -> None:
        """Wait until something is true."""
        await self.world.until(happened, seconds)

    async def interact(self, payload: Json, *, user: str = ADA, channel: str = LEADS) -> Interaction:
        """Send an interaction and wait until it is acknowledged."""
        interaction = await self.send(payload, user=user, channel=channel)
        async with asyncio.timeout(60.0):  # a net under a test that hangs
            await interaction.answered.wait()
        return interaction

    async def send(self, payload: Json, *, user: str = ADA, channel: str = LEADS) -> Interaction:
        """Send an interaction and wait for nothing."""
        where, guild = self.world.channels[channel], self.gateway.guild_of(channel)
        who: Json = {"user": self.world.users[user]}
        if guild:
            found = self.world.guilds[guild]
            who = {"member": show.member(self.world, found, user, inside=True), "guild_id": guild}
            who |= {"guild": {"id": guild, "locale": "en-US", "features": []}, "guild_locale": "en-US"}
        context = {"context": 0 if guild else 1, "app_permissions": str(1 << 38 | 0x7FFF_FFFF)}
        full = {**payload, **who, **context, "channel": show.channel(self.world, where), "channel_id": channel}
        interaction = new_interaction(self.world, full)
        await self.gateway.dispatch("INTERACTION_CREATE", interaction.payload, guild)
        return interaction

    async def slash(self, path: str, *, user: str = ADA, channel: str = LEADS, **options: object) -> Interaction:
        """Run `/leads search`. Raises LookupError for a command that was never synchronised."""
        return await self.interact({"type": 2, "data": self.command_data(path, options)}, user=user, channel=channel)

    async def complete(self, path: str, option: str, typed: str, *, user: str = ADA) -> list[Json]:
        """Type into an option that completes; returns the choices."""
        data = self.command_data(path, {option: typed}, focused=option)
        return (await self.interact({"type": 4, "data": data}, user=user)).choices

    def command_data(self, path: str, options: Mapping[str, object], focused: str = "") -> Json:
        first, *rest = path.removeprefix("/").split()
        level = command = next((c for c in self.world.commands if c["name"] == first), None)
        for word in rest:
            level = next((o for o in (level or {}).get("options") or [] if o["name"] == word), None)
        if command is None or level is None:
            raise LookupError(f"{path} was never synchronised")
        declared = {o["name"]: o for o in level.get("options") or []}
        given = [_option(declared[name], value, name == focused) for name, value in options.items()]
        for word in reversed(rest):
            given = [{"name": word, "type": 1, "options": given}]
        return {"id": command["id"], "name": first, "type": 1, "options": given}

    async def click(self, message: Json, label: str, *, user: str = ADA) -> Interaction:
        """Click the button of that label. Raises LookupError when the message shows none."""
        button = _find(message, lambda c: c["type"] == 2 and c.get("label") == label)
        return await self.component(message, button, [], user=user)

    async def pick(self, message: Json, placeholder: str, value: str, *, user: str = ADA) -> Interaction:
        """Pick from the menu of that placeholder."""
        menu = _find(message, lambda c: c["type"] == 3 and c.get("placeholder") == placeholder)
        return await self.component(message, menu, [value], user=user)

    async def component(self, message: Json, component: Json, values: list[str], *, user: str = ADA) -> Interaction:
        data = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]}
        if component["type"] != 2:
            data["values"] = values
        payload = {"type": 3, "data": data, "message": message}
        return await self.interact(payload, user=user, channel=message["channel_id"])

    async def submit(self, opened: Interaction, values: Mapping[str, str], *, user: str = ADA) -> Interaction:
        """Fill in the form that an interaction opened, by the custom_id of its inputs; the rest keeps its value."""
        form = opened.modal
        assert form is not None, "no form was opened"
        typed = [_typed(c, values) for c in form["components"]]
        payload: Json = {"type": 5, "data": {"custom_id": form["custom_id"], "components": typed, "resolved": {}}}
        if "message" in opened.payload:
            payload["message"] = opened.payload["message"]
        return await self.interact(payload, user=user, channel=opened.payload["channel_id"])

    async def say(self, text: str, *, user: str = ADA, channel: str = LEADS) -> Json:
        """Write a message; the bot hears of it."""
        message = show.post(self.world, self.world.channels[channel], {"content": text}, [], author=user)
        if f"<@{BOT}>" in text:
            message["mentions"] = [self.world.users[BOT]]
        guild = self.gateway.guild_of(channel)
        if guild:
            found = show.member(self.world, self.world.guilds[guild], user)
            await self.gateway.message({**message, "member": {k: v for k, v in found.items() if k != "user"}}, guild)
        else:
            await self.gateway.message(message, "")
        await asyncio.sleep(0)
        return message

    def direct(self, user: str = ADA) -> str:
        """The id of the direct conversation with a person."""
        return self.world.direct(user).id

    def messages(self, channel: str = LEADS) -> list[Json]:
        """What stands in a channel, oldest first."""
        return [*self.world.channels[channel].messages.values()]


def private(message: Json) -> bool:
    """Whether only the person who acted sees it."""
    return bool(message["flags"] & EPHEMERAL)


def _option(declared: Json, value: object, focused: bool) -> Json:
    shown = {"name": declared["name"], "type": declared["type"]}
    native = value if focused else _NATIVE[declared["type"]](value)
    return {**shown, "value": native, **({"focused": True} if focused else {})}


def _find(message: Json, wanted: Any) -> Json:
    for component in show.walk(message["components"]):
        if wanted(component):
            return component
    raise LookupError(f"the message shows no such thing: {show.text_of(message)!r}")


def _typed(part: Json, values: Mapping[str, str]) -> Json:
    """What a submission says of one part of a form."""
    inner = part.get("component")
    if inner is None:
        return {"type": part["type"], "id": part.get("id", 0)}
    name = inner["custom_id"]
    said: Json = {"type": inner["type"], "custom_id": name, "id": inner.get("id", 0)}
    if inner["type"] == 4:
        said["value"] = values.get(name, inner.get("value") or "")
    else:
        chosen = [o["value"] for o in inner.get("options", []) if o.get("default")]
        chosen += [d["id"] for d in inner.get("default_values") or []]
        said["values"] = [values[name]] if values.get(name) else ([] if name in values else chosen)
    return {"type": 18, "id": part.get("id", 0), "component": said}
