"""Read a whole mail as one document, its body, in guarded processes: a web archive in a ZIP, a job description that came as a mail."""

import io
from collections.abc import Iterator
from dataclasses import replace

from preprocess.document import Document, Unreadable
from preprocess.mail import mbox, msg
from preprocess.mail.eml import read_eml
from preprocess.mail.mail import Mail
from preprocess.office.rtf.reader import rtf_pictures
from preprocess.web.html import pictures_of


def read_mail(data: bytes, name: str) -> Document:
    """Read the body of a mail or web archive. Raises Unreadable: `no_text`, `too_complex`, `encrypted_mail`."""
    return _document(read_eml(data), name)


def read_mbox(data: bytes, name: str) -> Document:
    """Read the bodies of all mails in a mailbox, a page each. Raises Unreadable: `no_text`, `too_complex`, `encrypted_mail`."""
    documents = [_document(read_eml(mail), name) for mail in mbox.mails(io.BytesIO(data))]
    if not documents:
        raise Unreadable("no_text")
    pages, notes = [], []
    for document in documents:
        notes += [replace(note, page=note.page + len(pages)) if note.page else note for note in document.notes]
        pages += document.pages
    return Document(name, "mail", tuple(pages), tuple(notes))


def read_msg(data: bytes, name: str) -> Document:
    """Read the body of an Outlook message. Raises Unreadable: `no_text`, `damaged`, `too_complex`, `encrypted_mail`."""
    return _document(msg.read_msg(data), name)


def mail_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_mail` left empty pages for, as files."""
    return _pictures(read_eml(data))


def mbox_pictures(data: bytes) -> Iterator[bytes]:
    """Yield the pictures that `read_mbox` left empty pages for, as files."""
    for mail in mbox.mails(io.BytesIO(data)):
        yield from _pictures(read_eml(mail))


def msg_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_msg` left empty pages for, as files."""
    return _pictures(msg.read_msg(data))


def _pictures(mail: Mail) -> Iterator[bytes]:
    if mail.body.kind == "html":
        return pictures_of(mail.body.text)
    return rtf_pictures(mail.body.data) if mail.body.kind == "rtf" else iter(())


def _document(mail: Mail, name: str) -> Document:
    if not mail.body.has_text:
        raise Unreadable("no_text")
    return mail.body.document(name)
