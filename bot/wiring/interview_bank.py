"""The bank of questions: browsed, suggested, reported, exported and imported."""

from bot.interviews.questions import Questions
from bot.interviews.questions_reports import Reports
from bot.interviews.questions_suggested import Suggestions
from bot.wiring.kit import Kit, Room
from cogs import interview_bank_words as words
from cogs.interview_bank import InterviewBank
from cogs.interview_suggestions import InterviewSuggestions


def wire(kit: Kit) -> Room:
    """Put the room together."""
    questions = Questions(kit.database)
    suggestions = Suggestions(
        kit.database,
        kit.teller,
        questions=questions,
        asked=words.asked,
        decided=words.decided,
        clock=kit.clock,
    )
    reports = Reports(
        kit.database,
        kit.teller,
        questions=questions,
        reported=words.reported,
        decided=words.report_decided,
        clock=kit.clock,
    )
    return Room(cogs=(InterviewBank(questions, suggestions, reports), InterviewSuggestions(questions, suggestions)))
