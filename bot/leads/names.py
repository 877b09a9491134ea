"""Companies and titles in the one form by which they are compared."""

import re
import unicodedata
from functools import lru_cache

# Lists of words as text: they are read and mended more easily than fifty quoted strings.
_LEGAL = frozenset(
    """
    inc incorporated llc ltd limited corp corporation co company gmbh ag se sa sas sarl bv nv ab as oy plc pty pbc lp
    llp kg kgaa spa srl holdings holding group
    """.split()  # noqa: SIM905
)
_GLUE = frozenset("the and of for in at a an to with on or de und fur der die das".split())  # noqa: SIM905
_KIND = frozenset(
    """
    intern interns internship internships coop co op student students trainee placement praktikum praktikant
    praktikantin stage stagiaire werkstudent werkstudentin opportunity opportunities program programme hiring new role
    position job temporary temp full part time paid hybrid remote onsite site
    """.split()  # noqa: SIM905
)
"""What every title of an internship may say or leave out; a difference in these words is no difference."""
_SEASONS = {"spring": "spring", "summer": "summer", "fall": "fall", "autumn": "fall", "winter": "winter"}
_SAME = {
    "ml": ("machine", "learning"), "ai": ("artificial", "intelligence"), "swe": ("software", "engineer"),
    "sde": ("software", "developer", "engineer"), "qa": ("quality", "assurance"), "dev": ("developer",),
    "eng": ("engineer",),
    "engineering": ("engineer",), "development": ("developer",), "developers": ("developer",),
    "engineers": ("engineer",),
    "sciences": ("science",), "scientist": ("science",), "analytics": ("analyst",), "sw": ("software",),
    "fullstack": ("full", "stack"), "backend": ("back", "end"), "frontend": ("front", "end"),
    "undergraduate": ("bachelor",), "undergrad": ("bachelor",), "bachelors": ("bachelor",), "bs": ("bachelor",),
    "bsc": ("bachelor",), "masters": ("master",), "ms": ("master",), "msc": ("master",), "doctoral": ("phd",),
    "r": ("r",), "i": ("1",), "ii": ("2",), "iii": ("3",),
}  # fmt: skip
_WORD = re.compile(r"c\+\+|c#|\.net|[^\W_]+(?:['’]s\b)?")
_YEAR = re.compile(r"20[12]\d")


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Return text in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def company_key(name: str) -> str:
    """Return a company's name without legal forms, articles and punctuation: "The Acme Group, Inc." is "acme"."""
    words = re.findall(r"[^\W_]+", fold(name).replace("&", " ").replace("'", "").replace(".com", ""))
    kept = [w for w in words if w not in _GLUE]
    while len(kept) > 1 and kept[-1] in _LEGAL:
        kept.pop()
    return "".join(kept) or "".join(words) or fold(name).strip()


@lru_cache(maxsize=100_000)
def title_words(title: str) -> frozenset[str]:
    """Return the words of a title that make a difference, abbreviations spelled out; seasons and years are left out."""
    words: set[str] = set()
    for found in _WORD.findall(fold(re.sub(r"(?<=\w)-(?=op\b)", "", title))):
        word = re.sub(r"['’]s$", "", found)
        if word in _GLUE or word in _KIND or word in _SEASONS or _YEAR.fullmatch(word):
            continue
        words.update(_SAME.get(word) or (_singular(word),))
    return frozenset(words)


def _singular(word: str) -> str:
    plural = len(word) > _SHORT and word.endswith("s") and word[-2] not in "su"
    return word[:-1] if plural else word


_SHORT = 4
"""Words up to this length keep their s: "news", "aws"."""


@lru_cache(maxsize=100_000)
def title_terms(title: str) -> tuple[frozenset[str], frozenset[int]]:
    """Return the seasons and the years that a title names."""
    text = fold(title)
    seasons = frozenset(season for word, season in _SEASONS.items() if re.search(rf"\b{word}\b", text))
    return seasons, frozenset(int(year) for year in _YEAR.findall(text))
