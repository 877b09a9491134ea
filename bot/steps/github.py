"""Whether a project is what its link says: GitHub is asked over its REST API (docs.github.com/en/rest)."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import quote

import msgspec
from yarl import URL

from bot.chat import BadInput
from bot.http import BadStatus, Http, HttpError, Limits

State = Literal["seen", "lacking", "unknown"]
_LIMITS = Limits(total=4.0, attempts=1, max_bytes=512_000)
"""Somebody waits for the answer; what can't be told now is asked again later."""
_PARTS = 2
"""Owner and name: the least that the address of a repository has."""


NAMELESS = "I can't tell which commits are yours, for I don't know your name on GitHub"
"""What is lacking where a member told no name."""
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}")
"""Names on GitHub: letters, digits and single hyphens between them, at most 39."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look found. "unknown" is nobody's fault: it could not be told now."""

    state: State
    words: str
    """What is lacking, or why it could not be told; to be read by the member."""


class GitHub:
    """Looks at repositories.

    base: of the REST API
    token: raises the limit from 60 to 5,000 questions an hour; "" for none
    """

    def __init__(self, http: Http, base: str, token: str = "") -> None:
        self._http = http
        self._base = base.rstrip("/")
        self._headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    async def look(self, url: str, login: str) -> Look:
        """Look whether a repository is there, public, not empty, with a README and with commits of the member.

        login: their name on GitHub, "" where they told none: then it can't be told which commits are theirs
        """
        found = repository(url)
        if found is None:
            return Look("lacking", "that is no address of a repository on GitHub")
        owner, name = found
        try:
            about = await self._ask(f"/repos/{owner}/{name}")
            if about is None or about.get("private"):
                return Look("lacking", "GitHub shows no such public repository: is it private, or mistyped?")
            if not login:
                return Look("lacking", NAMELESS)
            author = quote(login, safe="")
            if not await self._ask(f"/repos/{owner}/{name}/commits?per_page=1&author={author}"):
                return Look("lacking", f"it has no commits by {login}, your name on GitHub as /me profile has it")
            if await self._ask(f"/repos/{owner}/{name}/readme") is None:
                return Look("lacking", "it has no README; a page that says what, why and how to run it is a part of it")
        except HttpError as error:
            return Look("unknown", f"GitHub could not be asked ({type(error).__name__})")
        except (msgspec.DecodeError, AttributeError):
            return Look("unknown", "GitHub answered something that I don't understand")
        return Look("seen", "public, with a README and commits of yours")

    async def _ask(self, path: str) -> Any:
        """Return what GitHub says, None for what is not there (or empty). Raises HttpError."""
        try:
            answer = await self._http.get(self._base + path, headers=self._headers, limits=_LIMITS)
        except BadStatus as error:
            if error.status in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS}:
                return None  # 409 is an empty repository
            raise
        return msgspec.json.decode(answer.body)


def repository(url: str) -> tuple[str, str] | None:
    """Return owner and name of a repository's address; None for any other address."""
    try:
        parsed = URL(url)
    except ValueError:
        return None
    parts = [part for part in parsed.path.split("/") if part]
    if parsed.host not in {"github.com", "www.github.com"} or len(parts) < _PARTS:
        return None
    owner, name = parts[:_PARTS]
    name = name.removesuffix(".git")
    plain = all(part and all(c.isalnum() or c in "-._" for c in part) and set(part) != {"."} for part in (owner, name))
    return (owner, name) if plain else None


def login_of(typed: str, field: str = "github") -> str:
    """Return a name on GitHub as it was typed, with or without @ or address, "" for none.

    Raises BadInput for what can be no name; `field` is the input.
    """
    name = typed.strip().rstrip("/").rpartition("/")[2].removeprefix("@")
    if name and not _LOGIN.fullmatch(name):
        raise BadInput("A name on GitHub has letters, digits and hyphens, such as ada-l.", field=field)
    return name


def same_link(one: str, other: str) -> bool:
    """Return whether two addresses mean the same: for a place in a repository, however owner and name are written."""
    return one == other or (repository(one) is not None and _place(one) == _place(other))


def _place(url: str) -> tuple[str, ...]:
    found = repository(url)
    if found is None:
        return (url,)
    owner, name = (part.casefold() for part in found)
    return owner, name, *(part for part in URL(url).path.split("/")[_PARTS + 1 :] if part)
