"""A demo cog with every part, form and action, with stand-ins for directory and drafts: platform tests use it."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal

from bot.chat import (
    PRIVATE,
    PUBLIC,
    BadInput,
    Button,
    Buttons,
    Caller,
    Card,
    Choice,
    Choices,
    Cog,
    Context,
    Divider,
    Field,
    Fields,
    File,
    Form,
    Message,
    NotFound,
    Picture,
    PlaceInput,
    Progress,
    Range,
    Reply,
    SelectInput,
    Standing,
    Style,
    Suggest,
    Text,
    TextInput,
    Tone,
    act,
    action,
    command,
    esc,
    listen,
    submit,
    suggest,
)
from bot.chat.registry import Registry
from bot.chat.router import Router

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Sampler(Cog):
    """Show every part that a reply can have."""

    def __init__(self) -> None:
        self.clicks: list[tuple[str, int]] = []
        self.saved: list[dict[str, object]] = []
        self.release = asyncio.Event()

    @command(shows=PUBLIC)
    async def parts(self, ctx: Context, words: str = "") -> Reply:
        """Show all parts in one card.

        words: shown in the card
        """
        return Reply(
            f"**Hello** {esc(ctx.caller.user_name)}", (everything(words),), files=(File("dot.png", PNG, "image/png"),)
        )

    @command()
    async def typed(
        self,
        ctx: Context,
        colour: Colour,
        count: Annotated[int, Range(1, 25)] = 3,
        size: Literal["small", "very_large"] = "small",
        where: Annotated[str, Suggest("places")] = "",
        loud: bool = False,
    ) -> Reply:
        """Take every type of option.

        colour: which colour
        count: how many
        size: how large
        where: a city
        loud: whether to shout
        """
        return Reply(f"{colour.value} {count} {size} {esc(where) or '-'} {'loud' if loud else 'quiet'}")

    @suggest
    async def places(self, ctx: Context, typed: str) -> list[Choice]:
        return [Choice(c, c.lower()) for c in ("Berlin", "Bern", "Boston") if c.lower().startswith(typed.lower())]

    @command(opens_form=True)
    async def form(self, ctx: Context) -> Form:
        """Open a form with every kind of input."""
        return await self.build_form(ctx)

    async def build_form(self, ctx: Context) -> Form:
        return Form(
            "A form",
            act("sampler.save_form"),
            (
                TextInput("topic", "Topic", hint="one or two words", max_length=50),
                TextInput("story", "Story", multiline=True, required=False),
                SelectInput("level", "Level", (Choice("Easy", "1"), Choice("Hard", "2")), value="1"),
                PlaceInput("place", "Place", required=False),
            ),
            intro="Fill it **in**.",
        )

    @submit(form="build_form", shows=PRIVATE)
    async def save_form(self, ctx: Context, *, topic: str, level: int, story: str = "", place: str = "") -> Reply:
        """Keep what was typed."""
        if topic == "wrong":
            raise BadInput("That topic is wrong; try “vision”.", field="topic")
        if story == "of nobody":
            raise NotFound("Nobody has that story. Tell another one.")
        self.saved.append({"topic": topic, "level": level, "story": story, "place": place})
        return Reply(f"Kept **{esc(topic)}** at level {level}.")

    @command(organisers=True)
    async def secret(self, ctx: Context) -> Reply:
        """Do what only organisers may."""
        return Reply("Done, organiser.")

    @command(slow=True)
    async def slow(self, ctx: Context) -> Reply:
        """Answer when the test lets it."""
        await self.release.wait()
        return Reply("At last.")

    @command()
    async def broken(self, ctx: Context) -> Reply:
        """Fail as only a mistake of ours can."""
        raise RuntimeError("sk-secret must never be shown")

    @command(shows=PUBLIC)
    async def long(self, ctx: Context, cards: Annotated[int, Range(1, 60)] = 30) -> Reply:
        """Say far too much for one message.

        cards: how many
        """
        card = Card("T" * 300, (Text("word " * 1000), Fields(tuple(Field(f"name {i}", "v" * 50) for i in range(12)))))
        return Reply("long", (card,) * cards)

    @command(shows=PUBLIC)
    async def thread(self, ctx: Context) -> Reply:
        """Open a thread."""
        return Reply("Let us talk here.", thread="A talk")

    @action()
    async def click(self, ctx: Context, number: int) -> Reply:
        """Count a click."""
        self.clicks.append((ctx.caller.user, number))
        return Reply(f"Clicked {number}.", shows=PRIVATE)

    @action()
    async def turn(self, ctx: Context, page: int) -> Reply:
        """Replace the message by another page."""
        button = Button("Next", act("sampler.turn", page + 1))
        return Reply(f"Page {page}", (Card("Pages", (Buttons((button,)),)),), replaces=True)

    @action()
    async def pick(self, ctx: Context, number: int, colour: Colour) -> Reply:
        """Take a pick from a menu."""
        return Reply(f"Picked {colour.value} for {number}.")

    @action(opens_form=True)
    async def open(self, ctx: Context) -> Form:
        """Open the form from a button."""
        return await self.build_form(ctx)

    @listen(links=True)
    async def heard(self, ctx: Context, message: Message) -> Reply | None:
        """Answer to a link."""
        return Reply("I saw a link.") if "https://jobs." in message.text else None

    @listen(mentions=True)
    async def mentioned(self, ctx: Context, message: Message) -> Reply | None:
        """Answer to a mention."""
        return Reply("You called? `/help` shows what I can do.")


def everything(words: str = "") -> Card:
    """A card with each kind of part."""
    return Card(
        "Research Intern <Vision> & *more*",
        (
            Text(f"Some **bold**, *italic*, `code` [a link](https://example.org/?b=1&c=2). {esc(words)}\n- one\n- two"),
            Fields(
                (
                    Field("Place", "Berlin"),
                    Field("Term", "Summer 2027"),
                    Field("Paid", esc("yes *really* @everyone <!channel>")),
                )
            ),
            Progress("Step 1", 0.6, "3 of 5"),
            Divider(),
            Picture("dot.png", "a dot"),
            Choices(
                act("sampler.pick", 7), "Pick a colour", (Choice("Red", "red", "like a rose"), Choice("Blue", "blue"))
            ),
            Buttons(
                (
                    Button("Click", act("sampler.click", 42), style=Style.PRIMARY),
                    Button("Open", act("sampler.open")),
                    Button("Turn", act("sampler.turn", 2), style=Style.DANGER),
                    Button("Visit", url="https://example.org/"),
                )
            ),
        ),
        url="https://example.org/job/1",
        tone=Tone.GOOD,
    )


class FakeDirectory:
    """Numbers people in the order in which they speak."""

    def __init__(self) -> None:
        self.members: dict[tuple[str, str], int] = {}

    async def standing(self, caller: Caller) -> Standing:
        member = self.members.setdefault((caller.platform, caller.user), len(self.members) + 1)
        return Standing(community=1, workspace=1, member=member, zone=caller.zone or "UTC")


class FakeDrafts:
    """Keeps drafts in memory."""

    def __init__(self) -> None:
        self.kept: list[tuple[int, str, dict[str, str]]] = []

    async def keep(self, member: int, token: str, values: Mapping[str, str]) -> int:
        self.kept.append((member, token, dict(values)))
        return len(self.kept)

    async def get(self, member: int, draft: int) -> tuple[str, dict[str, str]] | None:
        if not 0 < draft <= len(self.kept) or self.kept[draft - 1][0] != member:
            return None
        return self.kept[draft - 1][1:]


def sampler_router(cog: Sampler | None = None) -> tuple[Router, Sampler]:
    """A router with the sampler and the stand-ins."""
    cog = cog or Sampler()
    return Router(Registry([cog]), FakeDirectory(), FakeDrafts(), lambda: NOW), cog
