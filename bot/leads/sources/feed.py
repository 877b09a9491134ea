"""Fetching a feed only when it changed, and reading its rows so that a broken one never stops the others."""

import asyncio
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from bot.http import BadStatus, Http, Response
from bot.leads.sources.protocol import SourceError
from bot.leads.sources.sighting import Fetched, FetchState, RawSighting, Rejected

_NOT_FOUND = 404
Row = TypeVar("Row")


async def fetch_feed(
    http: Http,
    url: str,
    state: FetchState,
    parse: Callable[[Response], Fetched],
    *,
    guarded: bool = False,
    public: bool = False,
) -> Fetched:
    """Fetch a feed, and parse it (in a thread) unless the server or the digest of its body says that nothing changed.

    Raises HttpError, and what `parse` raises.
    """
    response = await http.get(url, etag=state.etag, last_modified=state.last_modified, guarded=guarded, public=public)
    if response.not_modified:
        return Fetched(state=state, unchanged=True)
    marks = FetchState(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
    return await asyncio.to_thread(_take, response.body, marks, state, lambda: parse(response))


async def read_file(path: Path, state: FetchState, parse: Callable[[bytes], Fetched]) -> Fetched:
    """Read a feed from a file, unless its digest says that nothing changed. Raises SourceError."""

    def work() -> Fetched:
        try:
            body = path.read_bytes()
        except OSError as error:
            raise SourceError(f"The file {path} can't be read: {error.strerror}.") from error
        if not body.strip():
            raise SourceError(f"The file {path} is empty.")
        return _take(body, FetchState(), state, lambda: parse(body))

    return await asyncio.to_thread(work)


def _take(body: bytes, marks: FetchState, before: FetchState, parse: Callable[[], Fetched]) -> Fetched:
    state = replace(marks, digest=sha256(body).hexdigest())
    if state.digest == before.digest:
        return Fetched(state=state, unchanged=True)
    return replace(parse(), state=state)


@dataclass(frozen=True, slots=True)
class Board:
    """A company's board on a service that serves many companies."""

    kind: str
    token: str
    company: str
    feed: str
    """The address that answers with all openings at once."""
    home: str
    parse: Callable[[bytes, str], Fetched]
    """Reads a body; is given the company's name, since not every service states it."""
    public: bool = False
    """True for one that we chose: it is nowhere but in the public internet."""

    @property
    def name(self) -> str:
        """What the source is called: kind and token."""
        return f"{self.kind}/{self.token}"

    async def fetch(self, http: Http, state: FetchState) -> Fetched:
        """Fetch the board. Raises HttpError, SourceError."""
        try:
            return await fetch_feed(
                http,
                self.feed,
                state,
                lambda response: self.parse(response.body, self.company),
                public=self.public,
            )
        except BadStatus as error:
            if error.status != _NOT_FOUND:
                raise
            raise SourceError(
                f"{self.company} has no {self.kind} board named {self.token!r} any more: it was renamed or moved."
            ) from error


def decode(body: bytes, shape: type[Row]) -> Row:
    """Decode JSON. Raises SourceError when it is malformed or of another shape."""
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        why = str(error) if memoryview(body).tobytes().strip() else "it is empty"
        raise SourceError(f"The feed is not what it should be: {why}.") from error


def read_rows(rows: Iterable[Row], read: Callable[[Row], RawSighting]) -> Fetched:
    """Read rows one by one; those that can't be read are rejected, and twins keep apart by a numbered key.

    rows: raw JSON or structs
    read: makes a sighting of a row; raises ValueError (as msgspec's errors are) that says what is wrong
    """
    sightings: dict[str, RawSighting] = {}
    broken: list[Rejected] = []
    for row in rows:
        try:
            sighting = read(row)
        except ValueError as error:
            broken.append(_rejected(row, str(error)))
            continue
        key = sighting.key
        if key in sightings:
            key = _free_key(key, sightings)
            sighting = msgspec.structs.replace(sighting, key=key)
        sightings[key] = sighting
    return Fetched(list(sightings.values()), broken)


def _free_key(key: str, taken: Container[str]) -> str:
    """Return key#2, key#3 …: lists do repeat their ids, for different openings even."""
    return next(name for number in count(2) if (name := f"{key}#{number}") not in taken)


def _rejected(row: object, why: str) -> Rejected:
    """Keep a row that could not be read, with its key where that much is there."""
    content: Any = msgspec.json.decode(row) if isinstance(row, msgspec.Raw) else msgspec.to_builtins(row)
    key = content.get("id") if isinstance(content, dict) else None
    return Rejected(content, why, str(key) if isinstance(key, str | int) else "")
