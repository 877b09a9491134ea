"""What goes wrong in the local Discord: its refusals, and faults on demand."""

import asyncio
import random
from dataclasses import dataclass

from aiohttp import web

_VIA = {"Via": "1.1 local"}  # discord.py takes a 429 without it for a ban


class DiscordFault(Exception):
    """An answer of Discord that refuses: an HTTP status, Discord's code and its words."""

    def __init__(self, status: int, code: int, message: str, **more: object) -> None:
        super().__init__(message)
        self.status, self.code, self.more = status, code, more
        self.headers: dict[str, str] = {}


@dataclass(slots=True)
class Fault:
    """Something that goes wrong on demand.

    `what`: "429", "global" (a 429 for everything), "500", "400", "401", "403", "404", "latency", "reset" (before it is
    taken), "reset_after" (taken, then no answer), "500_after" (taken, then 500). `route`: a method and a path's
    beginning without `/api/v10`, for example `POST /channels/81`. `after`: seconds of Retry-After or latency.
    `times`: -1 for ever. `share`: how often.
    """

    what: str
    route: str = ""
    times: int = 1
    after: float = 1.0
    share: float = 1.0

    def hits(self, route: str, dice: random.Random) -> bool:
        if self.times == 0 or not route.startswith(self.route):
            return False
        if self.share < 1.0 and dice.random() >= self.share:
            return False
        self.times -= self.times > 0
        return True


def limited(after: float, *, whole: bool, headers: dict[str, str]) -> DiscordFault:
    """The 429; `whole` says that it holds for everything."""
    fault = DiscordFault(429, 0, "You are being rate limited.", retry_after=round(after, 3))
    fault.more["global"] = whole
    scope = {"X-RateLimit-Global": "true"} if whole else {}
    fault.headers = {**_VIA, **headers, **scope, "Retry-After": str(max(1, round(after)))}
    return fault


async def fail_before(request: web.Request, fault: Fault) -> None:
    """Do what a fault does before a request is taken."""
    match fault.what:
        case "latency":
            await asyncio.sleep(fault.after)
        case "reset":
            _reset(request)
        case "429" | "global":
            raise limited(fault.after, whole=fault.what == "global", headers={})
        case "403":
            raise DiscordFault(403, 50013, "Missing Permissions")
        case "404":
            raise DiscordFault(404, 10003, "Unknown Channel")
        case "500" | "401" | "400":
            raise DiscordFault(int(fault.what), 0, f"{fault.what}: fault")
        case _:
            pass


def fail_after(request: web.Request, fault: Fault) -> None:
    """Do what a fault does after a request was taken."""
    match fault.what:
        case "reset_after":
            _reset(request)
        case "500_after":
            raise DiscordFault(500, 0, "500: Internal Server Error")
        case _:
            pass


def _reset(request: web.Request) -> None:
    """Cut the connection without an answer."""
    if request.transport:
        request.transport.abort()
    raise web.HTTPServiceUnavailable
