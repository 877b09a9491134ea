"""Companies and titles in the one form by which they are compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from bot.leads.reading.seasons import read_when

# Lists of words as text: they are read and mended more easily than fifty quoted strings.
_LEGAL = frozenset(
    """
    inc incorporated llc ltd limited corp corporation co company gmbh ag se sa sas sarl bv nv ab as oy plc pty pbc lp
    llp kg kgaa spa srl holdings holding group technologies technology usa us international
    """.split()  # noqa: SIM905
)
"""What a company's name may end with or not: legal forms, and words that lists add and leave out as they like."""
_GLUE = frozenset(
    """
    the and of for in at a an to with on or de und fur der die das our your all more us usa united states america north
    canada uk
    """.split()  # noqa: SIM905
)
"""Words between words, and countries that titles name for their readers: places are compared as places."""
_KIND = frozenset(
    """
    student students trainee traineeship placement praktikum praktikant praktikantin stage stagiaire werkstudent
    werkstudentin opportunity opportunities program programme programmes programs hiring role roles position positions
    job jobs temporary temp time fulltime parttime paid hybrid remote onsite site virtual university campus
    college early career careers talent recruiting relations emerging month months week weeks term session semester
    start year years s t fy working m w d f x mwd wmd fmd mfd gn div genders
    """.split()  # noqa: SIM905
)
"""What every title of an internship may say or leave out; a difference in these words is no difference."""
_MONTHS = frozenset(
    """
    january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct
    november nov december dec
    """.split()  # noqa: SIM905
)
_SEASONS = {"spring": "spring", "summer": "summer", "fall": "fall", "autumn": "fall", "winter": "winter"}
_KINDS = {
    "intern": "intern", "interns": "intern", "internship": "intern", "internships": "intern", "inter": "intern",
    "intren": "intern",
    "interships": "intern", "intership": "intern", "intenship": "intern", "internhip": "intern",
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
    "ii": "2", "iii": "3", "iv": "4", "rd": "r&d",
}  # fmt: skip
TRADES = frozenset(
    """
    1 2 3 4 front back full stack hardware software firmware data machine learning artificial intelligence research
    product security mobile ios android embedded cloud network test quality electrical mechanical robotic vision nlp
    speech marketing sale finance design legal quantitative trader developer analyst science engineer manager program
    ui ux web system business it
    """.split()  # noqa: SIM905 - a list of fifty quoted words is harder to read
)
"""Words that tell one job of a company from another, whatever the company is called."""
_WORD = re.compile(
    r"\bco[\s-]{0,3}ops?\b|\br\s?(?:&|and)\s?d\b|\bph\.?\s?d\b|\ba\.i\b|\buniversity of (?:the )?\w+"
    r"|\b(?:full|part)[\s-]time\b|c\+\+|c#|\.net|[^\W_]+"
)
_YEAR = re.compile(r"20[12]\d")
_NUMBER = re.compile(r"[a-z]{0,3}\d{3,}[a-z]?|(?:fy)?\d{2}")
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


@lru_cache(maxsize=50_000)
def company_in_titles(name: str) -> frozenset[str]:
    """Return the words by which a title may name the company itself; never one that tells a trade."""
    return frozenset(map(singular, company_words(name))) - TRADES


@lru_cache(maxsize=50_000)
def company_blocks(name: str) -> tuple[str, ...]:
    """Return the keys under which a company is looked for: its whole name and the first word of it."""
    key, first = company_key(name), company_words(name)[0]
    return (key,) if key == first else (key, first)


@lru_cache(maxsize=20_000)
def companies_related(one: str, other: str) -> bool:
    """Return whether two names may mean one company: a shorter name, initials, a slip of the pen."""
    a, b = company_key(one), company_key(other)
    if a.startswith(b) or b.startswith(a) or {_initials(one), _initials(other)} & {a, b}:
        return True
    return fuzz.ratio(a, b) >= _SLIP


_BROAD = frozenset(
    """
    ai robotics lab labs laboratory laboratories system systems solution solutions software innovation innovations
    global learning trading investment investments motor motors science sciences design network networks therapeutics
    pharmaceutical pharmaceuticals pharma analytics platform platforms studio studios games manufacturing mfg industries
    services consulting partners management ventures media digital electronics semiconductor semiconductors materials
    canada america americas germany deutschland europe uk north university careers
    """.split()  # noqa: SIM905
)
"""Words that one list leaves off a company's name and another does not, and that make no other company of it."""


def broader_name(one: str, other: str) -> bool | None:
    """Return whether one name only goes on with broad words ("IMC", "IMC Trading"); None when neither goes on."""
    a, b = sorted((company_words(one), company_words(other)), key=len)
    return set(b[len(a) :]) <= _BROAD if b[: len(a)] == a else None


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W_]+", fold(name)) if word not in _GLUE)


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
    said: dict[str, list[str]] = {"work": [], "season": [], "month": [], "year": [], "degree": [], "kind": [], "": []}
    for word in _WORD.findall(text):
        of, means = _read_word(word)
        said[of].extend(means)
    seasons = said["season"]
    if said["month"] and not seasons:
        seasons = [read_when(title).term]
    cut = _CUT.search(text)
    return TitleParts(
        frozenset(said["work"]),
        frozenset(seasons) - {""},
        frozenset(int(year) for year in said["year"]),
        frozenset(said["degree"]),
        frozenset(said["kind"]),
        text[: cut.start()] if cut else "",
    )


@lru_cache(maxsize=20_000)
def _read_word(word: str) -> tuple[str, tuple[str, ...]]:
    """Return what a word of a title is about, and how we spell it."""
    if not word.isalnum():
        if word.startswith("university"):
            # Its place is part of its name, and not where the opening is.
            return "work", (f"university of {word.rsplit(' ', 1)[-1]}",)
        if word.endswith("time"):
            return "", ()
        word = word if word in {"c++", "c#", ".net"} else re.sub(r"[\W_]|and", "", word)
    for of, meanings in (("kind", _KINDS), ("season", _SEASONS), ("degree", _DEGREES)):
        if word in meanings:
            return of, (meanings[word],)
    if word in _MONTHS:
        return "month", (word,)
    if _YEAR.fullmatch(word):
        return "year", (word,)
    if word in _GLUE or word in _KIND or _NUMBER.fullmatch(word):
        return "", ()
    return "work", tuple((_SAME.get(word) or singular(word)).split(" "))


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """Return a word without the s of its plural, and a doer's name as the deed's: "engineers" is "engineer"."""
    plural = len(word) > _SHORT and word.endswith("s") and word[-2] not in "su"
    return _SAME.get(word[:-1], word[:-1]) if plural else word
