"""`/leads follow`: searches whose new matches come as a private message."""

from dataclasses import replace
from typing import Annotated

from bot.chat import (
    PRIVATE,
    Button,
    Buttons,
    Card,
    Cog,
    Context,
    NotFound,
    Reply,
    Suggest,
    Text,
    Tone,
    act,
    action,
    command,
    esc,
)
from bot.leads.filters import Filter
from cogs.lead_rooms import Rooms, Term, filter_of


class LeadFollows(Cog):
    """Follow searches for leads."""

    name = "leads"

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    @command()
    async def follow(
        self,
        ctx: Context,
        words: str = "",
        where: Annotated[str, Suggest("places")] = "",
        remote: bool = False,
        term: Term = "any",
        part_time: bool = False,
        startup: bool = False,
    ) -> Reply:
        """Get new matches of a search as a private message, once a day.

        words: in the title, the company or the description
        where: a city, a region or a country
        remote: only those that can be done from anywhere
        term: the season in which it starts
        part_time: only part-time
        startup: only start-ups and small companies
        """
        spec = filter_of(words, where, term, remote=remote, part_time=part_time, startup=startup)
        return await self._follow(ctx, spec)

    @command()
    async def follows(self, ctx: Context) -> Reply:
        """Show the searches that you follow."""
        found = await self._rooms.follows.of(ctx.member)
        if not found:
            return Reply("You follow no search yet. `/leads follow vision where:berlin` starts one.")
        cards = tuple(
            Card(
                parts=(
                    Text(follow.spec.in_words()),
                    Buttons(
                        (
                            Button("See matches", act("leads.page", follow.query, 1)),
                            Button("Stop following", act("leads.unfollow", follow.id)),
                        )
                    ),
                )
            )
            for follow in found
        )
        return Reply(f"You follow **{len(found)}** {'search' if len(found) == 1 else 'searches'}.", cards)

    @action()
    async def follow_query(self, ctx: Context, query: int) -> Reply:
        """Follow a search by its number."""
        page = await self._rooms.catalog.page(query, ctx.community, ctx.member, 1)
        if page is None:
            raise NotFound("That search is no longer kept. Run it again with `/leads search`.")
        return await self._follow(ctx, replace(page.spec, gone=False))

    @action()
    async def unfollow(self, ctx: Context, follow: int) -> Reply:
        """Stop following a search."""
        stopped = await self._rooms.follows.stop(ctx.member, follow)
        if stopped is None:
            raise NotFound("You don't follow that search (any more).")
        return Reply(f"You no longer follow: {stopped.spec.in_words()}.", shows=PRIVATE)

    async def _follow(self, ctx: Context, spec: Filter) -> Reply:
        followed, hour = await self._rooms.follows.add(ctx.member, spec, ctx.zone)
        stop = Buttons((Button("Stop following", act("leads.unfollow", followed.id)),))
        text = Text(
            f"You follow: {followed.spec.in_words()}. New matches come privately at {hour:02}:00 ({esc(ctx.zone)})."
        )
        return Reply(cards=(Card(parts=(text, stop), tone=Tone.GOOD),), shows=PRIVATE)
