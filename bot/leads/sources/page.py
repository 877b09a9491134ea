"""A job page that somebody gave us: the opening that it describes, or as much as its head says, and what is missing."""

import asyncio
from dataclasses import dataclass

from yarl import URL

from bot.http import Http
from bot.leads.sources.feed import fetch_feed
from bot.leads.sources.jobposting import decode_page, page_key, parse_jobposting, read_posting
from bot.leads.sources.jsonld import Thing, find_things, head
from bot.leads.sources.protocol import SourceError
from bot.leads.sources.sighting import Fetched, FetchState, RawSighting
from bot.leads.sources.text import line, plain


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page told of an opening, for a form in which a person confirms or completes it."""

    sighting: RawSighting
    missing: tuple[str, ...]
    """What the page did not say: of "company", "place", "date", "description"."""
    others: int = 0
    """How many further openings the page describes."""
    described: bool = True
    """False when the page has no JobPosting, so that only the words of its head could be read."""

    @property
    def note(self) -> str:
        """Say in a sentence or two what was not found; "" when all is there."""
        notes = []
        if not self.described:
            notes.append("The page does not describe its opening for programs, so only its title could be read.")
        if self.others:
            notes.append(f"It lists {self.others + 1} openings; this is the first that fits its address.")
        if self.missing:
            notes.append(f"Not found: {', '.join(self.missing)}.")
        return " ".join(notes)


@dataclass(frozen=True, slots=True)
class JobPage:
    """A page that a person gave us, looked at again from time to time. It is fetched guarded."""

    name: str
    home: str
    kind: str = "page"

    async def fetch(self, http: Http, state: FetchState) -> Fetched:
        """Fetch the page. Raises HttpError, SourceError."""
        return await fetch_feed(
            http,
            self.home,
            state,
            lambda response: parse_jobposting(response.body, self.home, response.charset),
            guarded=True,
        )


async def fetch_page(http: Http, url: str) -> PageReading:
    """Fetch a link that a member pasted, guarded, and read it. Raises HttpError, SourceError."""
    response = await http.get(url, guarded=True)
    return await asyncio.to_thread(read_page, response.body, response.url, response.charset)


def read_page(body: bytes, url: str, charset: str = "") -> PageReading:
    """Read the opening that a page is about, or the words of its head where it describes none.

    Of several the one is picked whose own address or number stands in `url`, else the first. Raises SourceError when
    there is not even a title.
    """
    page = decode_page(body, charset)
    postings = [posting for posting in find_things(page, "JobPosting") if read_posting(posting, url).title]
    if postings:
        best = read_posting(max(postings, key=lambda posting: _fits(posting, url)), url)
        return PageReading(best, _missing(best), others=len(postings) - 1)
    words = head(page)
    title = line(words.get("og:title") or words["title"])
    if not title:
        raise SourceError(
            "The page has neither a description of an opening nor a title; please give the details by hand."
        )
    about = RawSighting(
        key=page_key(url),
        url=_own_address(words, url),
        company=line(words.get("og:site_name", "")),
        title=title,
        description=plain(words.get("og:description") or words.get("description", "")),
    )
    return PageReading(about, _missing(about), described=False)


def _missing(sighting: RawSighting) -> tuple[str, ...]:
    there = {
        "company": sighting.company,
        "place": sighting.locations or sighting.remote,
        "date": sighting.posted_at,
        "description": sighting.description,
    }
    return tuple(name for name, value in there.items() if not value)


def _fits(posting: Thing, url: str) -> int:
    """Tell how well a posting fits the address of the page that it stands on: by its own address, or its number."""
    own = posting.get("url")
    return 2 * (isinstance(own, str) and own.rstrip("/") == url.rstrip("/")) + (read_posting(posting, url).key in url)


def _own_address(words: dict[str, str], url: str) -> str:
    """Return the address that a page gives itself, if it is one of the same host."""
    for stated in (words.get("canonical", ""), words.get("og:url", "")):
        try:
            if URL(stated).host == URL(url).host:
                return stated
        except ValueError:
            continue
    return url
