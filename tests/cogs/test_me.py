"""/me: the profile, the zone that everything follows, what is told, and a member's data."""

import io
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.chat import Form, Reply
from bot.community.models import Member, Profile
from bot.community.profiles import keep_about, show_steps, shows_steps
from bot.community.telling import Notification
from bot.work.models import Schedule
from tests.support.filling import found
from tests.support.goals import goals, number
from tests.support.stage import Stage, raw, words


async def test_a_profile_is_shown_and_changed(stage: Stage) -> None:
    card = await stage.read("/me profile", zone="Europe/Berlin")
    assert "Europe/Berlin (now 09:00, guessed)" in card
    confirmed = words(await stage.click("me.confirm_zone"))
    assert "guessed" not in confirmed
    form = await stage.click("me.edit")
    said = words(await stage.submit(form, name=" Ada  *L* ", degree="BSc", year="2028", topics="vision, , nlp,vision"))
    assert "vision, nlp" in said
    assert "2028" in said
    assert "Ada *L*" in said
    again = await stage.click("me.edit")
    assert isinstance(again, Form)
    assert {i.name: i.value for i in again.inputs}["topics"] == "vision, nlp"
    private = await stage.click("me.edit_private")
    said = words(await stage.submit(private, zone="lisbon", hour="7", shows="yes", permit="Until June\nask again"))
    assert all(part in said for part in ("Europe/Lisbon", "07:00", "Until June", "see me by name: yes, without offers"))
    assert "Until June" not in await stage.read("/me profile", "bob")


@pytest.mark.parametrize(
    ("name", "values", "problem"),
    [
        ("edit", {"name": "***"}, "a letter or a number"),
        ("edit", {"name": "A" * 61}, "at most 60"),
        ("edit", {"year": "1900"}, "The year is from 1950"),
        ("edit", {"topics": ",".join(map(str, range(11)))}, "At most 10 topics"),
        ("edit_private", {"zone": "Atlantis"}, "I don't know the time zone"),
        ("edit_private", {"hour": "24"}, "0 to 23"),
        ("edit_private", {"shows": "perhaps"}, "Choose one of"),
        ("edit_private", {"github": "ada@example.org"}, "A name on GitHub has letters"),
    ],
)
async def test_what_can_not_be_kept_is_said(stage: Stage, name: str, values: dict[str, str], problem: str) -> None:
    await stage.say("/me profile")
    assert problem in words(await stage.submit(await stage.click(f"me.{name}"), "ada", False, **values))


async def test_everything_follows_a_member_into_another_zone(stage: Stage) -> None:
    await stage.say("/leads follow vision", zone="Europe/Berlin")
    await goals(stage)
    ada = await number(stage)
    assert "Asia/Tokyo" in await stage.read("/me zone tokyo")
    rows = await stage.app.database.read(lambda c: c.execute(sa.select(Schedule)).all())
    assert {row.key: row.zone for row in rows} == dict.fromkeys(
        (f"leads.digest:{ada}", f"goals.nudge:{ada}", f"goals.reminder:{ada}"), "Asia/Tokyo"
    )
    await stage.submit(await stage.click("me.edit_private"), hour="6")
    query = sa.select(Schedule.at).where(Schedule.key == f"leads.digest:{ada}")
    assert await stage.app.database.read(lambda c: c.execute(query).scalar_one()) == "06:00"
    await stage.live(timedelta(minutes=1))
    await stage.take(raw("1", "Computer Vision Intern"))
    await stage.live(timedelta(hours=14))
    assert stage.platform.said("ada"), "06:00 in Tokyo is 21:00 in UTC"


async def test_who_follows_nothing_gets_no_schedule_by_moving(stage: Stage) -> None:
    await stage.say("/me zone tokyo")
    assert await stage.app.database.read(lambda c: c.execute(sa.select(Schedule)).all()) == []


async def test_every_kind_of_message_is_turned_on_and_off(stage: Stage) -> None:
    card = await stage.read("/me notifications")
    assert card.count("On · ") == len(Notification) - 1
    assert "Off · A practice question" in card
    for kind in Notification:
        said = await stage.click(f"me.notify:{kind.value}/no")
        assert isinstance(said, Reply)
        assert said.replaces
    assert "On · " not in await stage.read("/me notifications")
    assert "On: mock" in words(await stage.click("me.notify:rounds/yes"))
    assert "is one of" in words(await stage.click("me.notify:weather/yes"))


async def test_an_export_comes_as_a_file_for_nobody_else(stage: Stage) -> None:
    await goals(stage, first="Read the moth paper")
    await goals(stage, "bob", first="Secret of Bob")
    answer = await stage.say("/me export")
    assert isinstance(answer, Reply)
    assert answer.shows == "private"
    archive = zipfile.ZipFile(io.BytesIO(answer.files[0].content))
    assert answer.files[0].name == "rung-2026-11-23.zip"
    whole = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "moth paper" in whole
    assert "Secret of Bob" not in whole


async def test_forgetting_is_confirmed_twice_and_leaves_nothing(stage: Stage) -> None:
    user, name = "quill", "Quill"
    await goals(stage, user, first="Quill reads")
    await stage.say("/leads follow quillwork", user)
    assert "can't be undone" in await stage.read("/me forget", user)
    form = await stage.click("me.ask_word", user)
    assert "Nothing was deleted" in words(await stage.submit(form, user, word="no"))
    assert "Quill reads" in await stage.read("/goals show", user)
    before = await number(stage, user)
    assert "Everything is deleted" in words(await stage.submit(form, user, word=" Forget "))
    assert await stage.app.database.read(lambda c: found(c, user, name, "quillwork")) == []
    assert "Quill reads" not in await stage.read("/goals show", user)
    assert await number(stage, user) != before, "who comes back begins anew"
    await stage.live(timedelta(days=8))
    assert not stage.engine.failed
    assert stage.platform.said(user) == []


async def test_rooms_read_and_write_profiles(stage: Stage) -> None:
    await stage.say("/me profile")
    ada = await number(stage)

    def work(connection: sa.Connection) -> None:
        assert shows_steps(connection, ada) is None
        keep_about(connection, ada, topics=("vision",))
        show_steps(connection, ada, shows=True)
        show_steps(connection, ada, shows=False)
        assert shows_steps(connection, ada) is False
        told = keep_about(connection, ada, name="Ada L")
        assert (told.name, told.topics, told.zone) == ("Ada L", ("vision",), "UTC")
        with pytest.raises(TypeError, match="no shoe_size"):
            keep_about(connection, ada, shoe_size=38)
        assert connection.execute(sa.select(Profile.topics)).scalar_one() == ["vision"]
        assert connection.execute(sa.select(Member.name)).scalar_one() == "Ada L"

    await stage.app.database.run(work)
