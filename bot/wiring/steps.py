"""The climb: evidence and the board, the playbook, ideas for projects, skills and their quizzes."""

from bot.accountability.goals import Goals
from bot.accountability.standings import Streaks
from bot.community.profiles import Profiles
from bot.steps.climb import JOB, Climb
from bot.steps.github import GitHub
from bot.wiring.kit import Kit, Room
from cogs import steps_words
from cogs.playbook import PlaybookPages
from cogs.projects import Projects
from cogs.skills import Skills
from cogs.steps import Steps


def wire(kit: Kit) -> Room:
    """Put the room together."""
    settings = kit.settings
    github = GitHub(kit.http, settings.github_api_url, settings.github_token.get_secret_value())
    climb = Climb(
        kit.database, kit.engine, kit.teller, github=github, http=kit.http, told=steps_words.told, clock=kit.clock
    )
    goals, streaks = Goals(kit.database, kit.clock), Streaks(kit.database, kit.clock)
    steps = Steps(climb, goals, streaks, Profiles(kit.database))
    return Room(cogs=(steps, PlaybookPages(climb), Projects(), Skills(climb)), jobs={JOB: climb.look_again})
