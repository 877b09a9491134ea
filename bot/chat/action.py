"""Actions: what a click means, in at most 100 characters, so that it works after a restart and on another process."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

MAX_TOKEN = 100
"""Discord's limit on a custom_id; Slack allows 255."""

_TOKEN = re.compile(r"(?P<name>~?[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)(?::(?P<args>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Action:
    """A name (`leads.save`) and its values, in order."""

    name: str
    args: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        """The action as it travels: `leads.save:42`, `leads.page:7/2`.

        Raises ValueError when it is longer than 100 characters: keep long state in a row and pass its id.
        """
        token = self.name if not self.args else f"{self.name}:{'/'.join(quote(arg, safe=' ') for arg in self.args)}"
        if len(token) > MAX_TOKEN:
            raise ValueError(f"action {self.name} is {len(token)} characters; the most is {MAX_TOKEN}")
        return token

    @classmethod
    def parse(cls, token: str) -> "Action":
        """Read a token back. Raises ValueError when it is none of ours."""
        found = _TOKEN.fullmatch(token)
        if not found:
            raise ValueError(f"not an action: {token[:MAX_TOKEN]!r}")
        args = found["args"]
        return cls(found["name"], () if args is None else tuple(unquote(arg) for arg in args.split("/")))


def act(name: str, *args: object) -> str:
    """Return the token of an action: `act("leads.save", 42) == "leads.save:42"`."""
    return Action(name, tuple(str(arg) for arg in args)).token
