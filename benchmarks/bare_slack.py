"""The twins on Slack: Bolt over Socket Mode with one handler that acknowledges and nothing else.

python -m benchmarks.bare_slack default|tuned        (settings RUNG_SLACK_*, as the bot has them)
"""

import asyncio
import os
import sys
from typing import Any

import uvloop
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.run import tune_collector


async def serve(*, tuned: bool) -> None:
    """Run until the process is ended."""
    client = AsyncWebClient(os.environ["RUNG_SLACK_BOT_TOKEN"], base_url=os.environ["RUNG_SLACK_API_URL"])
    app = AsyncApp(client=client, process_before_response=tuned)

    @app.command("/leads")
    async def leads(ack: Any) -> None:
        await ack()

    handler = AsyncSocketModeHandler(app, os.environ["RUNG_SLACK_APP_TOKEN"], web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Slack's SDK is untyped here
    if tuned:
        tune_collector()
    await asyncio.Event().wait()


if __name__ == "__main__":
    (uvloop.run if sys.argv[1] == "tuned" else asyncio.run)(serve(tuned=sys.argv[1] == "tuned"))
