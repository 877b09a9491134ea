"""Native slash commands from the registry: every declaration is one that Discord takes, told only when it changed."""

from enum import StrEnum
from typing import Annotated, Any

import discord
import pytest
from discord import app_commands

from bot.chat import Cog, Context, Range, Reply, command
from bot.chat.registry import Registry
from bot.platforms.discord import commands
from tests.support.discord_checks import command_errors
from tests.support.discord_stage import stage, words
from tests.support.sampler import Sampler

Many = StrEnum("Many", {f"CHOICE_{i}": f"choice_{i}" for i in range(40)})  # type: ignore[misc]  # mypy wants literals


class Admin(Cog):
    """Things for organisers, told in more words than Discord has room for, so that the description has to be cut."""

    @command(organisers=True)
    async def tidy(self, ctx: Context, hours: Annotated[float, Range(0, 24)] = 1.0) -> Reply:
        """Tidy up.

        hours: how long
        """
        return Reply(f"{hours:g}")

    @command(organisers=True, top=True)
    async def setup(self, ctx: Context) -> Reply:
        """Set up."""
        return Reply("ok")

    @command(top=True)
    async def choose(self, ctx: Context, optional: str = "", which: Many = Many["CHOICE_1"]) -> Reply:
        """Choose among many.

        optional: x
        which: y
        """
        return Reply(which.value)


async def _nothing(*_: Any) -> Any:
    return []


def tree_of(*cogs: Cog) -> app_commands.CommandTree[Any]:
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    commands.add_commands(tree, Registry(cogs), _nothing, _nothing)
    return tree


def payloads_of(*cogs: Cog) -> dict[str, dict[str, Any]]:
    found = commands.payloads(tree_of(*cogs))
    assert command_errors(found) == []
    return {c["name"]: c for c in found}


def test_a_group_of_organisers_commands_needs_manage_server() -> None:
    found = payloads_of(Admin(), Sampler())
    manage = str(discord.Permissions(manage_guild=True).value)
    assert str(found["admin"]["default_member_permissions"]) == manage
    assert str(found["setup"]["default_member_permissions"]) == manage
    assert found["sampler"]["default_member_permissions"] is None
    assert found["choose"]["default_member_permissions"] is None
    assert all(c["contexts"] == [0, 1] for c in found.values())
    assert found["admin"]["description"].endswith("…")


def test_types_ranges_choices_and_completions_are_native() -> None:
    (typed,) = [o for o in payloads_of(Sampler())["sampler"]["options"] if o["name"] == "typed"]
    options = {o["name"]: o for o in typed["options"]}
    assert typed["options"][0]["name"] == "colour"
    assert options["colour"]["required"]
    assert [c["value"] for c in options["colour"]["choices"]] == ["red", "blue"]
    assert [c["name"] for c in options["size"]["choices"]] == ["small", "very large"]
    assert (options["count"]["type"], options["count"]["min_value"], options["count"]["max_value"]) == (4, 1, 25)
    assert options["where"]["autocomplete"]
    assert options["loud"]["type"] == 5
    hours = payloads_of(Admin())["admin"]["options"][0]["options"][0]
    assert (hours["type"], hours["min_value"], hours["max_value"]) == (10, 0.0, 24.0)


async def test_more_choices_than_discord_lists_complete_instead() -> None:
    tree = tree_of(Admin())
    (which,) = [o for o in commands.payloads(tree)[-1]["options"] if o["name"] == "which"]
    assert which["autocomplete"]
    assert "choices" not in which
    chosen = tree.get_command("choose")
    assert isinstance(chosen, app_commands.Command)
    complete: Any = chosen._params["which"].autocomplete
    assert [c.value for c in await complete(None, "CHOICE 3")] == ["choice_3", *(f"choice_3{i}" for i in range(10))]


def test_a_word_can_not_be_a_command_and_a_group() -> None:
    class Setup(Cog):
        """Set up."""

        @command()
        async def more(self, ctx: Context) -> Reply:
            """More."""
            return Reply("")

    with pytest.raises(TypeError, match="/setup is a command"):
        payloads_of(Admin(), Setup())


async def test_discord_is_told_only_what_it_does_not_know() -> None:
    async with stage() as s:
        client = s.platform._client
        assert client is not None
        assert not await commands.sync(client.tree)
        assert await commands.sync(client.tree, force=True)
        client.tree.remove_command("sampler")
        assert await commands.sync(client.tree)
        assert not await commands.sync(client.tree)


async def test_a_command_of_an_older_version_is_answered_kindly() -> None:
    async with stage() as s:
        assert s.platform._client is not None
        s.platform._client.tree.remove_command("sampler")
        shown = await s.grace.slash(s.channel, "sampler secret")
        assert shown.response is not None
        assert "has just changed" in words(shown.response)
        s.env.errors.clear()
