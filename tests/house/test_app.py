"""The running bot as an operator meets it: a process of its own, on the real engine, ended by a signal."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

ENV = {k: v for k, v in os.environ.items() if not k.startswith("RUNG_")}


async def launch(folder: Path, *command: str) -> tuple[asyncio.subprocess.Process, str]:
    """Start a command of ours on a fresh SQLite database; returns it and the address of its web chat."""
    env = ENV | {"RUNG_DATABASE_URL": f"sqlite:///{folder / 'rung.sqlite'}", "RUNG_PULL_MINUTES": "0"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *command, "--port", "0",
        env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    while line := (await process.stdout.readline()).decode():
        if "Local web chat" in line:
            return process, line.split(": ", 1)[1].strip()
    assert process.stderr
    raise AssertionError((await process.stderr.read()).decode()[-2000:])


async def end(process: asyncio.subprocess.Process) -> str:
    process.send_signal(signal.SIGTERM)
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()[-2000:]
    assert "Traceback" not in err.decode()
    return out.decode()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


async def test_it_serves_tells_its_health_and_ends_without_a_trace(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    process, address = await launch(tmp_path, "run")
    async with session.get(f"{address}/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True, "platforms": {"web": True}})
    async with session.get(f"{address}/metrics") as answer:
        text = await answer.text()
    assert 'rung_platform_up{platform="web"} 1.0' in text
    assert "rung_model_dollars_today 0.0" in text
    async with session.get(address) as answer:
        assert "Rung" in await answer.text()
    env = ENV | {"RUNG_WEB_PORT": address.rsplit(":", 1)[1]}
    doctor = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "doctor", "--quick", env=env)
    assert await doctor.wait() == 0  # the container's health check
    await a_taken_port_is_said_without_a_traceback(address.rsplit(":", 1)[1], tmp_path)
    assert "Stopping" in await end(process)


async def a_taken_port_is_said_without_a_traceback(port: str, folder: Path) -> None:
    env = ENV | {"RUNG_DATABASE_URL": f"sqlite:///{folder / 'rung.sqlite'}", "RUNG_WEB_PORT": port}
    second = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    _, err = await second.communicate()
    assert second.returncode == 2
    assert "Traceback" not in err.decode()
    assert port in err.decode()


async def test_the_demo_runs(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    process, address = await launch(tmp_path, "demo")
    async with session.get(f"{address}/healthz") as answer:
        assert answer.status == 200
    await end(process)
