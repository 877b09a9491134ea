"""Opening a thread under a message."""

import logging

import aiohttp
import discord

from bot.platforms.discord.limits import MAX_THREAD_NAME

log = logging.getLogger(__name__)


async def open_thread(channel: object, message: int, name: str) -> bool:
    """Open a thread under a message; returns whether there was nothing in the way.

    Threads stand only in channels, so in a thread or a direct conversation nothing is done. What goes wrong is logged:
    the message itself was said, and a thread is not worth saying it again.
    """
    if not isinstance(channel, discord.TextChannel):
        return True
    try:
        await channel.get_partial_message(message).create_thread(name=name[:MAX_THREAD_NAME])
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.warning("a thread could not be opened: %s", error)
        return False
    return True
