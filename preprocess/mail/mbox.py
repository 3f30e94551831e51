"""List the files of the mails in a mailbox (mbox). In guarded processes only."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from preprocess.archives.zip import Member
from preprocess.document import Unreadable
from preprocess.file_kind import MAIL_IN_BOX
from preprocess.mail.eml import read_eml
from preprocess.mail.mail import MailFiles
from preprocess.mail.mime import MAX_BYTES

_QUOTED = re.compile(rb"^>(>*From )", re.M)
_MAX_LINE = 1_000_000


def mails(file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of each mail in a mailbox, one at a time in memory. Raises Unreadable `too_large`."""
    lines: list[bytes] = []
    size, is_start = 0, True
    separator = b""
    while line := file.readline(_MAX_LINE):
        if separator:
            if MAIL_IN_BOX.match(separator + line):
                yield from _mail(lines)
                lines, size = [], 0
            else:
                lines.append(separator)
            separator = b""
        if is_start and line.startswith(b"From "):
            separator = line
            is_start = False
            continue
        size += len(line)
        if size > MAX_BYTES:
            raise Unreadable("too_large", f"{MAX_BYTES // 1_000_000} MB")
        lines.append(line)
        is_start = not line.strip()
    yield from _mail([*lines, separator])


def members(file: BinaryIO, name: str) -> Iterator[Member]:
    """Yield the files of all mails in the mailbox called `name`, each mail's in a folder by its subject."""
    files = MailFiles(name)
    for data in mails(file):
        try:
            mail = read_eml(data)
        except Unreadable as error:
            yield Member(files.folder("") + name, error)
        else:
            folder = files.folder(mail.subject)
            yield from files.members(mail, f"{folder[:-1]}.{'html' if mail.body.kind == 'html' else 'txt'}", folder)


def _mail(lines: Iterable[bytes]) -> Iterator[bytes]:
    data = b"".join(lines)
    if data.strip():
        yield _QUOTED.sub(rb"\1", data)
