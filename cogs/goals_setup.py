"""`/goals setup`: where and when a workspace is asked for goals, checks in, and reads its recap."""

from bot.accountability.prompts import Prompts
from bot.accountability.rhythms import MONDAY, SUNDAY, Rhythm
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

_RECAPS = {
    **{f"sun{hour}": (SUNDAY, hour) for hour in range(12, 24)},
    **{f"mon{hour}": (MONDAY, hour) for hour in range(13)},
}
"""25 choices, as many as a menu holds."""


class GoalSetup(Cog):
    """Set goals for the week, check in, and keep a streak."""

    name = "goals"

    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts

    @command(organisers=True, opens_form=True)
    async def setup(self, ctx: Context) -> Form:
        """Choose where and when this community sets goals, checks in and reads its recap."""
        return await self.setup_form(ctx)

    async def setup_form(self, ctx: Context) -> Form:
        """Build the form, with what is set now filled in."""
        kept = await self._prompts.rhythm(ctx.workspace)
        place = "" if ctx.place.kind == "direct" else ctx.place.parent or ctx.place.id
        now = kept or Rhythm(ctx.workspace, place, ctx.zone)
        recap = next((key for key, when in _RECAPS.items() if when == (now.recap_day, now.recap_hour)), "mon8")
        recaps = tuple(Choice(f"{WEEKDAYS[day - 1]} {hour:02}:00", key) for key, (day, hour) in _RECAPS.items())
        return Form(
            "Goals of the week",
            act("goals.keep_setup"),
            (
                PlaceInput("place", "Accountability place", now.place),
                TextInput("zone", "Time zone", now.zone, "Europe/Berlin", max_length=60),
                SelectInput("prompt", "Ask for goals on Monday at", HOURS, str(now.prompt_hour)),
                SelectInput("check_in", "Ask how it went on Friday at", HOURS, str(now.check_in_hour)),
                SelectInput("recap", "Recap of the week", recaps, recap),
            ),
            "Three short messages a week. Reminders to members are private, and each can turn them off.",
        )

    @submit(form="setup_form", organisers=True)
    async def keep_setup(self, ctx: Context, *, place: str, zone: str, prompt: int, check_in: int, recap: str) -> Reply:
        """Keep how the workspace has its week."""
        zone = known_zone(zone)
        check_hour(prompt, "prompt")
        check_hour(check_in, "check_in")
        if recap not in _RECAPS:
            raise BadInput("The recap comes on Sunday from 12:00 (sun12) to Monday 12:00 (mon12).", field="recap")
        day, hour = _RECAPS[recap]
        await self._prompts.set_up(Rhythm(ctx.workspace, place, zone, prompt, check_in, day, hour), ctx.member)
        text = Text(
            f"Done. Goals are asked for on Monday at {prompt:02}:00, check-ins on Friday at {check_in:02}:00, and the "
            f"recap comes on {WEEKDAYS[day - 1]} at {hour:02}:00 ({esc(zone)}). `/goals setup` changes it at any time."
        )
        return Reply(cards=(Card("Goals are set up", (text,), tone=Tone.GOOD),))
