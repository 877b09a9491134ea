"""`/tracker`: a member's own pipeline of applications, from saved to the end."""

from typing import Annotated

from bot.accountability.weeks import local_day
from bot.applications.openings import LONGEST, LONGEST_LINK, Opening
from bot.applications.stages import Stage
from bot.applications.tracking import Tracker
from bot.chat import (
    PRIVATE,
    BadInput,
    Choice,
    Cog,
    Context,
    Form,
    NotFound,
    Range,
    Reply,
    SelectInput,
    TextInput,
    act,
    action,
    command,
    esc,
    submit,
)
from bot.community.telling import Notification, Teller
from cogs.goals_streaks import read_day
from cogs.tracker_words import ALL, board_reply, day_words, detail_card, moved_card


class TrackerBoard(Cog):
    """Keep your applications together, from saved to the offer."""

    name = "tracker"

    def __init__(self, tracker: Tracker, teller: Teller) -> None:
        self._tracker = tracker
        self._teller = teller

    @command()
    async def board(
        self, ctx: Context, stage: Stage | None = None, page: Annotated[int, Range(1, 10_000)] = 1
    ) -> Reply:
        """Show your applications, those that have not moved for long first.

        stage: only those that stand there
        page: which page of it
        """
        return board_reply(await self._tracker.board(ctx.member, stage, page), stage, ctx.now)

    @command(opens_form=True)
    async def add(self, ctx: Context, link: str = "") -> Form:
        """Put an application in by hand.

        link: its address, if you have it: what we know of it is filled in
        """
        return await self._form(ctx, link)

    @action(opens_form=True)
    async def write(self, ctx: Context) -> Form:
        """Ask for an application."""
        return await self._form(ctx, "")

    async def _form(self, ctx: Context, link: str) -> Form:
        company, role = "", ""
        if link:
            company, role = await self._tracker.known(ctx.member, link) or ("", "")
        choices = tuple(Choice(stage.capitalize(), stage.value) for stage in Stage)
        return Form(
            "Add an application",
            act("tracker.keep"),
            (
                TextInput("company", "Company", company[:LONGEST], max_length=LONGEST),
                TextInput("role", "Role", role[:LONGEST], "Machine Learning Intern", max_length=LONGEST),
                TextInput("link", "Link", link[:LONGEST_LINK], "https://…", required=False, max_length=LONGEST_LINK),
                SelectInput("stage", "Where it stands", choices, Stage.SAVED.value),
                TextInput("deadline", "Closes on", hint="2026-12-31, or Friday", required=False, max_length=60),
            ),
            button="Add it",
        )

    @submit(form="write")
    async def keep(
        self, ctx: Context, *, company: str, role: str, link: str = "", stage: Stage = Stage.SAVED, deadline: str = ""
    ) -> Reply:
        """Keep an application that was put in by hand."""
        closes = read_day(deadline, ctx.now, ctx.zone, "deadline") if deadline else None
        if closes is not None and closes < local_day(ctx.now, ctx.zone):
            raise BadInput(f"{day_words(closes)} is over. Give a day to come, or leave it empty.", field="deadline")
        moved, known = await self._tracker.add(ctx.member, Opening(company, role, link, closes), stage)
        detail = await self._tracker.get(ctx.member, moved.application)
        if not moved.changed:
            text = f"**{esc(detail.view.role)}** at {esc(detail.view.company)} is in your pipeline already."
            return Reply(text, (detail_card(detail, ctx.now),), PRIVATE)
        text = "We know that opening: it goes by the lead from here." if known else ""
        asks = (await self._teller.choices(ctx.member))[Notification.FOLLOW_UPS]
        return Reply(text, (moved_card(detail.view, moved.event, asks=asks),), PRIVATE)

    @action()
    async def page(self, ctx: Context, stage: str, number: int) -> Reply:
        """Turn to another page of the board."""
        wanted = read_stage(stage)
        reply = board_reply(await self._tracker.board(ctx.member, wanted, number), wanted, ctx.now)
        return Reply(reply.text, reply.cards, PRIVATE, replaces=True)

    @action()
    async def column(self, ctx: Context, stage: str) -> Reply:
        """Show one column of the board."""
        return await self.page(ctx, stage, 1)

    @action()
    async def open(self, ctx: Context, application: int) -> Reply:
        """Show all that is kept of an application."""
        return Reply(cards=(detail_card(await self._tracker.get(ctx.member, application), ctx.now),), shows=PRIVATE)


def read_stage(name: str) -> Stage | None:
    """Read a stage from a button or a menu; None for all. Raises NotFound for what is none."""
    if name == ALL:
        return None
    try:
        return Stage(name)
    except ValueError:
        raise NotFound("I don't know that column. `/tracker board` shows all of them.") from None


def check_stage(name: str) -> Stage:
    """Read the stage that an application moves to. Raises BadInput for what is none."""
    found = next((stage for stage in Stage if stage.value == name), None)
    if found is None:
        raise BadInput("I don't know that stage. `/tracker move` lists them.", field="to")
    return found
