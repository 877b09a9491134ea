"""What can go wrong on the web. A message is written for the person who reads it and names no more than the host."""

from http import HTTPStatus


class HttpError(Exception):
    """A page could not be fetched."""


class Refused(HttpError):
    """We chose not to fetch it: an inner address, LinkedIn, robots.txt, a malformed link."""


class UnfitLink(Refused):
    """The link itself is none that anybody else could open: inside a private network, with a password, malformed."""


class InnerLink(UnfitLink):
    """It leads to an inner address."""


class Unreachable(HttpError):
    """No connection came about, or it broke off; asking again later may help."""


class TimedOut(HttpError):
    """The answer did not arrive within the time we give it."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(f"{host} did not answer within {seconds:g} seconds; try again later.")


class TooLarge(HttpError):
    """The body is larger than we read."""

    def __init__(self, host: str, max_bytes: int) -> None:
        super().__init__(f"What {host} sent is larger than the {max_bytes / 1_000_000:g} MB that we read.")


class BadStatus(HttpError):
    """The server answered with an error.

    status: the HTTP status
    retry_after: seconds after which the server wants to be asked again, where it said so
    """

    def __init__(self, host: str, status: int, retry_after: float | None = None) -> None:
        self.status = status
        self.retry_after = retry_after
        super().__init__(f"{host} {_meaning(status)}")


def _meaning(status: int) -> str:
    """Word a status as the second half of a sentence about a host."""
    match status:
        case 401 | 403:
            return f"does not let us read that page ({status})."
        case 404 | 410:
            return f"has no such page any more ({status})."
        case 429:
            return "asks us to come back later (429)."
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"has trouble of its own at the moment ({status}); try again later."
    return f"answered with an error ({status})."
