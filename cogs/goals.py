"""`/goals`: one to three goals a week, and a check-in that says how they went."""

from typing import Literal

from bot.accountability.goals import (
    LONGEST,
    CheckIn,
    Goals,
    GoalView,
    MemberWeek,
    Result,
    Wanted,
    check_open,
    check_settable,
    read_goal,
)
from bot.accountability.prompts import Prompts
from bot.accountability.weeks import Week
from bot.chat import (
    PRIVATE,
    BadInput,
    Card,
    Choice,
    Cog,
    Context,
    Form,
    NotFound,
    Reply,
    SelectInput,
    Text,
    TextInput,
    Tone,
    act,
    action,
    command,
    submit,
)
from bot.steps.kinds import Step
from cogs.goals_words import RESULTS, week_card

StepNumber = Literal["1", "2", "3", "4", "5", "6"]
ASKED = 4
"""Goals that one form asks about; its fifth input is what was learned."""

_TYPED = LONGEST + len(" #6")
"""Letters of a goal as it is typed, with its step."""


class WeeklyGoals(Cog):
    """Set goals for the week, check in, and keep a streak."""

    name = "goals"

    def __init__(self, goals: Goals, prompts: Prompts) -> None:
        self._goals = goals
        self._prompts = prompts

    @command()
    async def show(self, ctx: Context) -> Reply:
        """Show your goals of this week."""
        return await self.mine(ctx)

    @command(opens_form=True)
    async def set(self, ctx: Context) -> Form:
        """Set your goals for this week, or change them."""
        return await self.write(ctx, str(await self._this_week(ctx)))

    @command()
    async def add(self, ctx: Context, goal: str, step: StepNumber | None = None) -> Reply:
        """Add a goal to this week.

        goal: what you want to get done
        step: the step it serves
        """
        wanted = read_goal(goal)
        if step is not None:
            wanted = Wanted(wanted.words, Step(int(step)))
        mine = await self._goals.add(ctx.member, ctx.zone, await self._this_week(ctx), wanted)
        await self._prompts.follow(ctx.member, ctx.zone)
        return Reply(cards=(week_card(mine),))

    @command(opens_form=True)
    async def check_in(self, ctx: Context) -> Form:
        """Say how your week went: it counts from Monday to Sunday night, your time."""
        open_now = await self._goals.open_weeks(ctx.member, ctx.zone)
        # Just after a move across a Sunday night two weeks are open: the older one first, if it has no check-in.
        for week in open_now[:-1]:
            mine = await self._goals.week(ctx.member, week)
            if mine.goals and not mine.checked_in:
                return await self.answer(ctx, str(week))
        return await self.answer(ctx, str(open_now[-1]))

    @action()
    async def mine(self, ctx: Context, week: str = "") -> Reply:
        """Show a week of the member's own."""
        when = read_week(week) if week else await self._this_week(ctx)
        return Reply(cards=(week_card(await self._goals.week(ctx.member, when)),), shows=PRIVATE)

    @action(opens_form=True)
    async def write(self, ctx: Context, week: str) -> Form:
        """Ask for the goals of a week, with those that are set filled in."""
        when = read_week(week)
        check_settable(when, await self._goals.open_weeks(ctx.member, ctx.zone))
        have = [_typed(goal.words, goal.step) for goal in (await self._goals.week(ctx.member, when)).goals]
        first, second, third = [*have, "", "", ""][:3]
        hint = "Read two papers on diffusion #4"
        return Form(
            f"Goals for week {when.number}",
            act("goals.keep", when),
            (
                TextInput("first", "First goal", first, hint, max_length=_TYPED),
                TextInput("second", "Second goal", second, required=False, max_length=_TYPED),
                TextInput("third", "Third goal", third, required=False, max_length=_TYPED),
            ),
            "One to three, small enough for a week. A #4 at the end says that it serves step 4.",
        )

    @submit(form="write")
    async def keep(self, ctx: Context, week: str, *, first: str, second: str = "", third: str = "") -> Reply:
        """Keep the goals of a week."""
        typed = {"first": first, "second": second, "third": third}
        wanted = [read_goal(words, name) for name, words in typed.items() if words]
        mine = await self._goals.set(ctx.member, ctx.zone, read_week(week), wanted)
        await self._prompts.follow(ctx.member, ctx.zone)
        return Reply(cards=(week_card(mine),), shows=PRIVATE)

    @action(opens_form=True)
    async def answer(self, ctx: Context, week: str) -> Form:
        """Ask how a week went, with what was said of it filled in."""
        when = read_week(week)
        check_open(when, await self._goals.open_weeks(ctx.member, ctx.zone))
        mine = await self._goals.week(ctx.member, when)
        choices = tuple(Choice(label, result.value) for result, label in RESULTS.items())
        goals = tuple(
            SelectInput(f"goal_{number}", goal.words, choices, goal.result.value)
            for number, goal in enumerate(_asked(mine), start=1)
        )
        learned = TextInput(
            "learned", "One line of what you learned", mine.learned, required=not goals, max_length=LONGEST
        )
        intro = "“Not this week” is fine to say: the streak counts check-ins, not victories."
        return Form(f"Check-in for week {when.number}", act("goals.said", when), (*goals, learned), intro, "Check in")

    @submit(form="answer")
    async def said(
        self,
        ctx: Context,
        week: str,
        *,
        goal_1: Result = Result.OPEN,
        goal_2: Result = Result.OPEN,
        goal_3: Result = Result.OPEN,
        goal_4: Result = Result.OPEN,
        learned: str = "",
    ) -> Reply:
        """Keep a check-in."""
        when = read_week(week)
        asked = _asked(await self._goals.week(ctx.member, when))
        answers = zip(asked, (goal_1, goal_2, goal_3, goal_4), strict=False)
        results = {goal.position: Result(result) for goal, result in answers if result}
        if not results and not learned:
            raise BadInput("Say how one goal went, or what you learned; one line is enough.", field="learned")
        said = CheckIn(when, results, " ".join(learned.split())[:LONGEST])
        mine = await self._goals.check_in(ctx.member, ctx.zone, said)
        await self._prompts.follow(ctx.member, ctx.zone)
        text = Text("You are checked in. `/goals streak` shows how long it has gone on.")
        return Reply(cards=(Card(parts=(text,), tone=Tone.GOOD), week_card(mine)), shows=PRIVATE)

    async def _this_week(self, ctx: Context) -> Week:
        return (await self._goals.open_weeks(ctx.member, ctx.zone))[-1]


def read_week(name: str) -> Week:
    """Read a week from a button. Raises NotFound for what is none."""
    try:
        return Week.parse(name)
    except ValueError:
        raise NotFound("I don't know that week. `/goals show` shows this one.") from None


def _asked(mine: MemberWeek) -> list[GoalView]:
    """The goals that a check-in asks about: all; of more than a form can hold (after a merge), the open ones first."""
    if len(mine.goals) <= ASKED:
        return list(mine.goals)
    return sorted(mine.goals, key=lambda goal: goal.result is not Result.OPEN)[:ASKED]


def _typed(words: str, step: Step) -> str:
    return f"{words} #{int(step)}" if step else words
