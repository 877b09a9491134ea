"""The guard on links that members paste: nobody reaches an inner address through us, whatever a name resolves to.

The text of a link proves nothing: a name may resolve to anything, and to something else a second later. So the guard
sits where the connection is made. It sees every answer of the resolver and, last of all, the very address that a socket
is about to be opened to.
"""

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, TypeAlias

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.http.errors import Refused, UnfitLink

Address: TypeAlias = IPv4Address | IPv6Address
AddressInfo: TypeAlias = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[Any, ...]]

# IANA IPv4 Special-Purpose Address Registry (RFC 6890 and updates), multicast (RFC 5771), class E (RFC 1112).
_INNER_IPV4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's host agent: public by its number, inner by its use
        "169.254.0.0/16",  # link-local, where clouds keep their metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Of IPv6 only 2000::/3 is global unicast (RFC 4291 §2.4); of that, IANA's special-purpose registry takes these out.
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_INNER_IPV6 = (
    IPv6Network("2001::/23"),  # protocol assignments: Teredo, ORCHID, benchmarks
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("3fff::/20"),  # documentation
)
# Forms of IPv6 that carry an IPv4 address, which is where the packets go, and the number of bits to the right of it.
_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped (RFC 4291 §2.5.5.2)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052)
    (IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
)

_LINKEDIN = ("linkedin.com", "linkedin.cn", "lnkd.in")
_MAX_URL_LENGTH = 4_000
_HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*", re.ASCII)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)


class InnerAddressError(OSError):
    """A connection to an inner address was about to be made. An OSError, since that is what aiohttp passes on."""


def is_public(address: Address) -> bool:
    """Tell whether an address is one that anybody on the internet may reach."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _INNER_IPV4)
    for network, shift in _CARRIERS:
        if address in network:
            return is_public(IPv4Address(int(address) >> shift & 0xFFFFFFFF))
    return address in _GLOBAL_IPV6 and not any(address in network for network in _INNER_IPV6)


def is_linkedin(url: URL | str) -> bool:
    """Tell whether a link leads to LinkedIn, whose terms forbid that programs fetch it."""
    try:
        host = (URL(url).raw_host or "").rstrip(".")
    except ValueError:
        return False
    return any(host == name or host.endswith(f".{name}") for name in _LINKEDIN)


def parse_url(url: URL | str) -> URL:
    """Read a web address. Raises Refused when it is none, or not of http(s)."""
    try:
        parsed = URL(url)
    except ValueError as error:
        raise UnfitLink("That is not a web address that we can read; please check it.") from error
    if parsed.scheme not in {"http", "https"} or not parsed.raw_host:
        raise UnfitLink("We can only open links that begin with http:// or https://.")
    return parsed


def refuse_linkedin(url: URL) -> None:
    """Raise Refused when a link leads to LinkedIn."""
    if is_linkedin(url):
        raise Refused("LinkedIn does not allow programs to read its pages; please give the details by hand.")


@dataclass(frozen=True, slots=True)
class Guard:
    """What a guarded request may reach."""

    ports: frozenset[int] = frozenset({80, 443})
    allow: Callable[[Address], bool] = is_public
    """Tells whether an address may be connected to; tests exempt their own server."""

    def check_url(self, url: URL) -> None:
        """Raise Refused when the text of a link already shows that we should not open it."""
        host = url.raw_host or ""
        if len(str(url)) > _MAX_URL_LENGTH:
            raise UnfitLink("That link is too long to be a job posting's.")
        if url.raw_user is not None or url.raw_password is not None:
            raise UnfitLink("That link carries a user name or password; please give it without.")
        if url.port not in self.ports:
            raise UnfitLink(f"That link asks for port {url.port}; we only open the usual ones of the web.")
        if ":" in host:
            if "%" in host:
                raise UnfitLink("That link leads into a private network.")
            return
        name = host.removesuffix(".")
        if not _HOST_NAME.fullmatch(name):
            raise UnfitLink("The link's host name is not a valid one; please check it.")
        # WHATWG URL §3.5: a host that ends in a number is an IPv4 address, and 0177.1 and 2130706433 are 127.0.0.1.
        if _NUMBER.fullmatch(name.rpartition(".")[2]) and not _is_plain_ipv4(host):
            raise UnfitLink("The link's host is a number in an unusual form; please give the plain address.")

    def check_address(self, address: str) -> None:
        """Raise InnerAddressError when a resolved address must not be connected to."""
        if not self.allow(ip_address(address.partition("%")[0])):
            raise InnerAddressError("the address is inside a private network")

    def open_socket(self, info: AddressInfo) -> socket.socket:
        """Open the socket for a connection, unless it would lead to an inner address (aiohttp's socket_factory)."""
        family, kind, protocol, _, target = info
        self.check_address(str(target[0]))
        return socket.socket(family, kind, protocol)


class GuardedResolver(AbstractResolver):
    """Resolves names, and refuses a name of which any answer is an inner address."""

    def __init__(self, resolver: AbstractResolver, guard: Guard) -> None:
        self._resolver, self._guard = resolver, guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Resolve a name. Raises InnerAddressError when it leads inside."""
        answers = await self._resolver.resolve(host, port, family)
        for answer in answers:
            self._guard.check_address(answer["host"])
        return answers

    async def close(self) -> None:
        """Close the resolver that is asked."""
        await self._resolver.close()


def _is_plain_ipv4(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False
