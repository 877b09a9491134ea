"""What members tell of themselves, and what of it others may see."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community.models import Community, Member, Profile
from bot.db import Database, upsert


@dataclass(frozen=True, slots=True)
class About:
    """A member as they told it. `zone` is never empty: it is the community's until theirs is known."""

    name: str
    zone: str
    zone_confirmed: bool
    hour: int
    degree: str = ""
    year: int | None = None
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    permit_notes: str = ""
    """For nobody's eyes but theirs."""
    shows_steps: bool | None = None
    shows_offers: bool = False
    github: str = ""
    """Their name on GitHub, for nobody's eyes but theirs."""


_OF_MEMBER = frozenset({"name", "zone", "hour"})


class Profiles:
    """Keeps profiles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, member: int) -> About:
        """Return what a member told."""
        return await self._database.read(lambda c: about(c, member))

    async def keep(self, member: int, **values: Any) -> About:
        """Keep some of the fields of `About`; returns all."""
        return await self._database.run(lambda c: keep_about(c, member, **values))


def about(connection: Connection, member: int) -> About:
    """Return what a member told, in the caller's unit of work."""
    query = (
        sa.select(Member.name, Member.zone, Member.hour, Community.zone.label("community_zone"), Profile.__table__)
        .join(Community, Community.id == Member.community_id)
        .outerjoin(Profile, Profile.member_id == Member.id)
        .where(Member.id == member)
    )
    row = connection.execute(query).one()
    return About(
        row.name,
        row.zone or row.community_zone,
        bool(row.zone_confirmed),
        row.hour,
        row.degree or "",
        row.year,
        tuple(map(str, row.topics or ())),
        tuple(map(str, row.places or ())),
        row.permit_notes or "",
        row.shows_steps,
        bool(row.shows_offers),
        row.github or "",
    )


def keep_about(connection: Connection, member: int, **values: Any) -> About:
    """Keep some of the fields of `About`, in the caller's unit of work; returns all. Raises TypeError for others."""
    if unknown := values.keys() - About.__dataclass_fields__.keys():
        raise TypeError(f"a profile has no {', '.join(sorted(unknown))}")
    if own := {name: value for name, value in values.items() if name in _OF_MEMBER}:
        connection.execute(sa.update(Member).where(Member.id == member).values(own))
    told = {k: list(v) if isinstance(v, tuple) else v for k, v in values.items() if k not in _OF_MEMBER}
    if told:
        _tell(connection, member, told)
    return about(connection, member)


def _tell(connection: Connection, member: int, told: dict[str, Any]) -> None:
    statement = upsert(connection, Profile).values({"member_id": member, "topics": [], "places": [], **told})
    connection.execute(statement.on_conflict_do_update(index_elements=["member_id"], set_=told))


def shows_steps(connection: Connection, member: int) -> bool | None:
    """Return whether the community may see a member's steps by name; None until they decided."""
    query = sa.select(Profile.shows_steps).where(Profile.member_id == member)
    return connection.execute(query).scalar_one_or_none()


def show_steps(connection: Connection, member: int, *, shows: bool, offers: bool = False) -> None:
    """Keep whether the community may see a member's steps by name, and whether also their offers."""
    keep_about(connection, member, shows_steps=shows, shows_offers=shows and offers)


def to_be_asked(connection: Connection, member: int) -> bool:
    """Return whether a member is to be asked if they show their steps, and keep that they were: true only once."""
    query = sa.select(Profile.shows_steps, Profile.steps_asked).where(Profile.member_id == member)
    row = connection.execute(query).one_or_none()
    if row is not None and (row.steps_asked or row.shows_steps is not None):
        return False
    _tell(connection, member, {"steps_asked": True})
    return True


def github_name(connection: Connection, member: int) -> str:
    """Return a member's name on GitHub; empty until they told it."""
    query = sa.select(Profile.github).where(Profile.member_id == member)
    return connection.execute(query).scalar_one_or_none() or ""
