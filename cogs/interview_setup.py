"""`/interview setup`: where mock interviews are held, and by which clock."""

from bot.chat import Card, Cog, Context, Form, PlaceInput, Reply, Text, TextInput, Tone, act, command, submit
from bot.interviews.rounds import Rounds, parent_of
from bot.interviews.rounds_plans import Plans
from cogs.clocks import known_zone


class InterviewSetup(Cog):
    """Mock interviews: rounds with others, pairs, and practice alone."""

    name = "interview"

    def __init__(self, rounds: Rounds, plans: Plans) -> None:
        self._rounds = rounds
        self._plans = plans

    @command(organisers=True, opens_form=True)
    async def setup(self, ctx: Context) -> Form:
        """Choose the channel for mock interviews."""
        return await self.setup_form(ctx)

    async def setup_form(self, ctx: Context) -> Form:
        """Build the form, with what is set now filled in."""
        place, zone = await self._rounds.setting(ctx.workspace)
        inputs = (
            PlaceInput("place", "Channel for mock interviews", place or parent_of(ctx.place)),
            TextInput("zone", "The community's time zone", zone, "Europe/Berlin", max_length=60),
        )
        intro = "Rounds open a thread there. With one in each workspace, a round is held in all of them at once."
        return Form("Mock interviews", act("interview.keep_setup"), inputs, intro)

    @submit(form="setup_form", organisers=True)
    async def keep_setup(self, ctx: Context, *, place: str, zone: str) -> Reply:
        """Keep where rounds are held in a workspace, and by which clock."""
        await self._rounds.set_up(ctx.workspace, place, known_zone(zone), ctx.member)
        await self._plans.follow_zone(ctx.community)
        text = (
            "Done. Rounds are held there from now on. `/interview start` begins one, `/interview schedule` every week."
        )
        return Reply(cards=(Card(parts=(Text(text),), tone=Tone.GOOD),))
