"""The app manifest (docs.slack.dev/reference/app-manifest): what one pastes into Slack to make the app."""

from typing import Any

from bot.chat.command import Command
from bot.chat.registry import Registry
from bot.platforms.slack.wording import HOUSE, offered

MAX_COMMANDS = 50
"""Slack takes that many slash commands of an app; `/rung` serves those that do not fit."""
_MAX_DESCRIPTION, _MAX_HINT = 2000, 1000

BOT_SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "metadata.message:read",
    "users:read",
)
BOT_EVENTS = ("app_home_opened", "app_mention", "message.channels", "message.groups", "message.im")


def manifest(registry: Registry, *, request_url: str = "") -> dict[str, Any]:
    """Return the manifest with all commands.

    request_url: where Slack reaches the bot, ending in /slack/events; empty for Socket Mode
    """
    address = {"url": request_url} if request_url else {}
    request = {"request_url": request_url} if request_url else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Rung",
            "description": "Climbs with you to your first machine-learning internship",
            "background_color": "#1f2a44",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Rung", "always_online": True},
            "slash_commands": [{**command, **address} for command in slash_commands(registry)],
        },
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(BOT_EVENTS)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not request_url,
            "token_rotation_enabled": False,
        },
    }


def slash_commands(registry: Registry) -> list[dict[str, Any]]:
    """Return the slash commands: one for each first word that Slack does not keep to itself, and `/rung` for all."""
    house = _slash(HOUSE, "All that Rung can do, and every command: /rung leads today", "help")
    own = [_group(registry, word, commands) for word, commands in registry.groups().items() if offered(word)]
    return [house, *(command for command in own if command["command"] != HOUSE)][:MAX_COMMANDS]


def _group(registry: Registry, word: str, commands: list[Command]) -> dict[str, Any]:
    first = commands[0]
    if len(first.path) == 1:
        return _slash(first.text, first.summary, _usage(first))
    return _slash(f"/{word}", registry.cog_of(first).summary, " | ".join(command.path[1] for command in commands))


def _slash(name: str, description: str, hint: str) -> dict[str, Any]:
    found: dict[str, Any] = {"command": name, "description": description[:_MAX_DESCRIPTION], "should_escape": False}
    return found | ({"usage_hint": hint[:_MAX_HINT]} if hint else {})


def _usage(command: Command) -> str:
    return " ".join(o.name if o.required else f"[{o.name}:…]" for o in command.options)
