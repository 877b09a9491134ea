"""The one way out to the web: polite, patient within bounds, and guarded where a member chose the address."""

from bot.http.client import Http
from bot.http.errors import BadStatus, HttpError, Refused, TimedOut, TooLarge, UnfitLink, Unreachable
from bot.http.exchange import FEED, LINK, Limits, Response
from bot.http.guard import Guard, is_linkedin, is_public
from bot.http.politeness import Clock, SystemClock

__all__ = [
    "FEED",
    "LINK",
    "BadStatus",
    "Clock",
    "Guard",
    "Http",
    "HttpError",
    "Limits",
    "Refused",
    "Response",
    "SystemClock",
    "TimedOut",
    "TooLarge",
    "UnfitLink",
    "Unreachable",
    "is_linkedin",
    "is_public",
]
