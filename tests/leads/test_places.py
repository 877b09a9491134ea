"""Where an opening is, in the many ways in which lists write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.reading import geography
from bot.leads.reading.places import Place, read_places

WRITTEN = """
Austin, TX                               | Austin, TX, US
Austin, TX USA                           | Austin, TX, US
Hartford CT                              | Hartford, CT, US
Chicago,IL                               | Chicago, IL, US
Bellevue, Wa                             | Bellevue, WA, US
San Francisco. CA                        | San Francisco, CA, US
CincinnatiOH                             | Cincinnati, OH, US
Carmel, IN                               | Carmel, IN, US
New York, New York                       | New York, NY, US
NYC                                      | New York, NY, US
LA                                       | Los Angeles, CA, US
New Orleans, LA                          | New Orleans, LA, US
Washington, DC                           | Washington, DC, US
Washington D.C                           | Washington, DC, US
Duluth, GEORGIA, United States           | Duluth, GA, US
Atlanta, Georgia                         | Atlanta, GA, US
Tbilisi, Georgia                         | Tbilisi, , GE
US, CA, Santa Clara                      | Santa Clara, CA, US
United States, Washington, Redmond       | Redmond, WA, US
USA - Everett, WA                        | Everett, WA, US
USA Mountain View, CA                    | Mountain View, CA, US
US-ID-Boise (1010)                       | Boise, ID, US
United States-Florida-Melbourne          | Melbourne, FL, US
US-IA-CEDAR RAPIDS-131 ~ 5450 C Ave      | Cedar Rapids, IA, US
Illinois - Chicago                       | Chicago, IL, US
PA - Pittsburgh (15222)                  | Pittsburgh, PA, US
Arden - North Carolina - USA             | Arden, NC, US
HQ (San Francisco, CA)                   | San Francisco, CA, US
Phoenix, Arizona, United States (Office) | Phoenix, AZ, US
Boise, ID - Main Site                    | Boise, ID, US
Denmark, WI                              | Denmark, WI, US
Paris, TX                                | Paris, TX, US
Remote - Virginia, USA                   | , VA, US
California                               | , CA, US
IL                                       | , IL, US
US                                       | , , US
Remote in USA                            | , , US
Toronto, ON, Canada                      | Toronto, ON, CA
Toronto, Canada                          | Toronto, ON, CA
London, ON, Canada                       | London, ON, CA
Québec, Canada                           | , QC, CA
London, UK                               | London, , GB
Berlin, Germany                          | Berlin, , DE
Munich, DE                               | Munich, , DE
München                                  | Munich, , DE
Renningen, Baden-Württemberg, DE         | Renningen, Baden-Württemberg, DE
Paris, Île-de-France, France             | Paris, , FR
Bengaluru, Karnataka, India              | Bangalore, , IN
Beijing, CHN                             | Beijing, , CN
Singapore                                | Singapore, , SG
Mexico City, Mexico                      | Mexico City, , MX
Remote, Germany                          | , , DE
Poughkeepsie                             | Poughkeepsie, ,
"""


@pytest.mark.parametrize("line", WRITTEN.strip().splitlines())
def test_a_place_however_it_is_written(line: str) -> None:
    written, expected = (part.strip() for part in line.split("|"))
    city, region, country = (part.strip() for part in expected.split(","))
    assert read_places([written]) == (Place(city, region, country),)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Remote",
        "Hybrid",
        "Multiple Locations",
        "17 Locations",
        "Remote - North America",
        "Global",
        "Flexible / Remote",
    ],
)
def test_what_is_no_place(written: str) -> None:
    assert read_places([written]) == ()


def test_several_places_in_one() -> None:
    assert read_places(["London, United Kingdom; New York, NY, United States; Singapore"]) == (
        Place("London", "", "GB"),
        Place("New York", "NY", "US"),
        Place("Singapore", "", "SG"),
    )
    assert read_places(["Berwick, PA or Idaho Falls, ID"]) == (
        Place("Berwick", "PA", "US"),
        Place("Idaho Falls", "ID", "US"),
    )
    assert read_places(["Chicago, New York"]) == (Place("Chicago", "IL", "US"), Place("New York", "NY", "US"))
    assert read_places(["U.S. and Canada"]) == (Place("", "", "US"), Place("", "", "CA"))
    assert read_places(["New York, New York / Remote"]) == (Place("New York", "NY", "US"),)


@given(st.sampled_from(sorted(geography.CITIES.values())))
def test_a_known_city_is_found_with_its_country_or_without(known: tuple[str, str, str]) -> None:
    city, region, country = known
    name = geography.countries()
    alone = read_places([city])
    assert alone[0].city == city
    full = read_places([f"{city}, {region or city}, {next(n for n, code in name.items() if code == country)}"])
    assert full[0].country == country


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_is_places_or_none(locations: list[str]) -> None:
    places = read_places(locations)
    assert len(set(places)) == len(places)
    assert all(place.city or place.region or place.country for place in places)
    assert all(place.country in geography.country_codes() | {""} for place in places)
