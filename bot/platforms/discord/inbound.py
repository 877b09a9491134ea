"""What Discord tells, in our words: who speaks, where, and what they said, clicked or filled in."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.chat.context import Caller, Place
from bot.chat.listen import Message
from bot.platforms.discord.render import NOTHING, SUFFIX

NAME = "discord"
Interaction = discord.Interaction[Any]


def caller_of(interaction: Interaction) -> Caller:
    """Return who acted. Their permissions are those that Discord worked out for the channel."""
    guild = interaction.guild
    return Caller(
        platform=NAME,
        workspace=str(interaction.guild_id or ""),
        user=str(interaction.user.id),
        user_name=interaction.user.display_name,
        place=place_of(interaction.channel),
        organiser=_manages(interaction.permissions),
        workspace_name=guild.name if guild else "",
        message=str(interaction.message.id) if interaction.message else "",
    )


def speaker_of(message: discord.Message) -> Caller:
    """Return who wrote a message."""
    author, guild = message.author, message.guild
    return Caller(
        platform=NAME,
        workspace=str(guild.id) if guild else "",
        user=str(author.id),
        user_name=author.display_name,
        place=place_of(message.channel),
        organiser=isinstance(author, discord.Member) and _manages(author.guild_permissions),
        workspace_name=guild.name if guild else "",
    )


def message_of(message: discord.Message, bot: int) -> Message:
    """Return a message as listeners hear it. Whatever is written to the bot alone counts as a mention of it."""
    return Message(str(message.id), message.content, mentions_bot=message.guild is None or mentions(message, bot))


def mentions(message: discord.Message, bot: int) -> bool:
    """Whether a message mentions the bot itself, not only `@everyone`."""
    return f"<@{bot}>" in message.content or f"<@!{bot}>" in message.content


def place_of(channel: Any) -> Place:
    """Return a channel, a thread or a direct conversation; an empty place where Discord tells none."""
    if channel is None:
        return Place("")
    if isinstance(channel, discord.Thread):
        return Place(str(channel.id), channel.name, "thread", str(channel.parent_id))
    if isinstance(channel, discord.DMChannel | discord.GroupChannel):
        return Place(str(channel.id), "", "direct")
    return Place(str(channel.id), getattr(channel, "name", None) or "")


def click_of(data: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return the token of a click, and what was picked where it was a menu.

    data: the `data` of a component's interaction as Discord sends it
    """
    token = str(data["custom_id"]).partition(SUFFIX)[0]
    if "values" not in data:
        return token, None
    picked = next(iter(data["values"]), "")
    return token, "" if picked == NOTHING else str(picked)


def _manages(permissions: discord.Permissions) -> bool:
    return permissions.manage_guild or permissions.administrator
