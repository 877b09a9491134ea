"""A tour: everything of a room is done once, and what was said is kept for the checks."""

from dataclasses import dataclass, field

from bot.chat import Form
from bot.chat.action import Action
from bot.chat.command import Answer
from tests.support.stage import Stage

LONG = "Machine Learning Intern " + "and everything that goes with it " * 12
HOSTILE = "ML <@1> @everyone <!channel> *bold* `code` [x](https://evil.example) & <script>alert(1)</script> Intern"


@dataclass
class Tour:
    """All that was said, by the name of what said it."""

    stage: Stage
    said: list[tuple[str, Answer]] = field(default_factory=list)

    async def command(self, line: str, who: str = "olga") -> Answer:
        answer = await self.stage.say(line, who, organiser=who == "olga")
        words = line.removeprefix("/").split()
        name = " ".join(words[:2]) if tuple(words[:2]) in self.stage.app.router.registry.commands else words[0]
        self.said.append((name, answer))
        return answer

    async def click(self, name_or_token: str, who: str = "olga", picked: str | None = None) -> Answer:
        answer = await self.stage.click(name_or_token, who, picked, organiser=who == "olga")
        self.said.append((Action.parse(name_or_token).name, answer))
        return answer

    async def submit(self, form: Answer, who: str = "olga", **values: str) -> Answer:
        assert isinstance(form, Form)
        answer = await self.stage.submit(form, who, who == "olga", **values)
        self.said.append((Action.parse(form.submit).name, answer))
        return answer
