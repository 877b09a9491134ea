"""Applications as a table: what is written is read back; what can't be read is told with its line."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.applications.calendars import calendar_of
from bot.applications.nudges import Clock
from bot.applications.sheets import MOST_ROWS, read_csv, write_csv
from bot.applications.stages import Stage
from bot.applications.views import ApplicationView

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)


def view(company: str = "Acme", role: str = "ML Intern", stage: Stage = Stage.SAVED, **more: object) -> ApplicationView:
    values: dict[str, object] = {"url": "", "note": "", "created_at": NOW, "moved_at": NOW, "applied_at": None}
    values |= {"deadline": None, "clock": Clock("UTC", 9), "id": 7, "member": 1, "lead": None, "company_key": ""} | more
    return ApplicationView(company=company, role=role, stage=stage, **values)  # type: ignore[arg-type]  # by name


@given(words, words, words, st.sampled_from(Stage))
def test_what_is_written_is_read_back_and_runs_nowhere(company: str, role: str, note: str, stage: Stage) -> None:
    applied = None if stage is Stage.SAVED else NOW
    text = write_csv([view(company, role, stage, note=f"={note}", applied_at=applied, deadline=TODAY)])
    assert "'=" in text
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in text.splitlines()[1].split(","))
    [row], problems = read_csv(text, TODAY)
    assert problems == []
    assert (row.opening.company, row.opening.role, row.stage, row.note) == (company, role, stage, f"={note}")
    assert row.opening.deadline == TODAY


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    rows, problems = read_csv(text, TODAY)
    lines = [row.line for row in rows] + [problem.line for problem in problems]
    assert all(line >= 1 for line in lines)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Acme,,,,,", "Name the role"),
        (",Intern,,,,", "Name the company"),
        ("Acme,Intern,nothing,,,", "no link"),
        ("Acme,Intern,,dreaming,,", "is no stage"),
        ("Acme,Intern,,applied,3/4/2026,", "2026-03-31"),
        ("Acme,Intern,,applied,2027-01-01,", "still to come"),
        ("Acme,Intern,,saved,2026-01-01,", "which of the two"),
        (f"{'x' * 300},Intern,,,,", "long for the company"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_kept(line: str, problem: str) -> None:
    rows, [found] = read_csv(f"Globex,Intern\n{line}\nInitech,Intern", TODAY)
    assert [row.opening.company for row in rows] == ["Globex", "Initech"]
    assert found.line == 2
    assert problem in found.why


def test_headings_and_words_of_others_are_understood() -> None:
    text = "Status;Position;Employer;Date applied;Hue\nGhosted;Intern;Acme;01.03.2026;r\n;Intern;Globex;2026-03-02;"
    rows, problems = read_csv(text, TODAY)
    assert problems == []
    assert [(row.stage, row.applied) for row in rows] == [
        (Stage.NO_ANSWER, date(2026, 3, 1)),
        (Stage.APPLIED, date(2026, 3, 2)),
    ]


def test_too_many_rows_and_broken_quotes_are_told() -> None:
    rows, [more] = read_csv("company,role\n" + "Acme,Intern\n" * (MOST_ROWS + 5), TODAY)
    assert len(rows) == MOST_ROWS
    assert "bring the rest" in more.why
    _, [broken] = read_csv('company,role\nAcme,"' + "x" * 140_000, TODAY)
    assert "no CSV" in broken.why


def test_a_calendar_holds_deadlines_and_reminders() -> None:
    closing = view("Acme, Inc; “Labs”", note="two\nlines", deadline=TODAY, url="https://x.example/1")
    over = view(stage=Stage.APPLIED, deadline=TODAY)
    events: list[Any] = Calendar.from_ical(calendar_of([closing, over], [(3, NOW, over)], NOW)).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == ["deadline-7@rung", "reminder-3@rung"]
    assert events[0]["dtstart"].dt == TODAY
    assert events[1]["dtstart"].dt == NOW
    assert str(events[0]["description"]) == "two\nlines"
