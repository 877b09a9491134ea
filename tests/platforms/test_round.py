"""A whole round over real sockets: on a local Discord, on a local Slack, on both at once, and in the web chat."""

import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa

from bot.chat.platform import Address, Platform
from bot.community.models import Community, Identity, Member, Workspace
from bot.community.places import set_role
from bot.interviews.rounds_models import RoundAnswer, RoundReview
from bot.platforms.discord.connection import DiscordPlatform
from bot.platforms.slack.connection import SlackPlatform, SlackSettings
from bot.platforms.web.connection import WebPlatform
from bot.platforms.web.sql_history import SqlHistory
from tests.support.discord_driver import LocalDiscord
from tests.support.discord_world import ADA, GRACE, GUILD, LEADS, TOKEN
from tests.support.round_places import OnDiscord, OnSlack
from tests.support.rounds import go, question
from tests.support.sampler import Sampler
from tests.support.slack_driver import LocalSlack
from tests.support.slack_stage import no_sleep, problems_of_calls
from tests.support.slack_team import APP_TOKEN, BOT_TOKEN, TEAM
from tests.support.stage import Stage
from tests.support.web import FakeClock
from tests.support.web_client import Tab, WebStage, state_of

HEDY, IDA, JOAN = "700000000000000003", "700000000000000004", "700000000000000005"
ON_DISCORD = {ADA: "ada", GRACE: "grace", HEDY: "hedy", IDA: "ida", JOAN: "joan"}
ON_SLACK = {"U0ADALINKED": "ada.l", "U0GRACELINKED": "grace.h", "U1": "ada", "U2": "bob", "U0CLEO0000": "cleo"}
LINKED = {ADA: "U0ADALINKED", GRACE: "U0GRACELINKED"}
"""Who has an account on both, in a community that has both."""


@dataclass
class Held:
    """The bot, and the places in which its round is held."""

    stage: Stage
    discord: OnDiscord
    slack: OnSlack

    async def passes(self, seconds: float = 0.01) -> None:
        """Let time pass, and what is said by it arrive."""
        await go(self.stage, seconds)
        await go(self.stage)

    async def count(self, model: type[RoundAnswer | RoundReview]) -> int:
        query = sa.select(sa.func.count()).select_from(model)
        return await self.stage.app.database.read(lambda c: c.execute(query).scalar_one())


@asynccontextmanager
async def bot(url: str, *platforms: str) -> AsyncIterator[Held]:
    """The whole bot on a local Discord, a local Slack or both, whose workspaces are then one community's."""
    async with LocalDiscord() as discord, LocalSlack() as slack:
        for user, name in ON_DISCORD.items():
            discord.world.add_user(user, name)
        for user, name in ON_SLACK.items():
            if user not in slack.team.users:
                slack.team.add_user(user, name)
        stage, clock = Stage(url), FakeClock()
        router, app = stage.app.router, stage.app
        where: dict[str, Any] = {"clock": clock.now, "sleep": clock.sleep}
        where |= {"api_url": discord.api_url, "gateway_url": discord.gateway.url}
        settings = SlackSettings(BOT_TOKEN, APP_TOKEN, "", slack.api_url, posts_per_second=1000)
        made: dict[str, Callable[[], Platform]] = {
            "discord": lambda: DiscordPlatform(router, TOKEN, **where),
            "slack": lambda: SlackPlatform(router, settings, sleep=no_sleep),
        }
        app.platforms |= {name: made[name]() for name in platforms}
        await app.database.run(lambda c: _community(c, stage, platforms))
        async with AsyncExitStack() as running:
            running.push_async_callback(app.close)
            running.push_async_callback(stage.engine.stop)
            for name in platforms:
                running.push_async_callback(app.platforms[name].stop)
                await app.platforms[name].start()
            yield Held(stage, OnDiscord(discord), OnSlack(slack))


def _community(connection: sa.Connection, stage: Stage, platforms: Sequence[str]) -> None:
    """One community with a channel for interviews on each platform; on two, Ada and Grace linked their accounts."""
    now = stage.engine.now
    made = sa.insert(Community).values(name="Climbers", zone="UTC", created_at=now).returning(Community.id)
    community = connection.execute(made).scalar_one()
    people = {}
    for name in ("Ada", "Grace"):
        member = {"community_id": community, "name": name, "zone": "UTC", "hour": 9, "created_at": now}
        people[name] = connection.execute(sa.insert(Member).values(member).returning(Member.id)).scalar_one()
    where = {"discord": (GUILD, LEADS, tuple(LINKED)), "slack": (TEAM, "C1", tuple(LINKED.values()))}
    for platform in platforms:
        external, place, accounts = where[platform]
        of = {"platform": platform, "community_id": community}
        values = {**of, "external_id": external, "name": platform, "created_at": now}
        workspace = connection.execute(sa.insert(Workspace).values(values).returning(Workspace.id)).scalar_one()
        set_role(connection, workspace, "interviews", place, people["Ada"])
        for member_id, user in zip(people.values(), accounts, strict=True):
            values = {**of, "member_id": member_id, "workspace_id": workspace, "external_id": user, "seen_at": now}
            connection.execute(sa.insert(Identity).values(values))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A database of one kind: what one platform says does not depend on it."""
    path = tmp_path / "rung.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


async def hold(on: Held, answering: Sequence[tuple[OnDiscord | OnSlack, str]]) -> None:
    """Two questions in a round that is under way: five answer each, and score each other's without names."""
    for position in (1, 2):
        title = f"Question {position} of 2"
        for place, user in answering:
            await place.answer(title, user, f"{user} says {position}")
        await on.passes()
        good = f"A good answer to question {position}"
        assert [await place.score(good, user) for place, user in answering] == [3] * 5, "three each, never their own"
        await on.passes()
        await on.passes(31)
    assert await on.count(RoundAnswer) == 10
    assert await on.count(RoundReview) == 30
    await on.passes()
    for place in {id(place): place for place, _ in answering}.values():
        said = place.thread()
        for words in ("Question 1 of 2", "Question 2 of 2", "A good answer to question 2", "How the round went"):
            assert sum(words in text for text in said) == 1, words
        answer = (await question(on.stage, 1, 1)).answer[:20]
        assert any(answer in text for text in said)
    assert on.stage.engine.failed == []
    assert problems_of_calls(on.slack.slack.team) == []


async def test_a_round_of_five_on_discord(sqlite_url: str) -> None:
    async with bot(sqlite_url, "discord") as on:
        await on.discord.start(ADA, 2)
        await on.passes()
        for user in (GRACE, HEDY, IDA, JOAN):
            await on.discord.press_first("Join", user)
        await on.discord.press_first("Begin now", ADA)
        await on.passes()
        await on.passes(7)
        assert all(f"<@{user}>" in " ".join(on.discord.thread()) for user in ON_DISCORD)
        await hold(on, [(on.discord, user) for user in ON_DISCORD])
        for user in ON_DISCORD:
            said = on.discord.private(user)
            for words in ("Your answer to question 1", "What others saw in your answer to question 2", "Your round:"):
                assert sum(words in text for text in said) == 1, words


async def test_a_round_of_five_on_slack(sqlite_url: str) -> None:
    async with bot(sqlite_url, "slack") as on:
        await on.slack.start("U1", 2)
        await on.passes()
        for user in ("U2", "U0CLEO0000", *LINKED.values()):
            await on.slack.press_first("Join", user)
        await on.slack.press_first("Begin now", "U1")
        await on.passes()
        await on.passes(7)
        assert all(f"<@{user}>" in " ".join(on.slack.thread()) for user in ON_SLACK if len(user) > len("U1"))
        await hold(on, [(on.slack, user) for user in ON_SLACK])
        for user in ON_SLACK:
            said = on.slack.private(user)
            for words in ("Your answer to question 1", "What others saw in your answer to question 2", "Your round:"):
                assert sum(words in text for text in said) == 1, words


async def test_a_round_on_discord_and_slack_with_two_who_linked_their_accounts(database_url: str) -> None:
    async with bot(database_url, "discord", "slack") as on:
        await on.discord.start(ADA, 2)
        await on.passes()
        for user in (GRACE, HEDY):
            await on.discord.press_first("Join", user)
        for user in (*LINKED.values(), "U1", "U2"):
            await on.slack.press_first("Join", user)
        await on.discord.press_first("Begin now", ADA)
        await on.passes()
        await on.passes(7)
        assert all(f"<@{user}>" in " ".join(on.discord.thread()) for user in (ADA, GRACE, HEDY))
        assert all(f"<@{user}>" in " ".join(on.slack.thread()) for user in LINKED.values())
        await on.discord.answer("Question 1 of 2", GRACE, "from Discord, before it is changed on Slack")
        five: list[tuple[OnDiscord | OnSlack, str]] = [
            (on.discord, ADA),
            (on.discord, HEDY),
            *((on.slack, user) for user in ("U0GRACELINKED", "U1", "U2")),
        ]
        await hold(on, five)
        [board] = [text for text in on.discord.thread() if "How the round went" in text]
        assert [board.count(name) for name in ("Ada", "Grace", "Hedy")] == [1, 1, 1], "two accounts are one seat"
        told = {user: on.discord.private(user) for user in (ADA, GRACE, HEDY)}
        told |= {user: on.slack.private(user) for user in (*LINKED.values(), "U1", "U2")}
        for one, other in ((ADA, "U0ADALINKED"), (GRACE, "U0GRACELINKED")):
            told[one] += told.pop(other)
        for said in told.values():
            assert sum("Your answer to question 1" in text for text in said) == 1, "on one side, and not on both"


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
