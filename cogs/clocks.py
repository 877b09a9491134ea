"""Hours and time zones as members type and pick them."""

from zoneinfo import available_timezones

from bot.chat import BadInput, Choice

HOURS = tuple(Choice(f"{hour:02}:00", str(hour)) for hour in range(24))
"""The choices of a menu of full hours."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""In the order of their ISO numbers, which begin with 1."""


def check_hour(hour: int, field: str) -> None:
    """Raise BadInput for what is no hour of a day; `field` is the input that it was picked in."""
    if not 0 <= hour < len(HOURS):
        raise BadInput("The hour is a number from 0 to 23.", field=field)


def known_zone(name: str) -> str:
    """Return the IANA name of a time zone as typed ("berlin", "europe/berlin"). Raises BadInput with examples."""
    wanted = name.strip().lower().replace(" ", "_")
    zones = available_timezones()
    by_name = {zone.lower(): zone for zone in zones}
    if wanted in by_name:
        return by_name[wanted]
    cities = sorted(zone for zone in zones if zone.lower().rsplit("/", 1)[-1] == wanted and "/" in zone)
    if cities:
        return min(cities, key=len)
    raise BadInput(
        f"I don't know the time zone “{name}”. Write it like Europe/Berlin or America/New_York.", field="zone"
    )
