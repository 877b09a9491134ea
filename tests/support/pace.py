"""A cog whose answers come when the test lets them."""

import asyncio
from typing import Annotated

from bot.chat import (
    PRIVATE,
    PUBLIC,
    BadInput,
    Choice,
    Cog,
    Context,
    Form,
    Message,
    Reply,
    Suggest,
    TextInput,
    act,
    action,
    command,
    listen,
    submit,
    suggest,
)


class Pace(Cog):
    """Answers that come when the test lets them."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.reply = Reply("At last.")

    async def late(self) -> Reply:
        await self.go.wait()
        return self.reply

    @command(shows=PUBLIC)
    async def openly(self, ctx: Context) -> Reply:
        """Answer for all."""
        return await self.late()

    @command(shows=PRIVATE)
    async def quietly(self, ctx: Context) -> Reply:
        """Answer for one."""
        return await self.late()

    @command(opens_form=True)
    async def form(self, ctx: Context) -> Form:
        """Open a form too late."""
        await self.late()
        return Form("Late", act("pace.take"), (TextInput("name", "Name"),))

    async def build(self, ctx: Context) -> Form:
        return Form("Late", act("pace.take"), (TextInput("name", "Name"),))

    @submit(form="build", slow=True)
    async def take(self, ctx: Context, *, name: str) -> Reply:
        """Take it."""
        if name == "wrong":
            raise BadInput("No.", field="name")
        return Reply(f"Took {name}.", replaces=name == "replace")

    @action(shows=PUBLIC)
    async def quick(self, ctx: Context) -> Reply:
        """Answer a click."""
        return await self.late()

    @action(shows=PUBLIC, slow=True)
    async def slow(self, ctx: Context) -> Reply:
        """Answer a click that is known to be slow."""
        return await self.late()

    @action(opens_form=True)
    async def again(self, ctx: Context) -> Form:
        """Open a form."""
        return await self.build(ctx)

    @command()
    async def find(self, ctx: Context, what: Annotated[str, Suggest("slowly")] = "") -> Reply:
        """Find.

        what: completes slowly
        """
        return Reply(what)

    @suggest
    async def slowly(self, ctx: Context, typed: str) -> list[Choice]:
        await self.go.wait()
        return []

    @listen(links=True)
    async def link(self, ctx: Context, message: Message) -> Reply | None:
        """Answer to a link as the test says."""
        return self.reply if "pace" in message.text else None
