"""Shared job links: offered when pasted, read with the member's leave, confirmed by them, decided by organisers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat import BadInput, NotFound
from bot.community.models import Member
from bot.db import Database, upsert
from bot.leads.ingest import Ingest, Origin
from bot.leads.member_models import LinkOffer, Share
from bot.leads.models import Lead, Sighting
from bot.leads.sources.sighting import Fetched, RawSighting
from bot.leads.urls import canonical

DRAFT, WAITING, APPROVED, DECLINED = "draft", "waiting", "approved", "declined"


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was read from a job page: the opening as far as it stood there, and what could not be read, for a person."""

    title: str = ""
    company: str = ""
    locations: tuple[str, ...] = ()
    description: str = ""
    employment: str = ""
    posted_at: datetime | None = None
    closes_at: datetime | None = None
    remote: bool | None = None
    salary: str = ""
    note: str = ""


class PageReader(Protocol):
    """Reads the job page behind a link, within the guards; never raises for what the page or the web does."""

    async def __call__(self, url: str) -> PageRead:
        """Return what stands there; `note` says why something is missing.

        Raises BadInput for a link that nobody else could open: into a private network, with a password.
        """
        ...


@dataclass(frozen=True, slots=True)
class Shared:
    """A share as it stands."""

    id: int
    community: int
    workspace: int
    member: int
    member_name: str
    url: str
    canonical: str
    read: PageRead
    state: str
    lead: int | None


class Shares:
    """Takes job links from members through to leads."""

    def __init__(
        self, database: Database, ingest: Ingest, read_page: PageReader, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._ingest = ingest
        self._read_page = read_page
        self._clock = clock

    async def known(self, url: str, community: int) -> int | None:
        """Return the lead that an address belongs to, None when we have none. Raises BadInput for no address."""
        address = _canonical(url)
        return await self._database.read(lambda c: lead_at(c, address, community))

    async def offer(self, url: str, community: int) -> int | None:
        """Note that a pasted link is answered; returns the number of the offer, None when it was answered before."""
        address = _canonical(url)

        def work(connection: Connection) -> int | None:
            statement = upsert(connection, LinkOffer).values(
                community_id=community, canonical=address, url=url, at=self._clock()
            )
            statement = statement.on_conflict_do_nothing(index_elements=["community_id", "canonical"])
            return connection.execute(statement.returning(LinkOffer.id)).scalar_one_or_none()

        return await self._database.run(work)

    async def offered(self, offer: int, community: int) -> str:
        """Return the link of an offer. Raises NotFound when there is none."""
        query = sa.select(LinkOffer.url).where(LinkOffer.id == offer, LinkOffer.community_id == community)
        url = await self._database.read(lambda c: c.execute(query).scalar_one_or_none())
        if url is None:
            raise NotFound("That link is no longer kept. Share it with `/leads share`.")
        return url

    async def begin(self, url: str, community: int, workspace: int, member: int) -> Shared:
        """Read a link and keep what stands there as a draft for the member. Raises BadInput for a link that is none."""
        address = _canonical(url)
        read = await self._read_page(url.strip())
        values = {
            "community_id": community,
            "workspace_id": workspace,
            "member_id": member,
            "url": url.strip(),
            "canonical": address,
            "read": msgspec.to_builtins(read),
            "state": DRAFT,
            "created_at": self._clock(),
        }

        def work(connection: Connection) -> Shared:
            number = connection.execute(sa.insert(Share).values(values).returning(Share.id)).scalar_one()
            return _one(connection, number, community)

        return await self._database.run(work)

    async def get(self, share: int, community: int) -> Shared:
        """Return a share of the community. Raises NotFound when there is none."""
        return await self._database.read(lambda c: _one(c, share, community))

    async def waiting(self, community: int) -> list[Shared]:
        """Return the shares that wait for an organiser, the oldest first."""
        query = sa.select(Share.id).where(Share.community_id == community, Share.state == WAITING).order_by(Share.id)
        return await self._database.read(
            lambda c: [_one(c, number, community) for number in c.execute(query).scalars().all()]
        )

    async def confirm(self, share: int, community: int, member: int, read: PageRead) -> Shared:
        """Keep what the member confirmed; the share waits for an organiser. Raises NotFound, BadInput."""
        if not read.title.strip() or not read.company.strip():
            raise BadInput("A lead needs a title and a company.", field="title")

        def work(connection: Connection) -> Shared:
            found = _one(connection, share, community)
            if found.member != member or found.state not in {DRAFT, WAITING}:
                raise NotFound("That share was decided already, or it is not yours.")
            values = {"read": msgspec.to_builtins(read), "state": WAITING}
            connection.execute(sa.update(Share).where(Share.id == share).values(values))
            return replace(found, read=read, state=WAITING)

        return await self._database.run(work)

    async def decline(self, share: int, community: int, organiser: int) -> Shared:
        """Decide against a share. Raises NotFound when it was decided already."""
        return await self._decide(share, community, organiser, DECLINED)

    async def approve(self, share: int, community: int, organiser: int) -> Shared:
        """Make a lead of a share, seen by its community only. Raises NotFound when it was decided already."""
        found = await self._decide(share, community, organiser, APPROVED)
        raw = RawSighting(
            key=found.canonical,
            url=found.url,
            **{name: getattr(found.read, name) for name in PageRead.__dataclass_fields__ if name != "note"},
        )
        origin = Origin(f"shared in community {community}", "share", community=community)
        await self._ingest.take(origin, Fetched([raw], complete=False), self._clock())

        def link(connection: Connection) -> Shared:
            lead = lead_at(connection, found.canonical, community)
            connection.execute(sa.update(Share).where(Share.id == share).values(lead_id=lead))
            return replace(found, lead=lead)

        return await self._database.run(link)

    async def _decide(self, share: int, community: int, organiser: int, state: str) -> Shared:
        def work(connection: Connection) -> Shared:
            found = _one(connection, share, community)
            statement = (
                sa.update(Share)
                .where(Share.id == share, Share.state == WAITING)
                .values(state=state, decided_by=organiser, decided_at=self._clock())
            )
            if connection.execute(statement).rowcount == 0:
                raise NotFound("That share was decided already.")
            return replace(found, state=state)

        return await self._database.run(work)


def _canonical(url: str) -> str:
    try:
        return canonical(url.strip()).url
    except ValueError as error:
        raise BadInput(str(error), field="url") from None


def lead_at(connection: Connection, address: str, community: int) -> int | None:
    """Return the lead of an address: its own, or that of one of its sightings which is shared under this key."""
    visible = sa.or_(Lead.community_id.is_(None), Lead.community_id == community)
    own = sa.select(Lead.id).where(Lead.canonical == address, visible).order_by(Lead.id).limit(1)
    lead = connection.execute(own).scalar_one_or_none()
    if lead is not None:
        return lead
    seen = sa.select(Lead.id).join(Sighting, Sighting.lead_id == Lead.id).where(Sighting.canonical == address, visible)
    return connection.execute(seen.order_by(Lead.id).limit(1)).scalar_one_or_none()


def _one(connection: Connection, share: int, community: int) -> Shared:
    query = (
        sa.select(Share, Member.name.label("member_name"))
        .join(Member, Member.id == Share.member_id)
        .where(Share.id == share, Share.community_id == community)
    )
    row: Any = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("There is no such share (any more).")
    read = msgspec.convert(row.read, PageRead)
    return Shared(
        row.id,
        row.community_id,
        row.workspace_id,
        row.member_id,
        row.member_name,
        row.url,
        row.canonical,
        read,
        row.state,
        row.lead_id,
    )
