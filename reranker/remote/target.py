"""Parse `--model http://host:port#model,…`, and refuse addresses outside the private ranges. Connects to nothing."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from reranker.notice import NoCheckpoint, NoSuchModel

PRIVATE = tuple(
    map(
        ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"),
    )
)
"""Loopback, private, link-local and unique local addresses."""

DEFAULT_PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str, int], Sequence[str]]
"""(host, port) → its IP addresses. Raise OSError if there is no such host."""


@dataclass(frozen=True)
class Target:
    """One server of `--model`. `path` is what its routes are below ("" or "/prefix"); `model` is "" where the server is to choose."""

    scheme: str
    host: str
    port: int
    path: str
    model: str

    @property
    def name(self) -> str:
        """Return "host:port", as people are told it and as the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def parse_targets(model: str) -> tuple[Target, ...]:
    """Return the servers that `--model` names. Raise NoSuchModel if one of them is not a plain URL of a server."""
    return tuple(_target(url.strip()) for url in model.split(",") if url.strip())


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host by the system's resolver. Raise OSError if there are none."""
    return list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def addresses_of(target: Target, allow_remote: bool, resolve: Resolve = resolve) -> Sequence[str]:
    """Return the IP addresses that may be connected to. Every address of the host must be private, unless `allow_remote`.

    The connection goes to exactly one of these, so that a name cannot be pointed elsewhere between check and connection.
    Raise NoSuchModel if an address is not private, NoCheckpoint if the name has none.
    """
    try:
        addresses = resolve(target.host, target.port)
    except (OSError, UnicodeError):  # the latter: a label that is empty or too long
        addresses = []
    if not addresses:
        raise NoCheckpoint("remote_unknown_host", server=target.name)
    for address in addresses:
        if not allow_remote and not is_private(address):
            raise NoSuchModel("remote_not_private", server=target.name, address=address)
    return addresses


def is_private(address: str) -> bool:
    """Return whether an IP address is in PRIVATE; an IPv4 address in the clothes of IPv6 counts as what it is."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return any(ip in network for network in PRIVATE)


def _target(url: str) -> Target:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NoSuchModel("remote_bad_url") from None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.query or "@" in parts.netloc:
        raise NoSuchModel("remote_bad_url")  # without the URL: it may hold a password
    return Target(parts.scheme, parts.hostname, port or DEFAULT_PORTS[parts.scheme], parts.path.rstrip("/"), parts.fragment)
