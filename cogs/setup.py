"""`/setup`: three minutes to a daily announcement."""

from bot.chat import (
    BadInput,
    Card,
    Choice,
    Cog,
    Context,
    Form,
    PlaceInput,
    Reply,
    SelectInput,
    Text,
    TextInput,
    Tone,
    act,
    command,
    esc,
    submit,
)
from bot.leads.announce import Announcer, Feed
from bot.leads.filters import Filter
from cogs.clocks import HOURS, check_hour, known_zone

MOST = 10
_FILTERS = {
    "ml": ("ML internships", Filter()),
    "ml_remote": ("ML internships that are remote", Filter(remote=True)),
    "ml_startup": ("ML internships at start-ups and small companies", Filter(startup=True)),
    "all": ("All internships", Filter(ml_internships=False)),
}


class Setup(Cog):
    """Set the community up."""

    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer

    @command(top=True, organisers=True, opens_form=True)
    async def setup(self, ctx: Context) -> Form:
        """Choose where and when new leads are announced."""
        return await self.setup_form(ctx)

    async def setup_form(self, ctx: Context) -> Form:
        """Build the form, with what is set now filled in."""
        feed = await self._announcer.feed(ctx.workspace)
        place = feed.place if feed else ctx.place.parent or ctx.place.id
        kind = next((key for key, (_, spec) in _FILTERS.items() if feed and spec == feed.spec), "ml")
        return Form(
            "Daily leads",
            act("setup.keep"),
            (
                PlaceInput("place", "Announce in", place if ctx.place.kind != "direct" or feed else ""),
                SelectInput("hour", "Every day at", HOURS, str(feed.hour if feed else 9)),
                TextInput("zone", "Time zone", feed.zone if feed else ctx.zone, "Europe/Berlin", max_length=60),
                SelectInput("leads", "Which leads", tuple(Choice(w, key) for key, (w, _) in _FILTERS.items()), kind),
                TextInput("most", "How many at most", str(feed.most if feed else MOST), "1 to 10", max_length=2),
            ),
            "Each day's best new leads are announced once; the rest waits behind a button.",
        )

    @submit(form="setup_form", organisers=True)
    async def keep(self, ctx: Context, *, place: str, hour: int, zone: str, leads: str, most: int) -> Reply:
        """Keep how the workspace wants its announcements."""
        zone = known_zone(zone)
        if leads not in _FILTERS:
            raise BadInput(f"Choose one of: {', '.join(_FILTERS)}.", field="leads")
        check_hour(hour, "hour")
        if not 1 <= most <= MOST:
            raise BadInput(f"“How many at most” is a number from 1 to {MOST}.", field="most")
        words, spec = _FILTERS[leads]
        await self._announcer.set_up(Feed(ctx.workspace, place, hour, zone, spec, most), ctx.member)
        text = (
            f"Done. {words}, at most {most} a day, every day at {hour:02}:00 ({esc(zone)}). "
            "The first announcement looks back a week. `/setup` changes it at any time."
        )
        return Reply(cards=(Card("Daily leads are set up", (Text(text),), tone=Tone.GOOD),))
