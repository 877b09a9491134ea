"""The local Slack's sockets: HTTP for the Web API, uploads and response_urls, WebSocket for Socket Mode."""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

import tests.support.slack_views  # noqa: F401 - registers its methods
from tests.support.slack_methods import METHODS, refuse_blocks
from tests.support.slack_team import APP, APP_TOKEN, BOT_TOKEN, Call, ConnectionLost, Json, SlackFault, Team

_NESTED = ("blocks", "metadata", "view", "files", "attachments")


@dataclass(frozen=True, slots=True)
class Ack:
    """How the app acknowledged: HTTP status (200 on a socket), body, and seconds until then."""

    status: int
    body: Any
    seconds: float


class SlackServer:
    """Serves one `Team`. `start` binds; `url` is valid from then on."""

    def __init__(self, team: Team | None = None) -> None:
        self.team = team or Team()
        self.url = ""
        self.sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, tuple[float, asyncio.Future[Ack]]] = {}
        self._turn = itertools.count()
        self._tickets: set[str] = set()
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """What the bot's `api_url` must be."""
        return f"{self.url}/api/"

    def application(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_post("/response/{number}", self._response)
        return app

    async def start(self, host: str = "127.0.0.1", port: int = 0, app: web.Application | None = None) -> None:
        self._runner = web.AppRunner(app or self.application(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        for socket in list(self.sockets):
            await socket.close()
        if self._runner:
            await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        name, args = request.match_info["method"], await _arguments(request)
        args["_base"] = self.url
        channel = str(args.get("channel", ""))
        reset_after = False
        try:
            if fault := self.team.fault(name, channel):
                reset_after = await _go_wrong(fault.what, fault.after)
            self.team.limit(name, channel)
            answer = {"ok": True, **self._answer(name, request, args)}
            error, status, headers = "", 200, {}
        except SlackFault as fault_answer:
            error, status = fault_answer.error, fault_answer.status
            answer = {"ok": False, "error": error, **fault_answer.more}
            headers = {} if fault_answer.after is None else {"Retry-After": f"{fault_answer.after:g}"}
        except ConnectionLost:
            await self._note(name, args, "reset")
            return _cut(request)
        await self._note(name, args, error or ("reset_after" if reset_after else ""))
        if reset_after:
            return _cut(request)
        return web.json_response(answer, status=status, headers=headers)

    def _answer(self, name: str, request: web.Request, args: Json) -> Json:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token", ""))
        if name == "apps.connections.open":
            if token != APP_TOKEN:
                raise SlackFault("invalid_auth" if token else "not_authed")
            ticket = f"t{self.team.number()}"
            self._tickets.add(ticket)
            return {"url": f"{self.url.replace('http', 'ws', 1)}/link?ticket={ticket}"}
        if token != BOT_TOKEN:
            raise SlackFault("invalid_auth" if token else "not_authed")
        if name not in METHODS:
            raise SlackFault("unknown_method", status=404)
        return METHODS[name](self.team, args)

    async def _note(self, name: str, args: Json, error: str) -> None:
        kept = {k: v for k, v in args.items() if k not in {"_base", "token"}}
        await self.team.note(Call(name, kept, error, self.team.clock()))

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        hello = {"type": "hello", "num_connections": len(self.sockets), "connection_info": {"app_id": APP}}
        await socket.send_json(hello)
        await self._changed()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledge(json.loads(message.data))
        finally:
            self.sockets.remove(socket)
            await self._changed()
        return socket

    def _acknowledge(self, answer: Json) -> None:
        waiting = self._waiting.pop(answer.get("envelope_id", ""), None)
        if waiting and not waiting[1].done():
            waiting[1].set_result(Ack(200, answer.get("payload", ""), time.perf_counter() - waiting[0]))

    async def _changed(self) -> None:
        async with self.team.changed:
            self.team.changed.notify_all()

    async def deliver_socket(self, kind: str, payload: Json, *, retry: int = 0, seconds: float = 60.0) -> Ack:
        """Send an envelope over the next open socket; returns the acknowledgement, or raises TimeoutError."""
        envelope = f"e{self.team.number()}"
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        body: Json = {"envelope_id": envelope, "type": kind, "payload": payload}
        body["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            body |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        socket = self.sockets[next(self._turn) % len(self.sockets)]
        self._waiting[envelope] = (time.perf_counter(), future)
        await socket.send_json(body)
        async with asyncio.timeout(seconds):
            return await future

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every socket to come again, as Slack does about every hour, and close it."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.team.files.get(request.match_info["file"])
        content = await _uploaded(request)
        if file is None or len(content) != file["length"]:
            return web.Response(status=400, text="wrong length")
        file["content"] = content
        return web.Response(text=f"OK - {len(content)}")

    async def _response(self, request: web.Request) -> web.StreamResponse:
        number, body = request.match_info["number"], await request.json()
        try:
            if fault := self.team.fault("response_url", number):
                await _go_wrong(fault.what, fault.after)
            respond(self.team, number, body)
            error, status, headers = "", 200, {}
        except SlackFault as refusal:
            error, status = refusal.error, refusal.status if refusal.status != 200 else 404
            headers = {} if refusal.after is None else {"Retry-After": f"{refusal.after:g}"}
        except ConnectionLost:
            return _cut(request)
        await self.team.note(Call("response_url", body, error, self.team.clock()))
        if error:
            return web.json_response({"ok": False, "error": error}, status=status, headers=headers)
        return web.Response(text="ok")


def respond(team: Team, number: str, body: Json) -> None:
    """Do what a body posted to a response_url asks for. Raises SlackFault as Slack would refuse it."""
    link = team.response_urls.get(number)
    if link is None or link.until < team.clock():
        raise SlackFault("expired_url")
    if link.left == 0:
        raise SlackFault("used_url")
    if not body.get("delete_original"):
        refuse_blocks(team, body)
    link.left -= 1
    team.responses.append({**body, "_channel": link.channel, "_user": link.user, "_message": link.message})
    conversation = team.conversations[link.channel]
    original = conversation.message(link.message) if link.message else None
    if body.get("replace_original") and original is not None:
        original.pop("blocks", None)
        original |= {k: body[k] for k in ("text", "blocks") if k in body}
    elif body.get("response_type") == "in_channel":
        team.post(conversation, body)
    elif not body.get("delete_original"):
        team.ephemerals.append({**body, "channel": link.channel, "user": link.user, "ts": team.ts()})


async def _go_wrong(what: str, after: float) -> bool:
    """Do what a fault says; returns whether the connection must be cut after the call was taken."""
    match what:
        case "429":
            raise SlackFault("ratelimited", status=429, after=after)
        case "500":
            raise SlackFault("internal_error", status=500)
        case "reset":
            raise ConnectionLost
        case "reset_after":
            return True
        case "latency":
            await asyncio.sleep(after)
            return False
        case _:
            raise SlackFault(what)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        found: Json = await request.json()
        return found
    args: Json = {**request.query, **{k: v for k, v in (await request.post()).items() if isinstance(v, str)}}
    for name in _NESTED:
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    return args


async def _uploaded(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    async for part in await request.multipart():
        return bytes(await part.read())  # type: ignore[union-attr]  # Slack takes one flat part
    return b""
