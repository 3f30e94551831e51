"""Read and write accounts: argon2id hashes from --auth and a file of users, which may change while the app runs; see user_command.py."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from settings import MIN_PASSWORD, BadSetting, Settings

MAX_PASSWORD = 1024
NAME = re.compile(r"[^\s:,#][^:,\x00-\x1f\x7f]{0,63}(?<!\s)")
_HASHER = PasswordHasher()  # argon2id: 64 MiB, three passes; the second recommended option of RFC 9106
_LOG = logging.getLogger(__name__)


ADMIN = "admin"
"""Behind the hash of an administrator in a file of users."""


@dataclass(frozen=True)
class Account:
    """A user of the file. `is_admin`: they may administer; see service/access/access.py."""

    hash: str
    is_admin: bool = False


class Accounts:
    """Names and argon2id hashes, no passwords. Empty (false): nobody has to sign in.

    A file of users is read again when it has changed, so that a removed user is out at once. While it cannot be read, what it last said
    holds.
    """

    def __init__(self, hashes: Mapping[str, str], file: Path | None = None):
        self._hashes, self._file = dict(hashes), file
        self._version = file_version(file)
        self._in_file = read_users(file) if file else {}
        self._nobody = _HASHER.hash("") if self else ""

    def __bool__(self) -> bool:
        return bool(self._hashes or self._file)

    def match(self, user: str, password: str) -> bool:
        """Return whether this is the user's password. An unknown user takes as long as a known one."""
        expected = self.credential(user)
        try:
            _HASHER.verify(expected or self._nobody, password[: MAX_PASSWORD + 1].encode("utf-8", "replace"))
        except VerificationError:
            return False
        return expected is not None and len(password) <= MAX_PASSWORD

    def credential(self, user: str) -> str | None:
        """Return the hash of the user's password as it is now, None for an unknown user. A name in both has the file's password."""
        in_file = self._now().get(user)
        return in_file.hash if in_file else self._hashes.get(user)

    def admins(self) -> frozenset[str]:
        """Return the names of the administrators as they are now; those of --auth are none."""
        return frozenset(user for user, account in self._now().items() if account.is_admin)

    def _now(self) -> Mapping[str, Account]:
        if self._file and (version := file_version(self._file)) != self._version:
            try:
                self._in_file = read_users(self._file)
            except BadSetting as error:
                _LOG.warning("%s", error)
            self._version = version
        return self._in_file


def open_accounts(settings: Settings) -> Accounts:
    """Return the accounts of --auth (hashed here) and of the file --users. Raises BadSetting."""
    for user, password in settings.passwords.items():
        if len(password) < MIN_PASSWORD:
            raise BadSetting("auth", "auth_short", user=user, least=MIN_PASSWORD)
    given = {user: _HASHER.hash(password) for user, password in settings.passwords.items()}
    if not settings.users:
        return Accounts(given)
    path = Path(settings.users)
    users = read_users(path)
    if not users:
        raise BadSetting("users", "users_empty", path=path)
    if settings.private_runs and not any(account.is_admin for account in users.values()):
        raise BadSetting("private_runs", "private_admin", path=path)
    return Accounts(given, path)


def read_users(path: Path) -> dict[str, Account]:
    """Return name → account from lines `name:$argon2id$…` or, of administrators, `name:$argon2id$…:admin`.

    Empty lines and those that begin with # are skipped. Raises BadSetting.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise BadSetting("users", "users_missing", path=path.absolute()) from None
    except (OSError, UnicodeDecodeError) as error:
        problem = error if isinstance(error, OSError) else "not UTF-8"
        raise BadSetting("users", "users_unreadable", path=path, problem=problem) from None
    users = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        user, _, rest = line.strip().partition(":")
        hashed, _, role = rest.partition(":")
        if not NAME.fullmatch(user) or not _is_argon2id(hashed) or role not in ("", ADMIN):
            raise BadSetting("users", "users_line", path=path, line=number)
        users[user] = Account(hashed, bool(role))
    return users


def write_user(path: Path, user: str, password: str, is_admin: bool = False) -> None:
    """Add a user to the file, or change an existing user's password. The file gets mode 0600. An administrator stays one."""
    users = read_users(path) if path.exists() else {}
    was_admin = user in users and users[user].is_admin
    _write_users(path, users | {user: Account(_HASHER.hash(password), is_admin or was_admin)})


def set_admin(path: Path, user: str, is_admin: bool) -> None:
    """Make a user an administrator, or no longer one. Raise LookupError if there is no such user."""
    users = read_users(path)
    if user not in users:
        raise LookupError(user)
    _write_users(path, users | {user: replace(users[user], is_admin=is_admin)})


def remove_user(path: Path, user: str) -> None:
    """Remove a user from the file. Raise LookupError if there is no such user."""
    users = read_users(path)
    if user not in users:
        raise LookupError(user)
    _write_users(path, {name: account for name, account in users.items() if name != user})


def _write_users(path: Path, users: Mapping[str, Account]) -> None:
    write_private(path, {name: f"{account.hash}:{ADMIN}" if account.is_admin else account.hash for name, account in users.items()})


def write_private(path: Path, hashes: Mapping[str, str]) -> None:
    """Write lines `name:hash` to the file at once, with mode 0600."""
    new = path.with_name(path.name + ".new")
    new.touch(mode=0o600)
    new.write_text("".join(f"{name}:{hashed}\n" for name, hashed in hashes.items()), "utf-8")
    new.replace(path)


def file_version(path: Path | None) -> tuple[int, int, int] | None:
    """Return what changes when the file is written, None where it cannot be looked at."""
    if path is None:
        return None
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _is_argon2id(hashed: str) -> bool:
    try:
        return extract_parameters(hashed).type.name == "ID"
    except InvalidHashError:
        return False
