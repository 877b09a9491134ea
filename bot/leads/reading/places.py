"""Where an opening is: "Berlin, Germany", "US, CA, Santa Clara" and "Remote in USA" as city, region and country."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.leads.reading import geography
from bot.leads.reading.words import fold

_SEVERAL = re.compile(r"\s*(?:[;|\n•]|\s/\s|\s(?:or|\+|and(?! labrador| tobago| herzegovina))\s)\s*", re.IGNORECASE)
_MODE = re.compile(
    r"\b(?:fully |100% )?(?:remote|hybrid|on-?site|in[- ]office|in person|flexible|anywhere|wfh|home ?office)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\([^()]*\d[^()]*\)|~.*|\b\d{4,}\b"
    r"|\b(?:hq|headquarters|office|metropolitan area|metro area|area|greater|locations?)\b",
    re.IGNORECASE,
)
_FROM_LARGE = re.compile(r"^(?:US|USA|United States|[A-Z]{2})\s?-\s?[A-Za-z]")
_PIECE = re.compile(r"\s*(?:,|\s[-–—]\s|[()])\s*")
_DASH = re.compile(r"\s*(?:,|[-–—]|[()])\s*")
_BEFORE = re.compile(r"^(?:in|at|within|from|home)\s+", re.IGNORECASE)
_CITY = re.compile(r"[A-ZÀ-Þ][^\W\d]+(?:[ '’.-]+[^\W\d]+){0,2}")
_STATE_AT_END = re.compile(r"^(.+?)[ .]+([A-Z]{2})$")
_COUNTRY_FIRST = re.compile(r"^(?:USA?|United States)\s+(?=[A-Z][a-z])")
_COUNTRY_LAST = re.compile(r"^(.+?)\s+(?:USA?|United States)$")
_JOINED_STATE = re.compile(r"^([A-Z][a-z]+)([A-Z]{2})$")
_NOWHERE = re.compile(
    r"|multiple\b.*|any\b.*|all\b.*|various.*|several.*|\d*|global|worldwide|international|nationwide|within|only|based|the"
    r"|north america|americas?|europe|emea|apac|latam|eu|us only|n/?a|tbd|home"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an opening is; what is not known is empty, and at least one of the three is known."""

    city: str = ""
    region: str = ""
    """A state or province: its postal code in the United States and Canada ("CA"), else as it was written."""
    country: str = ""
    """ISO 3166 alpha-2 code, upper case."""


def read_places(locations: Iterable[str]) -> tuple[Place, ...]:
    """Read every place that is named, once each and in order; what names none ("Remote", "3 locations") is left out."""
    return tuple(dict.fromkeys(place for location in locations for place in _read(location)))


@lru_cache(maxsize=8192)
def _read(location: str) -> tuple[Place, ...]:
    places = (place for part in _SEVERAL.split(location) for place in _places(_MODE.sub(" ", part)))
    return tuple(place for place in places if place is not None)


def _places(text: str) -> list[Place | None]:
    """Read a part of a location: one place from its pieces, or as many as it lists cities ("Chicago, New York")."""
    splitter = _DASH if _FROM_LARGE.match(text.strip()) else _PIECE
    pieces = [_clean(piece) for piece in splitter.split(_NOISE.sub(" ", text))]
    pieces = [piece for piece in pieces if not _NOWHERE.fullmatch(fold(piece))]
    if not pieces:
        return []
    cities = [city for piece in pieces if (city := _known_city(piece))]
    if len(cities) == len(pieces) > 1 and geography.US_STATES.get(fold(pieces[1])) != cities[0][1]:
        return [Place(*city) for city in cities]
    pieces = _from_small(_split_state(_split_country(pieces)))
    place = _assemble(pieces)
    return [place if place or len(pieces) == 1 else _assemble(pieces[:-1])]  # "Boise, ID (Main Site)"


def _clean(piece: str) -> str:
    return _BEFORE.sub("", " ".join(piece.split()).strip(" .:-–/"))


def _split_country(pieces: list[str]) -> list[str]:
    """Part a country that no comma parts: "Austin, TX USA"; drop one that comes first: "USA Mountain View, CA"."""
    pieces = [_COUNTRY_FIRST.sub("", pieces[0]), *pieces[1:]]
    match = _COUNTRY_LAST.match(pieces[-1])
    return [*pieces[:-1], match[1], "US"] if match else pieces


def _split_state(pieces: list[str]) -> list[str]:
    """Part a state that no comma parts: "Austin TX US", "CincinnatiOH"."""
    match = _STATE_AT_END.match(pieces[0]) or _JOINED_STATE.match(pieces[0])
    if match is None or match[2] not in geography.US_CODES | geography.CANADA_CODES:
        return pieces
    return [match[1], match[2], *pieces[1:]]


def _from_small(pieces: list[str]) -> list[str]:
    """Turn round what goes from the large to the small: "US, CA, Santa Clara", "Illinois - Chicago", "PA - Erie"."""
    if len(pieces) == 1 or _known_city(pieces[0]):
        return pieces
    first, second, *rest = pieces
    if _country(first) == "US" or (_country(first) and second not in geography.US_CODES):
        small_first = bool(rest) and _is_region(rest[0]) and not _is_region(second)  # "USA - Everett, WA"
        return [second, rest[0], first] if small_first else [*reversed([second, *rest[:1]]), first]
    is_state = fold(first) in geography.US_STATES or first in geography.US_CODES
    return [second, first, *rest] if is_state and not _is_region(second) else pieces


def _assemble(pieces: list[str]) -> Place | None:
    """Make a place of pieces that go from the small to the large."""
    known = _known_city(pieces[0])
    country, rest = _take_country(pieces, known)
    region = ""
    if rest and (len(rest) > 1 or known is None):
        region, region_country = _region(rest[-1], country)
        country, rest = country or region_country, rest[:-1] if region else rest
    city = rest[0].title() if rest and rest[0].isupper() else "".join(rest[:1])
    if known and (len(pieces) == 1 or (known[2] == country and region in {"", known[1]})):
        return Place(*known)
    if country or region:
        return Place(city, region or "".join(rest[1:2]), country)
    return Place(city) if _looks_like_a_city(city) and len(pieces) == 1 else None


def _take_country(pieces: list[str], known: tuple[str, str, str] | None) -> tuple[str, list[str]]:
    """Return the country that the last piece names, and the other pieces; "" and all of them when it names none."""
    last = pieces[-1]
    if known and len(pieces) == 1:
        return "", pieces
    named = geography.countries().get(fold(last), last if last in geography.country_codes() else "")
    if named and known and named == known[2]:
        return named, pieces[:-1]  # "Berlin, DE" is not in Delaware, and "Tbilisi, Georgia" not in the United States
    if len(pieces) > 1 and geography.REGIONS_ABROAD.get(fold(pieces[-2])) == named != "":
        return named, pieces[:-1]
    country = _country(last) or (named if last not in geography.US_CODES | geography.CANADA_CODES else "")
    return (country, pieces[:-1]) if country and fold(last) not in geography.US_STATES else ("", pieces)


def _known_city(piece: str) -> tuple[str, str, str] | None:
    return geography.CITIES.get(fold(piece))


def _country(piece: str) -> str:
    """Return the country that a piece names; what is a state's name too (Georgia) is taken for the state."""
    name = fold(piece)
    return "" if name in geography.US_STATES else geography.countries().get(name, "")


def _is_region(piece: str) -> bool:
    return fold(piece) in geography.US_STATES or piece.upper() in geography.US_CODES or bool(_country(piece))


def _region(piece: str, country: str) -> tuple[str, str]:
    """Return a state or province and its country; the country that is already known decides between two of a name."""
    name, code = fold(piece), piece.upper() if len(piece) == len("CA") else ""
    if country in {"", "US"} and (name in geography.US_STATES or code in geography.US_CODES):
        return geography.US_STATES.get(name, code), "US"
    if country in {"", "CA"} and (name in geography.CANADA or code in geography.CANADA_CODES):
        return geography.CANADA.get(name, code), "CA"
    return "", ""


def _looks_like_a_city(text: str) -> bool:
    return _CITY.fullmatch(text) is not None
