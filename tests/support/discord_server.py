"""A local Discord over real sockets: REST v10, the gateway, interactions. It keeps what it is told and counts it.

    python -m tests.support.discord_server --port 8098 [--host 127.0.0.1]

prints one line of JSON `{"url", "api_url", "gateway_url", "token", "guild", "channels"}` when it listens (port 0
takes a free one). Point the bot at `api_url` and `gateway_url`. Tests in one process use `LocalDiscord`
(discord_driver.py).

The control interface takes and gives JSON:

    GET  /_control/state                 numbers: calls by status, posted, keys, channels, faults, sessions …
    GET  /_control/counts                {"posted": {channel: {key: n}}, "doubled": {"channel key": n}}
                                         (`key` is the nonce, or the text without one; a post that enforce_nonce
                                         answers with the first message does not count, a deletion does not lower n)
    GET  /_control/messages?channel=81…  the messages of a channel, oldest first
    GET  /_control/calls?method=&path=   recorded calls [{method, path, body, status, at}]
    GET  /_control/interactions/ID       {"seconds", "callbacks", "said", "deferred"}
    POST /_control/channels              {"count": 500, "prefix": "place", "guild": id} or {"channels": [[id, name]]}
                                         -> {"channels": [ids]}; before the bot identifies, so that it knows them
    POST /_control/channels/81…          {"forbidden": true, "gone": true}
    POST /_control/guilds                {"count": 1000, "channels": 2, "members": 3} -> {"guilds": [ids]}
    POST /_control/faults                {"what", "route", "times", "after", "share"} (see discord_faults.Fault)
    POST /_control/rates                 {"global": [50, 1.0], "POST /channels/*/messages": [5, 5.0]}: most in seconds;
                                         Discord's own figures: {} of `realistic` does the same. Off at first
    POST /_control/settings              {"nonce_seconds": 0, "approves_content": false, "checks_bodies": true,
                                          "shards": 2, "heartbeat_seconds": 41.25}
    POST /_control/slash                 {"path": "/leads search", "options": {}, "user", "channel"} -> the interaction
    POST /_control/click                 {"channel", "message", "label", "user"}
    POST /_control/pick                  {"channel", "message", "placeholder", "value", "user"}
    POST /_control/submit                {"interaction": the one that opened the form, "values": {}, "user"}
    POST /_control/say                   {"text", "user", "channel"} -> the message
    POST /_control/load                  {"path", "options", "rate": 50, "count": 500, "inflight": 64} (discord_load.py)
    POST /_control/flood                 {"text", "count", "channel"}
    POST /_control/disconnect            {"how": "reconnect"|"close"|"forget", "code": 4000}
    POST /_control/reset                 forget faults, rates, messages, counts, calls; keep people, guilds, commands
"""

import argparse
import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from tests.support.discord_driver import LocalDiscord
from tests.support.discord_faults import Fault
from tests.support.discord_load import flood, load
from tests.support.discord_world import GUILD, LEADS, TOKEN, Interaction, Json

Handler = Callable[[web.Request], Awaitable[web.Response]]
REALISTIC: dict[str, tuple[int, float]] = {
    "global": (50, 1.0),
    "POST /channels/*/messages": (5, 5.0),
    "PATCH /channels/*/messages/*": (5, 5.0),
    "GET /channels/*/messages": (5, 5.0),
}


class Control:
    """The control interface of a local Discord."""

    def __init__(self, discord: LocalDiscord) -> None:
        self.discord, self.world = discord, discord.world

    def application(self) -> web.Application:
        app = self.discord.application()
        for path in ("state", "counts", "messages", "calls"):
            app.router.add_get(f"/_control/{path}", getattr(self, path))
        app.router.add_get("/_control/interactions/{interaction}", self.interaction)
        posts = ("channels", "guilds", "faults", "rates", "settings", "slash", "click", "pick", "submit", "say")
        for path in (*posts, "load", "flood", "disconnect", "reset"):
            app.router.add_post(f"/_control/{path}", getattr(self, path))
        app.router.add_post("/_control/channels/{channel}", self.channel)
        return app

    async def state(self, request: web.Request) -> web.Response:
        gateway = self.discord.gateway
        return web.json_response({
            "calls": len(self.world.calls),
            "statuses": {str(status): n for status, n in self.world.statuses.items()},
            "errors": dict(Counter(f"{c.method} {c.status}" for c in self.world.calls if c.status >= 400)),
            "posted": sum(sum(counts.values()) for counts in self.world.posted.values()),
            "keys": sum(len(counts) for counts in self.world.posted.values()),
            "channels": len(self.world.channels),
            "commands": len(self.world.commands),
            "faults": [asdict(f) for f in self.world.faults],
            "sessions": len(gateway.live),
            "identified": gateway.identified,
            "resumed": gateway.resumed,
            "heartbeats": gateway.heartbeats,
        })  # fmt: skip

    async def counts(self, request: web.Request) -> web.Response:
        return web.json_response({"posted": self.world.posted, "doubled": self.world.doubled()})

    async def messages(self, request: web.Request) -> web.Response:
        found = self.world.channels.get(request.query["channel"])
        return web.json_response([*found.messages.values()] if found else [])

    async def calls(self, request: web.Request) -> web.Response:
        method, path = request.query.get("method", ""), request.query.get("path", "")
        kept = [c for c in self.world.calls if c.method.startswith(method) and path in c.path]
        return web.json_response([asdict(c) for c in kept])

    async def interaction(self, request: web.Request) -> web.Response:
        return _told(self.world.interactions[request.match_info["interaction"]])

    async def channels(self, request: web.Request) -> web.Response:
        body = await request.json()
        prefix, count = body.get("prefix", "place"), body.get("count", 0)
        named = [(self.world.snowflake(), f"{prefix}-{i}") for i in range(count)]
        named += [(c, name) for c, name in body.get("channels", [])]
        return web.json_response({"channels": self.world.add_channels(named, body.get("guild", GUILD))})

    async def channel(self, request: web.Request) -> web.Response:
        name, body = request.match_info["channel"], await request.json()
        found = self.world.channels[name]
        found.forbidden = body.get("forbidden", found.forbidden)
        if body.get("gone"):
            del self.world.channels[name]
        return web.json_response({})

    async def guilds(self, request: web.Request) -> web.Response:
        return web.json_response({"guilds": self.world.add_guilds(**await request.json())})

    async def faults(self, request: web.Request) -> web.Response:
        self.world.faults.append(Fault(**await request.json()))
        return web.json_response({})

    async def rates(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.world.rates |= REALISTIC if body.pop("realistic", None) is not None else {}
        self.world.rates |= {route: (most, seconds) for route, (most, seconds) in body.items()}
        return web.json_response({})

    async def settings(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.discord.gateway.heartbeat_seconds = body.pop("heartbeat_seconds", self.discord.gateway.heartbeat_seconds)
        for name in ("nonce_seconds", "approves_content", "checks_bodies", "shards"):
            setattr(self.world, name, body.pop(name, getattr(self.world, name)))
        if body:
            raise web.HTTPBadRequest(text=f"no such setting: {', '.join(body)}")
        return web.json_response({})

    async def slash(self, request: web.Request) -> web.Response:
        body = await request.json()
        options = body.pop("options", {})
        return _told(await self.discord.slash(body.pop("path"), **body, **options))

    async def click(self, request: web.Request) -> web.Response:
        body = await request.json()
        return _told(await self.discord.click(self._message(body), body.pop("label"), **body))

    async def pick(self, request: web.Request) -> web.Response:
        body = await request.json()
        message = self._message(body)
        return _told(await self.discord.pick(message, body.pop("placeholder"), body.pop("value"), **body))

    async def submit(self, request: web.Request) -> web.Response:
        body = await request.json()
        opened = self.world.interactions[body.pop("interaction")]
        return _told(await self.discord.submit(opened, body.pop("values"), **body))

    async def say(self, request: web.Request) -> web.Response:
        body = await request.json()
        return web.json_response(await self.discord.say(body.pop("text"), **body))

    async def load(self, request: web.Request) -> web.Response:
        body = await request.json()
        return web.json_response(await load(self.discord, body.pop("path"), body.pop("options", {}), **body))

    async def flood(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        return web.json_response(await flood(self.discord, body.pop("text"), **body))

    async def disconnect(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body.get("how") == "reconnect":
            await self.discord.gateway.ask_to_reconnect()
        else:
            await self.discord.gateway.drop(code=body.get("code", 4000), forget=body.get("how") == "forget")
        return web.json_response({})

    async def reset(self, request: web.Request) -> web.Response:
        self.world.forget()
        return web.json_response({})

    def _message(self, body: Json) -> Json:
        message: Json = self.world.channels[body.pop("channel", LEADS)].messages[body.pop("message")]
        return message


def _told(interaction: Interaction) -> web.Response:
    told = {"id": interaction.id, "seconds": interaction.seconds, "callbacks": interaction.callbacks}
    return web.json_response({**told, "said": interaction.said, "deferred": interaction.deferred})


async def serve(host: str, port: int) -> None:
    """Serve until the process is ended."""
    discord = LocalDiscord()
    await discord.start(host, port, Control(discord).application())
    told = {"url": discord.url, "api_url": discord.api_url, "gateway_url": discord.gateway.url, "token": TOKEN}
    channels = list(discord.world.channels)
    print(json.dumps({**told, "guild": GUILD, "channels": channels}), flush=True)
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="A local Discord for tests and benchmarks.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    args = parser.parse_args()
    asyncio.run(serve(args.host, args.port))


if __name__ == "__main__":
    main()
