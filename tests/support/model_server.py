"""A scripted server that speaks OpenAI's interface over a real socket: says what it is told, notes what it is asked."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Reply = dict[str, Any] | str | int
"""The object or text that the model says, or the status with which the server fails."""


@dataclass
class ModelServer:
    """What was asked, and what will be said: each reply once, the last again and again."""

    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    refuses: tuple[str, ...] = ()
    """Parameters that it answers with 400, as newer and older servers do."""
    silent: asyncio.Event | None = None
    """While it is there and not set, nothing is answered."""

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a chat completion."""
        self.asked.append(await request.json())
        self.headers.append(dict(request.headers))
        if self.silent is not None:
            await self.silent.wait()
        refused = next((name for name in self.refuses if name in self.asked[-1]), "")
        if refused:
            words = f"Unsupported parameter: '{refused}' is not supported with this model."
            return web.json_response({"error": {"message": words, "type": "invalid_request_error"}}, status=400)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, int):
            error = {"error": {"message": "scripted: sk-hidden-word", "type": "scripted", "code": None}}
            return web.json_response(error, status=reply, headers={"retry-after-ms": "1"})
        text = reply if isinstance(reply, str) else json.dumps(reply)
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        return web.json_response(
            {
                "id": "chat-1", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice],
                "usage": {"prompt_tokens": 700, "completion_tokens": 90, "total_tokens": 790},
            }
        )  # fmt: skip


@asynccontextmanager
async def model_server(*replies: Reply) -> AsyncIterator[ModelServer]:
    """Serve on a free port of this machine."""
    served = ModelServer(list(replies))
    app = web.Application()
    app.router.add_post("/v1/chat/completions", served.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    served.url = f"http://127.0.0.1:{port}/v1"
    try:
        yield served
    finally:
        if served.silent is not None:
            served.silent.set()
        await runner.cleanup()
