"""`/goals streak`, `/goals board`, `/goals away`: what lasts longer than a week."""

from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.accountability.aways import TimeAway
from bot.accountability.standings import Streaks
from bot.accountability.streaks import MOST_FREEZES, Streak
from bot.accountability.weeks import local_day
from bot.chat import (
    PRIVATE,
    BadInput,
    Button,
    Buttons,
    Card,
    Cog,
    Context,
    NotFound,
    Part,
    Range,
    Reply,
    Text,
    Tone,
    act,
    action,
    command,
    esc,
)
from cogs.paging import page_of, turns
from cogs.wording import counted

PAGE = 15
NAME = 60
"""Letters of a name that are shown."""


class GoalStreaks(Cog):
    """Set goals for the week, check in, and keep a streak."""

    name = "goals"

    def __init__(self, streaks: Streaks) -> None:
        self._streaks = streaks

    @command()
    async def streak(self, ctx: Context) -> Reply:
        """Show for how many weeks you have checked in without a gap."""
        found = await self._streaks.of(ctx.member, ctx.zone)
        parts: list[Part] = [Text("\n".join(_streak_lines(found)))]
        if away := await self._streaks.away(ctx.member, ctx.zone):
            parts += [Text("\n".join(f"- Away {_days(each)}" for each in away)), _back()]
        title = f"{counted(found.length, 'week')} in a row" if found.length else "Your streak begins with one check-in"
        return Reply(cards=(Card(title, tuple(parts), tone=Tone.GOOD if found.length else Tone.PLAIN),))

    @command()
    async def board(self, ctx: Context, page: Annotated[int, Range(1, 10_000)] = 1) -> Reply:
        """Show the streaks of this community.

        page: which page of it
        """
        found = await self._streaks.board(ctx.community)
        rows, at, pages = page_of(found.rows, PAGE, page)
        lines = [
            f"{number}. **{esc(row.name[:NAME])}** · {counted(row.streak.length, 'week')}{_freezes(row.streak)}"
            for number, row in enumerate(rows, start=(at - 1) * PAGE + 1)
        ]
        if found.others:
            who = "One more member keeps a streak" if found.others == 1 else f"{found.others} more keep a streak"
            lines.append(f"{who} without showing a name.")
        parts: list[Part] = [Text("\n".join(lines) or "No streak runs yet. `/goals set` begins one.")]
        if pages > 1:
            buttons = turns(at, pages, lambda number: act("goals.turn_board", number))
            parts += [Text(f"Page {at} of {pages}"), Buttons(buttons)]
        return Reply(cards=(Card("Streaks", tuple(parts)),), shows=PRIVATE)

    @action()
    async def turn_board(self, ctx: Context, page: int) -> Reply:
        """Turn to another page of the board."""
        return await self.board(ctx, max(1, page))

    @command(slow=True)
    async def away(self, ctx: Context, until: str, since: str = "") -> Reply:
        """Be away: you are not asked, and those weeks neither break your streak nor count.

        until: the last day, like 2026-12-31 or "next Sunday"
        since: the first day; today when you leave it out
        """
        today = local_day(ctx.now, ctx.zone)
        first = read_day(since, ctx.now, ctx.zone, "since") if since else today
        away = TimeAway(first, read_day(until, ctx.now, ctx.zone, "until"))
        await self._streaks.go_away(ctx.member, ctx.zone, away)
        rule = "A week with four days of it or more neither breaks your streak nor counts."
        text = Text(f"You are away {_days(away)}. {rule} Enjoy the time.")
        return Reply(cards=(Card(parts=(text, _back()), tone=Tone.GOOD),))

    @action()
    async def back(self, ctx: Context) -> Reply:
        """End the time away."""
        if not await self._streaks.come_back(ctx.member, ctx.zone):
            raise NotFound("You are not away. `/goals set` sets this week's goals.")
        return Reply("Welcome back. `/goals set` sets this week's goals.", shows=PRIVATE)


def read_day(typed: str, now: datetime, zone: str, name: str) -> date:
    """Read a day as people write it. Raises BadInput with examples.

    name: the option that it was typed into
    """
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        import dateparser  # type: ignore[import-untyped]  # it has no stubs

    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    found: datetime | None = dateparser.parse(
        typed[:60],
        languages=["en"],
        settings={"RELATIVE_BASE": local, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"},
    )
    if found is None:
        raise BadInput(f"I can't read “{typed[:60]}” as a day. Write it like 2026-12-31 or “in 10 days”.", field=name)
    return found.date()


def _streak_lines(found: Streak) -> list[str]:
    this = "This week is checked in." if found.checked_in else "This week is open until Sunday night, your time."
    lines = [f"- {this}"]
    if found.freezes or found.length:
        costs = "costs one, not the streak" if found.freezes else "ends the streak"
        lines.append(f"- {found.freezes} of {MOST_FREEZES} freezes held: a missed week {costs}.")
    if found.length and found.weeks_to_freeze:
        lines.append(f"- The next freeze comes after {found.weeks_to_freeze} more in a row.")
    if found.frozen:
        lines.append(f"- Saved by a freeze: {', '.join(f'week {week.number}' for week in found.frozen[-6:])}.")
    if found.best > found.length:
        lines.append(f"- Your longest: {counted(found.best, 'week')}.")
    return lines


def _days(away: TimeAway) -> str:
    return f"from {_day(away.first)} to {_day(away.last)}"


def _day(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B %Y}"


def _freezes(found: Streak) -> str:
    return f" · {counted(found.freezes, 'freeze')}" if found.freezes else ""


def _back() -> Buttons:
    return Buttons((Button("I'm back", act("goals.back")),))
