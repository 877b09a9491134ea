"""A whole round over real sockets: five members on a local Discord and a local Slack, and five in the web chat."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
import sqlalchemy as sa

from bot.chat.platform import Address
from bot.community.models import Community, Identity, Member, Workspace
from bot.community.places import set_role
from bot.interviews.rounds_models import RoundAnswer
from bot.platforms.discord.connection import DiscordPlatform
from bot.platforms.slack.connection import SlackPlatform, SlackSettings
from bot.platforms.web.connection import WebPlatform
from bot.platforms.web.sql_history import SqlHistory
from tests.support import discord_payloads
from tests.support.discord_driver import LocalDiscord
from tests.support.discord_world import ADA, GRACE, GUILD, LEADS, THREAD, TOKEN, Interaction, Json
from tests.support.rounds import go, question
from tests.support.sampler import Sampler
from tests.support.slack_driver import LocalSlack
from tests.support.slack_stage import no_sleep, problems_of_calls
from tests.support.slack_team import APP_TOKEN, BOT_TOKEN, TEAM
from tests.support.stage import Stage
from tests.support.web import FakeClock
from tests.support.web_client import Tab, WebStage, state_of

HEDY = "700000000000000003"
ON_SLACK = "U0ADALINKED"
"""Ada's account there."""


@dataclass
class Both:
    """The bot, on both platforms."""

    stage: Stage
    discord: LocalDiscord
    slack: LocalSlack

    def thread(self) -> list[Json]:
        """What stands in the only thread on Discord."""
        [thread] = [c for c in self.discord.world.channels.values() if c.kind == THREAD and c.parent == LEADS]
        return [*thread.messages.values()]

    def slack_thread(self) -> list[Json]:
        return [m for m in self.slack.team.conversations["C1"].messages if m.get("thread_ts", m["ts"]) != m["ts"]]

    def on_discord(self, words: str) -> Json:
        """The only message of the thread on Discord that says this."""
        [found] = [m for m in self.thread() if words in discord_payloads.text_of(m)]
        return found

    def on_slack(self, words: str) -> Json:
        [found] = [m for m in self.slack_thread() if words in str(m)]
        return found

    async def answered(self, interaction: Interaction) -> None:
        """Wait until somebody on Discord was answered."""
        await self.discord.until(lambda: interaction.said)

    def heard(self) -> int:
        """How often somebody was answered on Slack."""
        return len(self.slack.team.responses) + len(self.slack.team.called("chat.postEphemeral"))

    async def heard_more(self, before: int) -> None:
        await self.slack.team.until(lambda: self.heard() > before)


@asynccontextmanager
async def both(database_url: str) -> AsyncIterator[Both]:
    """The whole bot on a local Discord and a local Slack, whose workspaces are one community's."""
    async with LocalDiscord() as discord, LocalSlack() as slack:
        discord.world.add_user(HEDY, "hedy")
        slack.team.add_user(ON_SLACK, "ada.l")
        stage, clock = Stage(database_url), FakeClock()
        router = stage.app.router
        urls = {"api_url": discord.api_url, "gateway_url": discord.gateway.url}
        where: dict[str, Any] = {"clock": clock.now, "sleep": clock.sleep, **urls}
        on_discord = DiscordPlatform(router, TOKEN, **where)
        settings = SlackSettings(BOT_TOKEN, APP_TOKEN, "", slack.api_url, posts_per_second=1000)
        on_slack = SlackPlatform(router, settings, sleep=no_sleep)
        stage.app.platforms |= {"discord": on_discord, "slack": on_slack}
        await stage.app.database.run(lambda c: _community(c, stage))
        await on_discord.start()
        await on_slack.start()
        try:
            yield Both(stage, discord, slack)
        finally:
            await on_discord.stop()
            await on_slack.stop()
            await stage.engine.stop()
            await stage.app.close()


def _community(connection: sa.Connection, stage: Stage) -> None:
    """One community on both platforms, with a channel for interviews on each; Ada linked her accounts."""
    now = stage.engine.now
    made = sa.insert(Community).values(name="Climbers", zone="UTC", created_at=now).returning(Community.id)
    community = connection.execute(made).scalar_one()
    member = {"community_id": community, "name": "Ada", "zone": "UTC", "hour": 9, "created_at": now}
    ada = connection.execute(sa.insert(Member).values(member).returning(Member.id)).scalar_one()
    accounts = (("discord", GUILD, LEADS, ADA), ("slack", TEAM, "C1", ON_SLACK))
    for platform, external, place, user in accounts:
        of = {"platform": platform, "community_id": community}
        values = {**of, "external_id": external, "name": platform, "created_at": now}
        workspace = connection.execute(sa.insert(Workspace).values(values).returning(Workspace.id)).scalar_one()
        set_role(connection, workspace, "interviews", place, ada)
        values = {**of, "member_id": ada, "workspace_id": workspace, "external_id": user, "seen_at": now}
        connection.execute(sa.insert(Identity).values(values))


async def test_a_round_on_discord_and_slack(database_url: str) -> None:
    async with both(database_url) as on:
        discord, slack = on.discord, on.slack
        started = await discord.slash("/interview start", questions=1, minutes=5)
        await on.answered(started)
        await go(on.stage)
        await _join(on)
        begin = await discord.click(started.said[-1], "Begin now")
        await on.answered(begin)
        await go(on.stage)
        await go(on.stage, 7)
        assert f"<@{GRACE}>" in discord_payloads.text_of(on.on_discord("We begin"))
        assert f"<@{ON_SLACK}>" in str(on.on_slack("We begin"))
        await _answer_on_discord(on, {ADA: "from Discord", GRACE: "Grace's", HEDY: "Hedy's"})
        await _answer_on_slack(on, {ON_SLACK: "changed on Slack", "U1": "First", "U2": "Second"})
        for _ in range(3):
            await go(on.stage)
        texts = sa.select(RoundAnswer.text).order_by(RoundAnswer.text)
        kept = await on.stage.app.database.read(lambda c: list(c.execute(texts).scalars()))
        assert kept == ["First", "Grace's", "Hedy's", "Second", "changed on Slack"]
        answer = (await question(on.stage, 1, 1)).answer[:20]
        assert answer in discord_payloads.text_of(on.on_discord("A good answer to question 1"))
        on.on_slack("A good answer to question 1")
        board = discord_payloads.text_of(on.on_discord("How the round went"))
        assert all(name in board.lower() for name in ("ada", "grace", "hedy"))
        on.on_slack("How the round went")
        for user in (GRACE, HEDY):
            said = [discord_payloads.text_of(m) for m in discord.messages(discord.direct(user))]
            assert sum("Your answer to question 1" in text for text in said) == 1
        for user in ("U1", "U2", ON_SLACK):
            said = [str(m) for m in slack.team.direct(user).messages]
            assert sum("Your answer to question 1" in text for text in said) == 1, "Ada was seen last on Slack"
        assert on.stage.engine.failed == []
        assert problems_of_calls(slack.team) == []


async def _join(on: Both) -> None:
    [opener] = [m for m in on.discord.messages() if "Taking part" in discord_payloads.text_of(m)]
    for user in (GRACE, HEDY):
        joined = await on.discord.click(opener, "Join", user=user)
        await on.answered(joined)
    [opener] = [m for m in on.slack.team.conversations["C1"].messages if "Taking part" in str(m)]
    for user in (ON_SLACK, "U1", "U2"):
        before = on.heard()
        await on.slack.click(opener, "Join", user=user)
        await on.heard_more(before)


async def _answer_on_discord(on: Both, answers: dict[str, str]) -> None:
    for user, text in answers.items():
        opened = await on.discord.click(on.on_discord("Question 1 of 1"), "Answer", user=user)
        sent = await on.discord.submit(opened, {"text": text}, user=user)
        await on.answered(sent)


async def _answer_on_slack(on: Both, answers: dict[str, str]) -> None:
    team = on.slack.team
    for user, text in answers.items():
        before, opened = on.heard(), len(team.opened)
        await on.slack.click(on.on_slack("Question 1 of 1"), "Answer", user=user)
        await team.until(partial(_more, team.opened, opened))
        await on.slack.submit(team.opened[-1], {"text": text}, user=user)
        await on.heard_more(before)


def _more(things: list[Json], before: int) -> bool:
    return len(things) > before


async def test_a_round_in_the_web_chat(database_url: str) -> None:
    stage = Stage(database_url)
    history = SqlHistory(stage.app.database)
    platform = WebPlatform(stage.app.router, history, port=0, clock=stage.engine.clock)
    stage.app.platforms["web"] = platform
    await platform.start()
    try:
        async with aiohttp.ClientSession() as http, AsyncExitStack() as tabs:
            web = WebStage(platform, history, Sampler(), stage.app.router, http)
            five = [await tabs.enter_async_context(web.tab(name)) for name in ("Ada", "Bob", "Cleo", "Dan", "Eve")]
            await _round_in_tabs(stage, five)
    finally:
        await stage.engine.stop()
        await platform.stop()
        await stage.app.close()


async def _round_in_tabs(stage: Stage, five: list[Tab]) -> None:
    ada = five[0]
    await ada.ask("say", place="leads", text="/interview start questions:1")
    begin = await ada.entry()
    await go(stage)
    for tab in five[1:]:
        opener = (await tab.ask("open", place="leads"))["entries"][-1]
        await tab.ask("click", message=opener["id"], token="interview.enter:1")
    await ada.ask("click", message=begin["id"], token="interview.begin:1")
    await go(stage)
    await go(stage, 7)
    thread = stage.app.platforms["web"].thread(Address("web", "local", "leads"), str(opener["id"])).place
    for number, tab in enumerate(five):
        said = (await tab.ask("open", place=thread))["entries"]
        [asked] = [entry for entry in said if "Question 1 of 1" in entry["html"]]
        form = (await tab.ask("click", message=asked["id"], token="interview.answer:1/1"))["form"]
        assert await tab.ask("submit", state=state_of(form), values={"text": f"Answer {number}"}) == {}
    for _ in range(3):
        await go(stage)
    texts = await stage.app.database.read(lambda c: sorted(c.execute(sa.select(RoundAnswer.text)).scalars()))
    assert texts == [f"Answer {number}" for number in range(5)]
    said = (await ada.ask("open", place=thread))["entries"]
    assert sum("A good answer to question 1" in entry["html"] for entry in said) == 1
    assert "How the round went" in said[-1]["html"]
    private = (await ada.ask("open", place="direct:ada"))["entries"]
    assert sum("Your answer to question 1" in entry["html"] for entry in private) == 1
    assert stage.engine.failed == []
