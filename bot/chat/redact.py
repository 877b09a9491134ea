"""To take a person out of what was said: their names and ids in replies that are kept as JSON."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from bot.chat.markup import esc, mention

SOMEBODY = "a former member"
_AS_IT_IS = frozenset({"type", "action", "submit", "tone", "style", "shows", "media_type", "content"})
"""Fields of a reply that hold no words: to change them would break it."""


class Redaction:
    """Puts "a former member" in the place of some names and user ids, where they stand as words of their own.

    A name that is also a word ("Rose") is replaced where it is written in the same way. An empty name is none.
    """

    def __init__(self, names: Collection[str], users: Collection[str] = ()) -> None:
        words = {form for name in names if name.strip() for form in _forms(name)} | {u for u in users if u}
        self.words: tuple[str, ...] = tuple(sorted(words, key=len, reverse=True))
        calls = [rf"<@{re.escape(user)}\|(?:\\.|[^\\>])*>" for user in users if user]
        found = [*calls, *(rf"(?<!\w){re.escape(word)}(?!\w)" for word in self.words)]
        self._pattern = re.compile("|".join(found) or r"(?!)")

    @property
    def as_json(self) -> tuple[str, ...]:
        """The words as they stand inside JSON text: what to look for in a database."""
        return tuple(dict.fromkeys(json.dumps(word, ensure_ascii=False)[1:-1] for word in self.words))

    def text(self, value: str) -> str:
        """Return text without them."""
        return self._pattern.sub(SOMEBODY, value)

    def holds(self, value: object) -> bool:
        """Return whether they are named anywhere in JSON data."""
        if isinstance(value, str):
            return bool(self._pattern.search(value))
        if isinstance(value, Mapping):
            return any(self.holds(item) for name, item in value.items() if name not in _AS_IT_IS)
        return isinstance(value, list) and any(map(self.holds, value))

    def body(self, body: Any) -> Any:
        """Return an encoded reply (`bot.chat.codec`) without them; its pictures go too, for they may show the name."""
        if not self.holds(body):
            return body
        files = {file["name"] for file in body.get("files", ()) if isinstance(file, Mapping)}
        return self._clean({name: item for name, item in body.items() if name != "files"}, files)

    def _clean(self, value: Any, files: Collection[str]) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._clean(item, files) for item in value if not self._goes(item, files)]
        if isinstance(value, Mapping):
            kept = {n: i for n, i in value.items() if not (n == "url" and self.holds(i))}
            return {n: i if n in _AS_IT_IS else self._clean(i, files) for n, i in kept.items()}
        return value

    def _goes(self, item: Any, files: Collection[str]) -> bool:
        """Whether a part can't stay: a picture of a file that goes, a picture or a button whose address names them."""
        if not isinstance(item, Mapping):
            return False
        if item.get("type") == "Picture":
            return item.get("source") in files or self.holds(item.get("source", ""))
        return item.get("type") == "Button" and self.holds(item.get("url", ""))


def _forms(name: str) -> set[str]:
    """Return a name as it may stand in text: as it is, as our markup escapes it, and inside of a mention."""
    inside = mention("x", name).removeprefix("<@x|").removesuffix(">")
    return {name, " ".join(name.split()), esc(name), inside}
