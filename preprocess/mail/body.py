"""Read a whole mail as one document, its body, in guarded processes: a web archive in a ZIP, a job description that came as a mail."""

import io

from preprocess.document import Document, Unreadable
from preprocess.mail import mbox, msg
from preprocess.mail.eml import read_eml
from preprocess.mail.mail import Mail


def read_mail(data: bytes, name: str) -> Document:
    """Read the body of a mail or web archive. Raises Unreadable: `no_text`, `too_complex`, `encrypted_mail`."""
    return _document(read_eml(data), name)


def read_mbox(data: bytes, name: str) -> Document:
    """Read the bodies of all mails in a mailbox, a page each. Raises Unreadable: `no_text`, `too_complex`, `encrypted_mail`."""
    documents = [_document(read_eml(mail), name) for mail in mbox.mails(io.BytesIO(data))]
    if not documents:
        raise Unreadable("no_text")
    pages = tuple(page for document in documents for page in document.pages)
    return Document(name, "mail", pages, tuple(note for document in documents for note in document.notes))


def read_msg(data: bytes, name: str) -> Document:
    """Read the body of an Outlook message. Raises Unreadable: `no_text`, `damaged`, `too_complex`, `encrypted_mail`."""
    return _document(msg.read_msg(data), name)


def _document(mail: Mail, name: str) -> Document:
    if not mail.body.has_text:
        raise Unreadable("no_text")
    return mail.body.document(name)
