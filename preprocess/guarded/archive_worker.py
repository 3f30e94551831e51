"""List the files in an uploaded archive, and inflate one of them, in a guarded process."""

import json
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from typing import BinaryIO

from preprocess.archives.zip import MAX_MEMBERS, ArchiveEntry, document_kind, is_bomb, open_zip_file, read_member
from preprocess.document import Unreadable
from preprocess.file_names import is_system
from preprocess.plain_text import decode

_MAX_NAME = 1_000
_EXTENSIONS = {"table": ".xlsx", "odf": ".odt", "linkedin": ""}


def entries(file: BinaryIO, name: str) -> Sequence[ArchiveEntry]:
    """List the files in the archive called `name`, sorted by path, none inflated.

    A document whose extension was changed has one entry numbered -1: itself. Raises Unreadable: `damaged`, `too_complex`,
    `empty_folder`.
    """
    archive = open_zip_file(file)
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise Unreadable("too_complex")
    if (kind := document_kind(archive)) != "zip":
        return [(-1, "", PurePosixPath(name).with_suffix(_EXTENSIONS.get(kind, f".{kind}")).name, file.seek(0, 2), "", "")]
    listed = []
    for number, member in enumerate(members):
        path = _path(member)
        parts = [part[:_MAX_NAME] for part in path.split("/") if part not in ("", ".", "..")]
        if path.endswith("/") or not parts or any(map(is_system, parts)):
            continue
        folder = parts[-2] if len(parts) > 1 else PurePosixPath(name).stem
        listed.append((parts, (number, folder, parts[-1], member.file_size, *_refusal(member))))
    if not listed:
        raise Unreadable("empty_folder")
    return [entry for _, entry in sorted(listed)]


def content(file: BinaryIO, number: str) -> bytes:
    """Inflate the file with that number. Raises Unreadable: `damaged`, `needs_password`, `unpacks_too_large`."""
    archive = open_zip_file(file)
    member = archive.infolist()[int(number)]
    reason, detail = _refusal(member)
    if reason:
        raise Unreadable(reason, detail)
    return read_member(archive, member)


def _refusal(member: zipfile.ZipInfo) -> tuple[str, str]:
    """Return why a member cannot be read, or two empty texts. `repack` leaves its own reasons in comments."""
    if member.comment.startswith(b'["') and not member.file_size:
        with suppress(ValueError, TypeError):
            reason, detail = map(str, json.loads(member.comment))
            return reason, detail
    if is_bomb(member):
        return "unpacks_too_large", f"{member.file_size // 1_000_000:,} MB"
    return ("needs_password", "") if member.flag_bits & 0x1 else ("", "")


def _path(member: zipfile.ZipInfo) -> str:
    """Return a member's path with forward slashes. Without the UTF-8 flag zipfile decodes CP437; Windows wrote GBK there, macOS UTF-8."""
    path = member.filename
    if not member.flag_bits & 0x800 and not path.isascii():
        with suppress(Unreadable, UnicodeEncodeError):
            path = decode(path.encode("cp437"))
    return path.replace("\\", "/")
