"""The units of work of an import. Each leaves the database whole, so that an import may stop after any of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
import orjson
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.db import upsert
from bot.leads.bulk import add_rows
from bot.leads.dedupe import OpeningIndex
from bot.leads.models import (
    CLOSED,
    OPEN,
    STALE,
    Lead,
    LeadPlace,
    Merge,
    RejectedRow,
    Sighting,
    SourceRow,
)
from bot.leads.nearby import MEMORY
from bot.leads.prepare import Prepared, prepare
from bot.leads.rows import describe, lead_row, note, numbers, sighting_row
from bot.leads.sources.sighting import FetchState, RawSighting, Rejected

if TYPE_CHECKING:
    from bot.leads.ingest import Origin

REJECTED_KEPT = 100


def open_source(connection: Connection, origin: "Origin") -> sa.Row[Any]:
    """Return a source's row, made if it is new."""
    values = {"kind": origin.kind, "home": origin.home}
    statement = upsert(connection, SourceRow).values(name=origin.name, **values)
    statement = statement.on_conflict_do_update(index_elements=["name"], set_=values)
    return connection.execute(statement.returning(SourceRow.__table__)).one()


def note_success(
    connection: Connection, source: int, state: FetchState, now: datetime, counts: Mapping[str, int] | None = None
) -> None:
    """Note that a source answered, and with what marks to ask the next time."""
    values: dict[str, Any] = {"tried_at": now, "ok_at": now, "failures": 0, "error": "", **(counts or {})}
    values |= {"etag": state.etag, "last_modified": state.last_modified, "digest": state.digest}
    connection.execute(sa.update(SourceRow).where(SourceRow.id == source).values(values))


def add_new(
    connection: Connection, source: int, origin: "Origin", new: Sequence[Prepared], index: OpeningIndex, now: datetime
) -> int:
    """Write sightings that were not known, each to its lead, new or there already; returns how many were duplicates."""
    leads = iter(numbers(connection, Lead, len(new)))
    sightings = numbers(connection, Sighting, len(new))
    lead_rows: list[dict[str, Any]] = []
    sighting_rows: list[dict[str, Any]] = []
    merges: list[dict[str, Any]] = []
    state_of: dict[int, bool] = {}
    for number, prepared in zip(sightings, new, strict=True):
        opening = prepared.opening(next(leads), origin.name)
        match = index.match(opening)
        if match is None:
            index.add(opening, by_title=_recent(prepared, now))
            lead_rows.append(lead_row(opening.id, prepared, origin.community, now))
            lead = opening.id
        else:
            lead = match.a
            index.join(lead, opening)
            merges.append(
                {"lead_id": lead, "sighting_id": number, "score": match.score, "why": list(match.why), "at": now}
            )
            state_of[lead] = state_of.get(lead, False) or prepared.raw.active
        sighting_rows.append(sighting_row(number, source, lead, prepared, now))
    add_rows(connection, Lead, lead_rows)
    describe(connection, lead_rows, new=True)
    note(connection, [row["id"] for row in lead_rows], "new", source, now)
    add_rows(connection, Sighting, sighting_rows)
    if merges:
        add_rows(connection, Merge, merges)
        reopened = [lead for lead, active in state_of.items() if active]
        _turn(connection, reopened, source, active=True, now=now)
    return len(merges)


def edit(connection: Connection, source: int, edited: Sequence[Prepared], now: datetime) -> None:
    """Write what changed in rows that were known; a lead follows the sighting that it was made from."""
    for prepared in edited:
        where = (Sighting.source_id == source, Sighting.key == prepared.raw.key)
        found = sa.select(Sighting.id, Sighting.lead_id, Sighting.raw).where(*where)
        row = connection.execute(found).one()
        raw = msgspec.to_builtins(prepared.raw)
        values = {"url": prepared.raw.url, "canonical": prepared.url.url, "row_hash": prepared.row_hash, "raw": raw}
        connection.execute(sa.update(Sighting).where(Sighting.id == row.id).values(changed_at=now, **values))
        first = sa.select(sa.func.min(Sighting.id)).where(Sighting.lead_id == row.lead_id)
        if connection.execute(first).scalar_one() != row.id:
            continue
        lead = {**prepared.lead, "id": row.lead_id, "edited_at": now}
        connection.execute(sa.update(Lead).where(Lead.id == row.lead_id).values(lead))
        connection.execute(sa.delete(LeadPlace).where(LeadPlace.lead_id == row.lead_id))
        describe(connection, [lead])
        changed = sorted(k for k, v in raw.items() if row.raw.get(k) != v)
        note(connection, [row.lead_id], "edited", source, now, {"fields": changed})


def set_active(connection: Connection, source: int, keys: Sequence[str], *, active: bool, now: datetime) -> list[int]:
    """Turn sightings on or off; returns the leads that closed (no sighting is left) or opened again."""
    statement = (
        sa.update(Sighting)
        .where(Sighting.source_id == source, Sighting.key.in_(keys))
        .values(active=active, changed_at=now)
        .returning(Sighting.lead_id)
    )
    leads = sorted(set(connection.execute(statement).scalars()))
    return _turn(connection, leads, source, active=active, now=now)


def _turn(connection: Connection, leads: Sequence[int], source: int, *, active: bool, now: datetime) -> list[int]:
    shown = sa.exists().where(Sighting.lead_id == Lead.id, Sighting.active)
    statement = sa.update(Lead).where(Lead.id.in_(leads))
    if active:
        statement = statement.where(Lead.state.in_((CLOSED, STALE)), shown).values(state=OPEN, closed_at=None)
    else:
        statement = statement.where(Lead.state.in_((OPEN, STALE)), ~shown).values(state=CLOSED, closed_at=now)
    turned = list(connection.execute(statement.returning(Lead.id)).scalars()) if leads else []
    note(connection, turned, "reopened" if active else "closed", source, now)
    return turned


def keep_rejected(connection: Connection, source: int, rejected: Sequence[Rejected], now: datetime) -> None:
    """Replace the kept rows of a source by those that were rejected now, 100 at most."""
    connection.execute(sa.delete(RejectedRow).where(RejectedRow.source_id == source))
    rows = [
        {"source_id": source, "at": now, "why": r.why[:500], "row": _shown(r.row)} for r in rejected[:REJECTED_KEPT]
    ]
    if rows:
        connection.execute(sa.insert(RejectedRow), rows)


def _shown(row: object) -> str:
    return orjson.dumps(row, default=str).decode()[:4_000]


def _recent(prepared: Prepared, now: datetime) -> bool:
    return prepared.raw.active or now - (prepared.raw.updated_at or now) < MEMORY


def give_own_lead(connection: Connection, sighting: int, now: datetime) -> int:
    """Take a sighting out of its lead and make one of it alone; the lead that it leaves closes if it showed it last."""
    row = connection.execute(sa.select(Sighting).where(Sighting.id == sighting)).one()
    before = connection.execute(sa.select(Lead.community_id).where(Lead.id == row.lead_id)).scalar_one()
    raw = msgspec.convert({**row.raw, "active": row.active}, RawSighting)
    number = numbers(connection, Lead, 1)[0]
    lead = lead_row(number, prepare(raw), before, now)
    add_rows(connection, Lead, [lead])
    describe(connection, [lead], new=True)
    connection.execute(sa.update(Sighting).where(Sighting.id == sighting).values(lead_id=number))
    note(connection, [number], "split", row.source_id, now, {"from": row.lead_id})
    _turn(connection, [row.lead_id], row.source_id, active=False, now=now)
    return number
