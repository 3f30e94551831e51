"""Accounts: names with argon2id hashes, from --auth or a file of users.   ./start.sh user add NAME --users FILE"""

import argparse
import getpass
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from i18n.console import fail
from i18n.texts import texts
from settings import BadSetting, Settings, add_flags, load_settings

MAX_PASSWORD, MIN_PASSWORD = 1024, 8
NAME = re.compile(r"[^\s:,#][^:,\x00-\x1f\x7f]{0,63}(?<!\s)")
_HASHER = PasswordHasher()  # argon2id: 64 MiB, three passes; the second recommended option of RFC 9106


class Accounts:
    """Names and argon2id hashes, no passwords. Empty (false): nobody has to sign in."""

    def __init__(self, hashes: Mapping[str, str]):
        self._hashes = dict(hashes)
        self._nobody = _HASHER.hash("") if hashes else ""

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def match(self, user: str, password: str) -> bool:
        """Return whether this is the user's password. An unknown user takes as long as a known one."""
        expected = self._hashes.get(user)
        try:
            _HASHER.verify(expected or self._nobody, password[: MAX_PASSWORD + 1].encode("utf-8", "replace"))
        except VerificationError:
            return False
        return expected is not None and len(password) <= MAX_PASSWORD


def open_accounts(settings: Settings) -> Accounts:
    """Return the accounts of --auth (hashed here) and of the file --users; a name in both has the file's password. Raises BadSetting."""
    given = {user: _HASHER.hash(password) for user, password in settings.passwords.items()}
    if not settings.users:
        return Accounts(given)
    in_file = read_users(Path(settings.users))
    if not in_file:
        raise BadSetting("users", f"{settings.users} names nobody: everyone could come in. It")
    return Accounts(given | in_file)


def read_users(path: Path) -> dict[str, str]:
    """Return name → hash from lines `name:$argon2id$…`; empty lines and those that begin with # are skipped. Raises BadSetting."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting("users", f"{path} ({getattr(error, 'strerror', None) or 'not UTF-8'})") from None
    users = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        user, _, hashed = line.strip().partition(":")
        if not NAME.fullmatch(user) or not _is_argon2id(hashed):
            raise BadSetting("users", f"line {number} of {path}")
        users[user] = hashed
    return users


def write_user(path: Path, user: str, password: str) -> None:
    """Add a user to the file, or change an existing user's password. The file gets mode 0600."""
    users = read_users(path) if path.exists() else {}
    users[user] = _HASHER.hash(password)
    new = path.with_name(path.name + ".new")
    new.touch(mode=0o600)
    new.write_text("".join(f"{name}:{hashed}\n" for name, hashed in users.items()), "utf-8")
    new.replace(path)


def _is_argon2id(hashed: str) -> bool:
    try:
        return extract_parameters(hashed).type.name == "ID"
    except InvalidHashError:
        return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command `user`; exit code 2 if nothing was written."""
    parser = argparse.ArgumentParser(prog="./start.sh user", description="Who may sign in to the page. A restart of the app applies it.")
    commands = parser.add_subparsers(required=True)
    add = commands.add_parser("add", help="add a user, or change the password of one; asks for it twice")
    add.add_argument("name")
    add_flags(add, "users", "language")
    options = parser.parse_args(arguments)
    try:
        settings = load_settings(vars(options))
        words = texts(settings.language)
        if not settings.users:
            return fail(words("users.no_file"), 2)
        if not NAME.fullmatch(options.name):
            return fail(words("users.bad_name"), 2)
        password = getpass.getpass(words("users.password", user=options.name, least=MIN_PASSWORD))
        if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
            return fail(words("users.bad_password", least=MIN_PASSWORD, most=MAX_PASSWORD), 2)
        if getpass.getpass(words("users.once_more")) != password:
            return fail(words("users.differ"), 2)
        write_user(Path(settings.users), options.name, password)
    except (BadSetting, OSError) as error:
        return fail(str(error), 2)
    print(words("users.added", user=options.name, file=settings.users))
    return 0


if __name__ == "__main__":
    sys.exit(main())
