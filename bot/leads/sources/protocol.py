"""What a source of leads is."""

from typing import Protocol

from bot.http import Http
from bot.leads.sources.sighting import Fetched, FetchState


class SourceError(Exception):
    """A source answered, but not with what it should; the message is written for the person who looks after it.

    Nothing is known of its openings then: none of them may be closed for it.
    """


class Source(Protocol):
    """Where leads come from."""

    @property
    def name(self) -> str:
        """What it is called, unique among all sources and stable: "greenhouse/anthropic"."""
        ...

    @property
    def kind(self) -> str:
        """Which module reads it: "greenhouse", "lever", "ashby", "listings", "page"."""
        ...

    @property
    def home(self) -> str:
        """The page that people are sent to, and that we link back to."""
        ...

    async def fetch(self, http: Http, state: FetchState) -> Fetched:
        """Fetch what is open now, or the word that nothing changed since `state`.

        Raises HttpError when it can't be reached, SourceError when it can't be read.
        """
        ...
