"""The lists of internships that communities keep as one JSON file: SimplifyJobs, vanshb03 and cvrve, dreamwork and kin.

A whole list is decoded in one go; where that fails, row by row, so that a broken row never stops the others.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec
from yarl import URL

from bot.http import Http
from bot.leads.sources.feed import decode, fetch_feed, read_file, read_rows
from bot.leads.sources.protocol import SourceError
from bot.leads.sources.rows import Row, odd_sighting, sighting
from bot.leads.sources.sighting import Fetched, FetchState

_BOM = b"\xef\xbb\xbf"
_ROWS = msgspec.json.Decoder(list[Row], strict=False)


@dataclass(frozen=True, slots=True)
class Listings:
    """A list at an address, or in a file."""

    name: str
    at: str | Path
    kind: str = "listings"
    public: bool = False
    """True for one that we chose: it is nowhere but in the public internet."""

    @property
    def home(self) -> str:
        """The page of the list: for a raw file on GitHub, its repository."""
        if isinstance(self.at, Path):
            return ""
        url = URL(self.at)
        if url.host == "raw.githubusercontent.com":
            return str(URL("https://github.com").joinpath(*url.parts[1:3]))
        return self.at

    async def fetch(self, http: Http, state: FetchState) -> Fetched:
        """Fetch the list. Raises HttpError, SourceError."""
        if isinstance(self.at, Path):
            return await read_file(self.at, state, parse_listings)
        return await fetch_feed(
            http, self.at, state, lambda response: parse_listings(response.body), public=self.public
        )


def parse_listings(body: bytes) -> Fetched:
    """Read a list: an array of rows, an object that holds one, or an object of rows by their ids.

    Raises SourceError when the whole is no JSON, or no list.
    """
    body = body.removeprefix(_BOM)
    if body[:100].lstrip().startswith(b"["):
        try:
            return read_rows(_ROWS.decode(body), sighting)
        except msgspec.ValidationError:
            return read_rows(decode(body, list[msgspec.Raw]), odd_sighting)
        except msgspec.DecodeError as error:
            raise SourceError(f"The list is no proper JSON: {error}.") from error
    return read_rows(_rows_of(decode(body, dict[str, msgspec.Raw])), odd_sighting)


def _rows_of(members: dict[str, msgspec.Raw]) -> list[msgspec.Raw]:
    """Return the longest array in an object, or its members where all are objects."""
    begins = {name: bytes(memoryview(value)[:1]) for name, value in members.items()}
    arrays = [members[name] for name, sign in begins.items() if sign == b"["]
    if arrays:
        return decode(max(arrays, key=lambda array: memoryview(array).nbytes), list[msgspec.Raw])
    if set(begins.values()) != {b"{"}:
        raise SourceError("There is no list of openings in what this source sent.")
    return list(members.values())
