"""One interaction and its answer: acknowledged within three seconds, then said where and to whom it is meant.

Discord's rules (docs.discord.com/developers/interactions/receiving-and-responding): one first answer within three
seconds; "later" fixes who will see the answer; a form can only be a first answer, and never to a form.
"""

import asyncio
import logging
from http import HTTPStatus
from typing import Any

import aiohttp
import discord
from discord import InteractionType

from bot.chat.command import Answer
from bot.chat.errors import Unavailable
from bot.chat.form import Form
from bot.chat.reply import PRIVATE, Reply, Shows
from bot.chat.router import sorry
from bot.platforms.discord.forms import modal
from bot.platforms.discord.pages import pages
from bot.platforms.discord.render import NOBODY, Body, render
from bot.platforms.discord.threads import open_thread

log = logging.getLogger(__name__)
_TOO_LATE = "This took too long to open a form. Please try once more."
_UNSHOWN = "I have an answer, but Discord does not show it. Whoever runs this bot finds the reason in its log."
_NO_THREAD = "I could not open a thread here. Perhaps I lack the permission to create public threads."


class Turn:
    """An interaction that is to be answered once. `shows` is the declared visibility, `slow` the declared slowness."""

    def __init__(self, interaction: discord.Interaction[Any], shows: Shows, *, slow: bool = False) -> None:
        self._interaction = interaction
        self._shows, self._slow = shows, slow
        self._timer: asyncio.TimerHandle | None = None
        self._deferring: asyncio.Task[None] | None = None
        self._lost = False
        self._thinking: bool | None = None
        """Whether a message that says "thinking" stands there, and None or whether only the person sees it."""

    def defer_in(self, seconds: float) -> None:
        """Acknowledge by then unless the answer was said before; at once where nothing is waited for."""
        if seconds:
            self._timer = asyncio.get_running_loop().call_later(seconds, self.defer_in, 0.0)
        else:
            self._deferring = asyncio.create_task(self._defer())

    async def _defer(self) -> None:
        """Acknowledge; the answer comes later.

        A click that is expected to be quick is acknowledged without a sign, which leaves open who sees the answer and
        whether it replaces the message; everything else says that the bot is thinking.
        """
        response, quick = self._interaction.response, not self._slow
        try:
            if self._interaction.type is InteractionType.component and quick:
                await response.defer()
            else:
                self._thinking = self._hides(self._shows)
                await response.defer(ephemeral=self._thinking, thinking=True)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("an interaction could not be acknowledged: %s", type(error).__name__)
            self._lost = True

    async def say(self, answer: Answer) -> None:
        """Say the answer. Never raises for what Discord refuses: that is logged, and the person told if possible."""
        if self._timer is not None:
            self._timer.cancel()
        if self._deferring is not None:
            await self._deferring
        if self._lost:
            return
        try:
            if isinstance(answer, Form):
                await self._open(answer)
            else:
                await self._reply(answer)
        except ValueError:
            log.exception("an answer can't be shown on Discord: a mistake in a cog")
            await self._apologise()
        except discord.HTTPException as error:
            log.exception("an answer was refused: %s (%s)", error.status, error.code)
            if error.status == HTTPStatus.BAD_REQUEST:  # else there is nobody to tell any more
                await self._apologise()
        except (aiohttp.ClientError, OSError):
            log.exception("an answer could not be sent")

    async def _open(self, form: Form) -> None:
        submitted = self._interaction.type is InteractionType.modal_submit
        if submitted or self._interaction.response.is_done():
            await self._reply(sorry(Unavailable(_TOO_LATE)))
        else:
            await self._interaction.response.send_modal(modal(form))

    async def _reply(self, reply: Reply) -> None:
        shows = reply.shows or self._shows
        first, *rest = pages(reply)
        hides = self._hides(shows)
        if reply.replaces and self._interaction.message is not None:
            await self._replace(self._interaction.message, first)
            message = self._interaction.message.id
        else:
            message = await self._first(first, hides=hides)
        if reply.thread and not hides and not await open_thread(self._interaction.channel, message, reply.thread):
            await self._follow(render(sorry(Unavailable(_NO_THREAD))), hides=True)
        for body in rest:
            await self._follow(body, hides=hides)

    async def _first(self, body: Body, *, hides: bool) -> int:
        interaction = self._interaction
        if not interaction.response.is_done():
            sent = await interaction.response.send_message(
                view=body.view(), files=body.attachments(), ephemeral=hides, allowed_mentions=body.called
            )
            return sent.message_id or 0
        if self._thinking is not None and self._thinking == hides:
            view, files = body.view(), body.attachments()
            edited = await interaction.edit_original_response(
                view=view, attachments=files, allowed_mentions=body.called
            )
            return edited.id
        if self._thinking is not None:
            # Who sees the answer was settled with "thinking"; only a new message can be for others.
            await interaction.delete_original_response()
        return await self._follow(body, hides=hides)

    async def _follow(self, body: Body, *, hides: bool) -> int:
        files = body.attachments()
        sent = await self._interaction.followup.send(
            view=body.view(), files=files, ephemeral=hides, wait=True, allowed_mentions=body.called
        )
        return sent.id

    async def _replace(self, message: discord.Message, body: Body) -> None:
        interaction, files = self._interaction, body.attachments()
        if not interaction.response.is_done():
            await interaction.response.edit_message(view=body.view(), attachments=files)
        elif self._thinking is None or message.flags.ephemeral:
            # Without "thinking" the original is the clicked message; a hidden one can't be reached any other way.
            await interaction.edit_original_response(view=body.view(), attachments=files)
        else:
            await message.edit(view=body.view(), attachments=files, allowed_mentions=NOBODY)
            await interaction.delete_original_response()

    async def _apologise(self) -> None:
        said = render(sorry(Unavailable(_UNSHOWN)))
        try:
            await self._first(said, hides=self._hides(PRIVATE))
        except discord.HTTPException as error:
            log.warning("nor could that be said: %s (%s)", error.status, error.code)

    def _hides(self, shows: Shows) -> bool:
        """Whether others stand by who must not see it; in a direct conversation there are none."""
        return shows is PRIVATE and self._interaction.guild_id is not None
