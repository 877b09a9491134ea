"""/tracker at its edges: days that are over, tables that are too long, and words that keep to what was turned off."""

from bot.chat import File, Form, Reply
from tests.support.stage import Stage, words


async def add(bot: Stage, **values: str) -> str:
    form = await bot.say("/tracker add")
    return words(await bot.submit(form, "ada", False, **{"company": "Acme", "role": "ML Intern"} | values))


async def test_a_deadline_that_is_over_is_refused(stage: Stage) -> None:
    assert "Wednesday, 1 January 2020 is over" in await add(stage, deadline="2020-01-01")
    assert "Nothing in your pipeline" in await stage.read("/tracker board")
    assert "stands at saved" in await add(stage, deadline="2026-11-23"), "today is not over"


async def test_who_turned_follow_ups_off_is_promised_none(stage: Stage) -> None:
    assert "I will ask in a week" in await add(stage, stage="applied")
    await stage.click("tracker.tell:follow_ups/no")
    assert "Good luck!" in (said := await add(stage, company="Globex", stage="applied"))
    assert "I will ask" not in said
    await add(stage, company="Initech")
    assert "I will ask" not in await stage.read("/tracker move initech applied")


async def test_a_table_too_long_for_one_import_goes_out_in_parts_that_come_back(stage: Stage) -> None:
    short = await stage.say("/tracker export")
    assert isinstance(short, Reply)
    assert len(short.files) == 2
    for number in range(12):
        await add(stage, company=f"Company {number}")
        await stage.say(f'/tracker note "company {number}" words:"{"y" * 400}"')
    answer = await stage.say("/tracker export")
    assert isinstance(answer, Reply)
    assert "3,000 characters" in words(answer)
    parts = [file for file in answer.files if "part" in file.name]
    assert len(parts) == 2
    form = await stage.say("/tracker import", "bob")
    assert isinstance(form, Form)
    assert "3,000 characters" in words(form)
    assert "in parts" in words(await stage.submit(form, "bob", table=text_of(answer.files[0])))
    taken = [words(await stage.submit(form, "bob", table=text_of(part))) for part in parts]
    assert all(len(text_of(part)) <= 3_000 for part in parts)
    assert ["added" in said for said in taken] == [True, True]
    assert "Saved 12" in await stage.read("/tracker board", "bob")


def text_of(file: File) -> str:
    return file.content.decode("utf-8-sig")
