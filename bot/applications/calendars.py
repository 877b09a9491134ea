"""Deadlines and reminders as iCalendar (RFC 5545), for a member's own calendar."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.applications.stages import Stage
from bot.applications.views import ApplicationView


def calendar_of(
    views: Iterable[ApplicationView], reminders: Iterable[tuple[int, datetime, ApplicationView]], now: datetime
) -> bytes:
    """Return a calendar: when saved openings close, as whole days, and reminders to come, as moments in UTC.

    reminders: the number, the moment and the application. Numbers make the events' names, so that a later import of
    the calendar replaces what was there.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Rung//tracker//EN")
    calendar.add("version", "2.0")

    def event(uid: str, title: str, view: ApplicationView) -> Event:
        made = Event()
        made.add("uid", f"{uid}@rung")
        made.add("dtstamp", now)
        made.add("summary", title)
        if view.note:
            made.add("description", view.note)
        if view.url.startswith(("http://", "https://")):
            made.add("url", view.url)
        calendar.add_component(made)
        return made

    for view in views:
        if view.deadline is not None and view.stage is Stage.SAVED:
            made = event(f"deadline-{view.id}", f"Closes: {view.name}", view)
            made.add("dtstart", view.deadline)
            made.add("dtend", view.deadline + timedelta(days=1))
    for number, at, view in reminders:
        made = event(f"reminder-{number}", view.name, view)
        made.add("dtstart", at)
        made.add("dtend", at + timedelta(minutes=30))
    content: bytes = calendar.to_ical()
    return content
