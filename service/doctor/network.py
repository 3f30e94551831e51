"""Check the port that the page would listen on, and whether the settings for a proxy fit together."""

import ipaddress
from pathlib import Path

from feedback.one_app import user_of
from service.doctor.result import CheckResult, ok, warn
from service.message import Message
from service.port import listen, listening_problem_key
from settings import Settings


def check_port(settings: Settings) -> CheckResult:
    """Open the port and close it again; that the app itself runs there with this feedback folder is fine."""
    values = {"host": settings.host, "port": settings.port}
    try:
        listen(settings).close()
    except OSError as error:
        if user_of(Path(settings.feedback)) == f"{settings.host}:{settings.port}":
            return ok("port", "port_own", **values)
        return CheckResult("port", "fail", Message("doctor.port_refused", values), Message(*listening_problem_key(settings, error)))
    return ok("port", "port", **values)


def check_proxy(settings: Settings) -> CheckResult:
    """Check who can reach the page: passwords, and host, name and address where a proxy is in front. Asks nobody."""
    has_login = bool(settings.auth or settings.users)
    is_local = _is_loopback(settings.host)
    if not settings.trusted_proxy:
        if not has_login and not is_local:
            return CheckResult("proxy", "warn", Message("doctor.no_proxy_open"), Message("start.no_password"))
        return ok("proxy", "no_proxy_local" if is_local else "no_proxy_login")
    values = {"proxy": settings.trusted_proxy}
    if not has_login:
        return warn("proxy", "proxy_no_login", "proxy_no_login_remedy", **values)
    if not settings.host_names:
        return warn("proxy", "proxy_no_name", "proxy_no_name_remedy", **values)
    if not is_local and all(map(_is_loopback, settings.trusted_proxies)):
        return warn("proxy", "proxy_passed_by", "proxy_passed_by_remedy", host=settings.host, port=settings.port)
    return ok("proxy", "proxy", names=", ".join(settings.host_names), **values)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_network(host).is_loopback
    except ValueError:
        return host == "localhost"
