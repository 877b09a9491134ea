"""Whether two titles tell of one work, and where they contradict each other."""

from rapidfuzz import fuzz

from bot.leads.names import TRADES, fold
from bot.leads.openings import Traits

SPELLING = 85.0
"""Least likeness of two words that are one, spelled otherwise: "Notifcations", "Algorithmic"."""
CUT = 95.0
"""Likeness of a title and its beginning, as a list with narrow columns shows it."""
_AT_LEAST = 16
"""Letters of a title that was cut short, from which it is worth anything."""


def likeness_of(a: Traits, b: Traits) -> float:
    """Return how alike the words of two titles are, from 0 to 100, whatever their order (token-sort ratio)."""
    if a.core == b.core:
        return 100.0
    return fuzz.token_sort_ratio(" ".join(sorted(a.core)), " ".join(sorted(b.core)))


_SOFT = frozenset(
    """
    technology team group project flexible general corporate based new rotational open hq division department office
    """.split()  # noqa: SIM905
)
"""Words that one list leaves out of a title and the other does not, and that tell no work by themselves."""


def alike(a: Traits, b: Traits) -> float:
    """Return how alike two titles are, 0 when not enough: equal, or but for spelling and words that say nothing."""
    if a.core == b.core:
        return 100.0
    if a.title.start or b.title.start:
        return CUT if _begins(a, b) or _begins(b, a) else 0.0
    more, less = a.core - b.core, b.core - a.core
    if len(more) < len(less):
        more, less = less, more
    left = _unpaired(more, less)
    if left is None or left - _SOFT or not a.core or not b.core:
        return 0.0
    return 100.0 - 3 * len(more)


def _unpaired(more: frozenset[str], less: frozenset[str]) -> set[str] | None:
    """Pair words that are spelled alike and return those left over; None when one of `less` finds no other."""
    left = set(more)
    for word in sorted(less):
        pair = next((w for w in sorted(left) if fuzz.ratio(word, w) >= SPELLING and not {word, w} <= TRADES), None)
        if pair is None:
            return None
        left.discard(pair)
    return left


def _begins(cut: Traits, whole: Traits) -> bool:
    start = cut.title.start
    return len(start) >= _AT_LEAST and plain(whole.opening.title).startswith(plain(start))


def plain(title: str) -> str:
    """Return a title without what typesetting changes."""
    return fold(title).replace("–", "-").replace(" ", "")


def titles_clash(a: Traits, b: Traits) -> bool:
    """Return whether titles name different seasons, years or degrees."""
    x, y = a.title, b.title
    if x.seasons and y.seasons and not about(x.seasons) & about(y.seasons):
        return True
    if x.years and y.years and not x.years & y.years:
        return True
    return bool(x.degrees and y.degrees and not _degrees(x.degrees) & _degrees(y.degrees))


def about(seasons: frozenset[str]) -> frozenset[str]:
    """Return the seasons that are meant: what begins in January is winter to some and spring to others."""
    return seasons | {"winter", "spring"} if seasons & {"winter", "spring"} else seasons


def _degrees(degrees: frozenset[str]) -> frozenset[str]:
    return degrees | {"master", "phd", "mba"} if "graduate" in degrees else degrees


def one_sided(a: Traits, b: Traits) -> bool:
    """Say whether one title alone asks for a higher degree, or one is a co-op and the other none."""
    x, y = a.title, b.title
    if (x.degrees or y.degrees) and not (x.degrees and y.degrees) and (x.degrees | y.degrees) != {"bachelor"}:
        return True
    return bool(x.kinds and y.kinds and not x.kinds & y.kinds)


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


def fields_clash(a: Traits, b: Traits) -> bool:
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
