"""What the phrases of a title mean together: the rules of docs/labelling.md, one function a question."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from bot.leads.reading import internships
from bot.leads.reading.labs import is_lab
from bot.leads.reading.phrases import Found
from bot.leads.reading.vocabulary import TITLE
from bot.leads.reading.words import Words, split_words

SURE, LIKELY, FAIR = 0.98, 0.9, 0.75
"""How far a rule can be trusted. Two of the weakest still multiply to more than a half."""
UNLIKELY, NO = 0.2, 0.03

PERMANENT: Final = frozenset(internships.PERMANENT.split())
"""Words of a job that is no internship, where nothing but a season or a description speaks for one."""
_YEAR: Final = re.compile(r"20[2-4]\d")
_FOR: Final = frozenset({"for", "in", "fur", "im", "pour", "para", "per"})


class Belief(NamedTuple):
    """How probable a yes is (0..1; more than a half is a yes), the reason for people, and the words that decided."""

    confidence: float
    why: str
    said: str = ""


class Title:
    """A title as the rules see it: its words, and the phrases of the vocabulary in it by kind, each in order."""

    __slots__ = ("_by_kind", "parts", "words")

    def __init__(self, title: str) -> None:
        split = split_words(title)
        self.words, self.parts = split
        self._by_kind: dict[str, list[Found]] = {}
        for found in TITLE.find(Words(*split)):
            self._by_kind.setdefault(found.kind, []).append(found)

    def all(self, kind: str) -> list[Found]:
        """Return the phrases of a kind."""
        return self._by_kind.get(kind, [])

    def first(self, *kinds: str) -> Found | None:
        """Return the first phrase of any of these kinds in the order of the kinds, or None."""
        for kind in kinds:
            if kind in self._by_kind:
                return self._by_kind[kind][0]
        return None

    def begins_part(self, found: Found) -> bool:
        """Tell whether a phrase is the first of its part of the title."""
        return found.start == 0 or self.parts[found.start - 1] != found.part

    def ends_part(self, found: Found) -> bool:
        """Tell whether a phrase is the last of its part of the title."""
        return found.end == len(self.words) or self.parts[found.end] != self.parts[found.end - 1]


@lru_cache(maxsize=4096)
def read_title(title: str) -> Title:
    """Return a title as the rules see it; the last few thousand are kept, since lists repeat and every rule asks."""
    return Title(title)


@lru_cache(maxsize=4096)
def believe_internship(title: Title) -> Belief:
    """Say whether a title is of an internship, a co-op, a thesis, a placement or a student's job.

    Kept for the titles that `read_title` keeps: the verdict and the facts both ask.
    """
    against = title.all("not internship")
    for found in (*title.all("internship"), *title.all("romance internship")):
        if not _covered(found, against) and not _looks_after(title, found):
            return Belief(SURE, f'internship: title says "{found.text}"', found.text)
    if against:
        return Belief(NO, f'not an internship: title says "{against[0].text}"')
    student = title.first("student")
    if student and _is_student_job(title, student):
        return Belief(LIKELY, f'internship: title says "{student.text}" of the one who is wanted', student.text)
    stage = title.first("stage")
    if stage and (title.begins_part(stage) or title.ends_part(stage) or title.first("romance")):
        return Belief(LIKELY, 'internship: title says "stage"', "stage")
    placement = title.first("placement")
    if placement and (title.begins_part(placement) or title.ends_part(placement)):
        return Belief(FAIR, 'internship: title says "placement"', "placement")
    summer = title.first("summer")
    if summer and _has_year(title):
        return Belief(FAIR, f'internship: title says "{summer.text}" and its year', summer.text)
    return Belief(NO, "not an internship: no word of the title says so")


def _covered(found: Found, by: list[Found]) -> bool:
    return any(other.start < found.end and found.start < other.end for other in by)


def _looks_after(title: Title, interns: Found) -> bool:
    """A recruiter of interns or of internships is none; the singular ("Recruiter Intern") is."""
    return interns.text in {"interns", "internships"} and any(
        trade.text.startswith("recruit") and trade.start < interns.start for trade in title.all("trade")
    )


def _is_student_job(title: Title, student: Found) -> bool:
    before = title.words[student.start - 1] if student.start else ""
    if before in {"phd", "doctoral", "the", "for", "of"} or student.text in {"students", "estudiantes"}:
        return False
    return title.ends_part(student) or student.start == 0


def _has_year(title: Title) -> bool:
    return any(_YEAR.fullmatch(word) for word in title.words) and PERMANENT.isdisjoint(title.words)


def believe_learning(title: Title, company: str) -> Belief:
    """Say whether the role that a title names is machine learning; the company tells what bare "research" means."""
    role, field = title.first("role"), title.first("field")
    ai = title.first("ai") or (
        title.first("romance ai") if title.first("romance", "romance internship", "stage") else None
    )
    named = role or field or ai
    trade = title.first("trade")
    if named and trade and not (role and role.part < trade.part) and not _is_for(title, named, trade):
        return Belief(NO, f'not machine learning: title says "{named.text}", but the job is "{trade.text}"')
    if role:
        return Belief(SURE, f'machine learning: title names the role "{role.text}"')
    if field:
        return _believe_field(title, field)
    if ai:
        return _believe_ai(title, ai)
    return _believe_research(title, company)


def _believe_field(title: Title, field: Found) -> Belief:
    fields = title.all("field")
    for function in title.all("function"):
        if any(_takes_over(title, function, found) for found in fields):
            return Belief(NO, f'not machine learning: title says "{field.text}", but the work is "{function.text}"')
    for hardware in title.all("hardware"):
        if all(_takes_over(title, hardware, found) for found in fields):
            return Belief(NO, f'not machine learning: title says "{field.text}", but the work is "{hardware.text}"')
    return Belief(SURE, f'machine learning: title says "{field.text}"')


def _takes_over(title: Title, function: Found, field: Found) -> bool:
    """Tell whether other work is the head of the title, and the field only what it is about.

    It is when it follows ("ML Marketing Intern", not "ML for Marketing Intern") or is itself the internship that comes
    before ("Marketing Intern – ML").
    """
    if function.part == field.part:
        return function.start > field.start and not _is_for(title, field, function)
    return function.part < field.part and any(found.part == function.part for found in title.all("internship"))


def _is_for(title: Title, field: Found, other: Found) -> bool:
    """Tell whether a field is at work for somebody else: "Data Science for Marketing", "ML in Finance"."""
    return field.part == other.part and not _FOR.isdisjoint(title.words[field.end : other.start])


def _believe_ai(title: Title, ai: Found) -> Belief:
    technical = title.first("technical")
    other = title.first("hardware") or (None if technical else title.first("function", "business"))
    if other and not (other.kind == "hardware" and "software" in title.words):
        return Belief(NO, f'not machine learning: title says "{ai.text}", but the work is "{other.text}"')
    if technical:
        return Belief(LIKELY, f'machine learning: title says "{ai.text}" of a technical role, "{technical.text}"')
    return Belief(LIKELY, f'machine learning: title says "{ai.text}" and names no other trade')


def _believe_research(title: Title, company: str) -> Belief:
    research = title.first("research scientist", "research")
    if research is None:
        return Belief(NO, "not machine learning: no word of the title says so")
    other = title.first("other science", "trade", "function", "business", "hardware")
    if other:
        return Belief(NO, f'not machine learning: the research is in "{other.text}"')
    autonomy = title.first("autonomy")
    if autonomy:
        return Belief(FAIR, f'machine learning: title says "{research.text}" on "{autonomy.text}"')
    if is_lab(company):
        return Belief(LIKELY, f'machine learning: title says "{research.text}", at a machine-learning lab')
    if research.kind == "research scientist":
        return Belief(FAIR, f'machine learning: title says "{research.text}" and names no other science')
    return Belief(UNLIKELY, f'not machine learning: title says "{research.text}", but not on what')
