"""All that is kept of a member: gathered from every table that refers to them, and packed for them to keep."""

import csv
import inspect
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.chat.codec import decode
from bot.chat.fallback import text_of
from bot.chat.reply import Reply
from bot.community.models import Identity, Member
from bot.community.sheets import safe_cell
from bot.db import Base
from bot.me.footprints import Footprint, Rows
from bot.me.graph import MEMBER, lookups, member_tables, mention_columns, owned
from bot.me.merging import schedules_of
from bot.work.models import Delivery

SECRET = "secret"  # noqa: S105 - the word for it, not one


def gather(connection: Connection, member: int, footprints: Sequence[Footprint]) -> Rows:
    """Return all rows of a member by table, in the caller's unit of work; secrets and empty tables are left out."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    mine = {table: where for table, where in owned(member).items() if table.info.get("export") != SECRET}
    members = sa.select(Member.__table__).where(sa.or_(Member.id == member, Member.merged_into == member))
    found["member"] = _rows(connection, members)
    for table, where in mine.items():
        found[table.name] = _rows(connection, sa.select(table).where(where).order_by(*table.primary_key))
    for column, remote in lookups(mine, "export"):
        table = remote.table
        if table.info["export"] == SECRET:
            continue
        shown = (*table.primary_key, *(table.c[name] for name in table.info["export"]))
        numbers = sa.select(column).where(mine[column.table])
        rows = _rows(connection, sa.select(*shown).where(remote.in_(numbers)).order_by(*table.primary_key))
        known = found.setdefault(table.name, [])
        known += [row for row in rows if row not in known]
    for name, named in _mentions(connection, member).items():
        found.setdefault(name, []).extend(named)
    found["schedule"] = [dict(row) for row in schedules_of(connection, member)]
    for platform, user in accounts(connection, member):
        found.setdefault("delivery", []).extend(_messages(connection, platform, user))
        for footprint in (each for each in footprints if each.platform == platform):
            for name, more in footprint.export(connection, user).items():
                found.setdefault(name, []).extend(more)
    return {name: rows for name, rows in found.items() if rows}


def accounts(connection: Connection, member: int) -> list[tuple[str, str]]:
    """Return a member's accounts: the platform, and the user id there."""
    query = sa.select(Identity.platform, Identity.external_id).where(Identity.member_id == member)
    return [(row.platform, row.external_id) for row in connection.execute(query.order_by(Identity.id))]


def _mentions(connection: Connection, member: int) -> Rows:
    """Return where rows of others name the member: the row's number and how, not what the others wrote."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for table in member_tables():
        columns = mention_columns(table) if table.info.get("export") != SECRET else []
        for column in columns:
            query = sa.select(*table.primary_key, column).where(column == member).order_by(*table.primary_key)
            if rows := _rows(connection, query):
                found.setdefault(f"{table.name}.{column.name}", []).extend(rows)
    return found


def _messages(connection: Connection, platform: str, user: str) -> list[Mapping[str, Any]]:
    query = sa.select(Delivery.created_at, Delivery.state, Delivery.body).where(
        Delivery.direct, Delivery.platform == platform, Delivery.place == user
    )
    rows = connection.execute(query.order_by(Delivery.id))
    return [
        {"platform": platform, "at": row.created_at, "state": row.state, "text": text_of(decode(row.body, Reply))}
        for row in rows
    ]


def _rows(connection: Connection, query: sa.Select[Any]) -> list[Mapping[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]


def pack(tables: Rows, at: datetime) -> bytes:
    """Return the rows as a zip: JSON and CSV for each table, and a README. Pure; run it off the loop."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme(tables, at))
        for name, rows in sorted(tables.items()):
            text = json.dumps(rows, default=_plain, ensure_ascii=False, indent=1)
            archive.writestr(f"json/{name}.json", text)
            archive.writestr(f"csv/{name}.csv", _csv(rows))
    return packed.getvalue()


def _readme(tables: Rows, at: datetime) -> str:
    about = {str(m.class_.__tablename__): _first_line(m.class_) for m in Base.registry.mappers}
    about |= {MEMBER.name: "You: name, time zone, when you came.", "delivery": "What Rung told you privately."}
    lines = []
    for name, rows in sorted(tables.items()):
        words = about.get(name) or f"Rows of others that name you under {name.partition('.')[2]}."
        lines.append(f"- {name}: {len(rows)} {'row' if len(rows) == 1 else 'rows'}. {words}")
    return "\n".join(
        (
            "All that Rung keeps of you",
            "",
            f"Made on {at:%d %B %Y, %H:%M} (UTC). Every table is here twice: in json/ for programs, in csv/ for a",
            "spreadsheet. Times are in UTC. Rows of different tables are tied together by numbers: lead_id 12 is the",
            "row of lead whose id is 12. One-time codes and what proves your browser are secrets and are left out.",
            "",
            *lines,
            "",
            "`/me forget` deletes all of it.",
            "",
        )
    )


def _first_line(cls: type) -> str:
    return (inspect.getdoc(cls) or "").partition("\n")[0]


def _csv(rows: Iterable[Mapping[str, Any]]) -> str:
    rows = list(rows)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Return a value as a spreadsheet takes it; text that it would run as a formula is marked as text."""
    if isinstance(value, dict | list):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    if isinstance(value, str):
        return safe_cell(value)
    return value if value is None or isinstance(value, int | float) else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, date) else str(value)
