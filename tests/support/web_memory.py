"""The web chat's history in memory: what the one on the database does, for tests that need no database."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat import Reply
from bot.platforms.web.store import Entry


class MemoryHistory:
    """A twin of the history on the database (see `bot.platforms.web.store.History`)."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self.names: dict[str, str] = {}
        self._next = 1
        self._secret = secrets.token_bytes(32)

    async def add(self, entry: Entry) -> Entry:
        if entry.key and (found := await self.find_by_key(entry.key)):
            return found
        kept = replace(entry, id=self._next)
        self._next += 1
        self.entries[kept.id] = kept
        return kept

    async def edit(self, number: int, body: Reply, at: datetime) -> Entry | None:
        return self._change(number, lambda e: replace(e, body=body, edited_at=at))

    async def open_thread(self, number: int, title: str) -> Entry | None:
        return self._change(number, lambda e: replace(e, thread=e.thread or title))

    async def remove(self, number: int) -> bool:
        return self.entries.pop(number, None) is not None

    async def get(self, number: int) -> Entry | None:
        found = self.entries.get(number)
        return self._counted(found) if found else None

    async def find_by_key(self, key: str) -> Entry | None:
        return next((self._counted(e) for e in self.entries.values() if e.key == key), None)

    async def places(self, viewer: str) -> dict[str, int]:
        seen = (e for e in self.entries.values() if e.visible_to(viewer) and "/" not in e.place)
        return {e.place: e.id for e in sorted(seen, key=lambda e: e.id)}

    async def list(self, place: str, viewer: str, *, before: int = 0, most: int = 50) -> Sequence[Entry]:
        fitting = [e for e in self.entries.values() if e.place == place and e.visible_to(viewer)]
        return [self._counted(e) for e in sorted(fitting, key=lambda e: e.id) if not before or e.id < before][-most:]

    async def claim(self, user: str, name: str, digest: str, at: datetime) -> str:
        return self.names.setdefault(user, digest)

    async def knows(self, user: str) -> bool:
        return user in self.names

    async def secret(self) -> bytes:
        return self._secret

    def _change(self, number: int, change: Callable[[Entry], Entry]) -> Entry | None:
        if number not in self.entries:
            return None
        self.entries[number] = change(self.entries[number])
        return self._counted(self.entries[number])

    def _counted(self, entry: Entry) -> Entry:
        place = f"{entry.place}/{entry.id}"
        answers = [e for e in self.entries.values() if e.place == place and e.only_for == entry.only_for]
        return replace(entry, replies=len(answers), replied_at=max((e.at for e in answers), default=None))
