"""A semester's calendar and cast: who lives where, who does what in which week, and when the bot is down."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN, TOKYO = "Europe/Berlin", "Asia/Tokyo"
ZONES = (BERLIN, "America/New_York", TOKYO, "Australia/Sydney", "America/Los_Angeles")
PEOPLE = [f"m{n}" for n in range(60)]
PAIRED = PEOPLE[::2]
"""Those who want to be matched every week."""
WEEKS = 16
MONDAY = date(2027, 1, 18)
"""The first; until May, New York and Berlin go to summer time and Sydney leaves it."""
OUTAGE = datetime(2027, 3, 14, 17, tzinfo=UTC), datetime(2027, 3, 15, 23, tzinfo=UTC)
"""From Sunday evening in Berlin to the end of Monday: over a recap, a prompt, a matching and what else falls in it."""
RESTARTS = (4, 11)
MOVES = 5
"""The week in which the first moves from Berlin to Tokyo."""
END = datetime(2027, 5, 10, 6, 30, tzinfo=UTC)
"""Between the last recap and the prompt after it."""
DAY = timedelta(days=1)
Due = dict[str, datetime]

LIVES = {
    "m0": "xxxxxxxxxxxxxxxx",
    "m1": "xxxxxxxxxxxxxxxx",
    "m2": "xx.xxxxxxxxxxxxx",
    "m3": "xxxxx.xxxxxxxxxx",
    "m4": "xxxxxxxxxxxxxxxx",
    "m5": "xxxxxxx.xxxxxxxx",
    "m6": "xxxxx..xxxxxxxxx",
    "m7": "xxxxxxxxxxxxxxxx",
    "m8": "xxxxxxxxxxxxxxx.",
    "m9": "xxxx--xxxxxxxxxx",
}
"""Two of each zone, by week: x a goal and a check-in (even numbers on Thursday, odd ones on Saturday), . a goal without
one, - away."""
STREAKS = {
    "m0": (16, 3),
    "m1": (16, 3),
    "m2": (13, 3),  # broken in its third week, with no freeze earned yet
    "m3": (15, 2),  # saved by the freeze of the first four weeks, and two earned since
    "m4": (16, 3),
    "m5": (15, 3),  # missed the Sunday evening on which the bot was down: nothing is spent
    "m6": (9, 2),  # the one freeze is spent on the first of two missed weeks
    "m7": (16, 3),
    "m8": (15, 2),  # the last week costs one of three
    "m9": (14, 3),
}
"""How many weeks in a row there are in the end, and how many freezes are held."""

APPLIED = {"m10": 1, "m11": 2, "m12": 1, "m15": 7, "m16": 3, "m17": 2, "m18": 10}
"""Who applies somewhere in which week, on Monday: m15 is asked after it while the bot is down, m18 after its clocks
changed."""
MOVED_ON = {"m11": (3, 1), "m12": (1, 0)}
"""Whose application moves on, on Thursday of which week, and how many follow-ups came by then."""
QUIET = "m17"
"""Turned follow-ups off."""
SAVED_UNTIL = ("m13", 9, date(2027, 4, 5))
"""Who saves something in which week, and when it closes: it is told 3 days and 1 day before, that day Sydney's clocks
change."""
ASKED_FOR = ("m14", ("2027-03-15 at 9:00", "2027-04-01 at 14:30"))
"""Whom to remind, and when by their own clock: the first falls in the outage."""
CLOSED = (("m20", "m21"), 9)
"""Who saved a lead that closes on Thursday noon (UTC) of a week."""


def home(who: str, week: int = 0) -> str:
    """Where somebody lives in a week."""
    return TOKYO if who == "m0" and week >= MOVES else ZONES[int(who[1:]) % len(ZONES)]


def monday(week: int) -> date:
    return MONDAY + timedelta(weeks=week)


def noon(week: int, days: int = 0) -> datetime:
    """Noon (UTC) of a day of a week."""
    return datetime.combine(monday(week) + days * DAY, time(12), UTC)


def name(week: int) -> str:
    year, number, _ = monday(week).isocalendar()
    return f"{year}-W{number:02}"


def moment(day: date, hour: int, zone: str, minute: int = 0) -> datetime:
    """When it strikes an hour somewhere, or the first minute in which the bot is back."""
    struck = datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)
    return OUTAGE[1] + timedelta(minutes=1) if OUTAGE[0] <= struck < OUTAGE[1] else struck


def due_of_goals() -> Due:
    """All that is said of goals, and when."""
    due: Due = {}
    for week in range(WEEKS):
        begins = monday(week)
        due[f"goals.prompt peers {name(week)}"] = moment(begins, 9, BERLIN)
        due[f"goals.friday peers {name(week)}"] = moment(begins + 4 * DAY, 17, BERLIN)
        due[f"goals.recap peers {name(week)}"] = moment(begins + 7 * DAY, 8, BERLIN)
        for who, life in LIVES.items():
            if life[week] == "-":
                continue
            due[f"goals.nudge {who} {name(week)}"] = moment(begins + 2 * DAY, 9, home(who, week))
            if life[week] == "." or int(who[1:]) % 2:
                due[f"goals.reminder {who} {name(week)}"] = moment(begins + 4 * DAY, 17, home(who, week))
    return due


def due_of_tracker() -> Due:
    """All that is said of applications, and when."""
    due: Due = {}
    for who, week in APPLIED.items():
        for number in (7, 14)[: 0 if who == QUIET else MOVED_ON.get(who, (0, 2))[1]]:
            due[f"tracker.follow_up {who} {number}"] = moment(monday(week) + number * DAY, 9, home(who))
    who, _, closes = SAVED_UNTIL
    for number in (3, 1):
        due[f"tracker.deadline {who} {number}"] = moment(closes - number * DAY, 9, home(who))
    who, typed = ASKED_FOR
    for each in typed:
        wall = datetime.strptime(each, "%Y-%m-%d at %H:%M")  # noqa: DTZ007 - it is of the zone that follows
        at = wall.replace(tzinfo=ZoneInfo(home(who))).astimezone(UTC)
        due[f"tracker.reminder {who} {at:%Y%m%d%H%M}"] = moment(wall.date(), wall.hour, home(who), wall.minute)
    (early, late), week = CLOSED
    thursday = monday(week) + 3 * DAY
    due[f"tracker.closed {early}"] = moment(thursday + DAY, 9, home(early))  # it is one in the afternoon in Berlin
    due[f"tracker.closed {late}"] = moment(thursday, 9, home(late))  # and eight in the morning in New York
    return due
