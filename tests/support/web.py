"""A small web site on a real socket, and a clock that only tests move."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer


class FakeClock:
    """Time that passes only when somebody waits, or when a test says so."""

    def __init__(self) -> None:
        self.time = 1_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@dataclass
class Site:
    """What a local site answers, path by path, and what it was asked."""

    answers: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """Host and path of each request, in order."""
    requests: list[web.Request] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def says(
        self, path: str, body: str | bytes = b"", status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        """Answer a path with a fixed body."""

        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(body=body, status=status, headers=headers)

        self.answers[path] = answer

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"{request.url.host}{request.path}")
        self.requests.append(request)
        answer = self.answers.get(request.path)
        return await answer(request) if answer else web.Response(status=404)

    def count(self, path: str) -> int:
        """Tell how often a path was asked for."""
        return sum(request.path == path for request in self.requests)


@asynccontextmanager
async def local_site() -> AsyncIterator[Site]:
    """Serve a site on 127.0.0.1 for the length of the block."""
    site = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.handle)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    site.port = server.port or 0
    try:
        yield site
    finally:
        await server.close()
