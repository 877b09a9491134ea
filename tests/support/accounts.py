"""One person with accounts on several platforms, in workspaces of their own."""

from bot.chat import Caller, Form, Place, Reply
from bot.chat.command import Answer
from tests.support.fake_platform import FakePlatform
from tests.support.stage import Stage, words

LOCAL = ("web", "local", "ada")
SLACK = ("slack", "T1", "U1ADA")


class Accounts:
    """Speaks as any account of any workspace."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.slack = FakePlatform("slack")
        stage.app.platforms["slack"] = self.slack

    def caller(self, account: tuple[str, str, str], *, organiser: bool = True) -> Caller:
        platform, workspace, user = account
        return Caller(platform, workspace, user, f"Ada of {platform}", Place("p", "p"), organiser, f"The {workspace}")

    async def say(self, account: tuple[str, str, str], line: str, *, organiser: bool = True) -> Answer:
        answer = await self.stage.app.router.text(self.caller(account, organiser=organiser), line)
        assert self.stage.app.router.registry.unknown_tokens(answer) == []
        assert isinstance(answer, Form) or answer.shows == "private"
        return answer

    async def click(self, account: tuple[str, str, str], token: str) -> str:
        return words(await self.stage.app.router.action(self.caller(account), token))

    async def unite(self) -> None:
        """Bring both workspaces into one community."""
        for account in (LOCAL, SLACK):
            await self.say(account, "/me profile")
        code = code_in(await self.say(LOCAL, "/community code"))
        card = await self.say(SLACK, f"/community join code:{code}")
        assert "becomes one member" in words(card)
        assert "One community now" in await self.click(SLACK, token_in(card))

    async def member(self, account: tuple[str, str, str]) -> int:
        return (await self.stage.app.directory.standing(self.caller(account))).member


def code_in(answer: Answer) -> str:
    """The code that an answer shows."""
    return words(answer).split("code:", 1)[1][:11]


def token_in(answer: Answer, number: int = 0) -> str:
    """The token of a button of an answer's card."""
    assert isinstance(answer, Reply)
    buttons = answer.cards[0].parts[-1]
    token: str = buttons.buttons[number].action  # type: ignore[union-attr]  # its last part is its buttons
    return token
