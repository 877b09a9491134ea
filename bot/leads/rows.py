"""Rows of leads and sightings, and what is written with them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.leads.bulk import add_rows
from bot.leads.models import CLOSED, OPEN, Lead, LeadEvent, LeadPlace, Sighting
from bot.leads.place_names import names_of
from bot.leads.prepare import Prepared
from bot.leads.search_index import index_leads


def is_lead(connection: Connection, lead: int) -> bool:
    """Tell whether there is a lead of that number."""
    return bool(connection.execute(sa.select(sa.exists().where(Lead.id == lead))).scalar_one())


def lead_row(number: int, prepared: Prepared, community: int | None, now: datetime) -> dict[str, Any]:
    """Return a new lead's row; one that is closed already closed when its row was last changed."""
    active = prepared.raw.active
    return {
        **prepared.lead,
        "id": number,
        "community_id": community,
        "state": OPEN if active else CLOSED,
        "first_seen": now,
        "closed_at": None if active else min(prepared.raw.updated_at or now, now),
    }


def sighting_row(number: int, source: int, lead: int, prepared: Prepared, now: datetime) -> dict[str, Any]:
    """Return a new sighting's row."""
    return {
        "id": number,
        "source_id": source,
        "lead_id": lead,
        "key": prepared.raw.key,
        "url": prepared.raw.url,
        "canonical": prepared.url.url,
        "row_hash": prepared.row_hash,
        "active": prepared.raw.active,
        "first_seen": now,
        "changed_at": now,
        "raw": msgspec.to_builtins(prepared.raw),
    }


def describe(connection: Connection, leads: Sequence[Mapping[str, Any]], *, new: bool = False) -> None:
    """Write the names of the leads' places and their words, by which they are searched; `new` were never written."""
    places = [{"lead_id": lead["id"], "name": name} for lead in leads for name in names_of(lead["places"])]
    add_rows(connection, LeadPlace, places)
    words = [{"id": w["id"], "title": w["title"], "company": w["company"], "body": w["description"]} for w in leads]
    index_leads(connection, words, new=new)


def note(
    connection: Connection,
    leads: Iterable[int],
    kind: str,
    source: int,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write what happened to leads."""
    said = detail or {}
    rows = [{"lead_id": n, "source_id": source, "kind": kind, "at": now, "detail": said} for n in leads]
    add_rows(connection, LeadEvent, rows)


def numbers(connection: Connection, table: type[Lead] | type[Sighting], count: int) -> list[int]:
    """Return numbers for that many new rows, so that rows and what hangs on them are written in bulk."""
    if connection.dialect.name == "sqlite":
        # Safe: the transaction holds the only write lock, and rows of these tables are never deleted.
        start = connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.id), 0))).scalar_one()
        return list(range(start + 1, start + 1 + count))
    sequence = f"{table.__tablename__}_id_seq"
    query = sa.text("SELECT nextval(CAST(:sequence AS regclass)) FROM generate_series(1, :count)")
    return list(connection.execute(query, {"sequence": sequence, "count": count}).scalars())
