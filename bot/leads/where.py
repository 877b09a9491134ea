"""Where an opening is, in the form by which places are compared."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.leads.names import TRADES, fold, singular
from bot.leads.reading.geography import US_STATES
from bot.leads.reading.places import read_places

_COUNTRIES = {"US": ("us", "usa", "united", "state", "america"), "CA": ("canada",), "GB": ("uk", "united", "kingdom")}
_STATE_NAMES = {code: name.split() for name, code in reversed(US_STATES.items()) if "." not in name}
_REMOTE = re.compile(r"\b(remote|virtual|anywhere|work from home|wfh)\b")

_RUN_ON = re.compile(r"(?<=, [A-Z]{2}) (?=[A-Z][a-z])")
"""Where "Boston, MA New York, NY" goes on with the next town."""
_CUT = re.compile(r"[^,]*(\.\.\.|…)")
"""A town that a list with narrow columns cut short: says nothing sure."""


@dataclass(frozen=True, slots=True)
class Where:
    """The places of an opening, as keys."""

    towns: frozenset[tuple[str, str]]
    """(town, state or country), folded; the second is "" when it is not known."""
    areas: frozenset[str]
    """States (US-CA) and countries (US) that any place lies in."""
    wide: frozenset[str]
    """The areas that are given without a town."""
    remote: bool
    words: frozenset[str]
    """The words of all their names: a title may repeat them."""


@lru_cache(maxsize=20_000)
def read_where(places: tuple[str, ...]) -> Where:
    """Read the places of an opening, as a list words them."""
    towns: set[tuple[str, str]] = set()
    areas: set[str] = set()
    wide: set[str] = set()
    words: set[str] = set()
    for place in read_places(_RUN_ON.sub("; ", place) for place in places if not _CUT.fullmatch(place)):
        country = place.country or ("US" if place.region in _STATE_NAMES else "")
        state = f"{country}-{place.region}" if place.region else country
        if place.city:
            towns.add((fold(place.city), state))
        elif state:
            wide.add(state)
        areas |= {state, country} - {""}
        words.update(fold(place.city).split(), fold(place.region).split(), _COUNTRIES.get(place.country, ()))
        words.update(_STATE_NAMES.get(place.region, ()) if country == "US" else ())
    remote = any(_REMOTE.search(fold(place)) for place in places)
    said = frozenset(singular(word) for text in words for word in re.findall(r"[^\W_]+", text))
    return Where(frozenset(towns), frozenset(areas), frozenset(wide), remote, said - TRADES)


def places_apart(a: Where, b: Where) -> bool:
    """Return whether both name places, and none that may be the same."""
    return bool(named(a) and named(b)) and not meet(a, b)


def named(where: Where) -> bool:
    """Return whether any place is known, or that it is remote."""
    return bool(where.areas or where.towns or where.remote)


def meet(a: Where, b: Where) -> bool:
    """Return whether two share a town, or are remote in one country, or one names an area that holds the other."""
    if a.towns & b.towns or any(town == other and "" in {x, y} for town, x in a.towns for other, y in b.towns):
        return True
    if a.remote and b.remote and (not a.areas or not b.areas or a.areas & b.areas):
        return True
    if a.remote != b.remote and (a.towns or b.towns):
        return False
    # "United States" holds "Boston, MA"; beside other towns it does not.
    return bool(a.wide & b.wide or (not a.towns and a.wide & b.areas) or (not b.towns and b.wide & a.areas))
