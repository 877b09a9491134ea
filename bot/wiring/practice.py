"""Practice: questions answered alone, what comes back, one a day, and how a member does."""

from bot.community.profiles import Profiles
from bot.interviews.practice import Practice
from bot.interviews.practice_cards import merge_cards
from bot.interviews.practice_daily import DAILY, Daily
from bot.interviews.practice_stats import PracticeStats
from bot.interviews.questions import Questions
from bot.wiring.grading import graders
from bot.wiring.kit import Kit, Room
from cogs import interview_practice_words as words
from cogs.interview_practice import InterviewPractice
from cogs.interview_stats import InterviewStats


def wire(kit: Kit) -> Room:
    """Put the room together."""
    database, clock, teller = kit.database, kit.clock, kit.teller
    questions = Questions(database)
    practice = Practice(database, questions, teller, graders=graders(kit), words=words.rescued, clock=clock)
    daily = Daily(
        database,
        kit.schedules,
        teller,
        questions=questions,
        words=words.of_the_day,
        rest=words.rest,
        clock=clock,
    )
    kit.merges.append(merge_cards)
    kit.moved.append(daily.moved)
    teller.heeds.append(daily.chosen)
    return Room(
        cogs=(
            InterviewPractice(practice, daily, Profiles(database), teller),
            InterviewStats(PracticeStats(database, clock)),
        ),
        jobs={DAILY: daily.ask},
        hourly=(practice.rescue,),
    )
