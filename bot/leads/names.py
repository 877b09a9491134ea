"""Companies and titles in the one form by which they are compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

# Lists of words as text: they are read and mended more easily than fifty quoted strings.
_LEGAL = frozenset(
    """
    inc incorporated llc ltd limited corp corporation co company gmbh ag se sa sas sarl bv nv ab as oy plc pty pbc lp
    llp kg kgaa spa srl holdings holding group technologies technology usa us international
    """.split()  # noqa: SIM905
)
"""What a company's name may end with or not: legal forms, and words that lists add and leave out as they like."""
_GLUE = frozenset("the and of for in at a an to with on or de und fur der die das our your all more".split())  # noqa: SIM905
_KIND = frozenset(
    """
    student students trainee traineeship placement praktikum praktikant praktikantin stage stagiaire werkstudent
    werkstudentin opportunity opportunities program programme programmes programs hiring role roles position positions
    job jobs temporary temp full part time fulltime parttime paid hybrid remote onsite site virtual university campus
    college early career careers talent recruiting relations emerging month months week weeks term session semester
    start january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct
    november nov december dec year years
    """.split()  # noqa: SIM905
)
"""What every title of an internship may say or leave out; a difference in these words is no difference."""
_SEASONS = {"spring": "spring", "summer": "summer", "fall": "fall", "autumn": "fall", "winter": "winter"}
_KINDS = {
    "intern": "intern", "interns": "intern", "internship": "intern", "internships": "intern", "inter": "intern",
    "internshipcoop": "intern", "coop": "coop", "coops": "coop",
}  # fmt: skip
_DEGREES = {
    "undergraduate": "bachelor", "undergraduates": "bachelor", "undergrad": "bachelor", "undergrads": "bachelor",
    "bachelor": "bachelor", "bachelors": "bachelor", "bs": "bachelor", "bsc": "bachelor", "master": "master",
    "masters": "master", "ms": "master", "msc": "master", "mba": "mba", "phd": "phd", "phds": "phd", "doctoral": "phd",
    "graduate": "graduate", "graduates": "graduate", "grad": "graduate", "grads": "graduate",
}  # fmt: skip
_SAME = {
    "ml": "machine learning", "ai": "artificial intelligence", "genai": "generative artificial intelligence",
    "swe": "software engineer", "sde": "software developer engineer", "qa": "quality assurance", "dev": "developer",
    "eng": "engineer", "engineering": "engineer", "development": "developer", "developing": "developer",
    "sciences": "science", "scientist": "science", "scientists": "science", "analytics": "analyst",
    "analysis": "analyst", "sw": "software", "hw": "hardware", "fullstack": "full stack", "backend": "back end",
    "frontend": "front end", "uiux": "ui ux", "quant": "quantitative", "researcher": "research",
    "researchers": "research", "trading": "trader", "management": "manager", "mgmt": "manager", "designing": "design",
    "designer": "design", "marketer": "marketing", "infra": "infrastructure", "ops": "operation", "nyc": "new york",
    "application": "app", "applications": "app", "apps": "app", "cybersecurity": "cyber security", "i": "1",
    "ii": "2", "iii": "3", "iv": "4", "mobility": "mobility", "rnd": "r&d",
}  # fmt: skip
_ODD = re.compile(r"\bco[\s-]{0,3}op(s?)\b|\br\s?(?:&|and)\s?d\b|\bph\.?\s?d\b\.?'?s?|['’]s?\b|\ba\.i\b\.?|\bfy\s?\d\d(?:\d\d)?\b")
_ODD_WORDS = {"r": "rnd", "p": "phd", "a": "ai", "c": "coop"}
_WORD = re.compile(r"c\+\+|c#|\.net|[^\W_]+")
_YEAR = re.compile(r"20[12]\d")
_NUMBER = re.compile(r"[a-z]{0,3}\d{3,}[a-z]?|\d{2}")
"""A requisition's number, a second year behind a slash, a count of weeks: says nothing about the work."""
_CUT = re.compile(r"\s*(?:\.\.\.|…)\s*$")
_SHORT = 4
"""Words up to this length keep their s: "news", "aws"."""


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Return text in lower case and without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def company_words(name: str) -> tuple[str, ...]:
    """Return the words of a company's name without legal forms, articles, punctuation and what stands in brackets."""
    text = re.sub(r"\([^)]*\)", " ", fold(name)) if "(" in name else fold(name)
    words = re.findall(r"[^\W_]+", re.sub(r"['’]|\.(?=com\b|ai\b|io\b)", "", text.replace("&", " ")))
    kept = [w for w in words if w not in {"the", "and"}] or words
    while len(kept) > 1 and kept[-1] in _LEGAL:
        kept.pop()
    return tuple(kept) or (fold(name).strip(),)


@lru_cache(maxsize=50_000)
def company_key(name: str) -> str:
    """Return a company's name in the form by which companies are told apart: "The Acme Group, Inc." is "acme"."""
    key = "".join(company_words(name))
    return key.removesuffix("com") if name.lower().endswith(".com") else key


@lru_cache(maxsize=20_000)
def companies_related(one: str, other: str) -> bool:
    """Return whether two names may mean one company: a part, a subsidiary, initials, a slip of the pen."""
    if company_key(one) == company_key(other):
        return True
    a, b = company_words(one), company_words(other)
    if set(a) & set(b) or "".join(a).startswith("".join(b)) or "".join(b).startswith("".join(a)):
        return True
    initials = {"".join(w[0] for w in a), "".join(w[0] for w in b)}
    return bool(initials & {"".join(a), "".join(b)}) or fuzz.ratio("".join(a), "".join(b)) >= _SLIP


_SLIP = 80
"""Least likeness (0 to 100) of two spellings of one name: "Chic-fil-A" and "Chick-fil-A"."""


@dataclass(frozen=True, slots=True)
class TitleParts:
    """What a title says: the work, apart from when it is and for whom."""

    words: frozenset[str]
    """The words that make a difference, abbreviations spelled out, each in one form."""
    seasons: frozenset[str]
    years: frozenset[int]
    degrees: frozenset[str]
    """Of bachelor, master, mba, phd, and graduate for who says no more."""
    kinds: frozenset[str]
    """Of intern and coop."""
    start: str = ""
    """The folded text before an ellipsis, for a title that a list cut short."""


@lru_cache(maxsize=100_000)
def title_parts(title: str) -> TitleParts:
    """Return what a title says."""
    text = fold(title)
    cut = _CUT.search(text)
    words: set[str] = set()
    said: dict[str, set[str]] = {"season": set(), "degree": set(), "kind": set()}
    years: set[int] = set()
    for word in _WORD.findall(_ODD.sub(_one_spelling, text)):
        if word in _GLUE or word in _KIND:
            continue
        if kind := _KINDS.get(word):
            said["kind"].add(kind)
        elif season := _SEASONS.get(word):
            said["season"].add(season)
        elif degree := _DEGREES.get(word):
            said["degree"].add(degree)
        elif _YEAR.fullmatch(word):
            years.add(int(word))
        elif not _NUMBER.fullmatch(word):
            words.update((_SAME.get(word) or singular(word)).split(" "))
    return TitleParts(
        frozenset(words),
        frozenset(said["season"]),
        frozenset(years),
        frozenset(said["degree"]),
        frozenset(said["kind"]),
        text[: cut.start()] if cut else "",
    )


def _one_spelling(match: re.Match[str]) -> str:
    return f" {_ODD_WORDS.get(match[0][0], '')} "


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """Return a word without the s of its plural, and a doer's name as the deed's: "engineers" is "engineer"."""
    plural = len(word) > _SHORT and word.endswith("s") and word[-2] not in "su"
    return _SAME.get(word[:-1], word[:-1]) if plural else word
