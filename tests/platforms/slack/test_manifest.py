"""The manifest names every command that Slack lets an app have, and what the code needs."""

from bot.chat import Cog, Context, Reply, command
from bot.chat.registry import Registry
from bot.platforms.slack.manifest import MAX_COMMANDS, manifest, slash_commands
from tests.support.sampler import Sampler


class Setup(Cog):
    """Set things up."""

    @command(top=True)
    async def setup(self, ctx: Context, place: str, hour: int = 9) -> Reply:
        """Set the bot up.

        place: where
        hour: when
        """
        return Reply("done")

    @command(top=True)
    async def help(self, ctx: Context) -> Reply:
        """Show help."""
        return Reply("help")

    @command(top=True)
    async def ping(self, ctx: Context) -> Reply:
        """Answer."""
        return Reply("pong")


REGISTRY = Registry([Sampler(), Setup()])


def test_commands_and_what_slack_keeps_to_itself() -> None:
    found = {c["command"]: c for c in slash_commands(REGISTRY)}
    assert list(found) == ["/rung", "/sampler", "/setup", "/ping"]
    assert found["/sampler"]["usage_hint"].startswith("parts | typed | form")
    assert found["/setup"]["usage_hint"] == "place [hour:…]"
    assert "usage_hint" not in found["/ping"]
    assert all(len(c["command"]) <= 32 and c["description"] for c in found.values())


def test_socket_mode_needs_no_address() -> None:
    found = manifest(REGISTRY)
    assert found["settings"]["socket_mode_enabled"] is True
    assert "http" not in str(found["settings"])
    assert "url" not in found["features"]["slash_commands"][0]
    assert len(found["display_information"]["description"]) <= 140
    assert found["features"]["app_home"]["home_tab_enabled"]


def test_by_http_everything_names_the_address() -> None:
    url = "https://rung.example.org/slack/events"
    found = manifest(REGISTRY, request_url=url)
    assert found["settings"]["socket_mode_enabled"] is False
    assert found["settings"]["event_subscriptions"]["request_url"] == url
    assert found["settings"]["interactivity"]["request_url"] == url
    assert {c["url"] for c in found["features"]["slash_commands"]} == {url}


def test_slack_takes_fifty_commands() -> None:
    def cog(number: int) -> Cog:
        class Many(Cog):
            """One of many."""

            name = f"cog{number}"

            @command()
            async def go(self, ctx: Context) -> Reply:
                """Go."""
                return Reply("gone")

        return Many()

    assert len(slash_commands(Registry([cog(n) for n in range(60)]))) == MAX_COMMANDS
