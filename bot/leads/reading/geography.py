"""Names of countries, states, provinces and the cities that job lists write without their country."""

from functools import lru_cache
from typing import Final

from babel import Locale

from bot.leads.reading.words import fold

US_STATES: Final = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
    "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH",
    "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
    "puerto rico": "PR", "d.c.": "DC", "d.c": "DC", "washington state": "WA",
}  # fmt: skip
US_CODES: Final = frozenset(US_STATES.values())

CANADA: Final = {
    "alberta": "AB", "british columbia": "BC", "manitoba": "MB", "new brunswick": "NB", "newfoundland": "NL",
    "newfoundland and labrador": "NL", "nova scotia": "NS", "ontario": "ON", "prince edward island": "PE",
    "quebec": "QC", "saskatchewan": "SK", "yukon": "YT",
}  # fmt: skip
CANADA_CODES: Final = frozenset(CANADA.values())

REGIONS_ABROAD: Final = {
    name: country
    for country, names in {
        "DE": "baden-wurttemberg, bayern, bavaria, berlin, brandenburg, bremen, hamburg, hessen, hesse, niedersachsen, "
        "lower saxony, nordrhein-westfalen, north rhine-westphalia, rheinland-pfalz, saarland, sachsen, "
        "saxony, thuringen",
        "IN": "karnataka, telangana, maharashtra, tamil nadu, haryana, uttar pradesh, delhi, west bengal, gujarat, "
        "kerala",
    }.items()
    for name in names.split(", ")
}
"""States whose country has the code of an American one."""

_ALSO: Final = {
    "usa": "US", "us": "US", "u.s.": "US", "u.s": "US", "u.s.a.": "US", "united states of america": "US",
    "america": "US", "uk": "GB", "u.k.": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "britain": "GB",
    "great britain": "GB", "northern ireland": "GB", "deutschland": "DE", "schweiz": "CH", "suisse": "CH",
    "svizzera": "CH", "osterreich": "AT", "oesterreich": "AT", "nederland": "NL", "the netherlands": "NL",
    "holland": "NL", "belgie": "BE", "belgique": "BE", "espana": "ES", "italia": "IT", "polska": "PL",
    "sverige": "SE", "danmark": "DK", "norge": "NO", "suomi": "FI", "brasil": "BR", "mexico": "MX",
    "czech republic": "CZ", "czechia": "CZ", "south korea": "KR", "korea": "KR", "republic of korea": "KR",
    "taiwan": "TW", "hong kong": "HK", "hong kong sar": "HK", "macau": "MO", "uae": "AE", "russia": "RU",
    "viet nam": "VN", "vietnam": "VN", "turkey": "TR", "turkiye": "TR", "prc": "CN", "mainland china": "CN",
    "usa remote": "US", "chn": "CN", "deu": "DE", "gbr": "GB", "fra": "FR", "ind": "IN", "jpn": "JP", "che": "CH",
    "nld": "NL", "sgp": "SG", "isr": "IL", "irl": "IE", "esp": "ES", "ita": "IT", "kor": "KR", "twn": "TW",
    "aus": "AU", "swe": "SE", "pol": "PL", "bra": "BR", "mex": "MX", "aut": "AT", "dnk": "DK", "fin": "FI",
    "nor": "NO", "bel": "BE", "prt": "PT", "cze": "CZ", "rou": "RO", "hun": "HU", "lux": "LU", "nzl": "NZ",
}  # fmt: skip

_ABROAD: Final = """
GB London, Cambridge, Oxford, Manchester, Edinburgh, Bristol, Leeds, Glasgow, Belfast, Cardiff, Reading, Birmingham
IE Dublin, Cork, Galway, Limerick
DE Berlin, Munich, Hamburg, Frankfurt, Cologne, Stuttgart, Dusseldorf, Leipzig, Dresden, Karlsruhe, Heidelberg
DE Darmstadt, Nuremberg, Bonn, Hanover, Aachen, Tubingen, Mannheim, Walldorf, Potsdam, Freiburg, Ulm, Erlangen
AT Vienna, Graz, Linz, Salzburg, Innsbruck
CH Zurich, Geneva, Lausanne, Basel, Bern, Lugano
FR Paris, Lyon, Toulouse, Grenoble, Nice, Marseille, Lille, Nantes, Bordeaux, Rennes, Montpellier, Strasbourg
FR Sophia Antipolis, Saclay, Palaiseau
NL Amsterdam, Rotterdam, Utrecht, Eindhoven, Delft, The Hague, Groningen
BE Brussels, Ghent, Leuven, Antwerp
ES Madrid, Barcelona, Valencia, Malaga, Bilbao, Seville
PT Lisbon, Porto
IT Milan, Rome, Turin, Bologna, Florence, Pisa, Trento
SE Stockholm, Gothenburg, Malmo, Lund, Linkoping, Uppsala
DK Copenhagen, Aarhus, Odense, Aalborg
NO Oslo, Trondheim, Bergen
FI Helsinki, Espoo, Tampere, Oulu
PL Warsaw, Krakow, Wroclaw, Gdansk, Poznan
CZ Prague, Brno
HU Budapest
RO Bucharest, Cluj-Napoca, Iasi
GR Athens
TR Istanbul, Ankara
UA Kyiv, Lviv
GE Tbilisi
AM Yerevan
EE Tallinn
LV Riga
LT Vilnius
BG Sofia
RS Belgrade
HR Zagreb
SI Ljubljana
LU Luxembourg
IL Tel Aviv, Haifa, Jerusalem, Herzliya, Yokneam
AE Dubai, Abu Dhabi
SA Riyadh
EG Cairo
KE Nairobi
NG Lagos
ZA Cape Town, Johannesburg
IN Bangalore, Hyderabad, Pune, Mumbai, Chennai, Gurgaon, Noida, New Delhi, Delhi, Kolkata
CN Beijing, Shanghai, Shenzhen, Hangzhou, Guangzhou, Suzhou, Nanjing, Chengdu
HK Hong Kong
TW Taipei, Hsinchu
JP Tokyo, Osaka, Kyoto, Yokohama
KR Seoul, Suwon
SG Singapore
MY Kuala Lumpur, Penang
ID Jakarta
TH Bangkok
VN Hanoi, Ho Chi Minh City
PH Manila
AU Sydney, Melbourne, Brisbane, Perth, Canberra, Adelaide
NZ Auckland, Wellington
BR Sao Paulo, Rio de Janeiro, Campinas, Belo Horizonte
MX Mexico City, Guadalajara, Monterrey
AR Buenos Aires
CL Santiago
CO Bogota, Medellin
"""
_NEAR: Final = """
CA San Francisco, Los Angeles, San Diego, San Jose, Palo Alto, Mountain View, Sunnyvale, Santa Clara, Menlo Park
CA Cupertino, Redwood City, San Mateo, Oakland, Berkeley, Irvine, Santa Monica, Fremont, Foster City
CA South San Francisco
CA Pasadena, Burlingame, San Bruno, Culver City, Emeryville, Santa Barbara, Milpitas, El Segundo, Sacramento
NY New York, Brooklyn, Manhattan, Buffalo, Rochester, Syracuse, Albany
WA Seattle, Bellevue, Redmond, Kirkland
MA Boston, Somerville, Waltham, Lexington
TX Austin, Dallas, Houston, San Antonio, Plano, Fort Worth
IL Chicago
GA Atlanta
CO Denver, Boulder
PA Philadelphia, Pittsburgh
DC Washington
MI Detroit, Ann Arbor
OR Hillsboro, Beaverton
FL Miami, Orlando, Tampa, Jacksonville
NC Raleigh, Durham, Charlotte
AZ Phoenix, Scottsdale, Tempe
UT Salt Lake City, Lehi
MN Minneapolis
TN Nashville
IN Indianapolis
WI Madison, Milwaukee
VA Arlington, McLean, Reston
MD Baltimore, Bethesda
MO St. Louis
NV Las Vegas
OH Columbus, Cincinnati, Cleveland
ON Toronto, Ottawa, Waterloo, Kitchener, Mississauga, Markham
QC Montreal
BC Vancouver, Burnaby, Victoria
AB Calgary, Edmonton
NS Halifax
MB Winnipeg
"""
_OTHER_NAMES: Final = {
    "nyc": "new york", "new york city": "new york", "sf": "san francisco", "la": "los angeles",
    "san francisco bay": "san francisco", "san francisco bay area": "san francisco", "bay area": "san francisco",
    "silicon valley": "san jose",
    "washington dc": "washington", "washington d.c": "washington", "washington d.c.": "washington",
    "dc": "washington", "munchen": "munich", "muenchen": "munich", "koln": "cologne", "nurnberg": "nuremberg",
    "nuernberg": "nuremberg", "hannover": "hanover", "frankfurt am main": "frankfurt", "duesseldorf": "dusseldorf",
    "wien": "vienna", "zuerich": "zurich", "geneve": "geneva", "genf": "geneva", "milano": "milan", "roma": "rome",
    "torino": "turin", "firenze": "florence", "lisboa": "lisbon", "sevilla": "seville", "goteborg": "gothenburg",
    "kobenhavn": "copenhagen", "københavn": "copenhagen", "praha": "prague", "warszawa": "warsaw",
    "bengaluru": "bangalore",
    "gurugram": "gurgaon", "bruxelles": "brussels", "brussel": "brussels", "gent": "ghent", "den haag": "the hague",
    "tel aviv-yafo": "tel aviv", "saint louis": "st. louis", "st louis": "st. louis", "bucuresti": "bucharest",
    "ciudad de mexico": "mexico city", "cdmx": "mexico city", "greater london": "london", "kiev": "kyiv",
}  # fmt: skip


def _cities() -> dict[str, tuple[str, str, str]]:
    """Return (city, region code or "", country code) by folded name; the first of two cities of a name counts."""
    cities: dict[str, tuple[str, str, str]] = {}
    for line in _NEAR.strip().splitlines():
        region, names = line[:2], line[3:]
        country = "CA" if region in CANADA_CODES else "US"
        cities |= {name.lower(): (name, region, country) for name in names.split(", ")}
    for line in _ABROAD.strip().splitlines():
        country, names = line[:2], line[3:]
        cities |= {name.lower(): (name, "", country) for name in names.split(", ") if name.lower() not in cities}
    return cities | {other: cities[name] for other, name in _OTHER_NAMES.items()}


CITIES: Final = _cities()


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Return ISO 3166 alpha-2 codes by folded English name, own name or alpha-3 code, from the CLDR and from us."""
    territories = Locale("en").territories
    names = {fold(name): code for code, name in territories.items() if len(code) == len("US") and code.isalpha()}
    return names | _ALSO


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Return every ISO 3166 alpha-2 code."""
    return frozenset(countries().values())
