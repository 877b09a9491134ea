"""What a member does with a lead: save it, apply, leave it, talk about it, report it."""

from typing import Annotated

from bot.applications.pipeline import Moved
from bot.chat import (
    PRIVATE,
    PUBLIC,
    Button,
    Buttons,
    Card,
    Cog,
    Context,
    Range,
    Reply,
    Text,
    Tone,
    act,
    action,
    command,
    esc,
)
from bot.leads.reports import Complaint
from cogs import lead_cards
from cogs.lead_rooms import Rooms, lead_of


class LeadMarks(Cog):
    """Save, share and report leads."""

    name = "leads"

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    @command()
    async def report(self, ctx: Context, lead: Annotated[int, Range(1, 2**31)], what: Complaint) -> Reply:
        """Say that a lead is dead, wrong or spam.

        lead: its number
        what: what is wrong with it
        """
        return await self.complain(ctx, lead, what)

    @action()
    async def save(self, ctx: Context, lead: int) -> Reply:
        """Keep a lead in the member's own pipeline."""
        seen = await lead_of(self._rooms, ctx, lead)
        moved = await self._rooms.pipeline.save(ctx.member, lead)
        if not moved.changed:
            return Reply(f"**{esc(seen.title)}** is in your pipeline already: {moved.after}.", shows=PRIVATE)
        others = await self._rooms.pipeline.others(ctx.member, ctx.community, lead)
        also = f" {others} other{'s' * (others > 1)} here saved it too." if others else ""
        button = Buttons((Button("I applied", act("leads.applied", lead)), _remind(moved)))
        text = Text(f"Saved **{esc(seen.title)}** at {esc(seen.company)}.{also}")
        return Reply(cards=(Card(parts=(text, button), tone=Tone.GOOD),), shows=PRIVATE)

    @action()
    async def applied(self, ctx: Context, lead: int) -> Reply:
        """Note that the member applied."""
        seen = await lead_of(self._rooms, ctx, lead)
        moved = await self._rooms.pipeline.apply(ctx.member, lead)
        if not moved.changed:
            return Reply(f"**{esc(seen.title)}** stands at “{moved.after}” already.", shows=PRIVATE)
        text = Text(f"Noted: you applied for **{esc(seen.title)}** at {esc(seen.company)}. Good luck!")
        undo = Button("Undo", act("tracker.undo_move", moved.application, moved.event))
        buttons = Buttons((undo, Button("Note", act("tracker.write_note", moved.application)), _remind(moved)))
        return Reply(cards=(Card(parts=(text, buttons), tone=Tone.GOOD),), shows=PRIVATE)

    @action()
    async def not_for_me(self, ctx: Context, lead: int) -> Reply:
        """Keep a lead out of the member's searches."""
        seen = await lead_of(self._rooms, ctx, lead)
        await self._rooms.reports.not_for_me(lead, ctx.member)
        undo = Buttons((Button("Undo", act("leads.for_me_again", lead)),))
        text = Text(f"You won't see **{esc(seen.title)}** at {esc(seen.company)} again.")
        return Reply(cards=(Card(parts=(text, undo)),), shows=PRIVATE)

    @action()
    async def for_me_again(self, ctx: Context, lead: int) -> Reply:
        """Take "not for me" back."""
        await self._rooms.reports.for_me_again(lead, ctx.member)
        return Reply("It is back in your searches.", shows=PRIVATE)

    @action(shows=PUBLIC)
    async def share_in_thread(self, ctx: Context, lead: int) -> Reply:
        """Open a thread about a lead, where peers can talk about it."""
        seen = await lead_of(self._rooms, ctx, lead)
        who = esc(ctx.caller.user_name)
        text = f"{who} wants to talk about **{esc(seen.title)}** at {esc(seen.company)}."
        thread = "" if ctx.place.kind == "thread" else lead_cards.headline(seen)
        return Reply(text, (lead_cards.lead_card(seen, ctx.now),), PUBLIC, thread=thread)

    @action()
    async def complain(self, ctx: Context, lead: int, what: Complaint) -> Reply:
        """Report a lead."""
        done = await self._rooms.reports.report(lead, ctx.community, ctx.member, what, organiser=ctx.organiser)
        title = f"**{esc(done.lead.title)}**"
        if not done.hidden:
            return Reply(f"Thank you. {title} is hidden when three members say so; you are number {done.reports}.")
        if ctx.organiser:
            undo = Buttons((Button("Show it again", act("leads.show_again", lead)),))
            return Reply(cards=(Card(parts=(Text(f"{title} is hidden from this community."), undo)),), shows=PRIVATE)
        return Reply(f"Thank you. {title} is hidden now.", shows=PRIVATE)

    @action(organisers=True)
    async def show_again(self, ctx: Context, lead: int) -> Reply:
        """Bring a hidden lead back."""
        await self._rooms.reports.show_again(lead, ctx.community)
        return Reply("It is shown again.", shows=PRIVATE)


def _remind(moved: Moved) -> Button:
    return Button("Remind me", act("tracker.ask_when", moved.application))
