"""The sources that we start with, and the source for whatever an operator names."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from yarl import URL

from bot.companies.catalog import Company, CompanyBoard
from bot.leads.sources.ashby import ashby
from bot.leads.sources.feed import Board
from bot.leads.sources.greenhouse import greenhouse
from bot.leads.sources.lever import EU_HOST, HOST, lever
from bot.leads.sources.listings import Listings
from bot.leads.sources.protocol import Source, SourceError

LISTS = {
    "simplify": "https://raw.githubusercontent.com/SimplifyJobs/Summer2027-Internships/dev/.github/scripts/listings.json",
    "vanshb03": "https://raw.githubusercontent.com/vanshb03/Summer2027-Internships/dev/.github/scripts/listings.json",
}
"""Lists of internships: what we call them, and where they are. They move to a new repository each season."""


def builtin_sources(companies: Sequence[Company]) -> list[Source]:
    """Return the lists of internships, and the boards of the companies."""
    boards = [_board(company.name, company.board) for company in companies if company.board]
    lists = [Listings(name, url, public=True) for name, url in LISTS.items()]
    return [*lists, *(replace(board, public=True) for board in boards)]


def extra_sources(places: Sequence[str], home: Path = Path()) -> list[Source]:
    """Return the sources that an operator names in RUNG_SOURCES: addresses of http(s), or files, of `home` if relative.

    A list is called by its host or file and a few digits of its whole address, so that it keeps its name for ever. A
    file that is missing is told of as a failure of the source.
    """
    found: list[Source] = []
    for place in dict.fromkeys(places):
        url = URL(place) if place.startswith(("https://", "http://")) else None
        mark = sha256(place.encode()).hexdigest()[:6]
        at = place if url else home / Path(place).expanduser()
        name = f"{(url.host if url else Path(place).stem) or 'list'}-{mark}"
        found.append((_known_board(url, name) if url else None) or Listings(name, at))
    return found


def source_for(path_or_url: str, name: str) -> Source:
    """Return the source for a file or an address: a board where it is one's address, else a list.

    name: what a list is to be called; a board has its own name, and takes this one for the company's

    Raises SourceError when it is neither a file nor an address of http(s).
    """
    if not path_or_url.startswith(("https://", "http://")):
        path = Path(path_or_url).expanduser()
        if not path.is_file():
            raise SourceError(f"There is no file {path_or_url}, and it is no address that begins with https:// either.")
        return Listings(name, path)
    try:
        url = URL(path_or_url)
    except ValueError as error:
        raise SourceError(f"{path_or_url} is not an address that can be read.") from error
    return _known_board(url, name) or Listings(name, path_or_url)


def _known_board(url: URL, company: str) -> Board | None:
    """Return the board that an address belongs to, that of its API or the one that people see."""
    match url.host, [part for part in url.parts if part.strip("/")]:
        case "boards-api.greenhouse.io", ["v1", "boards", token, "jobs"]:
            return greenhouse(token, company)
        case "boards.greenhouse.io" | "job-boards.greenhouse.io", [token]:
            return greenhouse(token, company)
        case "api.lever.co" | "api.eu.lever.co", ["v0", "postings", site]:
            return lever(site, company, EU_HOST if url.host == "api.eu.lever.co" else HOST)
        case "jobs.lever.co" | "jobs.eu.lever.co", [site]:
            return lever(site, company, EU_HOST if url.host == "jobs.eu.lever.co" else HOST)
        case "api.ashbyhq.com", ["posting-api", "job-board", board]:
            return ashby(board, company)
        case "jobs.ashbyhq.com", [board]:
            return ashby(board, company)
    return None


def _board(company: str, board: CompanyBoard) -> Board:
    match board.kind:
        case "greenhouse":
            return greenhouse(board.token, company)
        case "lever":
            return lever(board.token, company, EU_HOST if board.eu else HOST)
        case "ashby":
            return ashby(board.token, company)
