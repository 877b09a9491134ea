"""Every table with a member's column is covered: it says how it is forgotten, and the export has it."""

import sqlalchemy as sa

from bot.db import Base, Database
from bot.me.exporting import gather
from bot.me.graph import member_tables, owned, undeclared
from bot.schema import metadata
from tests.support.filling import Filler
from tests.support.people import person

NOT_OF_MEMBERS = {"delivery", "form_draft", "identity", "link_code", "web_entry", "web_name"}
"""Tables with an account's or a person's column, besides those that refer to a member: looked after by hand."""


def test_every_table_of_members_says_how_it_is_forgotten() -> None:
    assert undeclared(metadata) == [], (
        'add {"info": {"forget": "delete"}} or {"info": {"forget": "unlink", ...}} to __table_args__ (bot/me/graph.py)'
    )


def test_a_table_that_says_nothing_is_found() -> None:
    other = sa.MetaData()
    Base.metadata.tables["member"].to_metadata(other)
    sa.Table("diary", other, sa.Column("member_id", sa.ForeignKey("member.id"), nullable=False))
    assert "diary" not in {table.name for table in member_tables()}
    wrong = sa.Table(
        "vote",
        Base.metadata,
        sa.Column("member_id", sa.ForeignKey("member.id"), nullable=False),
        info={"forget": "unlink", "blank": ("nowhere",), "spare": ("member_id", "no_kind", "x")},
    )
    silent = sa.Table("hat", Base.metadata, sa.Column("member_id", sa.ForeignKey("member.id"), nullable=False))
    try:
        found = undeclared()
    finally:
        Base.metadata.remove(wrong)
        Base.metadata.remove(silent)
    assert sorted(found) == [
        "hat: no forget info",
        "vote.member_id: can't be unlinked, for it can't be empty",
        "vote.no_kind: there is no such column",
        "vote.nowhere: there is no such column",
    ]


def test_columns_that_look_like_a_persons_are_known() -> None:
    suspicious = {
        table.name
        for table in metadata.sorted_tables
        for column in table.columns
        if any(word in column.name for word in ("member", "user", "author", "external", "person"))
        or column.name == "by"
    }
    known = {table.name for table in member_tables()} | NOT_OF_MEMBERS | {"member", "workspace"}
    assert suspicious <= known, (
        "a foreign key to member.id covers a table; else add to it a footprint (bot/me/footprints.py)"
    )


async def test_an_export_has_every_table(database: Database) -> None:
    def work(connection: sa.Connection) -> tuple[set[str], set[str], set[str]]:
        ada = person(connection, "ada")
        filler = Filler(connection, ada)
        filler.fill()
        tables = gather(connection, ada, ())
        text = str(tables)
        return set(tables), {mark for mark in filler.marks if mark not in text}, {"link_code"} & set(tables)

    names, missing, secrets = await database.run(work)
    wanted = {t.name for t in owned(0) if t.info.get("export") != "secret"}
    assert wanted <= names
    assert missing == set()
    assert secrets == set()
