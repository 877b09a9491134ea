"""Who speaks, where and what, from what Discord sends."""

from typing import Any

from bot.chat import Context, Place, Reply
from bot.platforms.discord.inbound import click_of, place_of
from tests.support.discord_stage import Stage, stage


async def callers(s: Stage) -> list[Any]:
    """Let the cog note who called it, for as long as the stage stands."""
    seen: list[Any] = []

    async def note(ctx: Context, **_: object) -> Reply:
        seen.append(ctx.caller)
        return Reply("ok")

    assert s.platform._router is not None
    command = s.platform._router.registry.commands["sampler", "typed"]
    object.__setattr__(command, "handler", note)
    return seen


async def test_a_member_of_a_guild() -> None:
    async with stage() as s:
        seen = await callers(s)
        await s.ada.slash(s.channel, "sampler typed", colour="red")
        await s.grace.slash(s.channel, "sampler typed", colour="red")
    ada, grace = seen
    assert (ada.platform, ada.workspace, ada.user) == ("discord", str(s.guild.id), str(s.ada.id))
    assert (ada.user_name, ada.workspace_name, ada.zone, ada.message) == ("ada", "Climbers", "", "")
    assert ada.place == Place(str(s.channel.id), "leads")
    assert (ada.organiser, grace.organiser) == (True, False)


async def test_a_direct_conversation() -> None:
    async with stage() as s:
        seen = await callers(s)
        user = s.env.create_user("linus")
        await user.slash("sampler typed", colour="red")
        (linus,) = seen
        assert (linus.workspace, linus.workspace_name, linus.organiser) == ("", "", False)
        assert linus.place == Place(str(user.dm_channel.id), "", "direct")


async def test_a_thread() -> None:
    async with stage() as s:
        await s.grace.slash(s.channel, "sampler thread")
        seen = await callers(s)
        (thread,) = s.channel.threads
        await s.grace.slash(thread, "sampler typed", colour="red")
        assert seen[0].place == Place(str(thread.id), "A talk", "thread", str(s.channel.id))


def test_no_channel_is_no_place() -> None:
    assert place_of(None) == Place("")


def test_a_click_is_its_token_without_its_number() -> None:
    assert click_of({"custom_id": "a.b:1#2"}) == ("a.b:1", None)
    assert click_of({"custom_id": "a.b:1", "values": ["x"]}) == ("a.b:1", "x")
    assert click_of({"custom_id": "a.b", "values": ["\u2013"]}) == ("a.b", "")
    assert click_of({"custom_id": "a.b", "values": []}) == ("a.b", "")
