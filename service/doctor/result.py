"""Define the result of one check: what was found, in which state, and what to do about it."""

from dataclasses import dataclass
from typing import Any, Literal

from service.message import Message

State = Literal["ok", "warn", "fail", "unchecked"]
"""ok; warn: works, but not as well or as safely as it could; fail: something is wrong; unchecked: could not be checked here."""


@dataclass(frozen=True)
class CheckResult:
    """`name` is the key of the check's title in `doctor.name`; `remedy` is what to do, None where nothing has to be done."""

    name: str
    state: State
    finding: Message
    remedy: Message | None = None


def ok(check: str, finding: str, /, **values: Any) -> CheckResult:
    """Return a result that needs no remedy; `finding` is a key of `[doctor]` in the text tables."""
    return CheckResult(check, "ok", Message(f"doctor.{finding}", values))


def warn(check: str, finding: str, remedy: str, /, **values: Any) -> CheckResult:
    """Return a result of state warn; finding and remedy are filled from the same values."""
    return _with_remedy(check, "warn", finding, remedy, values)


def failed(check: str, finding: str, remedy: str, /, **values: Any) -> CheckResult:
    """Return a result of state fail; finding and remedy are filled from the same values."""
    return _with_remedy(check, "fail", finding, remedy, values)


def unchecked(check: str, finding: str, /, **values: Any) -> CheckResult:
    """Return that something was not checked, and why."""
    return CheckResult(check, "unchecked", Message(f"doctor.{finding}", values))


def _with_remedy(check: str, state: State, finding: str, remedy: str, values: dict[str, Any]) -> CheckResult:
    return CheckResult(check, state, Message(f"doctor.{finding}", values), Message(f"doctor.{remedy}", values))
