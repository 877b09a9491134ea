"""The REST interface of the local Discord, version 10: what discord.py asks for, with rate limits and faults."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import BodyPartReader, web

from tests.support import discord_checks as checks
from tests.support import discord_payloads as show
from tests.support.discord_faults import DiscordFault, fail_after, fail_before, limited
from tests.support.discord_gateway import Gateway
from tests.support.discord_world import (
    APP,
    BOT,
    THREAD,
    TOKEN,
    Call,
    Channel,
    Json,
    World,
)

PREFIX = "/api/v10"
_SNOWFLAKE = re.compile(r"\d{17,20}")

Handler = Callable[[web.Request, Any, show.Files], Awaitable[Any]]


class Rest:
    """The routes. Every answer passes `_answer`: faults, rate limits, token, checks, record."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world, self.gateway = world, gateway
        self._windows: dict[str, tuple[float, int]] = {}

    def add_to(self, app: web.Application) -> None:
        channel, message = "/channels/{channel}", "/channels/{channel}/messages/{message}"
        self.add(app, "GET", "/users/@me", self.me)
        self.add(app, "GET", "/users/{user}", self.user)
        self.add(app, "GET", "/oauth2/applications/@me", self.application)
        self.add(app, "GET", "/applications/@me", self.application)
        self.add(app, "GET", "/gateway/bot", self.gateway_bot)
        self.add(app, "GET", f"/applications/{APP}/commands", self.commands)
        self.add(app, "PUT", f"/applications/{APP}/commands", self.put_commands)
        self.add(app, "POST", "/users/@me/channels", self.open_direct)
        self.add(app, "GET", "/guilds/{guild}/channels", self.guild_channels)
        self.add(app, "GET", channel, self.channel)
        self.add(app, "POST", f"{channel}/messages", self.post)
        self.add(app, "GET", f"{channel}/messages", self.history)
        self.add(app, "GET", message, self.message)
        self.add(app, "PATCH", message, self.edit)
        self.add(app, "DELETE", message, self.delete)
        self.add(app, "POST", f"{message}/threads", self.thread)

    def add(self, app: web.Application, method: str, path: str, handler: Handler) -> None:
        """Serve a route behind what is common to all."""

        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._answer(request, handler)

        app.router.add_route(method, PREFIX + path, handle)

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        path = request.path.removeprefix(PREFIX)
        body, files = await _read(request)
        status, headers = 200, {}
        try:
            fault = self.world.fault(f"{request.method} {path}")
            if fault:
                await fail_before(request, fault)
            headers = self.limit(request.method, path)
            if request.headers.get("Authorization") != f"Bot {TOKEN}" and not path.startswith(("/inter", "/webhooks")):
                raise DiscordFault(401, 0, "401: Unauthorized")
            result = await handler(request, body, files)
            if fault:
                fail_after(request, fault)
            status = 204 if result is None else 200
            return _json(result, status, headers)
        except DiscordFault as error:
            status = error.status
            said = {"code": error.code, "message": str(error), **error.more}
            return _json(said, status, {**headers, **error.headers})
        finally:
            await self.world.note(Call(request.method, path, body, status, self.world.clock()))

    def limit(self, method: str, path: str) -> dict[str, str]:
        """Take a token; returns the headers that tell how many are left. Raises the 429 when there is none.

        Buckets are a route with its first id ("POST /channels/81…/messages"), and "global".
        """
        if path.startswith("/interactions"):
            return {}
        self._take("global", "global", whole=True)
        route = f"{method} {_SNOWFLAKE.sub('*', path)}"
        return self._take(route, f"{route} {''.join(_SNOWFLAKE.findall(path)[:1])}")

    def _take(self, rate: str, bucket: str, *, whole: bool = False) -> dict[str, str]:
        if rate not in self.world.rates:
            return {}
        most, seconds = self.world.rates[rate]
        now = self.world.clock()
        begun, used = self._windows.get(bucket, (now, 0))
        if now - begun >= seconds:
            begun, used = now, 0
        left, reset = most - used - 1, begun + seconds - now
        headers = {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(max(0, left)),
            "X-RateLimit-Reset": f"{begun + seconds:.3f}",
            "X-RateLimit-Reset-After": f"{reset:.3f}",
            "X-RateLimit-Bucket": f"{hash(rate) & 0xFFFFFFFF:08x}",
        }
        if left < 0:
            raise limited(reset, whole=whole, headers={} if whole else headers)
        self._windows[bucket] = (begun, used + 1)
        return {} if whole else headers

    def check(self, errors: list[str]) -> None:
        """Raise Discord's 400 when there is anything that it would not take."""
        if errors and self.world.checks_bodies:
            raise DiscordFault(400, 50035, "Invalid Form Body", errors={"found": errors})

    async def me(self, request: web.Request, body: Any, files: show.Files) -> Json:
        return {**self.world.users[BOT], "flags": 0, "verified": True, "mfa_enabled": False}

    async def user(self, request: web.Request, body: Any, files: show.Files) -> Json:
        found = self.world.users.get(request.match_info["user"])
        if found is None:
            raise DiscordFault(404, 10013, "Unknown User")
        return found

    async def application(self, request: web.Request, body: Any, files: show.Files) -> Json:
        content = 1 << 19 if self.world.approves_content else 0
        owner = self.world.users[BOT]
        shown = {"id": APP, "name": "Rung", "description": "", "icon": None, "summary": "", "verify_key": "0" * 64}
        return {**shown, "owner": owner, "team": None, "bot_public": True, "flags": content, "rpc_origins": None,
                "bot_require_code_grant": False, "approximate_guild_count": len(self.world.guilds)}  # fmt: skip

    async def gateway_bot(self, request: web.Request, body: Any, files: show.Files) -> Json:
        starts = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 16}
        return {"url": self.gateway.url, "shards": self.world.shards, "session_start_limit": starts}

    async def commands(self, request: web.Request, body: Any, files: show.Files) -> list[Json]:
        return self.world.commands

    async def put_commands(self, request: web.Request, body: Any, files: show.Files) -> list[Json]:
        self.check(checks.command_errors(body))
        known = {"application_id": APP, "version": "1", "type": 1}
        self.world.commands = [{**known, "id": self.world.snowflake(), **command} for command in body]
        return self.world.commands

    async def open_direct(self, request: web.Request, body: Any, files: show.Files) -> Json:
        return show.channel(self.world, self.world.direct(str(body["recipient_id"])))

    async def guild_channels(self, request: web.Request, body: Any, files: show.Files) -> list[Json]:
        inside = [c for c in self.world.channels.values() if c.guild == request.match_info["guild"]]
        if not inside:
            raise DiscordFault(404, 10004, "Unknown Guild")
        return [show.channel(self.world, c) for c in inside if c.kind != THREAD]

    async def channel(self, request: web.Request, body: Any, files: show.Files) -> Json:
        return show.channel(self.world, self._channel(request))

    async def post(self, request: web.Request, body: Json, files: show.Files) -> Json:
        channel = self._channel(request)
        self.check(checks.message_errors(body))
        nonce, now = (channel.id, str(body.get("nonce"))), self.world.clock()
        if body.get("enforce_nonce") and nonce in self.world.nonces:
            at, message = self.world.nonces[nonce]
            if now - at < self.world.nonce_seconds and message in channel.messages:
                return channel.messages[message]
        made = show.post(self.world, channel, body, files)
        self.world.nonces[nonce] = (now, made["id"])
        await self.gateway.message(made, self.gateway.guild_of(channel.id))
        return made

    async def history(self, request: web.Request, body: Any, files: show.Files) -> list[Json]:
        """Newest first, at most `limit`; with `after` the oldest of those after it. Nonces are not kept."""
        messages = [*self._channel(request).messages.values()]
        after, before = int(request.query.get("after", 0)), int(request.query.get("before", 1 << 63))
        found = [m for m in messages if after < int(m["id"]) < before]
        limit = int(request.query.get("limit", 50))
        page = found[:limit] if "after" in request.query else found[-limit:]
        return [{k: v for k, v in m.items() if k != "nonce"} for m in reversed(page)]

    async def message(self, request: web.Request, body: Any, files: show.Files) -> Json:
        return self._message(self._channel(request), request)

    async def edit(self, request: web.Request, body: Json, files: show.Files) -> Json:
        self.check(checks.message_errors(body))
        channel = self._channel(request)
        message = self._message(channel, request)
        show.change(self.world, message, body, files)
        message["edited_timestamp"] = self.world.now()
        return message

    async def delete(self, request: web.Request, body: Any, files: show.Files) -> None:
        channel = self._channel(request)
        del channel.messages[self._message(channel, request)["id"]]

    async def thread(self, request: web.Request, body: Json, files: show.Files) -> Json:
        parent = self._channel(request)
        message = self._message(parent, request)
        if not 1 <= len(body["name"]) <= 100:
            raise DiscordFault(400, 50035, "Invalid Form Body")
        made = Channel(message["id"], body["name"], THREAD, parent.guild, parent.id)
        self.world.channels[made.id] = made
        return show.channel(self.world, made)

    def _channel(self, request: web.Request) -> Channel:
        return self.world.channel(request.match_info["channel"])

    def _message(self, channel: Channel, request: web.Request) -> Json:
        found = channel.messages.get(request.match_info["message"])
        if found is None:
            raise DiscordFault(404, 10008, "Unknown Message")
        return found


async def _read(request: web.Request) -> tuple[Any, show.Files]:
    """The JSON body and the uploaded files of a request."""
    if request.content_type != "multipart/form-data":
        return (await request.json() if request.can_read_body else None), []
    body: Any = None
    files: show.Files = []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        if part.name == "payload_json":
            body = json.loads(await part.text())
        else:
            media = part.headers.get("Content-Type", "application/octet-stream")
            files.append((part.filename or "", media, bytes(await part.read())))
    return body, files


def _json(value: Any, status: int, headers: dict[str, str]) -> web.Response:
    if value is None:
        return web.Response(status=status, headers=headers)
    # Exactly "application/json": discord.py does not read JSON under a type that names a charset.
    body = show.encoded(value).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")
