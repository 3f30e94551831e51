"""Define a mail of any format, and list its files: body and attachments, those of a mail within it in a folder of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from preprocess.archives.zip import Member
from preprocess.document import Document, Unreadable
from preprocess.file_kind import kind_of
from preprocess.file_names import MAIL_BODY, is_system
from preprocess.guarded.readers import READERS
from preprocess.plain_text import pasted_document, without_base64
from preprocess.web.html import has_content, html_document

_MAIL_EXTENSIONS = (".eml", ".msg", ".mht", ".mhtml", ".mbox")
_MAX_NAME = 200
_ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Body:
    """The text of a mail itself. `kind` is "text", "html" or "rtf"; RTF is kept as a str of the bytes, in Latin-1."""

    text: str = ""
    kind: str = "text"

    @property
    def has_text(self) -> bool:
        """Return whether there is anything to read in it. Raises Unreadable `too_complex`."""
        return has_content(self.text) if self.kind == "html" else bool(self.text.strip())

    @property
    def data(self) -> bytes:
        """It as a file, in UTF-8."""
        if self.kind == "rtf":
            return self.text.encode("latin-1", errors="replace")
        encoded = _BOM + self.text.encode("utf-8", errors="replace")
        if self.kind == "html" and kind_of(encoded, "") != "html":  # too few tags to be known by them
            encoded = _BOM + b"<html><body>" + encoded[len(_BOM) :]
        return encoded

    def document(self, name: str) -> Document:
        """Return it as a document. Raises Unreadable: `empty_file`, `too_complex`, `unsupported_type`, and what the RTF reader raises."""
        if self.kind == "html":
            return html_document(self.text, name)
        if self.kind == "rtf":
            if "rtf" not in READERS:
                raise Unreadable("unsupported_type", "RTF")
            return READERS["rtf"].function()(self.data, name)
        return pasted_document(without_base64(self.text)[0], name)


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail: its content, the mail that it is, or why it cannot be read."""

    name: str
    content: "bytes | Mail | Unreadable"


@dataclass(frozen=True)
class Mail:
    """A mail as read."""

    subject: str
    body: Body
    attachments: tuple[Attachment, ...] = ()


def check_encryption(body: Body) -> None:
    """Raise Unreadable `encrypted_mail` if the body is nothing but a cipher text."""
    if body.kind == "text" and body.text.lstrip().startswith(_ENCRYPTED):
        raise Unreadable("encrypted_mail")


class MailFiles:
    """Give each mail of a file a folder that no other has, and list the files in it."""

    def __init__(self, name: str):
        """`name` is that of the file: the mail itself has no folder, and is shown in one of this name."""
        self._taken = {PurePosixPath(name).stem.lower()}

    def members(self, mail: Mail, name: str, folder: str = "") -> Iterator[Member]:
        """Yield the files of a mail called `name`; one with nothing but a body is itself one file of that name."""
        if not mail.attachments:
            content = mail.body.data if mail.body.has_text else Unreadable("no_text")
            yield Member(folder + _safe(name, "mail"), content)
            return
        if mail.body.has_text:
            extension = {"html": "html", "rtf": "rtf"}.get(mail.body.kind, "txt")
            yield Member(f"{folder}{MAIL_BODY}.{extension}", mail.body.data)
        for number, attachment in enumerate(mail.attachments, 1):
            file_name = _safe(attachment.name, f"attachment-{number}")
            if isinstance(attachment.content, Mail):
                yield from self.members(attachment.content, file_name, folder + self.folder(attachment.name or attachment.content.subject))
            else:
                yield Member(folder + file_name, attachment.content)

    def folder(self, name: str) -> str:
        """Return a folder for the mail called `name`, with a slash at its end."""
        stem = _safe(name, "mail")
        stem = stem[: -len(PurePosixPath(stem).suffix)] if stem.lower().endswith(_MAIL_EXTENSIONS) else stem
        number, distinct = 1, stem
        while distinct.lower() in self._taken:
            number += 1
            distinct = f"{stem} ({number})"
        self._taken.add(distinct.lower())
        return f"{distinct}/"


def _safe(name: str, default: str) -> str:
    """Return a file name that is one part of a path, and is not taken for a system file's."""
    name = " ".join(name.replace("/", "_").replace("\\", "_").split())
    if len(name) > _MAX_NAME:
        suffix = PurePosixPath(name).suffix[:10]
        name = name[: _MAX_NAME - len(suffix)] + suffix
    if not name or name == "..":
        return default
    return f"{default}{name}" if is_system(name) and name.startswith(".") else name
