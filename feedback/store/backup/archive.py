"""Write and unpack the file of a backup: a ZIP with the database, what belongs to it, and a list with SHA-256. Knows no tables."""

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from feedback.store.backup.swap import sync
from feedback.store.kept_files import FOLDER

FORMAT = "resume-reranker-backup-1"
MANIFEST = "manifest.json"
_NAME = re.compile(rf"[\w.-]+|{FOLDER}/[0-9a-f]{{64}}", re.ASCII)
_CHUNK = 1 << 20


class BadBackup(Exception):
    """The file cannot be brought back. `code` makes the sentence `backup.CODE` of the text tables. Nothing was changed."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Manifest:
    """The contents of a backup. `at` is in Unix seconds, `schema` of the database; `erased` as `erased_record.as_json` writes it."""

    at: float
    schema: int
    erased: str
    files: Mapping[str, str]
    """Name in the backup → SHA-256."""

    format: str = FORMAT


def write_archive(file: Path, members: Mapping[str, Path], manifest: Manifest) -> None:
    """Write a backup with these files, of mode 0600, in the place of an older one: whole or not at all. Raises OSError.

    `manifest.files` is filled in here. A member that is gone is left out: a kept file whose resume was erased meanwhile.
    """
    partial = file.with_name(f"{file.name}.partial")
    partial.unlink(missing_ok=True)
    digests: dict[str, str] = {}
    with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, path in members.items():
                try:
                    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
                        digests[name] = _copied(source, target)
                except FileNotFoundError:
                    continue
            archive.writestr(MANIFEST, json.dumps({**asdict(manifest), "files": digests}))
        opened.flush()
        os.fsync(opened.fileno())
    partial.replace(file)
    sync(file.absolute().parent)


def unpack(file: Path, into: Path) -> Manifest:
    """Write the files of a backup into an empty folder, with mode 0600, and return its list. Raises BadBackup, OSError."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _read_manifest(archive.read(MANIFEST))
            for name, digest in manifest.files.items():
                if not _NAME.fullmatch(name) or name.startswith("."):
                    raise BadBackup("not_a_backup")
                target = into / name
                target.parent.mkdir(mode=0o700, exist_ok=True)
                with archive.open(name) as source, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as opened:
                    if _copied(source, opened) != digest:
                        raise BadBackup("damaged")
            return manifest
    except KeyError:
        raise BadBackup("not_a_backup") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise BadBackup("damaged" if _begins_as_zip(file) else "not_a_backup") from None


def _read_manifest(data: bytes) -> Manifest:
    try:
        told: dict[str, Any] = json.loads(data)
        if told["format"] != FORMAT:
            raise BadBackup("other_format")
        return Manifest(float(told["at"]), int(told["schema"]), str(told["erased"]), {**told["files"]})
    except (ValueError, TypeError):
        raise BadBackup("not_a_backup") from None


def _begins_as_zip(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(2) == b"PK"


def _copied(source: Any, target: Any) -> str:
    """Copy a stream; return the hex SHA-256 of it."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()
