"""Goals, check-ins, streaks, recaps."""

from bot.accountability.goals import Goals
from bot.accountability.merges import merge_goals
from bot.accountability.prompts import FRIDAY, NUDGE, PROMPT, RECAP, REMINDER, Prompts, Words
from bot.accountability.recaps import Recaps
from bot.accountability.standings import Streaks
from bot.accountability.uptime import beat
from bot.wiring.kit import Kit, Room
from cogs import goals_words
from cogs.goals import WeeklyGoals
from cogs.goals_setup import GoalSetup
from cogs.goals_streaks import GoalStreaks


def wire(kit: Kit) -> Room:
    """Put the room together."""
    goals = Goals(kit.database, kit.clock)
    words = Words(goals_words.prompt, goals_words.friday, goals_words.nudge, goals_words.reminder)
    prompts = Prompts(kit.database, kit.deliveries, kit.schedules, kit.teller, words, kit.clock)
    recaps = Recaps(kit.database, kit.deliveries, goals_words.recap, kit.clock)
    kit.moved.append(prompts.moved)
    kit.merges.append(merge_goals)

    async def note_uptime() -> None:
        await kit.database.run(lambda c: beat(c, kit.clock()))

    return Room(
        cogs=(WeeklyGoals(goals, prompts), GoalStreaks(Streaks(kit.database, kit.clock)), GoalSetup(prompts)),
        jobs={
            PROMPT: prompts.prompt,
            FRIDAY: prompts.friday,
            NUDGE: prompts.nudge,
            REMINDER: prompts.remind,
            RECAP: recaps.post,
        },
        hourly=(note_uptime,),
    )
