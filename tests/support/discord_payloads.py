"""What the local Discord shows of itself, in Discord's shapes (docs.discord.com/developers/resources)."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.support.discord_faults import DiscordFault
from tests.support.discord_world import (
    ADA,
    BOT,
    COMPONENTS_V2,
    DIRECT,
    EPHEMERAL,
    MANAGE_GUILD,
    MEMBER_PERMISSIONS,
    THREAD,
    Channel,
    Guild,
    Json,
    World,
)

_HIDDEN = re.compile("\n?[\u200b\u200c\u2060\u2063]{24}")

Files = list[tuple[str, str, bytes]]
"""Name, media type and bytes of what was uploaded."""


def user(world: World, who: str) -> Json:
    return world.users[who]


def permissions(guild: Guild, who: str) -> int:
    return MEMBER_PERMISSIONS | (MANAGE_GUILD if who in guild.organisers else 0)


def member(world: World, guild: Guild, who: str, *, inside: bool = False) -> Json:
    """A member; `inside` an interaction their permissions are told too."""
    shown: Json = {
        "user": world.users[who],
        "roles": [],
        "nick": None,
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    return shown | ({"permissions": str(permissions(guild, who))} if inside else {})


def channel(world: World, found: Channel) -> Json:
    shown: Json = {"id": found.id, "type": found.kind, "flags": 0, "last_message_id": None}
    if found.kind == DIRECT:
        return {**shown, "recipients": [world.users[found.user]]}
    shown |= {
        "guild_id": found.guild,
        "name": found.name,
        "position": 0,
        "permission_overwrites": [{"id": found.guild, "type": 0, "allow": "0", "deny": str(1 << 11)}]
        if found.forbidden
        else [],
        "parent_id": found.parent or None,
        "nsfw": False,
        "rate_limit_per_user": 0,
    }
    if found.kind == THREAD:
        stamps = {"archived": False, "auto_archive_duration": 1440, "locked": False}
        shown |= {
            "owner_id": BOT,
            "message_count": 0,
            "member_count": 1,
            "thread_metadata": {**stamps, "archive_timestamp": "2026-01-01T00:00:00+00:00"},
        }
    return shown


def guild(world: World, found: Guild) -> Json:
    """GUILD_CREATE. Members beyond the known are made up: they exist to be cached by who caches."""
    inside = [c for c in world.channels.values() if c.guild == found.id]
    known = [member(world, found, who) for who in world.users]
    invented = [_invented_member(found.id, number) for number in range(found.members - len(known))]
    return {
        "id": found.id,
        "name": found.name,
        "icon": None,
        "owner_id": ADA,
        "roles": [_everyone(found)],
        "channels": [channel(world, c) for c in inside if c.kind != THREAD],
        "threads": [channel(world, c) for c in inside if c.kind == THREAD],
        "members": [*known, *invented],
        "member_count": max(found.members, len(known)),
        "emojis": [],
        "stickers": [],
        "features": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "preferred_locale": "en-US",
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "large": False,
        "unavailable": False,
        "joined_at": "2026-01-01T00:00:00+00:00",
    }


def _everyone(found: Guild) -> Json:
    return {
        "id": found.id,
        "name": "@everyone",
        "permissions": str(MEMBER_PERMISSIONS),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def _invented_member(guild_id: str, number: int) -> Json:
    who = {"id": str(int(guild_id) + number), "username": f"member{number}", "discriminator": "0", "avatar": None}
    return {
        "user": who,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component of a message or a form, nested ones too."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        yield from walk([component[k] for k in ("accessory", "component") if component.get(k)])


def text_of(message: Mapping[str, Any]) -> str:
    """All text that a person sees of a message, without what hides in a delivery."""
    shown = [message.get("content") or ""]
    shown += [c["content"] for c in walk(message.get("components") or []) if c["type"] == 10]
    return _HIDDEN.sub("", "\n".join(text for text in shown if text))


def post(world: World, found: Channel, body: Json, files: Files, *, author: str = BOT, kept: bool = True) -> Json:
    """Put a message into a channel and count it by its nonce, else by its text; without `kept` it is ephemeral."""
    message: Json = {
        "id": world.snowflake(),
        "type": 19 if body.get("message_reference") else 0,
        "channel_id": found.id,
        "author": world.users[author],
        "timestamp": world.now(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "pinned": False,
        "embeds": [],
        "attachments": [],
        "components": [],
        "content": "",
        "flags": 0,
    }
    change(world, message, body, files)
    if body.get("nonce") is not None:
        message["nonce"] = body["nonce"]
    if body.get("message_reference"):
        message["message_reference"] = body["message_reference"]
    if kept:
        found.messages[message["id"]] = message
    if kept and author == BOT:
        world.posted[found.id][str(body.get("nonce") or text_of(message))] += 1
    return message


def change(world: World, message: Json, body: Json, files: Files) -> None:
    """Apply what a body says to a message, as a post or an edit does."""
    if "flags" in body:
        message["flags"] |= body["flags"] & (EPHEMERAL | COMPONENTS_V2)
    message["content"] = body.get("content", message["content"]) or ""
    if "attachments" in body or files:
        kept = {a.get("id") for a in body.get("attachments", [])}
        message["attachments"] = [a for a in message["attachments"] if a["id"] in kept]
        message["attachments"] += [_attachment(world, f) for f in files]
    if body.get("components") is not None:
        message["components"] = _numbered(copy.deepcopy(body["components"]))
        _resolve(message)


def _attachment(world: World, file: tuple[str, str, bytes]) -> Json:
    name, media, content = file
    number = world.snowflake()
    world.files[number] = file
    url = f"http://local.invalid/attachments/{number}/{name}"
    return {
        "id": number,
        "filename": name,
        "size": len(content),
        "url": url,
        "proxy_url": url,
        "content_type": media,
    }


def _numbered(components: list[Json]) -> list[Json]:
    """Give an id to each component that brought none, counting from 1, as Discord does."""
    taken = {c["id"] for c in walk(components) if c.get("id")}
    number = 0
    for component in walk(components):
        if not component.get("id"):
            number += 1
            while number in taken:
                number += 1
            component["id"] = number
    return components


def _resolve(message: Json) -> None:
    """Put addresses in place of `attachment://name`; Discord refuses one that names no file."""
    urls = {a["filename"]: a["url"] for a in message["attachments"]}
    media = [c[k] for c in walk(message["components"]) for k in ("media", "file") if k in c]
    media += [item["media"] for c in walk(message["components"]) if c["type"] == 12 for item in c["items"]]
    for item in media:
        scheme, _, name = item["url"].partition("attachment://")
        if not scheme and name:
            if name not in urls:
                raise DiscordFault(400, 50035, "Invalid Form Body", errors={"media": f"no file {name!r}"})
            item["url"] = item["proxy_url"] = urls[name]
        item.setdefault("width", 1)
        item.setdefault("height", 1)


def encoded(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
