"""Open the port that the settings name, or say why it cannot be opened and what would do."""

import errno
import socket

import psutil

from i18n.texts import Texts
from settings import Settings


def listen(settings: Settings) -> socket.socket:
    """Open the port before anything slow is done. Raise OSError if it cannot be had."""
    family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
    listener = socket.create_server(address[:2], family=family)
    # Its connections inherit this. asyncio sees to it only where a socket names its protocol; without it each answer takes 40 ms longer.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def listening_problem(settings: Settings, error: OSError, words: Texts) -> str:
    """Return in words why `listen` failed, and what to change: the port or the address."""
    key, values = listening_problem_key(settings, error)
    return words(key, **values)


def listening_problem_key(settings: Settings, error: OSError) -> tuple[str, dict[str, object]]:
    """Return why `listen` failed as a key of the text tables with its values."""
    host, port = settings.host, settings.port
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return "start.not_our_address", {"host": host, "addresses": ", ".join(own_addresses()) or "127.0.0.1"}
    if error.errno == errno.EADDRINUSE:
        return "start.port_taken", {"host": host, "port": port, "next": port + 1 if port < 65535 else port - 1}
    if error.errno == errno.EACCES:
        return "start.port_refused", {"port": port}
    return "start.cannot_listen", {"host": host, "port": port, "problem": error.strerror}


def own_addresses() -> list[str]:
    """Return this machine's IPv4 addresses in its networks."""
    addresses = [card.address for cards in psutil.net_if_addrs().values() for card in cards if card.family == socket.AF_INET]
    return [address for address in addresses if not address.startswith("127.")]
