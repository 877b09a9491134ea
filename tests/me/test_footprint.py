"""The web chat after somebody was forgotten: the answer that says so is shown, and not kept."""

from bot.chat import Reply
from bot.db import Database
from bot.platforms.web.sql_history import SqlHistory
from bot.platforms.web.store import Entry
from tests.support.filling import NOW, found


async def test_the_last_answer_is_shown_and_not_kept(database: Database) -> None:
    history = SqlHistory(database)
    said = Entry(place="leads", at=NOW, body=Reply("You are forgotten."), only_for="ada", asked="/me", asked_by="Ada")
    shown = await history.add(said)
    assert shown.id > 0
    assert shown.body == said.body
    assert await database.read(lambda c: found(c, "ada", "forgotten")) == []
    await history.claim("ada", "Ada", "digest", NOW)
    kept = await history.add(said)
    assert kept.id > shown.id, "its number is not used again"
    assert await history.get(kept.id) == kept
