"""Export holds all of a member; after forgetting, nothing of them is anywhere in the database, searched by value."""

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.accountability.models import Goal
from bot.applications.models import Application, ApplicationMove
from bot.chat import Button, Buttons, Card, File, Picture, Reply, Text, esc, mention
from bot.chat.codec import encode
from bot.community.models import Member
from bot.db import Database
from bot.me.exporting import gather, pack
from bot.me.forgetting import forget
from bot.me.merging import merge
from bot.platforms.web.models import WebEntry, WebName
from bot.steps.models import Evidence
from bot.wiring.me import FOOTPRINTS
from bot.work.models import Delivery, Schedule
from tests.support.filling import MARK, NOW, Filler, found, references
from tests.support.people import person

NAMES = ("Zoë *Quill* [x]", 'O\'Quill \\ "Zo"', "Quill % _ 🦉", "<@quill|Quill>")


def say(connection: Connection, what: str, place: str, reply: Reply, *, direct: bool = False, on: str = "web") -> None:
    values = {"what": what, "platform": on, "workspace": "local", "place": place, "direct": direct, "state": "sent"}
    values |= {"body": encode(reply), "not_before": NOW, "created_at": NOW, "due": False}
    connection.execute(sa.insert(Delivery).values(values))


def write(connection: Connection, place: str, text: str, **more: Any) -> int:
    values = {"place": place, "at": NOW, "body": encode(Reply(text))} | more
    return connection.execute(sa.insert(WebEntry).values(values).returning(WebEntry.id)).scalar_one()


def live(connection: Connection, member: int, user: str, name: str) -> None:
    """Leave traces outside of the members' tables: messages, schedules, the web chat."""
    told = Text(f"{MARK}-told {esc(name)}")
    say(connection, f"d:{user}", user, Reply(f"{MARK}-direct", (Card(name, (told,)),)), direct=True)
    parts = (
        Text(f"1. {esc(name)} kept a streak; {mention(user, name)}."),
        Picture("recap.png", f"{name} leads"),
        Buttons((Button("Repo", url=f"https://example.org/{user}"), Button("Show", "goals.mine"))),
    )
    recap = Reply(f"Well done, {esc(name)}.", (Card("Recap", parts),), files=(File("recap.png", b"png"),))
    say(connection, f"recap:{member}", "peers", recap)
    values = {"job": "leads.digest", "args": {"member": member}, "at": "09:00", "zone": "UTC", "next_at": NOW}
    connection.execute(sa.insert(Schedule).values(key=f"leads.digest:{member}", **values))
    connection.execute(sa.insert(WebName).values(user_id=user, name=name, digest="d", at=NOW))
    alone = write(connection, "leads", f"{MARK}-wrote", author=user, name=name)
    asked = write(connection, "leads", f"{MARK}-asked", author=user, name=name, thread=f"{MARK}-title")
    write(connection, f"leads/{asked}", f"I agree, {name}", author="bob", name="Bob")
    write(connection, f"leads/{asked}", f"{MARK}-reply", author=user, name=name)
    write(connection, "leads", f"{MARK}-private", only_for=user, beneath=alone, asked_by=name)
    write(connection, f"direct:{user}", f"{MARK}-alone", author=user, name=name, only_for=user)
    write(connection, f"direct:{user}/7", f"{MARK}-in a thread", author=user, name=name)


@pytest.mark.parametrize("name", NAMES)
async def test_after_forgetting_nothing_is_left(database: Database, name: str) -> None:
    user = "zoe-quill"

    def work(connection: Connection) -> None:
        bob, zoe = person(connection, "bob"), person(connection, user, name)
        second, spare = person(connection, "zoe-second", "Zoltana", "slack"), person(connection, "carol")
        for member, mark in ((bob, "bobs"), (zoe, MARK), (second, MARK)):
            Filler(connection, member, mark).fill()
        live(connection, zoe, user, name)
        say(connection, "d:second", "zoe-second", Reply(f"{MARK} Zoltana"), direct=True, on="slack")
        connection.execute(sa.update(Member).where(Member.id == spare).values(merged_into=zoe))
        assert references(connection, zoe)
        before = counts(connection)
        forget(connection, zoe, FOOTPRINTS)
        forget(connection, second, FOOTPRINTS)
        assert found(connection, MARK, user, "zoe-second", "zoltana", "quill") == []
        assert references(connection, zoe) == references(connection, second) == []
        assert connection.execute(sa.select(Member.id).where(Member.id.in_((zoe, second, spare)))).all() == []
        assert counts(connection)["evidence"] == before["evidence"], "the ledger keeps counts without a person"
        assert set(references(connection, bob)) >= {"goal.member_id", "application.member_id", "channel_role.set_by"}

    await database.run(work)


def counts(connection: Connection) -> dict[str, int]:
    tables = (Evidence, Goal)
    return {t.__tablename__: connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() for t in tables}


async def test_what_others_read_goes_on_without_the_name(database: Database) -> None:
    def work(connection: Connection) -> tuple[list[Any], list[Any]]:
        zoe = person(connection, "zoe-quill", "Zoe Quill")
        live(connection, zoe, "zoe-quill", "Zoe Quill")
        forget(connection, zoe, FOOTPRINTS)
        bodies = list(connection.execute(sa.select(Delivery.body)).scalars())
        entries = connection.execute(sa.select(WebEntry.body, WebEntry.author).order_by(WebEntry.id)).all()
        return bodies, [(row.body["text"], row.author) for row in entries]

    bodies, entries = await database.run(work)
    assert len(bodies) == 1
    assert bodies[0]["text"] == "Well done, a former member."
    kinds = [part["type"] for part in bodies[0]["cards"][0]["parts"]]
    assert kinds == ["Text", "Buttons"], "the picture may show the name"
    assert [button["label"] for button in bodies[0]["cards"][0]["parts"][1]["buttons"]] == ["Show"]
    assert entries == [("*Somebody who left took this message back.*", ""), ("I agree, a former member", "bob")]


async def test_what_belongs_to_somebody_else_stays(database: Database) -> None:
    def work(connection: Connection) -> None:
        ada, bob = person(connection, "ada"), person(connection, "bob")
        Filler(connection, bob).fill()
        moves = sa.select(sa.func.count()).select_from(ApplicationMove)
        before = connection.execute(moves).scalar_one()
        application = connection.execute(sa.select(Application)).one()
        again = {"member_id": ada, "lead_id": application.lead_id, "stage": "saved", "created_at": NOW, "moved_at": NOW}
        connection.execute(sa.insert(Application).values(again))
        evidence = connection.execute(sa.select(Evidence.id)).scalars().first()
        values = {"member_id": ada, "step": 1, "kind": "x", "subject": "s", "at": NOW, "retracts": evidence}
        community = connection.execute(sa.select(Member.community_id)).scalars().first()
        connection.execute(sa.insert(Evidence).values(community_id=community, **values))
        forget(connection, ada, FOOTPRINTS)
        assert connection.execute(moves).scalar_one() == before
        assert connection.execute(sa.select(Application.member_id)).scalars().all() == [bob]

    await database.run(work)


async def test_an_export_is_a_zip_that_people_and_programs_read(database: Database) -> None:
    def work(connection: Connection) -> tuple[bytes, set[str]]:
        ada = person(connection, "ada", "=Ada")
        filler = Filler(connection, ada)
        filler.fill()
        live(connection, ada, "ada", "=Ada")
        Filler(connection, person(connection, "bob"), "bobs").fill()
        return pack(gather(connection, ada, FOOTPRINTS), NOW), filler.marks

    data, marks = await database.run(work)
    archive = zipfile.ZipFile(io.BytesIO(data))
    texts = {name: archive.read(name).decode() for name in archive.namelist()}
    whole = "\n".join(texts.values())
    assert [mark for mark in marks if mark not in whole] == []
    assert all(word in whole for word in (f"{MARK}-told", f"{MARK}-wrote", f"{MARK}-private", "leads.digest"))
    assert "bobs" not in whole
    assert "link_code" not in whole
    assert "- goal: 1 row. What a member wants" in texts["README.txt"]
    member = json.loads(texts["json/member.json"])
    assert member[0]["name"] == "=Ada"
    rows = list(csv.DictReader(io.StringIO(texts["csv/member.csv"])))
    assert rows[0]["name"] == "'=Ada", "a spreadsheet must not run it"
    assert json.loads(texts["json/goal.json"])[0]["set_at"].startswith(date(2026, 11, 23).isoformat())


async def test_after_a_merge_both_names_are_forgotten(database: Database) -> None:
    def work(connection: Connection) -> list[str]:
        zoe, other = person(connection, "zoe-quill", "Zoe Quill"), person(connection, "zq", "Zelda Quillon", "slack")
        say(connection, "recap", "peers", Reply("Zelda Quillon and Zoe Quill kept a streak."))
        merge(connection, zoe, other, (), NOW)
        forget(connection, zoe, FOOTPRINTS)
        return found(connection, "zelda", "quill", "zq")

    assert await database.run(work) == []
