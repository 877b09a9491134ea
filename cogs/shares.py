"""`/leads share`, and the job links that members paste: offered, confirmed, decided."""

from dataclasses import replace

from bot.applications.pipeline import Pipeline
from bot.chat import (
    PRIVATE,
    Button,
    Buttons,
    Card,
    Cog,
    Context,
    Field,
    Fields,
    Form,
    Message,
    NotFound,
    Reply,
    Style,
    Text,
    TextInput,
    Tone,
    act,
    action,
    command,
    esc,
    listen,
    submit,
)
from bot.leads.notices import Notices
from bot.leads.shares import Shared, Shares
from bot.leads.urls import find_links, is_job_link

MOST_LINKS = 3
"""Links of one message that are looked at."""


class LeadShares(Cog):
    """Share job links."""

    name = "leads"

    def __init__(self, shares: Shares, pipeline: Pipeline, notices: Notices) -> None:
        self._shares = shares
        self._pipeline = pipeline
        self._notices = notices

    @command(slow=True)
    async def share(self, ctx: Context, url: str) -> Reply:
        """Share a job link with the community.

        url: the address of the opening
        """
        lead = await self._shares.known(url, ctx.community)
        if lead is not None:
            return await self._known(ctx, lead)
        return confirm_card(await self._shares.begin(url, ctx.community, ctx.workspace, ctx.member))

    @command(organisers=True)
    async def shares(self, ctx: Context) -> Reply:
        """Decide on the job links that members shared."""
        waiting = await self._shares.waiting(ctx.community)
        if not waiting:
            return Reply("No shared link waits for a decision.")
        return Reply(f"**{len(waiting)}** waiting", tuple(decision_card(share) for share in waiting[:5]))

    @listen(links=True)
    async def pasted(self, ctx: Context, message: Message) -> Reply | None:
        """Offer, once for a link, to add a job that somebody pasted; say so when we have it."""
        for link in dict.fromkeys(find_links(message.text)[:MOST_LINKS]):
            if not is_job_link(link):
                continue
            lead = await self._shares.known(link, ctx.community)
            offer = await self._shares.offer(link, ctx.community)
            if offer is None:
                continue
            if lead is not None:
                return await self._known(ctx, lead)
            button = Buttons((Button("Add it", act("leads.add", offer), style=Style.PRIMARY),))
            text = Text("That looks like a job opening. Shall I add it to the community's leads?")
            return Reply(cards=(Card(parts=(text, button)),), shows=PRIVATE)
        return None

    @action(slow=True)
    async def add(self, ctx: Context, offer: int) -> Reply:
        """Read a pasted link, for the member to confirm."""
        url = await self._shares.offered(offer, ctx.community)
        return await self.share(ctx, url)

    @action(opens_form=True)
    async def edit_share(self, ctx: Context, share: int) -> Form:
        """Open what was read, to confirm it."""
        return await self.share_form(ctx, share)

    async def share_form(self, ctx: Context, share: int) -> Form:
        """Build the form that confirms what was read from a page."""
        found = await self._shares.get(share, ctx.community)
        if found.member != ctx.member:
            raise NotFound("Only who shared a link can confirm it.")
        read = found.read
        return Form(
            "Confirm this opening",
            act("leads.confirm_share", share),
            (
                TextInput("title", "Title", read.title, "as the company words it", max_length=200),
                TextInput("company", "Company", read.company, max_length=120),
                TextInput("place", "Place", "; ".join(read.locations), "Berlin, Germany; Remote", required=False),
                TextInput(
                    "about",
                    "What it is about",
                    read.description[:2000],
                    "a few sentences: they are searched",
                    required=False,
                    multiline=True,
                    max_length=2000,
                ),
            ),
            "An organiser looks at it before the others see it.",
            "Share it",
        )

    @submit(form="share_form")
    async def confirm_share(
        self, ctx: Context, share: int, *, title: str, company: str, place: str = "", about: str = ""
    ) -> Reply:
        """Keep what the member confirmed, and ask the organisers; an organiser's own is approved at once."""
        found = await self._shares.get(share, ctx.community)
        locations = tuple(part.strip() for part in place.split(";") if part.strip())
        # A long description was cut for the form: who left it as it was keeps all of it.
        description = found.read.description if about == found.read.description[:2000].strip() else about
        read = replace(found.read, title=title, company=company, locations=locations, description=description)
        found = await self._shares.confirm(share, ctx.community, ctx.member, read)
        if ctx.organiser:
            return await self._approve(ctx, share)
        await self._notices.ask_organisers(found, decision_card(found))
        return Reply("Thank you! An organiser looks at it, and you will hear what became of it.", shows=PRIVATE)

    @action(organisers=True)
    async def approve_share(self, ctx: Context, share: int) -> Reply:
        """Make a lead of a shared link."""
        return await self._approve(ctx, share)

    @action(organisers=True)
    async def decline_share(self, ctx: Context, share: int) -> Reply:
        """Decide against a shared link."""
        found = await self._shares.decline(share, ctx.community, ctx.member)
        title = esc(found.read.title)
        await self._notices.tell_sharer(found, f"Your shared link **{title}** was not taken up this time. Thank you!")
        return Reply(f"Declined: **{title}**.", shows=PRIVATE)

    async def _approve(self, ctx: Context, share: int) -> Reply:
        found = await self._shares.approve(share, ctx.community, ctx.member)
        title, company = esc(found.read.title), esc(found.read.company)
        if found.member != ctx.member:
            text = f"Your shared link is a lead now: **{title}** at {company}. Thank you!"
            await self._notices.tell_sharer(found, text)
        buttons = Buttons((Button("Open it", act("leads.open", found.lead)),)) if found.lead else None
        parts = (Text(f"Added: **{title}** at {company}."), *((buttons,) if buttons else ()))
        return Reply(cards=(Card(parts=parts, tone=Tone.GOOD),), shows=PRIVATE)

    async def _known(self, ctx: Context, lead: int) -> Reply:
        others = await self._pipeline.others(ctx.member, ctx.community, lead)
        saved = f"; {others} other{'s' * (others > 1)} saved it" if others else ""
        buttons = Buttons(
            (Button("Save", act("leads.save", lead), style=Style.PRIMARY), Button("Open", act("leads.open", lead)))
        )
        return Reply(cards=(Card(parts=(Text(f"We have it{saved}."), buttons)),), shows=PRIVATE)


def confirm_card(share: Shared) -> Reply:
    """Return what was read from a link, to be confirmed."""
    note = f"\n*{esc(share.read.note)}*" if share.read.note else ""
    read = bool(share.read.title)
    said = "This is what I read. Look it over, then share it." if read else "I could read nothing there."
    text = Text(f"{said}{note}")
    button = Buttons(
        (Button("Look it over" if read else "Fill it in", act("leads.edit_share", share.id), style=Style.PRIMARY),)
    )
    return Reply(
        cards=(Card(share.read.title or "A job link", (text, *_facts(share), button), share.url),), shows=PRIVATE
    )


def decision_card(share: Shared) -> Card:
    """Return a shared link for an organiser to decide on."""
    text = Text(f"{esc(share.member_name)} shared a job link.")
    buttons = Buttons(
        (
            Button("Approve", act("leads.approve_share", share.id), style=Style.PRIMARY),
            Button("Decline", act("leads.decline_share", share.id), style=Style.DANGER),
        )
    )
    return Card(share.read.title, (text, *_facts(share), buttons), share.url)


def _facts(share: Shared) -> tuple[Fields, ...]:
    read = share.read
    known = (("Company", read.company), ("Place", "; ".join(read.locations[:3])), ("Type", read.employment))
    fields = tuple(Field(name, esc(value)) for name, value in known if value)
    return (Fields(fields),) if fields else ()
