"""A local Slack over real sockets: Web API, Socket Mode, signed HTTP. It keeps what it is told and counts it.

    python -m tests.support.slack_server --port 8099 [--host 127.0.0.1] [--app-url http://127.0.0.1:8080/slack/events]

prints one line of JSON `{"url", "api_url", "bot_token", "app_token", "signing_secret"}` when it listens (port 0 takes a
free one). Point the bot at `api_url`. Tests in one process use `LocalSlack` (slack_driver.py) instead.

The control interface takes and gives JSON:

    GET  /_control/state                 numbers: calls and errors by method, posted, keys, channels, faults, sockets
    GET  /_control/counts                {"posted": {channel: {key: n}}, "doubled": {"channel key": n}}
                                         (`key` is metadata.event_payload.key of chat.postMessage; deleting
                                         does not lower n)
    GET  /_control/messages?channel=C1   the messages of a conversation, oldest first
    GET  /_control/calls?method=…        recorded calls [{method, args, error, at}]
    GET  /_control/responses             what came to response_urls, and ephemeral messages
    POST /_control/channels              {"count": 500, "prefix": "place"} or {"channels": [["C9", "name"]]}
                                         -> {"channels": [ids]}
    POST /_control/channels/C1           {"archived": true, "bot_in": false, "gone": true}
    POST /_control/faults                {"what", "method", "channel", "times", "after", "share"} (see slack_team.Fault)
    POST /_control/rates                 {"chat.postMessage": [1.0, 3]}: tokens a second and burst; counted per
                                         channel for chat.postMessage
    POST /_control/settings              {"checks_blocks": false, "file_polls": 2, "keep_calls": 1000, "app_url": "…"}
    POST /_control/deliver               {"kind": "slash_commands"|"interactive"|"events_api", "payload": {…},
                                          "mode": "socket"|"http", "signature": "valid"|"bad"|"old"|"none", "retry": 0}
                                         -> {"status", "body", "seconds"}: what the app acknowledged with, and how soon
    POST /_control/slash                 {"line": "/leads today", "user": "U1", "channel": "C1", "mode": …} -> the same
    POST /_control/disconnect            {"reason": "refresh_requested"}: ask every socket to come again
    POST /_control/reset                 forget faults, rates, messages, counts, calls; keep users and channels
"""

import argparse
import asyncio
import json
from collections import deque
from typing import Any

from aiohttp import web

from tests.support.slack_core import Ack
from tests.support.slack_driver import LocalSlack
from tests.support.slack_team import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Fault, Json


class Control:
    """The control interface of a local Slack."""

    def __init__(self, slack: LocalSlack) -> None:
        self.slack, self.team = slack, slack.team

    def application(self) -> web.Application:
        app = self.slack.application()
        for path in ("state", "counts", "messages", "calls", "responses"):
            app.router.add_get(f"/_control/{path}", getattr(self, path))
        for path in ("channels", "faults", "rates", "settings", "deliver", "slash", "disconnect", "reset"):
            app.router.add_post(f"/_control/{path}", getattr(self, path))
        app.router.add_post("/_control/channels/{channel}", self.channel)
        return app

    async def state(self, request: web.Request) -> web.Response:
        return web.json_response({**self.team.summary(), "sockets": len(self.slack.sockets)})

    async def counts(self, request: web.Request) -> web.Response:
        return web.json_response({"posted": self.team.posted, "doubled": self.team.doubled()})

    async def messages(self, request: web.Request) -> web.Response:
        found = self.team.conversations.get(request.query["channel"])
        return web.json_response(found.messages if found else [])

    async def calls(self, request: web.Request) -> web.Response:
        wanted = request.query.get("method")
        kept = [c for c in self.team.calls if wanted in {None, c.method}]
        return web.json_response([{"method": c.method, "args": c.args, "error": c.error, "at": c.at} for c in kept])

    async def responses(self, request: web.Request) -> web.Response:
        return web.json_response({"responses": self.team.responses, "ephemerals": self.team.ephemerals})

    async def channels(self, request: web.Request) -> web.Response:
        body = await request.json()
        prefix = body.get("prefix", "place")
        named = [(f"C{prefix.upper()}{i}", f"{prefix}-{i}") for i in range(body.get("count", 0))]
        named += [(c, name) for c, name in body.get("channels", [])]
        return web.json_response({"channels": self.team.add_channels(named)})

    async def channel(self, request: web.Request) -> web.Response:
        name, body = request.match_info["channel"], await request.json()
        found = self.team.conversations[name]
        found.archived, found.bot_in = body.get("archived", found.archived), body.get("bot_in", found.bot_in)
        if body.get("gone"):
            del self.team.conversations[name]
        return web.json_response({})

    async def faults(self, request: web.Request) -> web.Response:
        self.team.faults.append(Fault(**await request.json()))
        return web.json_response({})

    async def rates(self, request: web.Request) -> web.Response:
        self.team.rates |= {method: (rate, burst) for method, (rate, burst) in (await request.json()).items()}
        return web.json_response({})

    async def settings(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.team.checks_blocks = body.get("checks_blocks", self.team.checks_blocks)
        self.team.file_polls = body.get("file_polls", self.team.file_polls)
        self.slack.app_url = body.get("app_url", self.slack.app_url)
        if "keep_calls" in body:
            self.team.calls = deque(self.team.calls, maxlen=body["keep_calls"])
        return web.json_response({})

    async def deliver(self, request: web.Request) -> web.Response:
        body = await request.json()
        how: Json = {k: body[k] for k in ("mode", "signature", "retry") if k in body}
        return _acknowledged(await self.slack.deliver(body["kind"], body["payload"], **how))

    async def slash(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        return _acknowledged(await self.slack.slash(body.pop("line"), **body))

    async def disconnect(self, request: web.Request) -> web.Response:
        await self.slack.disconnect((await request.json()).get("reason", "refresh_requested"))
        return web.json_response({})

    async def reset(self, request: web.Request) -> web.Response:
        self.team.forget()
        return web.json_response({})


def _acknowledged(ack: Ack) -> web.Response:
    return web.json_response({"status": ack.status, "body": ack.body, "seconds": ack.seconds})


async def serve(host: str, port: int, app_url: str) -> None:
    """Serve until the process is ended."""
    slack = LocalSlack(app_url=app_url, mode="http" if app_url else "socket")
    await slack.start(host, port, Control(slack).application())
    told = {"url": slack.url, "api_url": slack.api_url, "bot_token": BOT_TOKEN, "app_token": APP_TOKEN}
    print(json.dumps({**told, "signing_secret": SIGNING_SECRET}), flush=True)
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="A local Slack for tests and benchmarks.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--app-url", default="", help="the app's request URL, for signed HTTP")
    args = parser.parse_args()
    asyncio.run(serve(args.host, args.port, args.app_url))


if __name__ == "__main__":
    main()
