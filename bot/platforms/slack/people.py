"""Who somebody is on Slack: whether they may manage the workspace, and in which time zone they are."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.chat.platform import DeliveryError
from bot.platforms.slack.api import Api

log = logging.getLogger(__name__)
KEEP = 600.0
"""Seconds after which a person is looked up again: an organiser who is one no more has that long."""
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Person:
    """What Slack tells of a person; `zone` is an IANA name."""

    name: str = ""
    organiser: bool = False
    zone: str = ""


class People:
    """Looks people up by users.info and remembers them for a while.

    clock: seconds that only grow
    """

    def __init__(self, api: Api, clock: Callable[[], float] = time.monotonic) -> None:
        self._api, self._clock = api, clock
        self._known: OrderedDict[tuple[str, str], tuple[float, Person]] = OrderedDict()

    async def look(self, team: str, user: str) -> Person:
        """Return who that is; nobody in particular, and no organiser, when Slack does not tell."""
        key = (team, user)
        until, known = self._known.get(key, (0.0, Person()))
        if until > self._clock():
            return known
        try:
            found = (await self._api.call(team, "users.info", user=user))["user"]
        except DeliveryError as error:
            log.warning("a person could not be looked up on Slack: %s", error)
            return Person()
        profile = found.get("profile") or {}
        name = profile.get("display_name") or profile.get("real_name") or found.get("name", "")
        person = Person(name, bool(found.get("is_admin") or found.get("is_owner")), found.get("tz") or "")
        self._known[key] = (self._clock() + KEEP, person)
        self._known.move_to_end(key)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return person
