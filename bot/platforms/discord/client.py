"""The client: discord.py with nothing cached that we do not need, and its events handed to our router."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import Any

import discord
import yarl
from discord import InteractionType, app_commands
from discord.gateway import DiscordWebSocket

from bot.chat.action import Action
from bot.chat.command import Answer, Command
from bot.chat.errors import Unavailable
from bot.chat.reply import PRIVATE, Choice, Reply
from bot.chat.router import Router, sorry
from bot.platforms.discord import commands
from bot.platforms.discord.forms import values
from bot.platforms.discord.inbound import (
    Interaction,
    caller_of,
    click_of,
    mentions,
    message_of,
    speaker_of,
)
from bot.platforms.discord.pages import pages
from bot.platforms.discord.render import NOBODY
from bot.platforms.discord.threads import open_thread
from bot.platforms.discord.turns import Turn

log = logging.getLogger(__name__)
PATIENCE = 1.5
"""Seconds that a handler gets before its answer is announced as coming later; Discord allows three."""
_FORM_MORE = 0.9
"""What a handler gets beyond that where its answer can't come later: it is a form, or a completion."""
_RATE_PATIENCE = 60.0
_CHANGED = "This command has just changed. Please type it again in a minute."


class RungClient(discord.AutoShardedClient):
    """Rung on Discord. Interactions and messages go to the router; all state lives elsewhere.

    router: None where it comes later, by `take`; what Discord brings meanwhile waits
    content: whether to ask for the privileged message-content intent, without which links are not heard
    gateway: the address of the gateway where it is not the one that Discord names
    patience: seconds until a handler's answer is announced as coming later
    """

    def __init__(
        self, router: Router | None, *, content: bool = True, gateway: str = "", patience: float = PATIENCE
    ) -> None:
        # Rung never speaks aloud: no warning that the libraries for it are not there.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=content),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=NOBODY,
            max_ratelimit_timeout=_RATE_PATIENCE,
        )
        self._router: Router
        self.routed = asyncio.Event()
        """Set once there is a router."""
        self._threads = True
        self._gateway = yarl.URL(gateway) if gateway else None
        self._patience, self._form_patience = patience, patience + _FORM_MORE
        self._turns: set[asyncio.Task[Any]] = set()
        self.connected = asyncio.Event()
        """Set once the gateway has said READY."""
        self.tree = _Tree(self)
        if router is not None:
            self.take(router)

    def take(self, router: Router) -> None:
        """Take the router that answers, and its commands."""
        self._router = router
        self._threads = any(listener.threads for listener in router.registry.listeners)
        commands.add_commands(self.tree, router.registry, self._command, self._complete)
        self.routed.set()

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard to the gateway of our choice.

        discord.py keeps the address in a class and goes back there when a session can't be resumed.
        """
        DiscordWebSocket.DEFAULT_GATEWAY = self._gateway or gateway
        await super().launch_shard(self._gateway or gateway, shard_id, initial=initial)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Make an event heard; those that are nobody's business cost no task."""
        if event == "message" and not self._hears(args[0]):
            return
        if event == "interaction" and args[0].type not in {InteractionType.component, InteractionType.modal_submit}:
            return
        super().dispatch(event, *args, **kwargs)

    async def on_connect(self) -> None:
        """Note that the gateway takes us."""
        self.connected.set()

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a click, a pick or a submitted form: whatever process made the message, its token says it all."""
        await self.routed.wait()
        data: Mapping[str, Any] = interaction.data or {}
        if interaction.type is InteractionType.modal_submit:
            token = str(data["custom_id"])
            submit = self._router.registry.submits.get(_name(token))
            work = self._router.submit(caller_of(interaction), token, values(data))
            turn = Turn(interaction, submit.shows if submit else PRIVATE, slow=True)
            await self._answer(turn, work, 0.0 if submit and submit.slow else self._patience)
            return
        token, picked = click_of(data)
        action = self._router.registry.actions.get(_name(token))
        slow = bool(action and action.slow)
        turn = Turn(interaction, action.shows if action else PRIVATE, slow=slow)
        # What is no action of a cog is a form that is opened again.
        patience = 0.0 if slow else self._patience if action and not action.opens_form else self._form_patience
        await self._answer(turn, self._router.action(caller_of(interaction), token, picked), patience)

    async def on_message(self, message: discord.Message) -> None:
        """Let the listeners hear a message, and say what they say."""
        await self.routed.wait()
        me = self.user.id if self.user else 0
        replies = await self._router.message(speaker_of(message), message_of(message, me))
        for reply in replies:
            try:
                await self._say_to(message, reply)
            except discord.HTTPException as error:
                log.warning("a listener's words were refused: %s (%s)", error.status, error.code)

    async def settle(self, seconds: float) -> None:
        """Let running answers come to their end, at most so long."""
        if self._turns:
            await asyncio.wait(self._turns, timeout=seconds)

    def _hears(self, message: discord.Message) -> bool:
        """Whether a message may be somebody's business; cheap, since it runs on every message."""
        content = message.content
        threaded = self._threads and isinstance(message.channel, discord.Thread)
        if not threaded and "://" not in content and "<@" not in content and message.guild is not None:
            return False
        if message.author.bot or self.user is None:
            return False
        return threaded or message.guild is None or "://" in content or mentions(message, self.user.id)

    async def _say_to(self, message: discord.Message, reply: Reply) -> None:
        where: Any = message.channel
        reference: Any = message.to_reference(fail_if_not_exists=False)
        if reply.shows is PRIVATE and message.guild is not None:
            where, reference = message.author, None
        for number, body in enumerate(pages(reply)):
            sent = await where.send(
                view=body.view(), files=body.attachments(), reference=reference, allowed_mentions=body.called
            )
            if reply.thread and number == 0:
                await open_thread(where, sent.id, reply.thread)

    async def _command(self, interaction: Interaction, command: Command, given: Mapping[str, object]) -> None:
        turn = Turn(interaction, command.shows, slow=command.slow)
        patience = 0.0 if command.slow else self._form_patience if command.opens_form else self._patience
        await self._answer(turn, self._router.command(caller_of(interaction), command.path, given), patience)

    async def _complete(self, interaction: Interaction, command: Command, option: str, typed: str) -> list[Choice]:
        try:
            async with asyncio.timeout(self._form_patience):
                return await self._router.suggest(caller_of(interaction), command.path, option, typed)
        except TimeoutError:
            log.warning("completion of %s %s took too long", command.text, option)
            return []

    async def _answer(self, turn: Turn, work: Coroutine[Any, Any, Answer], patience: float) -> None:
        """Run a handler; acknowledge when it takes longer than `patience` seconds, at once where that is 0."""
        if current := asyncio.current_task():
            self._turns.add(current)
            current.add_done_callback(self._turns.discard)
        turn.defer_in(patience)
        await turn.say(await work)


class _Tree(app_commands.CommandTree[RungClient]):
    """The commands; what Discord still remembers of an older version is answered kindly."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Let a command wait until there is a router; discord.py asks before it looks for the command."""
        del interaction
        await self.client.routed.wait()
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Log what a command's callback could not answer; the router has told the person already."""
        if isinstance(error, app_commands.CommandInvokeError):
            log.error("answering a command failed", exc_info=error.original)
            return
        log.warning("Discord knows a command that is not ours: %s", error)
        await Turn(interaction, PRIVATE).say(sorry(Unavailable(_CHANGED)))


def _name(token: str) -> str:
    try:
        return Action.parse(token).name
    except ValueError:
        return ""
