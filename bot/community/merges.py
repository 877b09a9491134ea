"""When two members turn out to be one person: their profiles and choices become one, and nothing they wrote is lost."""

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.community.models import NotificationChoice, Profile


def merge_profiles(connection: Connection, keep: int, gone: int) -> None:
    """Put two profiles together: texts side by side, lists united, the more private choice; else who stays decides."""
    query = sa.select(Profile.__table__).where(Profile.member_id.in_((keep, gone)))
    rows = {row.member_id: row for row in connection.execute(query)}
    if len(rows) < 2:  # noqa: PLR2004 - both have one
        return
    mine, other = rows[keep], rows[gone]
    values = {
        "degree": _both(mine.degree, other.degree, " / "),
        "permit_notes": _both(mine.permit_notes, other.permit_notes, "\n"),
        "topics": list(dict.fromkeys((*mine.topics, *other.topics))),
        "places": list(dict.fromkeys((*mine.places, *other.places))),
        "year": mine.year if mine.year is not None else other.year,
        "shows_steps": _more_private(mine.shows_steps, other.shows_steps),
        "shows_offers": mine.shows_offers and other.shows_offers,
        "steps_asked": mine.steps_asked or other.steps_asked,
        "github": mine.github or other.github,
    }
    connection.execute(sa.update(Profile).where(Profile.member_id == keep).values(values))
    connection.execute(sa.delete(Profile).where(Profile.member_id == gone))


def merge_choices(connection: Connection, keep: int, gone: int) -> None:
    """Let who stays decide on the kinds of messages that both had chosen for."""
    decided = sa.select(NotificationChoice.kind).where(NotificationChoice.member_id == keep)
    theirs = sa.delete(NotificationChoice).where(NotificationChoice.member_id == gone)
    connection.execute(theirs.where(NotificationChoice.kind.in_(decided)))


def _both(mine: str, other: str, between: str) -> str:
    return between.join(dict.fromkeys(text for text in (mine, other) if text))


def _more_private(mine: bool | None, other: bool | None) -> bool | None:
    if mine is None:
        return other
    return mine and other is not False
