"""The pictures of the documentation can be drawn again at any time."""

import struct
from pathlib import Path

import pytest

from bot.chat import Reply
from tests.support.discord_screenshot import CHROMIUM, screenshot
from tests.support.sampler import everything


@pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine to draw with")
async def test_a_reply_becomes_a_picture(tmp_path: Path) -> None:
    drawn = tmp_path / "card.png"
    await screenshot(Reply("**Hello**", (everything(),)), drawn, typed="/leads today", width=480)
    head = drawn.read_bytes()[:24]
    width, height = struct.unpack(">II", head[16:24])
    assert head.startswith(b"\x89PNG")
    assert width == 960
    assert height > 400
