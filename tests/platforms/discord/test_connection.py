"""The connection over real sockets: start, refusals, the missing intent, resuming, synchronising, goodbye."""

import asyncio
import logging
from contextlib import AsyncExitStack

import pytest
from discord.http import Route

from bot.platforms.discord import connection
from bot.platforms.discord.client import RungClient
from tests.support.discord_connected import connected, new_platform, new_router, serving
from tests.support.discord_driver import LocalDiscord
from tests.support.discord_faults import Fault
from tests.support.discord_gateway import MESSAGE_CONTENT
from tests.support.discord_payloads import text_of
from tests.support.discord_world import BOT, GRACE, GUILD, LEADS


@pytest.fixture(autouse=True)
def _identify_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord wants five seconds between two shards; this one does not."""

    async def at_once(self: RungClient, shard_id: int | None, *, initial: bool = False) -> None:
        pass

    monkeypatch.setattr(RungClient, "before_identify_hook", at_once)


async def test_it_starts_serves_and_leaves_nothing_behind() -> None:
    base = Route.BASE
    async with connected() as c:
        assert c.discord.api_url == Route.BASE
        assert c.platform.healthy()
        assert c.platform.link_listening
        shown = await c.discord.slash("/sampler typed", colour="red")
        assert text_of(shown.said[0]) == "red 3 small - quiet"
    assert not c.platform.healthy()
    assert base == Route.BASE


async def test_without_the_privileged_intent_all_but_links_works(caplog: pytest.LogCaptureFixture) -> None:
    async with LocalDiscord() as discord:
        discord.world.approves_content = False
        async with serving(new_platform(discord)) as platform:
            assert platform.healthy()
            assert not platform.link_listening
            assert "Message Content Intent" in caplog.text
            (session,) = discord.gateway.live
            assert not session.intents & MESSAGE_CONTENT
            await discord.say("a link: https://jobs.example.org/1")
            mention = await discord.say(f"<@{BOT}> hello")
            await discord.until(lambda: discord.messages()[-1]["author"]["id"] == BOT)
            heard = discord.messages()[-1]
            assert heard["message_reference"]["message_id"] == int(mention["id"])
            assert text_of((await discord.slash("/sampler typed", colour="red")).said[0]).startswith("red")
            assert sum(m["author"]["id"] == BOT for m in discord.messages()) == 1


async def test_message_content_need_not_even_be_asked_for() -> None:
    async with connected(message_content=False) as c:
        assert not c.platform.link_listening
        assert c.discord.gateway.identified == 1


async def test_a_wrong_token_says_what_to_do_and_is_not_told() -> None:
    async with LocalDiscord() as discord:
        platform = new_platform(discord, token="wrong-token-value")
        with pytest.raises(ConnectionError, match="RUNG_DISCORD_TOKEN") as refused:
            await platform.start()
        assert "wrong-token-value" not in str(refused.value)
        await platform.stop()


async def test_an_unreachable_discord_says_where_it_was_looked_for() -> None:
    async with LocalDiscord() as discord:
        platform = new_platform(discord, api_url="http://127.0.0.1:9/api/v10")
        with pytest.raises(ConnectionError, match=r"127\.0\.0\.1:9"):
            await platform.start()
        with pytest.raises(ConnectionError, match=r"127\.0\.0\.1:9"):
            await platform.sync()


async def test_a_silent_gateway_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 0.0)
    async with LocalDiscord() as discord:
        with pytest.raises(ConnectionError, match="RUNG_DISCORD_GATEWAY_URL"):
            await new_platform(discord).start()


async def test_a_discord_without_a_gateway_says_so() -> None:
    async with LocalDiscord() as discord:
        discord.world.faults.append(Fault("404", "GET /gateway/bot"))
        with pytest.raises(ConnectionError, match="named no gateway"):
            await new_platform(discord).start()


async def test_a_connection_that_ends_for_good_is_told(caplog: pytest.LogCaptureFixture) -> None:
    async with connected() as c:
        await c.discord.gateway.drop(code=4004)
        await c.discord.until(lambda: not c.discord.gateway.live)
        await asyncio.wait({c.platform._running} if c.platform._running else set())
        assert not c.platform.healthy()
        assert "RUNG_DISCORD_TOKEN" in caplog.text


async def test_a_dropped_connection_is_resumed_and_nothing_is_missed() -> None:
    async with connected() as c:
        await c.discord.gateway.drop(code=4000)
        shown = await c.discord.slash("/sampler typed", colour="blue")  # waits in the session until it is resumed
        assert text_of(shown.said[0]).startswith("blue")
        assert c.discord.gateway.resumed == 1
        await c.discord.gateway.ask_to_reconnect()
        await c.discord.until(lambda: c.discord.gateway.resumed == 2)


async def test_a_forgotten_session_is_identified_anew() -> None:
    async with connected() as c:
        await c.discord.gateway.drop(code=4000, forget=True)
        await c.discord.until(lambda: c.discord.gateway.identified == 2)


async def test_commands_are_told_once(caplog: pytest.LogCaptureFixture) -> None:
    async with LocalDiscord() as discord:
        for _ in range(2):
            async with serving(new_platform(discord)):
                pass
        assert len(discord.world.bodies("PUT", "/commands")) == 1
        assert not await new_platform(discord).sync()
        assert await new_platform(discord).sync(force=True)
        assert discord.gateway.identified == 2


async def test_commands_that_discord_refuses_do_not_stop_the_bot(caplog: pytest.LogCaptureFixture) -> None:
    async with LocalDiscord() as discord:
        discord.world.faults.append(Fault("403", "PUT /applications", times=2))
        async with serving(new_platform(discord)):
            assert "rung discord sync" in caplog.text
        with pytest.raises(ConnectionError, match="did not take the commands"):
            await new_platform(discord).sync()


async def test_places_are_the_channels_in_which_it_may_speak() -> None:
    async with LocalDiscord() as discord:
        discord.world.add_channels([("810000000000000003", "locked")])
        discord.world.channels["810000000000000003"].forbidden = True
        platform = new_platform(discord)
        assert await platform.places(GUILD) == []
        async with serving(platform):
            await discord.until(lambda: platform._client and platform._client.get_guild(int(GUILD)))
            assert [p.name for p in await platform.places(GUILD)] == ["leads", "random"]
            assert await platform.places("12345") == []
            assert await platform.places("not a guild") == []


async def test_a_running_answer_is_finished_before_goodbye(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    async with connected() as c:
        shown = await c.discord.slash("/sampler slow")
        goodbye = asyncio.create_task(c.platform.stop())
        await asyncio.sleep(0)
        c.cog.release.set()
        await goodbye
        assert text_of(shown.said[0]) == "At last."
    assert caplog.text == ""


async def test_several_shards_are_one_bot() -> None:
    async with LocalDiscord() as discord:
        discord.world.shards = 2
        other = discord.world.add_guilds(3)
        async with serving(new_platform(discord)) as platform:
            await discord.until(lambda: len(discord.gateway.live) == 2)
            assert platform.healthy()
            shown = await discord.slash("/sampler typed", colour="red", user=GRACE, channel=LEADS)
            assert shown.acknowledged
            await discord.until(lambda: all(platform._client and platform._client.get_guild(int(g)) for g in other))


async def test_what_comes_before_the_house_is_loaded_is_answered_once_it_is() -> None:
    async with LocalDiscord() as discord, AsyncExitStack() as opened:
        async with serving(new_platform(discord)):
            pass  # the commands are known from an earlier run
        early = new_platform(discord, router=None)
        opened.push_async_callback(early.stop)
        early.begin()
        await discord.until(lambda: discord.gateway.live)
        slash = {"type": 2, "data": discord.command_data("/sampler typed", {"colour": "red"})}
        asked = await discord.send(slash)
        await discord.say("a link: https://jobs.example.org/1")
        early.take(new_router())
        await early.start()
        await discord.until(asked.answered.is_set)
        assert text_of(asked.said[0]).startswith("red")
        await discord.until(lambda: discord.messages()[-1]["author"]["id"] == BOT)


async def test_a_start_that_breaks_off_leaves_nothing_behind(caplog: pytest.LogCaptureFixture) -> None:
    base = Route.BASE
    async with LocalDiscord() as discord:
        early = new_platform(discord, router=None, token="wrong")
        early.begin()
        await asyncio.sleep(0)
        await early.stop()
        assert not early.healthy()
    assert "never retrieved" not in caplog.text
    assert base == Route.BASE
