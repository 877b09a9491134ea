"""How the local Discord takes the bot's answers to interactions: one callback within three seconds, then followups.

Rules: docs.discord.com/developers/interactions/receiving-and-responding.
"""

from typing import Any

from aiohttp import web

from tests.support import discord_checks as checks
from tests.support import discord_payloads as show
from tests.support.discord_faults import DiscordFault
from tests.support.discord_rest import Rest
from tests.support.discord_world import (
    ACKNOWLEDGE_SECONDS,
    APP,
    EPHEMERAL,
    Channel,
    Interaction,
    Json,
    World,
)

_COMMAND, _COMPONENT, _COMPLETION, _SUBMIT = 2, 3, 4, 5
_MESSAGE, _LATER, _LATER_UPDATE, _UPDATE, _CHOICES, _MODAL = 4, 5, 6, 7, 8, 9
_ALLOWED: dict[int, set[int]] = {
    _COMMAND: {_MESSAGE, _LATER, _MODAL},
    _COMPONENT: {_MESSAGE, _LATER, _LATER_UPDATE, _UPDATE, _MODAL},
    _COMPLETION: {_CHOICES},
    _SUBMIT: {_MESSAGE, _LATER, _LATER_UPDATE, _UPDATE},
}


class Answers:
    """The callback and webhook routes."""

    def __init__(self, rest: Rest) -> None:
        self.rest, self.world = rest, rest.world

    def add_to(self, app: web.Application) -> None:
        webhook = f"/webhooks/{APP}/{{token}}"
        self.rest.add(app, "POST", "/interactions/{interaction}/{token}/callback", self.callback)
        self.rest.add(app, "POST", webhook, self.followup)
        self.rest.add(app, "GET", f"{webhook}/messages/{{message}}", self.get)
        self.rest.add(app, "PATCH", f"{webhook}/messages/{{message}}", self.edit)
        self.rest.add(app, "DELETE", f"{webhook}/messages/{{message}}", self.delete)

    async def callback(self, request: web.Request, body: Json, files: show.Files) -> Json | None:
        interaction = self.world.interactions.get(request.match_info["interaction"])
        now = self.world.clock()
        if interaction is None or interaction.token != request.match_info["token"]:
            raise DiscordFault(404, 10062, "Unknown interaction")
        if interaction.callbacks:
            raise DiscordFault(400, 40060, "Interaction has already been acknowledged.")
        if now - interaction.at > ACKNOWLEDGE_SECONDS:
            raise DiscordFault(404, 10062, "Unknown interaction")
        kind, data = body["type"], body.get("data") or {}
        updates = kind in {_UPDATE, _LATER_UPDATE}
        if kind not in _ALLOWED[interaction.payload["type"]] or (updates and "message" not in interaction.payload):
            raise DiscordFault(400, 50035, "Invalid Form Body", errors={"type": "not for this interaction"})
        self._check(kind, data)
        interaction.callbacks.append(body)
        interaction.acknowledged = now
        interaction.answered.set()
        await self._take(interaction, kind, data, files)
        if request.query.get("with_response") not in {"1", "true"}:
            return None
        told = {"id": interaction.id, "type": interaction.payload["type"], "response_message_loading": kind == _LATER}
        told |= {"response_message_id": interaction.original} if interaction.original else {}
        shown: Json = {"interaction": told}
        if kind in {_MESSAGE, _UPDATE}:
            shown["resource"] = {"type": kind, "message": self._original(interaction)}
        return shown

    def _check(self, kind: int, data: Json) -> None:
        if kind in {_MESSAGE, _UPDATE}:
            self.rest.check(checks.message_errors(data))
        elif kind == _MODAL:
            self.rest.check(checks.modal_errors(data))
        elif kind == _CHOICES and len(data["choices"]) > 25:
            self.rest.check(["more than 25 choices"])

    async def _take(self, interaction: Interaction, kind: int, data: Json, files: show.Files) -> None:
        if kind == _MESSAGE:
            interaction.original = (await self._say(interaction, data, files))["id"]
        elif kind == _LATER:
            loading = {"flags": data.get("flags", 0) & EPHEMERAL, "content": ""}
            interaction.thinking = True
            interaction.original = (await self._say(interaction, loading, [], shown=False))["id"]
        elif kind in {_UPDATE, _LATER_UPDATE}:
            clicked = interaction.payload["message"]
            interaction.original = clicked["id"]
            interaction.messages[clicked["id"]] = self._clicked(clicked)
            if kind == _UPDATE:
                show.change(self.world, self._original(interaction), data, files)

    def _clicked(self, message: Json) -> Json:
        """The message that was clicked: in its channel, or with the interaction that made it when it is ephemeral."""
        kept = self.world.channels[message["channel_id"]].messages.get(message["id"])
        held = (i.messages[message["id"]] for i in self.world.interactions.values() if message["id"] in i.messages)
        return kept or next(held, message)

    async def _say(self, interaction: Interaction, body: Json, files: show.Files, *, shown: bool = True) -> Json:
        channel = self._channel(interaction)
        kept = not body.get("flags", 0) & EPHEMERAL
        made = show.post(self.world, channel, body, files, kept=kept)
        interaction.messages[made["id"]] = made
        made["interaction_metadata"] = {
            "id": interaction.id,
            "type": interaction.payload["type"],
            "user": self._who(interaction),
            "authorizing_integration_owners": {},
        }
        made["webhook_id"] = APP
        if kept and shown:
            await self.rest.gateway.message(made, interaction.payload.get("guild_id", ""))
        return made

    def _who(self, interaction: Interaction) -> Json:
        payload = interaction.payload
        who: Json = payload["member"]["user"] if "member" in payload else payload["user"]
        return who

    async def followup(self, request: web.Request, body: Json, files: show.Files) -> Json:
        self.rest.check(checks.message_errors(body))
        interaction = self._of(request)
        if not interaction.callbacks:
            raise DiscordFault(404, 10015, "Unknown Webhook")
        if interaction.thinking:  # the first followup takes the place, and the visibility, of what was deferred
            interaction.thinking = False
            original = self._original(interaction)
            show.change(self.world, original, {**body, "flags": body.get("flags", 0) & ~EPHEMERAL}, files)
            return original
        return await self._say(interaction, body, files)

    async def get(self, request: web.Request, body: Any, files: show.Files) -> Json:
        return self._named(request)

    async def edit(self, request: web.Request, body: Json, files: show.Files) -> Json:
        self.rest.check(checks.message_errors(body))
        interaction = self._of(request)
        message = self._named(request)
        if message["id"] == interaction.original:
            interaction.thinking = False
        show.change(self.world, message, body, files)
        return message

    async def delete(self, request: web.Request, body: Any, files: show.Files) -> None:
        interaction, message = self._of(request), self._named(request)
        if message["id"] == interaction.original:
            interaction.thinking = False
        del interaction.messages[message["id"]]
        self.world.channels[message["channel_id"]].messages.pop(message["id"], None)

    def _of(self, request: web.Request) -> Interaction:
        token = request.match_info["token"]
        found = next((i for i in self.world.interactions.values() if i.token == token), None)
        if found is None:
            raise DiscordFault(404, 10015, "Unknown Webhook")
        return found

    def _original(self, interaction: Interaction) -> Json:
        found = interaction.messages.get(interaction.original)
        if found is None:
            raise DiscordFault(404, 10008, "Unknown Message")
        return found

    def _named(self, request: web.Request) -> Json:
        interaction, name = self._of(request), request.match_info["message"]
        found = interaction.messages.get(interaction.original if name == "@original" else name)
        if found is None:
            raise DiscordFault(404, 10008, "Unknown Message")
        return found

    def _channel(self, interaction: Interaction) -> Channel:
        return self.world.channels[interaction.payload["channel"]["id"]]


def new_interaction(world: World, payload: Json) -> Interaction:
    """Note an interaction; it counts its three seconds from now."""
    made = world.snowflake()
    full = {
        "id": made,
        "application_id": APP,
        "token": f"token-{made}",
        "version": 1,
        "locale": "en-US",
        "entitlements": [],
        "attachment_size_limit": 10_485_760,
        "authorizing_integration_owners": {},
        **payload,
    }
    interaction = Interaction(made, full["token"], full, world.clock())
    world.interactions[made] = interaction
    return interaction
