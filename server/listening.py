"""Say at which addresses the page is reached, and who can open it there."""

import ipaddress

from i18n.texts import Texts
from service.port import own_addresses
from settings import Settings


def address_lines(settings: Settings, has_login: bool, words: Texts) -> list[str]:
    """Return lines with the page's addresses on this machine and in its network, and a warning if others can open it without a password."""
    is_everywhere = settings.host in ("0.0.0.0", "::")
    port, path = settings.port, settings.root_path
    lines = [words("start.at", host="localhost" if is_everywhere else settings.host, port=port, path=path)]
    if is_everywhere:
        lines += [words("start.in_network", host=address, port=port, path=path) for address in own_addresses()]
    if not has_login and not _is_loopback(settings.host):
        lines.append(words("start.no_password"))
    return lines


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
