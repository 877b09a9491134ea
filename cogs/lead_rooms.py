"""What the cogs about leads share: the rooms they stand on, and how options become a filter."""

from dataclasses import dataclass
from typing import Literal

from bot.applications.pipeline import Pipeline
from bot.chat import (
    BadInput,
    Context,
    NotFound,
)
from bot.leads.announce import Announcer
from bot.leads.catalog import Catalog
from bot.leads.filters import Filter
from bot.leads.follows import Follows
from bot.leads.health import SourceHealth
from bot.leads.reports import Reports
from bot.leads.views import LeadView

Term = Literal["any", "spring", "summer", "fall", "winter"]


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the leads cogs stand on; `app.py` brings it."""

    catalog: Catalog
    pipeline: Pipeline
    follows: Follows
    reports: Reports
    announcer: Announcer
    health: SourceHealth


def filter_of(
    words: str,
    where: str,
    term: str,
    *,
    remote: bool = False,
    part_time: bool = False,
    startup: bool = False,
    all_internships: bool = False,
    days: int = 0,
) -> Filter:
    """Return the filter that a command's options mean. Raises BadInput when one can't be meant."""
    if len(where) > 80:  # noqa: PLR2004 - longer than any place's name
        raise BadInput("That is too long for a place. Give one city, region or country.", field="where")
    return Filter(
        words=words,
        where=where,
        term="" if term == "any" else term,
        remote=remote,
        part_time=part_time,
        startup=startup,
        ml_internships=not all_internships,
        days=days,
    )


async def lead_of(rooms: Rooms, ctx: Context, lead: int) -> LeadView:
    """Return a lead that the community may see. Raises NotFound."""
    found = await rooms.catalog.many([lead], ctx.community)
    if not found:
        raise NotFound(f"There is no lead {lead} here (any more).")
    return found[0]
