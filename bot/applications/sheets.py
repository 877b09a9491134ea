"""Applications as a table: written for spreadsheets, and read from what members keep in theirs. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.applications.openings import Opening, tidy
from bot.applications.stages import Stage
from bot.applications.views import ApplicationView
from bot.chat import BadInput
from bot.community.sheets import plain_cell, safe_cell

COLUMNS = ("company", "role", "link", "stage", "applied", "moved", "deadline", "note")
MOST_ROWS = 500
_NAMES = {
    "company": ("company", "employer", "organisation", "organization", "company name"),
    "role": ("role", "title", "position", "job", "job title"),
    "link": ("link", "url", "job link", "address"),
    "stage": ("stage", "status", "state"),
    "applied": ("applied", "applied on", "applied at", "date applied", "application date", "date"),
    "moved": ("moved", "last move", "updated"),
    "deadline": ("deadline", "closes", "closes on", "due"),
    "note": ("note", "notes", "comment", "comments"),
}
_STAGES = {
    "wishlist": Stage.SAVED, "to apply": Stage.SAVED, "bookmarked": Stage.SAVED, "waiting": Stage.APPLIED,
    "submitted": Stage.APPLIED, "oa": Stage.ASSESSMENT, "online assessment": Stage.ASSESSMENT, "test": Stage.ASSESSMENT,
    "interviewing": Stage.INTERVIEW, "interviews": Stage.INTERVIEW, "offered": Stage.OFFER, "ghosted": Stage.NO_ANSWER,
    "no response": Stage.NO_ANSWER, "withdrawn": Stage.DECLINED, "reject": Stage.REJECTED,
}  # fmt: skip
"""What others call the stages."""
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that could be read; `line` is the number of its last line in the text."""

    line: int
    opening: Opening
    stage: Stage
    applied: date | None
    moved: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that can't be taken, and why."""

    line: int
    why: str


def write_csv(views: Iterable[ApplicationView]) -> str:
    """Return applications as CSV; reading it again adds nothing."""
    return "".join(_lines(views))


def write_parts(views: Iterable[ApplicationView], most: int) -> list[str]:
    """Return the same in parts of at most so many characters, each with the heading; a row is in one part."""
    heading, *rows = _lines(views)
    parts: list[str] = []
    for row in rows:
        if not parts or len(parts[-1]) + len(row) > most:
            parts.append(heading)
        parts[-1] += row
    return parts


def _lines(views: Iterable[ApplicationView]) -> Iterator[str]:
    yield _line(COLUMNS)
    for view in views:
        applied = view.clock.day(view.applied_at).isoformat() if view.applied_at else ""
        deadline = view.deadline.isoformat() if view.deadline else ""
        moved = view.clock.day(view.moved_at).isoformat()
        words = (view.company, view.role, view.url, view.stage.value, applied, moved, deadline, view.note)
        yield _line([safe_cell(word) for word in words])


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def read_csv(text: str, today: date) -> tuple[list[Row], list[Problem]]:
    """Read a table with commas, semicolons or tabs; returns the rows, and the lines that can't be taken.

    The first line may name the columns, in any order; else they stand in the order of `COLUMNS` without "moved".
    """
    text = text.replace("\0", "").lstrip("\ufeff")
    first = text.lstrip("\n").partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    columns: Sequence[str] | None = None
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                named = _columns(cells)
                columns = named or [name for name in COLUMNS if name != "moved"]
                if named:
                    continue
            if len(rows) == MOST_ROWS:
                problems.append(
                    Problem(reader.line_num, f"only {MOST_ROWS} rows at once; bring the rest in another import")
                )
                break
            try:
                rows.append(_row(reader.line_num, dict(zip(columns, cells, strict=False)), today))
            except BadInput as error:
                problems.append(Problem(reader.line_num, error.message))
    except csv.Error as error:
        problems.append(Problem(reader.line_num, f"this is no CSV any more: {error}"))
    return rows, problems


def _columns(cells: Sequence[str]) -> list[str] | None:
    """Return what columns are called, unknown ones as ""; None when the line is no heading."""
    by_name = {name: column for column, names in _NAMES.items() for name in names}
    found = [by_name.get(cell.strip().lower().replace("_", " "), "") for cell in cells]
    return found if "company" in found and "role" in found else None


def _row(line: int, cells: Mapping[str, str], today: date) -> Row:
    given = {name: plain_cell(value.strip()) for name, value in cells.items() if name}
    closes = _date(given.get("deadline", ""), "deadline")
    words = given.get("company", ""), given.get("role", ""), given.get("link", "")
    opening = tidy(Opening(*words, closes))
    applied, moved = (_date(given.get(name, ""), name) for name in ("applied", "moved"))
    stage = _stage(given.get("stage", ""), Stage.APPLIED if applied else Stage.SAVED)
    if applied and stage is Stage.SAVED:
        raise BadInput("it is saved, and has a date on which you applied; which of the two?")
    for name, day in (("applied", applied), ("moved", moved)):
        if day is not None and day > today:
            raise BadInput(f"“{name}” is {day.isoformat()}, which is still to come.")
    if applied and moved and moved < applied:
        raise BadInput("it moved last before you applied; one of the dates is wrong.")
    return Row(line, opening, stage, applied, moved, given.get("note", "")[:2000])


def _stage(words: str, default: Stage) -> Stage:
    name = " ".join(words.lower().replace("_", " ").split())
    if not name:
        return default
    if (found := _STAGES.get(name)) is not None:
        return found
    try:
        return Stage(name)
    except ValueError:
        known = ", ".join(stage.value for stage in Stage)
        raise BadInput(f"“{words[:40]}” is no stage. There are: {known}.") from None


def _date(words: str, name: str) -> date | None:
    if not words:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(words[:30], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise BadInput(f"“{words[:30]}” can't be read as {name}; write it like 2026-03-31.")
