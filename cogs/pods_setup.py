"""`/pods setup` and `/pods stats`: when a community is matched, where the threads stand, and how it goes."""

from bot.accountability.pods_rhythms import PodTimes
from bot.accountability.pods_rounds import PodRounds
from bot.accountability.pods_stats import PodStats
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
from cogs.clocks import HOURS, WEEKDAYS, check_hour, known_zone
from cogs.pods_words import stats_card

_DAYS = tuple(Choice(name, str(number)) for number, name in enumerate(WEEKDAYS, start=1))


class PodSetup(Cog):
    """Meet one or a few others every week or two: pairs and pods."""

    name = "pods"

    def __init__(self, rounds: PodRounds, stats: PodStats) -> None:
        self._rounds = rounds
        self._stats = stats

    @command(organisers=True, opens_form=True)
    async def setup(self, ctx: Context) -> Form:
        """Choose when members are matched, and where the threads of pairs and pods stand."""
        return await self.setup_form(ctx)

    async def setup_form(self, ctx: Context) -> Form:
        """Build the form, with what is set now filled in."""
        place, times = await self._rounds.chosen(ctx.workspace)
        here = "" if ctx.place.kind == "direct" else ctx.place.parent or ctx.place.id
        times = times or PodTimes(ctx.zone)
        return Form(
            "Pairs and pods",
            act("pods.keep_setup"),
            (
                PlaceInput("place", "Place of the threads", place or here),
                SelectInput("weekday", "Match on", _DAYS, str(times.weekday)),
                SelectInput("hour", "At", HOURS, str(times.hour)),
                TextInput("zone", "Time zone", times.zone, "Europe/Berlin", max_length=60),
            ),
            "Members join by themselves with /pods join. On this day they are matched and get a thread each; at the "
            "end of their time they are asked whether they met. One day and hour for the whole community.",
        )

    @submit(form="setup_form", organisers=True)
    async def keep_setup(self, ctx: Context, *, place: str, weekday: int, hour: int, zone: str) -> Reply:
        """Keep when a community is matched."""
        zone = known_zone(zone)
        check_hour(hour, "hour")
        if not 1 <= weekday <= len(WEEKDAYS):
            raise BadInput("The weekday is a number from 1 (Monday) to 7 (Sunday).", field="weekday")
        times = PodTimes(zone, weekday, hour)
        first = await self._rounds.set_up(ctx.workspace, times, place, ctx.member)
        text = Text(
            f"Done. Members who joined with `/pods join` are matched on {WEEKDAYS[weekday - 1]} at {times.at} "
            f"({esc(zone)}), for the next time on {first.day} {first:%B}. `/pods stats` shows how it goes."
        )
        return Reply(cards=(Card("Pairs and pods are set up", (text,), tone=Tone.GOOD),))

    @command(organisers=True)
    async def stats(self, ctx: Context) -> Reply:
        """Show how many groups met, who came and went, and how many were left over; no names."""
        return Reply(cards=(stats_card(await self._stats.of(ctx.community)),))
