"""Make and check keys of the HTTP API: random 256 bits, whose SHA-256 a file beside the database keeps; see key_command.py.

A fast hash is right here: what is hashed cannot be guessed, unlike a password. The file may change while the app runs.
"""

import hmac
import logging
import re
import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from server.auth.accounts import NAME, file_version, write_private
from settings import BadSetting, Settings

FILE_NAME = "api_keys"
PREFIX = "rrk_"
"""Of every key, so that a scanner for secrets, and whoever finds one in a script, knows what it is."""

_HASH = re.compile(r"[0-9a-f]{64}")
_LOG = logging.getLogger(__name__)


class Keys:
    """Names and hashes from a file that is read again when it has changed. Empty (false): there is no key.

    No file means no key; once it was read, what it last said holds while it cannot be read or is gone.
    """

    def __init__(self, file: Path):
        self._file = file
        self._version = file_version(file)
        self._hashes = read_keys(file)

    def __bool__(self) -> bool:
        return bool(self._now())

    def name_of(self, key: str) -> str | None:
        """Return whose key this is, None if it is nobody's. Takes the same time wherever it differs from the right one."""
        given, owner = _hash(key), None
        for name, hashed in self._now().items():
            if hmac.compare_digest(given, hashed):
                owner = name
        return owner

    def _now(self) -> Mapping[str, str]:
        if (version := file_version(self._file)) not in (None, self._version):
            try:
                self._hashes = read_keys(self._file)
            except BadSetting as error:
                _LOG.warning("%s", error)
            self._version = version
        return self._hashes


def open_keys(settings: Settings) -> Keys:
    """Return the keys of the API. Raises BadSetting if their file cannot be read."""
    return Keys(keys_file(settings))


def keys_file(settings: Settings) -> Path:
    """Return where the hashes of the keys are kept: beside the database."""
    return Path(settings.feedback) / FILE_NAME


def read_keys(path: Path) -> dict[str, str]:
    """Return name → SHA-256 (hex) from lines `name:hash`; {} if there is no file. Raises BadSetting."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except NotADirectoryError as error:
        raise BadSetting("feedback", "not_usable", path=path.parent, problem=error) from None
    except (OSError, UnicodeDecodeError) as error:
        problem = error if isinstance(error, OSError) else "not UTF-8"
        raise BadSetting("feedback", "keys_unreadable", path=path, problem=problem) from None
    keys = {}
    for number, line in enumerate(lines, start=1):
        name, _, hashed = line.partition(":")
        if not NAME.fullmatch(name) or not _HASH.fullmatch(hashed):
            raise BadSetting("feedback", "keys_line", path=path, line=number)
        keys[name] = hashed
    return keys


def add_key(path: Path, name: str) -> str:
    """Make a key, add its hash to the file (mode 0600) and return it: it is kept nowhere. Raises LookupError if the name has a key."""
    keys = read_keys(path)
    if name in keys:
        raise LookupError(name)
    key = PREFIX + secrets.token_urlsafe(32)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(path, keys | {name: _hash(key)})
    return key


def remove_key(path: Path, name: str) -> None:
    """Remove the key of this name from the file. Raises LookupError if there is none."""
    keys = read_keys(path)
    if name not in keys:
        raise LookupError(name)
    write_private(path, {other: hashed for other, hashed in keys.items() if other != name})


def _hash(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()
