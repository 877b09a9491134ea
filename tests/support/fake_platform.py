"""A platform in memory, with faults on demand: it keeps every message by place and key."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat import Place, Reply
from bot.chat.platform import Address

IN_FLIGHT = timedelta(seconds=30)


class FakePlatform:
    """Keeps what is said, and fails as it is told to."""

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.in_flight = IN_FLIGHT
        self.messages: dict[Address, list[tuple[str, Reply]]] = {}
        self.edits: list[tuple[str, Reply]] = []
        self.faults: dict[str, list[Exception]] = {}
        """For a place, the errors of the next attempts."""
        self.looked = 0

    async def start(self) -> None:
        """Nothing to connect."""

    async def stop(self) -> None:
        """Nothing to let go of."""

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        if faults := self.faults.get(to.place):
            raise faults.pop(0)
        said = self.messages.setdefault(to, [])
        said.append((key, reply))
        return f"{to.place}-{len(said)}"

    async def edit(self, to: Address, message: str, reply: Reply) -> None:
        if faults := self.faults.get(to.place):
            raise faults.pop(0)
        self.edits.append((message, reply))

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        self.looked += 1
        said = self.messages.get(to, [])
        return next((f"{to.place}-{n}" for n, (k, _) in enumerate(said, 1) if k == key), None)

    def thread(self, to: Address, message: str) -> Address:
        return to if to.direct else replace(to, place=f"{to.place}/{message}")

    async def places(self, workspace: str) -> list[Place]:
        return [Place("leads", "leads")]

    def healthy(self) -> bool:
        return True

    def said(self, place: str) -> list[Reply]:
        """What was said in a place."""
        return [reply for to, said in self.messages.items() if to.place == place for _, reply in said]
