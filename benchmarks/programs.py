"""Programs under measurement: a local server and the bots that connect to it, each a process of its own."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
"""Seconds that a program gets to come up."""


@contextmanager
def server(module: str) -> Iterator[dict[str, Any]]:
    """Run a local server of `tests.support`; yields the line of JSON with which it says where it listens."""
    with _process([sys.executable, "-m", module], {}, stdout=subprocess.PIPE) as process:
        if process.stdout is None:
            raise RuntimeError("the server has no output")
        yield json.loads(process.stdout.readline())


@contextmanager
def bot(arguments: list[str], settings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a bot (`python -m …`) with settings, its output thrown away; it is asked to stop at the end."""
    with _process([sys.executable, "-m", *arguments], settings, stdout=subprocess.DEVNULL) as process:
        yield process


@contextmanager
def _process(command: list[str], settings: dict[str, str], stdout: int) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RUNG_")}
    process = subprocess.Popen(command, cwd=ROOT, env={**kept, **settings}, stdout=stdout, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def ask(base: str, path: str, body: object = None) -> Any:
    """Call the control interface of a local server; a POST where there is a body."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{base}/_control/{path}", data, {"Content-Type": "application/json"})  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310 - our own server
        return json.load(answer)


def wait_for(base: str, process: subprocess.Popen[bytes], field: str, least: int = 1) -> None:
    """Wait until the server's state counts so many. Raises RuntimeError when the program ended or took too long."""
    ends = time.monotonic() + PATIENCE
    while ask(base, "state")[field] < least:
        if process.poll() is not None:
            raise RuntimeError(f"the program ended with {process.returncode}: {process.args!r}")
        if time.monotonic() > ends:
            raise RuntimeError(f"no {field} within {PATIENCE:.0f} s: {process.args!r}")
        time.sleep(0.005)


def memory(process: subprocess.Popen[bytes]) -> float:
    """Return the resident megabytes of a process without its children (Linux)."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())
    if found is None:
        raise RuntimeError("the system does not say how much memory a process has")
    return int(found[1]) / 1024


def processor(process: subprocess.Popen[bytes]) -> float:
    """Return the seconds of CPU that a process has used (Linux)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
