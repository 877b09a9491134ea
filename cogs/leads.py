"""`/leads`: find, save, follow, share and report internship leads."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

from babel.dates import format_date

from bot.chat import (
    PRIVATE,
    Buttons,
    Card,
    Choice,
    Cog,
    Context,
    NotFound,
    Range,
    Reply,
    Suggest,
    Text,
    act,
    action,
    command,
    suggest,
)
from bot.leads.catalog import Page
from bot.leads.filters import Filter
from bot.leads.views import LeadView
from cogs import lead_cards
from cogs.lead_rooms import Rooms, Term, filter_of
from cogs.paging import turns
from cogs.source_cards import sources_reply
from cogs.tracker_words import past_line

Since = Literal["any", "today", "week", "month"]
_DAYS = {"any": 0, "today": 1, "week": 7, "month": 30}


class Leads(Cog):
    """Find, save and share internship leads."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    @command()
    async def today(self, ctx: Context) -> Reply:
        """Show the new ML internships of the last day, or the newest there are."""
        page = await self._rooms.catalog.search(Filter(days=1), ctx.community, ctx.member)
        if page.total:
            return await self._page(ctx, page, f"**{page.total}** new ML internships in the last 24 hours")
        newest = await self._rooms.catalog.search(Filter(), ctx.community, ctx.member, or_gone=True)
        if newest.spec.gone:
            head = "Nothing is open that we know of; `/leads sources` shows when each list last answered. "
            return await self._page(ctx, newest, head + _gone(newest))
        if newest.total:
            head = f"Nothing new in the last 24 hours. The newest of **{newest.total}** open:"
            return await self._page(ctx, newest, head)
        text = "There are no leads yet. They come by themselves within the hour; `/leads sources` shows from where."
        return Reply(text)

    @command()
    async def search(
        self,
        ctx: Context,
        words: str = "",
        where: Annotated[str, Suggest("places")] = "",
        remote: bool = False,
        term: Term = "any",
        part_time: bool = False,
        startup: bool = False,
        since: Since = "any",
        all_internships: bool = False,
    ) -> Reply:
        """Search open internships.

        words: in the title, the company or the description
        where: a city, a region or a country
        remote: only those that can be done from anywhere
        term: the season in which it starts
        part_time: only part-time
        startup: only start-ups and small companies
        since: when it was first seen
        all_internships: also those that are not machine learning
        """
        spec = filter_of(
            words,
            where,
            term,
            remote=remote,
            part_time=part_time,
            startup=startup,
            all_internships=all_internships,
            days=_DAYS[since],
        )
        page = await self._rooms.catalog.search(spec, ctx.community, ctx.member, or_gone=not spec.days)
        if page.spec.gone:
            open_ones = replace(page.spec, gone=False).in_words()
            return await self._page(ctx, page, f"Nothing open fits: {open_ones}. {_gone(page)}")
        return await self._page(ctx, page)

    @suggest
    async def places(self, ctx: Context, typed: str) -> list[Choice]:
        """Complete a place by those that have open leads."""
        del ctx
        return [Choice(name.title(), name) for name in await self._rooms.catalog.suggest_places(typed)]

    @command()
    async def show(self, ctx: Context, lead: Annotated[int, Range(1, 2**31)]) -> Reply:
        """Show all that is known of a lead, and why it is here.

        lead: its number
        """
        return await self.open(ctx, lead)

    @command()
    async def sources(self, ctx: Context) -> Reply:
        """Show where leads come from, and how each source is doing."""
        return sources_reply(await self._rooms.health.all(), ctx.now)

    @action()
    async def page(self, ctx: Context, query: int, number: int) -> Reply:
        """Turn to another page of a search."""
        page = await self._rooms.catalog.page(query, ctx.community, ctx.member, number)
        if page is None:
            raise NotFound("That search is no longer kept. Run it again with `/leads search`.")
        reply = await self._page(ctx, page)
        return Reply(reply.text, reply.cards, PRIVATE, replaces=True)

    @action()
    async def open(self, ctx: Context, lead: int) -> Reply:
        """Show all that is known of a lead."""
        found = await self._rooms.catalog.show(lead, ctx.community)
        if found is None:
            raise NotFound(f"There is no lead {lead} here (any more).")
        seen, shown = found
        others = await self._rooms.pipeline.others(ctx.member, ctx.community, lead)
        stages, pasts = await self._history(ctx, [seen])
        card = lead_cards.full_card(seen, shown, ctx.now, stages.get(lead, ""), others, pasts.get(lead, ""))
        return Reply(cards=(card,), shows=PRIVATE)

    @action()
    async def rest(self, ctx: Context, announcement: int, number: int) -> Reply:
        """Show the leads behind an announcement's button."""
        leads, at, pages = await self._rooms.announcer.rest(announcement, ctx.community, number)
        cards = await self._cards(ctx, leads)
        buttons = turns(at, pages, lambda page: act("leads.rest", announcement, page), "← Previous")
        foot = (Card(parts=(Text(f"Page {at} of {pages}"), Buttons(buttons))),) if buttons else ()
        return Reply("The rest of the announcement", (*cards, *foot), PRIVATE)

    async def _page(self, ctx: Context, page: Page, title: str = "") -> Reply:
        stages, pasts = await self._history(ctx, page.leads)
        return lead_cards.lead_page(page, ctx.now, stages, title, pasts)

    async def _cards(self, ctx: Context, leads: Sequence[LeadView]) -> tuple[Card, ...]:
        stages, pasts = await self._history(ctx, leads)
        return tuple(
            lead_cards.lead_card(lead, ctx.now, stages.get(lead.id, ""), pasts.get(lead.id, "")) for lead in leads
        )

    async def _history(self, ctx: Context, leads: Sequence[LeadView]) -> tuple[dict[int, str], dict[int, str]]:
        """Return the member's stages, and where they applied before, in words; for private answers only."""
        stages, found = await self._rooms.pipeline.history(ctx.member, [lead.id for lead in leads])
        return stages, {lead: past_line(past, ctx.now) for lead, past in found.items()}


def _gone(page: Page) -> str:
    """What to make of leads that are no longer open: who hired then, often hires again."""
    newest = format_date(page.leads[0].first_seen, "MMMM yyyy", locale="en")
    some = f"**{page.total}** that are no longer open do" if page.total > 1 else "One that is no longer open does"
    return f"{some}; the newest came in {newest}. Companies tend to open again about the same time of the year:"
