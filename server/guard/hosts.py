"""Check the Host and Origin of requests, against DNS rebinding and requests forged by other sites."""

import ipaddress
import re
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

_AUTHORITY = re.compile(r"[^\s/?#@\\]+")
"""A host with or without a port. What else is in a URL would be cut off before the name is compared, even if it is empty ("host#")."""


class Hosts:
    """The names of this server. An IP address is always accepted (another site can point its name here, not an address)."""

    def __init__(self, named: Iterable[str] = ()):
        machine = socket.gethostname().lower()
        self._names = {"localhost", machine, f"{machine}.local", *(name.lower() for name in named)}

    def knows(self, host: str) -> bool:
        """Return whether a Host header (name or address, with or without a port) is meant for this server."""
        name = host_name(host)
        return name != "" and (name in self._names or _is_address(name))


def host_name(host: str) -> str:
    """Return the name or address in a Host header, in lower case and without its port; "" if there is anything else in it."""
    return _name(f"//{host}") or ""


def is_same_origin(origin: str, host: str) -> bool:
    """Return whether a page of this origin is a page of this host. "null", what a sandboxed frame sends, is not."""
    scheme, _, origin_host = origin.partition("://")
    return scheme in ("http", "https") and origin_host.lower() == host.lower() and _name(origin) is not None


def _name(url: str) -> str | None:
    """Return the host in lower case without port, trailing dot and brackets; None if it is not just a host."""
    if not _AUTHORITY.fullmatch(url.partition("//")[2]):
        return None
    try:
        parts = urlsplit(url)
        name, _ = parts.hostname, parts.port  # both may raise ValueError
    except ValueError:
        return None
    return name.rstrip(".") if name else None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return True
