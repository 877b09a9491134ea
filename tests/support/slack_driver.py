"""What a person does in the local Slack: type a command, click, fill in a form, write; over a socket or signed HTTP."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlencode

import aiohttp

from tests.support.slack_core import Ack, SlackServer
from tests.support.slack_team import APP, BOT_USER, SIGNING_SECRET, TEAM, Json, Team
from tests.support.slack_views import keep_view

Mode = Literal["socket", "http"]
Signature = Literal["valid", "bad", "old", "none"]


class LocalSlack(SlackServer):
    """The server and its people, for tests in one process: `async with LocalSlack() as slack: …`.

    Every action returns the app's acknowledgement; what the app does afterwards is waited for with `team.until`.
    """

    def __init__(self, team: Team | None = None, *, mode: Mode = "socket", app_url: str = "") -> None:
        super().__init__(team)
        self.mode: Mode = mode
        self.app_url = app_url
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        if self._http:
            await self._http.close()
        await super().stop()

    async def deliver(
        self, kind: str, payload: Json, *, mode: Mode | None = None, signature: Signature = "valid", retry: int = 0
    ) -> Ack:
        """Send a payload to the app and return how it acknowledged."""
        if (mode or self.mode) == "socket":
            return await self.deliver_socket(kind, payload, retry=retry)
        headers, body = signed(kind, payload, signature, retry=retry)
        self._http = self._http or aiohttp.ClientSession()
        begun = time.perf_counter()
        async with self._http.post(self.app_url, data=body, headers=headers) as answer:
            text = await answer.text()
        seconds = time.perf_counter() - begun
        return Ack(answer.status, json.loads(text) if text.startswith("{") else text, seconds)

    async def slash(self, line: str, *, user: str = "U1", channel: str = "C1", **how: Any) -> Ack:
        """Type `/leads search vision`."""
        return await self.deliver("slash_commands", self.slash_payload(line, user=user, channel=channel), **how)

    def slash_payload(self, line: str, *, user: str = "U1", channel: str = "C1") -> Json:
        command, _, text = line.partition(" ")
        return {
            "token": "deprecated",
            "team_id": TEAM,
            "team_domain": "rung-test",
            "channel_id": channel,
            "channel_name": self.team.conversations[channel].name or "directmessage",
            "user_id": user,
            "user_name": self.team.users[user]["name"],
            "command": command,
            "text": text,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": self._response_url(channel, user),
            "trigger_id": self.team.trigger(),
        }

    async def click(
        self, message: Json, what: str, *, user: str = "U1", channel: str = "C1", picked: str = "", **how: Any
    ) -> Ack:
        """Click the button called `what` in a message, or pick the option called `picked` in the menu called `what`."""
        payload = self.click_payload(message, what, user=user, channel=channel, picked=picked)
        return await self.deliver("interactive", payload, **how)

    def click_payload(self, message: Json, what: str, *, user: str, channel: str, picked: str = "") -> Json:
        public = self.team.conversations[channel].message(message["ts"]) is not None
        container = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": channel,
            "is_ephemeral": not public,
        }
        if "thread_ts" in message:
            container["thread_ts"] = message["thread_ts"]
        payload: Json = {
            "type": "block_actions",
            "user": {"id": user, "username": self.team.users[user]["name"], "team_id": TEAM},
            "api_app_id": APP,
            "container": container,
            "trigger_id": self.team.trigger(),
            "team": {"id": TEAM, "domain": "rung-test"},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": channel, "name": self.team.conversations[channel].name},
            "state": {"values": {}},
            "response_url": self._response_url(channel, user, message["ts"]),
            "actions": [clicked(message, what, picked)],
        }
        if public:
            payload["message"] = message
        return payload

    async def submit(self, view: Json, values: Mapping[str, str], *, user: str = "U1", **how: Any) -> Ack:
        """Fill in an open modal and send it; an `update` in the acknowledgement takes the modal's place."""
        payload = self.submit_payload(view, values, user=user)
        ack = await self.deliver("interactive", payload, **how)
        if isinstance(ack.body, dict) and ack.body.get("response_action") == "update":
            keep_view(self.team, ack.body["view"], view["id"])
        return ack

    def submit_payload(self, view: Json, values: Mapping[str, str], *, user: str) -> Json:
        return {
            "type": "view_submission",
            "team": {"id": TEAM, "domain": "rung-test"},
            "user": {"id": user, "username": self.team.users[user]["name"], "team_id": TEAM},
            "api_app_id": APP,
            "trigger_id": self.team.trigger(),
            "view": {**view, "state": {"values": typed(view, values)}},
            "response_urls": [],
            "is_enterprise_install": False,
            "enterprise": None,
        }

    async def say(
        self, text: str, *, user: str = "U1", channel: str = "C1", event_id: str = "", thread: str = "", **how: Any
    ) -> Ack:
        """Write a message, which the app hears as an event."""
        kind = {"direct": "im", "private": "group"}.get(self.team.conversations[channel].kind, "channel")
        event = {"type": "message", "channel": channel, "user": user, "text": text, "ts": self.team.ts()}
        event |= {"channel_type": kind} | ({"thread_ts": thread} if thread else {})
        return await self.event(event, event_id=event_id, **how)

    async def event(self, event: Json, *, event_id: str = "", **how: Any) -> Ack:
        """Deliver any event of the Events API."""
        body = {
            "token": "deprecated",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": event_id or f"Ev{self.team.number()}",
            "event_time": int(self.team.clock()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        }
        return await self.deliver("events_api", body, **how)

    def _response_url(self, channel: str, user: str, message: str = "") -> str:
        return f"{self.url}/response/{self.team.response_id(channel, user, message)}"


def signed(kind: str, payload: Json, signature: Signature, *, retry: int = 0) -> tuple[dict[str, str], bytes]:
    """Headers and body as Slack sends them (docs.slack.dev/authentication/verifying-requests-from-slack)."""
    body = json.dumps(payload).encode()
    media = "application/json"
    if kind != "events_api":
        media = "application/x-www-form-urlencoded"
        body = urlencode(payload if kind == "slash_commands" else {"payload": body.decode()}).encode()
    stamp = str(int(time.time()) - (600 if signature == "old" else 0))
    digest = hmac.new(SIGNING_SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    if signature == "bad":
        digest = digest[::-1]
    headers = {"Content-Type": media, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
    if signature == "none":
        del headers["X-Slack-Signature"]
    if retry:
        headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
    return headers, body


def clicked(message: Json, what: str, picked: str = "") -> Json:
    """The action of a click on what a message shows. Raises LookupError when it shows no such thing."""
    for block in message.get("blocks", []):
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            base = {"action_id": element["action_id"], "block_id": block.get("block_id", "b"), "type": element["type"]}
            if element["type"] == "button" and element["text"]["text"] == what:
                value = {"value": element["value"]} if "value" in element else {}
                return {**base, **value, "text": element["text"], "action_ts": "1"}
            if element["type"] == "static_select" and element["placeholder"]["text"] == what:
                option = next(o for o in element["options"] if o["text"]["text"] == picked)
                return {**base, "selected_option": option, "action_ts": "1"}
    raise LookupError(f"the message shows no {what!r}")


def typed(view: Json, values: Mapping[str, str]) -> Json:
    """The state of a modal: its first values, and over them what was typed (by block_id)."""
    state: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element, name = block["element"], block["block_id"]
        given: Json
        match element["type"]:
            case "static_select":
                chosen = [o for o in element["options"] if o["value"] == values.get(name)]
                given = {"selected_option": chosen[0] if chosen else element.get("initial_option")}
            case "conversations_select":
                given = {"selected_conversation": values.get(name) or element.get("initial_conversation")}
            case _:
                given = {"value": values.get(name, element.get("initial_value")) or None}
        state[name] = {element["action_id"]: {"type": element["type"], **given}}
    return state
