"""Repack a container that is no ZIP as one, in a guarded process: the files in an archive, a mail or a sheet, not compressed.

So everything above knows one kind of container, and an archive that can only be read from its start is unpacked once.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO

from preprocess.archives import rar, seven_zip, tar
from preprocess.archives.zip import MAX_MEMBERS, Member
from preprocess.document import Unreadable
from preprocess.mail import eml, mbox, msg
from preprocess.profiles import people
from preprocess.tables import candidates

MAX_UNPACKED = 500_000_000
MEMBERS: dict[str, Callable[[BinaryIO, str], Iterator[Member]]] = {
    "rar": rar.members,
    "7z": seven_zip.members,
    "tar": tar.members,
    "mail": eml.members,
    "mbox": mbox.members,
    "msg": msg.members,
    "table": candidates.members,
    "profile": people.members,
}
"""By kind of container: the function that yields the files in it, given the open file and its name."""


def repack(file: BinaryIO, kind: str, name: str) -> bytes:
    """Return the files in a container of this kind as a ZIP; the comment of one that cannot be read is its reason, as JSON.

    `name` is the container's own. Raises Unreadable: `unsupported_type`, `unpacks_too_large`, `too_complex`, and what its reader raises.
    """
    if kind not in MEMBERS:
        raise Unreadable("unsupported_type", kind.upper())
    packed, total = io.BytesIO(), 0
    with zipfile.ZipFile(packed, "w") as archive:
        for number, member in enumerate(MEMBERS[kind](file, name)):
            entry = zipfile.ZipInfo(member.path)
            content = b"" if isinstance(member.content, Unreadable) else member.content
            if isinstance(member.content, Unreadable):
                entry.comment = json.dumps([member.content.reason, member.content.detail]).encode()
            total += len(content)
            if total > MAX_UNPACKED:
                raise Unreadable("unpacks_too_large", f"{total // 1_000_000:,} MB")
            if number == MAX_MEMBERS:
                raise Unreadable("too_complex")
            archive.writestr(entry, content)
    return packed.getvalue()
