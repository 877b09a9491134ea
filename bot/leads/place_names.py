"""The names under which a place is looked for: Berlin, Germany, DE, and what people say for a country."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from babel import Locale

_SAID = {
    "us": ("usa", "united states of america", "america"),
    "gb": ("uk", "great britain", "britain", "england"),
    "ae": ("uae",),
    "nl": ("holland",),
    "kr": ("korea",),
    "cz": ("czech republic",),
}
_STATES = {
    "al": "alabama", "ak": "alaska", "az": "arizona", "ar": "arkansas", "ca": "california", "co": "colorado",
    "ct": "connecticut", "de": "delaware", "dc": "district of columbia", "fl": "florida", "ga": "georgia",
    "hi": "hawaii", "id": "idaho", "il": "illinois", "in": "indiana", "ia": "iowa", "ks": "kansas", "ky": "kentucky",
    "la": "louisiana", "me": "maine", "md": "maryland", "ma": "massachusetts", "mi": "michigan", "mn": "minnesota",
    "ms": "mississippi", "mo": "missouri", "mt": "montana", "ne": "nebraska", "nv": "nevada", "nh": "new hampshire",
    "nj": "new jersey", "nm": "new mexico", "ny": "new york", "nc": "north carolina", "nd": "north dakota",
    "oh": "ohio", "ok": "oklahoma", "or": "oregon", "pa": "pennsylvania", "ri": "rhode island",
    "sc": "south carolina", "sd": "south dakota", "tn": "tennessee", "tx": "texas", "ut": "utah", "vt": "vermont",
    "va": "virginia", "wa": "washington", "wv": "west virginia", "wi": "wisconsin", "wy": "wyoming",
}  # fmt: skip


def names_of(places: Iterable[Sequence[str]]) -> set[str]:
    """Return every name of a lead's places ([city, region, country code] each), lower case."""
    names: set[str] = set()
    for city, region, country in places:
        names |= {city.lower(), region.lower()}
        if country.lower() == "us" and (state := _STATES.get(region.lower())):
            names.add(state)
        names |= country_names(country.lower())
    return names - {""}


@lru_cache(maxsize=512)
def country_names(code: str) -> frozenset[str]:
    """Return the names of a country by its ISO code, lower case: the code, its English name, and what people say."""
    if not code:
        return frozenset()
    return frozenset({code, country_name(code).lower(), *_SAID.get(code, ())})


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """Return a country's English name by its ISO code; the code itself when it is none."""
    return str(Locale("en").territories.get(code.upper(), code)) if code else ""
