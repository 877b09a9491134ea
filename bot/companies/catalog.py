"""The companies that we know: `content/companies.yaml`, read and checked."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from bot.companies.names import normal_name

CONTENT = Path(__file__).parents[1] / "content" / "companies.yaml"

Size = Literal["", "start-up", "small", "medium", "large"]
"""Unknown; up to 50, 250, 1,000 people; and more."""
TOPICS = frozenset({
    "agents", "audio", "biology", "climate", "code", "data", "driving", "education", "finance", "hardware", "health",
    "infrastructure", "neuroscience", "nlp", "recommendation", "robotics", "safety", "science", "search", "security",
    "speech", "vision",
})  # fmt: skip
_MAX_WHAT = 120


class CatalogError(ValueError):
    """The file of companies is not as it should be; the message names every place and what is wrong there."""


class CompanyBoard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a company's openings can be fetched."""

    kind: Literal["greenhouse", "lever", "ashby"]
    token: str
    eu: bool = False
    """True for the European host of Lever."""


class Company(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What we know of a company; empty or None where we don't."""

    name: str
    aliases: tuple[str, ...] = ()
    website: str
    board: CompanyBoard | None = None
    size: Size = ""
    research_team: bool | None = None
    topics: tuple[str, ...] = ()
    country: str = ""
    """Of the headquarters, ISO 3166-1 alpha-2."""
    what: str
    """What it does, in a line that goes on from the name."""


def load_companies(path: Path | None = None) -> tuple[Company, ...]:
    """Read the companies, ours unless a path is given. Raises CatalogError with all that is wrong in the file."""
    path = path or CONTENT
    try:
        root = yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader)
        entries = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogError(f"{path.name} can't be read: {error}") from error
    if not isinstance(entries, list) or not isinstance(root, yaml.SequenceNode):
        raise CatalogError(f"{path.name} must be a list of companies.")
    companies: list[Company] = []
    problems: list[str] = []
    for entry, node in zip(entries, root.value, strict=True):
        place = f"{path.name}, line {node.start_mark.line + 1}"
        try:
            company = msgspec.convert(entry, Company)
        except msgspec.ValidationError as error:
            problems.append(f"{place}: {error}")
            continue
        companies.append(company)
        problems += [f"{place}: {company.name}: {problem}" for problem in _problems(company)]
    problems += [f"{path.name}: {problem}" for problem in _clashes(companies)]
    if problems:
        raise CatalogError("\n".join(problems))
    return tuple(companies)


class CompanyCatalog:
    """Finds companies by any of their names."""

    def __init__(self, companies: Sequence[Company]) -> None:
        self.companies = tuple(companies)
        self._by_name = {
            normal_name(name): company for company in companies for name in (company.name, *company.aliases)
        }

    def match(self, name: str) -> Company | None:
        """Return the company of that name: legal forms, case, accents and punctuation don't count. None if unknown."""
        return self._by_name.get(normal_name(name))


@lru_cache(maxsize=1)
def our_catalog() -> CompanyCatalog:
    """Return the catalog of our own file, read once."""
    return CompanyCatalog(load_companies())


@lru_cache(maxsize=10_000)
def match(name: str) -> Company | None:
    """Return the company of that name in our own file, or None (see CompanyCatalog.match)."""
    return our_catalog().match(name)


def _problems(company: Company) -> Iterator[str]:
    """Say what the types can't: a member will read it, and a program will fetch from it."""
    if not company.website.startswith("https://"):
        yield f"the website {company.website!r} must begin with https://"
    if unknown := sorted(set(company.topics) - TOPICS):
        yield f"there is no topic {', '.join(unknown)}; there are {', '.join(sorted(TOPICS))}"
    if company.country and not (len(company.country) == 2 and company.country.isupper()):  # noqa: PLR2004 - alpha-2
        yield f"the country {company.country!r} must be a code of two capitals, such as DE"
    if not company.what or len(company.what) > _MAX_WHAT or "\n" in company.what:
        yield f"what it does must be one line of 1 to {_MAX_WHAT} characters"
    if company.board and company.board.eu and company.board.kind != "lever":
        yield "only Lever has a European host"


def _clashes(companies: Sequence[Company]) -> Iterator[str]:
    """Say which names or boards stand in the file twice."""
    seen: dict[object, str] = {}
    for company in companies:
        names = {normal_name(name) for name in (company.name, *company.aliases)}
        board = {(company.board.kind, company.board.token.lower())} if company.board else set()
        for claim in sorted(names) + sorted(board):
            if claim in seen:
                what = claim if isinstance(claim, str) else "/".join(claim)
                yield f"{company.name} and {seen[claim]} both claim {what!r}"
            seen[claim] = company.name
