"""A guarded web client for tests: the local site counts as public, and names resolve as the test says."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import IPv4Address, IPv6Address

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.http import Guard, Http, is_public
from tests.support.web import FakeClock, Site

OURS = "127.0.0.1"
INNER = "127.0.0.2"
"""The test server answers here too, on Linux; it must never be asked."""


class FakeResolver(AbstractResolver):
    """Answers each lookup of a name with the next of its addresses, and keeps to the last."""

    def __init__(self, names: dict[str, list[list[str]]]) -> None:
        self.names, self.asked = names, 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        answers = self.names[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        pass


def ours_or_public(address: IPv4Address | IPv6Address) -> bool:
    """Exempt the test server's own address and nothing else."""
    return str(address) == OURS or is_public(address)


@asynccontextmanager
async def guarded(site: Site, clock: FakeClock, names: dict[str, list[list[str]]] | None = None) -> AsyncIterator[Http]:
    guard = Guard(ports=frozenset({80, 443, site.port}), allow=ours_or_public)
    resolver = FakeResolver(names or {})
    async with Http(guard=guard, resolver=resolver, clock=clock, spacing=0) as http:
        yield http
