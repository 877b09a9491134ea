"""Whether two openings are one: the rules, each with its reason in words.

What is sure goes first. One number on one board is one opening, unless company or title say otherwise (lists paste
addresses wrongly); two numbers on one board are two. Only where addresses say nothing do company, title, place and
time decide, and then all of them must agree.
"""

from dataclasses import dataclass

from bot.leads.names import TRADES, broader_name, companies_related, company_words
from bot.leads.openings import Traits
from bot.leads.titles import CUT, about, alike, fields_clash, likeness_of, one_sided, plain, titles_clash
from bot.leads.where import meet, named, places_apart

ALIKE = 75.0
"""Least likeness of titles (token-sort ratio, 0 to 100) that makes up for a company of another name."""
LATE = 120
"""Days: rows of one title that were posted further apart are two rounds of hiring."""
SOON = 30
"""The same for a title that half of all companies have, such as "Software Engineer Intern"."""
CLOSE = 3
"""Days: rows posted so close are copied from one another, which outweighs a list's guess at season or suburb."""
_SAME_LENGTH = 6
"""Digits of numbers that are counted by one system when their first two digits are the same, too."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two openings are one: how sure, from 0 to 1, and why, in words."""

    score: float
    why: tuple[str, ...]


def by_address(a: Traits, b: Traits) -> Verdict | None:
    """Return the verdict when the addresses name one opening and nothing contradicts; None when they do not."""
    same_key = a.key == b.key
    if not same_key and not _same_number(a, b):
        return None
    likeness = likeness_of(a, b)
    if not _one_company(a, b, likeness) or titles_clash(a, b) or fields_clash(a, b):
        return None
    if same_key and a.opening.url.board:
        reason = f"the same {a.opening.url.board} opening {a.opening.url.board_id}"
    elif a.numbers & b.numbers:
        reason = f"the number {min(a.numbers & b.numbers)} in both addresses"
    elif (a.opening.places and b.opening.places and places_apart(a.where, b.where)) or not alike(a, b):
        return None  # a page of all openings
    else:
        reason = "the same address"
    return Verdict((0.9 if same_key else 0.88) + likeness / 1000, (reason, f"titles {likeness:.0f}% alike"))


def _same_number(a: Traits, b: Traits) -> bool:
    """Say whether a company's two addresses carry one number; a short one may be a chance, unless titles agree."""
    shared = a.numbers & b.numbers
    if not shared or not companies_related(a.opening.company, b.opening.company):
        return False
    return max(map(len, shared)) > _SAME_LENGTH or bool(a.core & b.core) or not a.core or not b.core


def by_title(a: Traits, b: Traits) -> Verdict | None:
    """Return the verdict on openings of one company by title, place and time; None when it is no or not sure."""
    one_name, likeness = a.company == b.company, alike(a, b)
    if not likeness or (not one_name and a.core != b.core) or apart(a, b):
        return None
    if likeness != CUT and one_sided(a, b):
        return None
    days = abs(a.day - b.day) if a.day is not None and b.day is not None else None
    if days is not None and _too_late(a, b, days):
        return None
    close = days is not None and days <= CLOSE
    if _seasons_differ(a, b, close=close):
        return None
    where = _meeting(a, b, days)
    if not where or not (one_name or _longer_name(a, b, close=close)):
        return None
    when = () if days is None else (_DAYS.get(days, f"posted {days} days apart"),)
    score = 0.6 + likeness / 1000 + (0.1 if where == _IN_COMMON else 0.0) + (0.05 if close else 0.0)
    score += 0.02 if plain(a.opening.title) == plain(b.opening.title) else 0.0
    score -= 0.0 if one_name else 0.04
    company = "the same company" if one_name else "a longer name of the company"
    return Verdict(score, (company, f"titles {likeness:.0f}% alike", where, *when))


def _longer_name(a: Traits, b: Traits, *, close: bool) -> bool:
    """Say whether the longer of two names means the same company, where title and town are the same."""
    broad = broader_name(a.opening.company, b.opening.company)
    if broad is None or not a.where.towns & b.where.towns:
        return False
    return broad or (close and bool(a.core - TRADES))


def _too_late(a: Traits, b: Traits, days: int) -> bool:
    """Say whether rows were posted too far apart for one opening; the sooner, the less the title and places tell."""
    if a.core - TRADES:
        return days > LATE
    return days > (SOON if a.where.towns == b.where.towns else CLOSE)


def apart(a: Traits, b: Traits) -> bool:
    """Return whether two openings are surely two: by their numbers, as two rows of one list, by season or degree."""
    if a.opening.source and a.opening.source == b.opening.source:
        return True
    return _two_numbers(a, b) or titles_clash(a, b)


_LISTS_OF_ANY = frozenset({"linkedin", "indeed", "glassdoor", "simplify"})
"""Boards on which one opening may be posted more than once."""


def _two_numbers(a: Traits, b: Traits) -> bool:
    """Say whether the addresses name two requisitions: on one board or site, or numbered by one system."""
    board = a.opening.url.board
    if board and board == b.opening.url.board:
        return a.key != b.key and board not in _LISTS_OF_ANY
    if not a.numbers or not b.numbers or a.numbers & b.numbers:
        return False
    if a.host == b.host:
        return True
    return any(
        len(x) == len(y) >= _SAME_LENGTH and x[:2] == y[:2] and x.isdecimal() for x in a.numbers for y in b.numbers
    )


def _one_company(a: Traits, b: Traits, likeness: float) -> bool:
    one, other = a.opening.company, b.opening.company
    if companies_related(one, other) or set(company_words(one)) & set(company_words(other)):
        return True
    # One posting under the names of a company and of its owner.
    inside = bool(a.core and b.core) and (a.core <= b.core or b.core <= a.core)
    return (likeness >= ALIKE or inside) and not places_apart(a.where, b.where)


def _seasons_differ(a: Traits, b: Traits, *, close: bool) -> bool:
    """Say whether one title names a season and the other row's tag another; or, unless `close`, the tags do."""
    x, y = _season(a), _season(b)
    if x and y and not about(x) & about(y) and (a.title.seasons or b.title.seasons or not close):
        return True
    year_a, year_b = a.opening.year, b.opening.year
    return not close and year_a is not None and year_b is not None and year_a != year_b


def _season(of: Traits) -> frozenset[str]:
    return of.title.seasons or (frozenset({of.opening.term}) if of.opening.term else frozenset())


_DAYS = {0: "posted on one day", 1: "posted a day apart"}
_IN_COMMON = "a place in common"


def _meeting(a: Traits, b: Traits, days: int | None) -> str:
    """Return in words how the places agree, "" when they do not."""
    if not named(a.where) or not named(b.where):
        return "no place given"
    if meet(a.where, b.where):
        return _IN_COMMON
    # Lists put the nearest large town for a suburb. Rows that are copied from one another show it by their day.
    states = {area for area in a.where.areas & b.where.areas if "-" in area}
    soon = days is not None and days <= (CLOSE if a.core - TRADES else 1)
    return "neighbouring places" if soon and states and a.core == b.core else ""
