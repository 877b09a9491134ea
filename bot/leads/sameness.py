"""Whether two openings are one: the rules, each with its reason in words.

What is sure goes first. One number on one board is one opening, unless company or title say otherwise (lists paste
addresses wrongly); two numbers on one board are two. Only where addresses say nothing do company, title, place and
time decide, and then all of them must agree.
"""

from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.leads.names import TRADES, broader_name, companies_related, company_words, fold
from bot.leads.openings import Traits
from bot.leads.where import meet, named, places_apart

ALIKE = 75.0
"""Least likeness of titles (token-sort ratio, 0 to 100) that makes up for a company of another name."""
SPELLING = 85.0
"""Least likeness of two words that are one, spelled otherwise: "Notifcations", "Algorithmic"."""
LATE = 120
"""Days: rows of one title that were posted further apart are two rounds of hiring."""
SOON = 30
"""The same for a title that half of all companies have, such as "Software Engineer Intern"."""
CLOSE = 3
"""Days: rows posted so close are copied from one another, which outweighs a list's guess at season or suburb."""
_CUT = 95.0
"""Likeness of a title and its beginning, as a list with narrow columns shows it."""
_CUT_AT_LEAST = 16
"""Letters of a title that was cut short, from which it is worth anything."""
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
    likeness = _likeness(a, b)
    if not _one_company(a, b, likeness) or titles_clash(a, b) or _fields_clash(a, b):
        return None
    if same_key and a.opening.url.board:
        reason = f"the same {a.opening.url.board} opening {a.opening.url.board_id}"
    elif a.numbers & b.numbers:
        reason = f"the number {min(a.numbers & b.numbers)} in both addresses"
    elif (a.opening.places and b.opening.places and places_apart(a.where, b.where)) or not _alike(a, b):
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
    one_name = a.company == b.company
    if (not one_name and a.core != b.core) or apart(a, b):
        return None
    likeness = _alike(a, b)
    if not likeness or (likeness != _CUT and _one_sided(a, b)):
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
    score += 0.02 if _plain(a.opening.title) == _plain(b.opening.title) else 0.0
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


def titles_clash(a: Traits, b: Traits) -> bool:
    """Return whether titles name different seasons, years or degrees."""
    x, y = a.title, b.title
    if x.seasons and y.seasons and not _about(x.seasons) & _about(y.seasons):
        return True
    if x.years and y.years and not x.years & y.years:
        return True
    return bool(x.degrees and y.degrees and not _degrees(x.degrees) & _degrees(y.degrees))


def _about(seasons: frozenset[str]) -> frozenset[str]:
    # What begins in January is winter to some and spring to others.
    return seasons | {"winter", "spring"} if seasons & {"winter", "spring"} else seasons


def _degrees(degrees: frozenset[str]) -> frozenset[str]:
    return degrees | {"master", "phd", "mba"} if "graduate" in degrees else degrees


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


_FIELDS = {
    word: field
    for field, words in {
        "software": "software developer stack front back web mobile ios android devops cloud programmer app platform",
        "data": "data machine learning artificial intelligence analyst vision nlp statistic",
        "design": "ui ux design graphic art artist",
        "hardware": "hardware electrical mechanical rf asic fpga manufacturing civil chemical",
        "business": "marketing sale finance legal hr accounting recruiter tax audit purchasing",
    }.items()
    for word in words.split()
}


def _fields_clash(a: Traits, b: Traits) -> bool:
    """Say whether rows with one address tell of different work, so that one of them has the wrong address."""
    only_a, only_b = a.core - b.core, b.core - a.core
    if not only_a or not only_b:
        return False
    if a.core & b.core:
        # A list that shows one address twice means two openings when it names two trades.
        one_list = bool(a.opening.source) and a.opening.source == b.opening.source
        return one_list and bool(only_a & TRADES) and bool(only_b & TRADES)
    fields_a, fields_b = ({_FIELDS[w] for w in core if w in _FIELDS} for core in (a.core, b.core))
    return bool(fields_a and fields_b and not fields_a & fields_b)


def _likeness(a: Traits, b: Traits) -> float:
    if a.core == b.core:
        return 100.0
    return fuzz.token_sort_ratio(" ".join(sorted(a.core)), " ".join(sorted(b.core)))


_SOFT = frozenset(
    """
    technology team group project flexible general corporate based new rotational open hq division department office
    """.split()  # noqa: SIM905
)
"""Words that one list leaves out of a title and the other does not, and that tell no work by themselves."""


def _alike(a: Traits, b: Traits) -> float:
    """Return how alike two titles are, 0 when not enough: equal, or but for spelling and words that say nothing."""
    if a.core == b.core:
        return 100.0
    if a.title.start or b.title.start:
        return _CUT if _begins(a, b) or _begins(b, a) else 0.0
    only_a, only_b = a.core - b.core, b.core - a.core
    if len(only_a) < len(only_b):
        only_a, only_b = only_b, only_a
    left = set(only_a)
    for word in only_b:
        match = max(left, key=lambda other, word=word: fuzz.ratio(word, other))  # type: ignore[misc]
        if {word, match} <= TRADES or fuzz.ratio(word, match) < SPELLING:
            return 0.0
        left.discard(match)
    if left - _SOFT or not a.core or not b.core:
        return 0.0
    return 100.0 - 3 * len(only_a)


def _begins(cut: Traits, whole: Traits) -> bool:
    start = cut.title.start
    return len(start) >= _CUT_AT_LEAST and _plain(whole.opening.title).startswith(_plain(start))


def _plain(title: str) -> str:
    return fold(title).replace("–", "-").replace(" ", "")


def _one_sided(a: Traits, b: Traits) -> bool:
    """Say whether one title alone asks for a higher degree, or one is a co-op and the other none."""
    x, y = a.title, b.title
    if (x.degrees or y.degrees) and not (x.degrees and y.degrees) and (x.degrees | y.degrees) != {"bachelor"}:
        return True
    return bool(x.kinds and y.kinds and not x.kinds & y.kinds)


def _seasons_differ(a: Traits, b: Traits, *, close: bool) -> bool:
    """Say whether one title names a season and the other row's tag another; or, unless `close`, the tags do."""
    x, y = _season(a), _season(b)
    if x and y and not _about(x) & _about(y) and (a.title.seasons or b.title.seasons or not close):
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
