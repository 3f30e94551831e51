"""Open the port, say why it cannot be opened and what would do, and at which addresses the page is reached."""

import errno
import ipaddress
import socket

import psutil

from i18n.texts import Texts
from settings import Settings


def listen(settings: Settings) -> socket.socket:
    """Open the port before anything slow is done. Raise OSError if it cannot be had."""
    family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
    return socket.create_server(address[:2], family=family)


def listening_problem(settings: Settings, error: OSError, words: Texts) -> str:
    """Return in words why `listen` failed, and what to change: the port or the address."""
    host, port = settings.host, settings.port
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return words("start.not_our_address", host=host, addresses=", ".join(_own_addresses()) or "127.0.0.1")
    if error.errno == errno.EADDRINUSE:
        return words("start.port_taken", host=host, port=port, next=port + 1 if port < 65535 else port - 1)
    if error.errno == errno.EACCES:
        return words("start.port_refused", port=port)
    return words("start.cannot_listen", host=host, port=port, problem=error.strerror)


def address_lines(settings: Settings, has_login: bool, words: Texts) -> list[str]:
    """Return lines with the page's addresses on this machine and in its network, and a warning if others can open it without a password."""
    is_everywhere = settings.host in ("0.0.0.0", "::")
    port, path = settings.port, settings.root_path
    lines = [words("start.at", host="localhost" if is_everywhere else settings.host, port=port, path=path)]
    if is_everywhere:
        lines += [words("start.in_network", host=address, port=port, path=path) for address in _own_addresses()]
    if not has_login and not _is_loopback(settings.host):
        lines.append(words("start.no_password"))
    return lines


def _own_addresses() -> list[str]:
    """Return this machine's IPv4 addresses in its networks."""
    addresses = [card.address for cards in psutil.net_if_addrs().values() for card in cards if card.family == socket.AF_INET]
    return [address for address in addresses if not address.startswith("127.")]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
