"""Whether a project is what its link says: GitHub is asked over its REST API (docs.github.com/en/rest)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import quote

import msgspec
from yarl import URL

from bot.http import BadStatus, Http, HttpError, Limits

State = Literal["seen", "lacking", "unknown"]
_LIMITS = Limits(total=4.0, attempts=1, max_bytes=512_000)
"""Somebody waits for the answer; what can't be told now is asked again later."""
_PARTS = 2
"""Owner and name: the least that the address of a repository has."""


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

    async def look(self, url: str, login: str = "") -> Look:
        """Look whether a repository is there, public, not empty, with a README and with commits of the member.

        login: their name on GitHub; the owner of the repository where they gave none
        """
        found = repository(url)
        if found is None:
            return Look("lacking", "that is no address of a repository on GitHub")
        owner, name = found
        try:
            about = await self._ask(f"/repos/{owner}/{name}")
            if about is None or about.get("private"):
                return Look("lacking", "GitHub shows no such public repository: is it private, or mistyped?")
            who = login or str((about.get("owner") or {}).get("login") or owner)
            author = quote(who, safe="")
            commits = await self._ask(f"/repos/{owner}/{name}/commits?per_page=1&author={author}")
            if not commits:
                return Look("lacking", f"it has no commits by {who}; tell your name on GitHub when you log it")
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
