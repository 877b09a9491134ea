"""Members in a round on a local Discord or a local Slack: each as a test has them join, answer, score and read."""

from dataclasses import dataclass
from functools import partial

from tests.support import discord_payloads
from tests.support.discord_driver import LocalDiscord
from tests.support.discord_world import LEADS, THREAD, Interaction, Json
from tests.support.slack_driver import LocalSlack


@dataclass
class OnDiscord:
    """A round on Discord: its thread under the channel for interviews, forms, and what only one sees."""

    discord: LocalDiscord

    async def start(self, user: str, questions: int) -> None:
        started = await self.discord.slash("/interview start", user=user, questions=questions, minutes=5, peers=True)
        await self._answered(started)

    async def press_first(self, label: str, user: str) -> None:
        """Click a button of the round's first message."""
        [opener] = [m for m in self.discord.messages() if "Taking part" in discord_payloads.text_of(m)]
        await self._press(opener, label, user)

    async def answer(self, title: str, user: str, text: str) -> None:
        """Answer the question of that title by its form."""
        opened = await self.discord.click(self._only(title), "Answer", user=user)
        await self.discord.until(lambda: opened.modal)
        await self._answered(await self.discord.submit(opened, {"text": text}, user=user))

    async def score(self, title: str, user: str) -> int:
        """Score all answers that were handed to somebody under the message of that title; returns how many."""
        sheet, scored = await self._press(self._only(title), "Score answers of others", user), 0
        while "that was all" not in discord_payloads.text_of(sheet):
            sheet, scored = await self._press(sheet, "Done", user), scored + 1
        return scored

    def thread(self) -> list[str]:
        """What stands in the round's thread."""
        return [discord_payloads.text_of(message) for message in self._messages()]

    def private(self, user: str) -> list[str]:
        """What somebody was told privately."""
        return [discord_payloads.text_of(message) for message in self.discord.messages(self.discord.direct(user))]

    def _messages(self) -> list[Json]:
        [thread] = [c for c in self.discord.world.channels.values() if c.kind == THREAD and c.parent == LEADS]
        return [*thread.messages.values()]

    def _only(self, words: str) -> Json:
        [found] = [message for message in self._messages() if words in discord_payloads.text_of(message)]
        return found

    async def _press(self, message: Json, label: str, user: str) -> Json:
        pressed = await self.discord.click(message, label, user=user)
        await self._answered(pressed)
        return pressed.said[-1]

    async def _answered(self, interaction: Interaction) -> None:
        await self.discord.until(lambda: interaction.said)


@dataclass
class OnSlack:
    """A round on Slack: its thread under the channel for interviews, views, and what only one sees."""

    slack: LocalSlack

    async def start(self, user: str, questions: int) -> None:
        before = self._heard()
        await self.slack.slash(f"/interview start questions:{questions} minutes:5 peers:yes", user=user)
        await self._heard_more(before)

    async def press_first(self, label: str, user: str) -> None:
        """Click a button of the round's first message."""
        [opener] = [m for m in self.slack.team.conversations["C1"].messages if "Taking part" in str(m)]
        await self._press(opener, label, user)

    async def answer(self, title: str, user: str, text: str) -> None:
        """Answer the question of that title by its form."""
        team = self.slack.team
        before, opened = self._heard(), len(team.opened)
        await self.slack.click(self._only(title), "Answer", user=user)
        await team.until(partial(self._opened, opened))
        await self.slack.submit(team.opened[-1], {"text": text}, user=user)
        await self._heard_more(before)

    async def score(self, title: str, user: str) -> int:
        """Score all answers that were handed to somebody under the message of that title; returns how many."""
        sheet, scored = await self._press(self._only(title), "Score answers of others", user), 0
        while "that was all" not in str(sheet):
            sheet, scored = await self._press(sheet, "Done", user), scored + 1
        return scored

    def thread(self) -> list[str]:
        """What stands in the round's thread."""
        return [str(message) for message in self._messages()]

    def private(self, user: str) -> list[str]:
        """What somebody was told privately."""
        return [str(message) for message in self.slack.team.direct(user).messages]

    def _messages(self) -> list[Json]:
        return [m for m in self.slack.team.conversations["C1"].messages if m.get("thread_ts", m["ts"]) != m["ts"]]

    def _only(self, words: str) -> Json:
        [found] = [message for message in self._messages() if words in str(message)]
        return found

    async def _press(self, message: Json, label: str, user: str) -> Json:
        before = self._heard()
        await self.slack.click(message, label, user=user)
        await self._heard_more(before)
        # What only one sees has a time of its own; what it replaces, that of the message in whose place it stands.
        return {**(self.slack.team.responses or self.slack.team.ephemerals)[-1], "ts": f"1.{self._heard():06}"}

    def _heard(self) -> int:
        return len(self.slack.team.responses) + len(self.slack.team.called("chat.postEphemeral"))

    async def _heard_more(self, before: int) -> None:
        await self.slack.team.until(lambda: self._heard() > before)

    def _opened(self, before: int) -> bool:
        return len(self.slack.team.opened) > before
