"""A local GitHub that answers three questions of the REST API; the repositories are the test's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.http.politeness import Gate, SystemClock
from tests.support.stage import Stage


@dataclass
class LocalGitHub:
    """`repositories` by "owner/name": who has commits in it, and whether there is a README."""

    url: str = ""
    repositories: dict[str, tuple[frozenset[str], bool]] = field(default_factory=dict)
    down: bool = False
    limited: bool = False
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer as GitHub does."""
        self.asked.append(request.path_qs)
        self.tokens.add(request.headers.get("Authorization", ""))
        if self.down:
            return web.Response(status=503)
        if self.limited:
            return web.json_response({"message": "API rate limit exceeded"}, status=403)
        owner, name, rest = (request.match_info[key] for key in ("owner", "name", "rest"))
        found = self.repositories.get(f"{owner}/{name}")
        if found is None:
            return web.json_response({"message": "Not Found"}, status=404)
        authors, readme = found
        match rest:
            case "":
                return web.json_response({"full_name": f"{owner}/{name}", "private": False, "owner": {"login": owner}})
            case "/commits" if not authors:
                return web.json_response({"message": "Git Repository is empty."}, status=409)
            case "/commits":
                return web.json_response([{"sha": "a"}] if request.query["author"] in authors else [])
            case "/readme" if readme:
                return web.json_response({"name": "README.md"})
            case _:
                return web.json_response({"message": "Not Found"}, status=404)


@asynccontextmanager
async def local_github() -> AsyncIterator[LocalGitHub]:
    """Run one for the length of the block."""
    github = LocalGitHub()
    app = web.Application()
    app.router.add_get("/repos/{owner}/{name}{rest:.*}", github.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    github.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield github
    finally:
        await runner.cleanup()


@asynccontextmanager
async def github_of(stage: Stage) -> AsyncIterator[LocalGitHub]:
    """Run one that the bot of a stage asks, without waiting between two questions."""
    registry = stage.app.router.registry
    climb = registry.cog_of(registry.commands["steps", "log"])._climb  # type: ignore[attr-defined]  # its own
    stage.app.http._gate = Gate(SystemClock(), spacing=0)
    async with local_github() as there:
        climb._github._base = there.url
        yield there
