"""What came in already: Slack sends an event again when it thinks that it was not heard."""

import time
from collections import OrderedDict
from collections.abc import Callable

KEEP = 3600.0 * 2
"""Seconds; Slack's last retry comes an hour after the first (docs.slack.dev/apis/events-api)."""
MOST = 20_000


class Seen:
    """Remembers keys for a while.

    clock: seconds that only grow
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: OrderedDict[str, float] = OrderedDict()

    def first(self, key: str) -> bool:
        """Whether a key comes for the first time; "" is no key and always new."""
        if not key:
            return True
        now = self._clock()
        while self._until and (len(self._until) > MOST or next(iter(self._until.values())) < now):
            self._until.popitem(last=False)
        if key in self._until:
            return False
        self._until[key] = now + KEEP
        return True
