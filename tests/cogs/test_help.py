"""/help is made from the registry, and so is the page of commands."""

from bot.chat import Message
from bot.chat.fallback import text_of
from bot.pages import ROOT, commands_page, generated_pages
from tests.support.stage import Stage, raw, token, words


async def test_help_shows_the_groups_and_each_command(stage: Stage) -> None:
    text = await stage.read("/help")
    assert "/leads Find, save and share internship leads: today, search" in text
    assert "/setup" not in text
    assert "/setup" in await stage.read("/help", organiser=True)
    one = await stage.read("/help leads search")
    assert "where a city, a region or a country, may be left out" in one
    assert "There is no command" in await stage.read("/help nonsense")


async def test_every_command_has_its_help(stage: Stage) -> None:
    for command in stage.app.router.registry.commands.values():
        text = await stage.read(f"/help {' '.join(command.path)}", organiser=True)
        assert command.summary.split("`")[0] in text
        assert all(option.name in text for option in command.options)


async def test_the_menu_opens_a_group(stage: Stage) -> None:
    menu = token(await stage.say("/help"), "help.group")
    assert "/leads search" in words(await stage.click(menu, picked="leads"))


async def test_a_mention_is_answered(stage: Stage) -> None:
    replies = await stage.app.router.message(stage.caller(), Message("1", "hey @Rung", mentions_bot=True))
    assert "What Rung can do" in text_of(replies[0])


async def test_an_unknown_command_is_answered(stage: Stage) -> None:
    assert "/help" in await stage.read("/nonsense")


def test_generated_pages_are_true() -> None:
    for path, text in generated_pages().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date: `rung docs` writes it"


async def test_the_page_of_commands_names_them_all(stage: Stage) -> None:
    page = commands_page(stage.app.router.registry)
    assert all(f"`{command.text}`" in page for command in stage.app.router.registry.commands.values())
    assert (ROOT / "docs" / "commands.md").exists()


async def test_the_home_page_shows_what_is_mine(stage: Stage) -> None:
    empty = await stage.app.home(stage.caller())
    assert "Nothing saved yet" in text_of(empty)
    await stage.take(raw("1"))
    await stage.click("leads.save:1")
    await stage.say("/leads follow vision")
    page = text_of(await stage.app.home(stage.caller()))
    assert "Machine Learning Intern · Acme Robotics · saved" in page
    assert "“vision”" in page
