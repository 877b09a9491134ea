"""When practice is evidence: a session is some questions answered on one day of the member's own."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community.profiles import about
from bot.interviews.bank import Question
from bot.interviews.grading.grades import Grade
from bot.interviews.practice_models import PracticeAnswer
from bot.steps.kinds import Kind, Step
from bot.steps.ledger import Entry, write
from bot.work.schedules import moment_of

SESSION = 3
"""Different questions that make a session; an answer that could not be judged is none, but for a story."""


def note_session(connection: Connection, member: int, at: datetime) -> bool:
    """Write a session down when the member's day, in which `at` lies, has become one; returns whether it just did."""
    zone = about(connection, member).zone
    day = at.astimezone(ZoneInfo(zone)).date()
    query = sa.select(PracticeAnswer.question, PracticeAnswer.content, PracticeAnswer.grade).where(
        PracticeAnswer.member_id == member,
        PracticeAnswer.answered_at >= moment_of(day, "00:00", zone),
        PracticeAnswer.grade.is_not(None),
    )
    topics = {
        row.question: msgspec.convert(row.content, Question).topic
        for row in connection.execute(query)
        if row.grade and _is_practice(row)
    }
    if len(topics) < SESSION:
        return False
    note = ", ".join(sorted(set(topics.values())))
    key = f"practice:{member}:{day}"
    entry = Entry(Step.TOPIC, Kind.PRACTICE, f"practice on {day}", note=note, verified_at=at, key=key)
    return write(connection, member, entry, at) is not None


def _is_practice(row: Any) -> bool:
    grade = Grade.from_json(row.grade)
    return grade.score is not None or (grade.grader == "rubric" and row.content["kind"] == "tell")
