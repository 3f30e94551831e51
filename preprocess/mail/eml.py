"""List the files in mails and web archives (EML, MHT). In guarded processes only."""

from collections.abc import Iterator
from typing import BinaryIO

from preprocess.archives.zip import Member
from preprocess.document import Unreadable
from preprocess.mail.mail import Mail, MailFiles
from preprocess.mail.mime import MAX_BYTES, parsed
from preprocess.mail.parts import mail_of


def read_eml(data: bytes) -> Mail:
    """Parse a mail. Raises Unreadable: `too_large`, `too_complex`, `encrypted_mail`, `damaged`."""
    try:
        return mail_of(parsed(data))
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception:  # the email package lets some of what goes wrong with a damaged head through
        raise Unreadable("damaged") from None


def members(file: BinaryIO, name: str) -> Iterator[Member]:
    """Yield the files of the mail called `name`. Raises Unreadable: `too_large`, `too_complex`, `encrypted_mail`."""
    yield from MailFiles(name).members(read_eml(file.read(MAX_BYTES + 1)), name)
