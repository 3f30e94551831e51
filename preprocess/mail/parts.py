"""Collect the body and the attachments of a mail from the parts of a MIME message."""

import base64
import html
import re
from dataclasses import replace
from email.message import Message

from preprocess.document import Unreadable
from preprocess.mail.attachments import attachments, is_shown_inside
from preprocess.mail.headers import file_name, text_header
from preprocess.mail.mail import Attachment, Body, Mail, check_encryption
from preprocess.mail.mime import parsed
from preprocess.mail.uuencoded import parted
from preprocess.web.charset import html_text, text_of
from preprocess.web.markup import with_frames, with_styles
from preprocess.web.pictures import with_pictures

MAX_DEPTH = 10
_QUOTE, _MIN_QUOTED = re.compile(r"^(?:>[ \t]?){1,20}", re.MULTILINE), 3
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_ENCRYPTED_TYPES = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/x-microsoft-rpmsg-message")


class MailParts:
    """Collect what a message, or an alternative in it, consists of."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []
        self.attachments: list[Attachment] = []

    def add(self, part: Message, depth: int = 0, is_within: bool = False) -> None:
        """Add a part and all in it; `is_within` one that belongs together with others, whose text is the body even if it has a name.

        Raises Unreadable: `too_complex`, `encrypted_mail`.
        """
        if depth > MAX_DEPTH:
            raise Unreadable("too_complex")
        kind = part.get_content_type()
        if kind in _ENCRYPTED_TYPES:
            raise Unreadable("encrypted_mail")
        if kind == "multipart/alternative":
            self._add_best(part, depth)
        elif kind == "multipart/related":
            self._add_page(part, depth)
        elif kind == "message/rfc822":
            self._add_mail(part, depth)
        elif part.is_multipart():
            for inner in _inner(part):
                self.add(inner, depth + 1)
        elif kind in (*_HTML_TYPES, "text/plain") and _is_text(part, is_within):
            self._add_text(_body(part, kind))
        else:
            is_inline = part.get("Content-ID") is not None or part.get_content_disposition() == "inline"
            content = payload(part)
            if is_inline and is_shown_inside(kind, content):
                self.bodies.append(Body(f'<div><img src="data:{kind};base64,{base64.b64encode(content).decode()}"></div>', "html"))
            else:
                self.attachments += attachments(file_name(part), kind, content, is_inline)

    @property
    def body(self) -> Body:
        """All texts of the message as one."""
        if all(body.kind == "text" for body in self.bodies):
            return Body(_unquoted("\n\n".join(body.text for body in self.bodies)))
        pages = (body.text if body.kind == "html" else f"<pre>{html.escape(body.text)}</pre>" for body in self.bodies)
        return Body("\n".join(pages), "html")

    def _add_text(self, body: Body) -> None:
        """Add a text of the mail, and the files that stand in it."""
        text, files = parted(body.text) if body.kind == "text" else (body.text, [])
        self.bodies.append(replace(body, text=text))
        for name, data in files:
            self.attachments += attachments(name, "", data, is_inline=False)

    def _add_best(self, part: Message, depth: int) -> None:
        """Add the alternative that says most: a web page, with its tables and with what is hidden in it, before plain text."""
        alternatives = []
        for inner in _inner(part):
            alternative = MailParts()
            alternative.add(inner, depth + 1, is_within=True)
            self.attachments += alternative.attachments
            alternatives += [alternative.body] if alternative.bodies and alternative.body.has_text else []
        self.bodies += sorted(alternatives, key=lambda body: body.kind == "html")[-1:]

    def _add_page(self, part: Message, depth: int) -> None:
        """Add a web page, or mail, with the frames and pictures in it: the first part, or the one that the header names."""
        inner = _inner(part)
        start = part.get_param("start")
        root = next((part for part in inner if start and part.get("Content-ID", "").strip() == start), None)
        root = root or next((part for part in inner if part.get_content_maintype() in ("text", "multipart")), None)
        page = MailParts()
        if root is not None:
            page.add(root, depth + 1, is_within=True)
        pages: dict[str, str] = {}
        sheets: dict[str, str] = {}
        others: list[Message] = []
        for other in inner:
            is_resource = other.get("Content-Location") is not None
            if other is root:
                continue
            if is_resource and other.get_content_type() in _HTML_TYPES:
                text = _body(other, "text/html").text
                pages |= {str(other.get("Content-Location")).strip(): text, f"cid:{other.get('Content-ID', '').strip(' <>')}": text}
            elif is_resource and other.get_content_type() == "text/css":
                sheets[str(other.get("Content-Location")).strip()] = payload(other).decode("utf-8", errors="replace")
            elif not is_resource:
                others.append(other)
        bodies = [replace(body, text=with_styles(with_frames(body.text, pages), sheets)) for body in page.bodies]
        location = str(root.get("Content-Location", "")).strip() if root is not None else ""
        page.bodies, shown = _with_pictures(bodies, inner, location)
        for other in others:
            if other not in shown:
                page.add(other, depth + 1)
        self.bodies += page.bodies
        self.attachments += page.attachments

    def _add_mail(self, part: Message, depth: int) -> None:
        """Add a mail that was forwarded as an attachment; some programs write it in base64, which is not allowed."""
        for inner in _inner(part):
            if not inner.keys() and part.get("Content-Transfer-Encoding", "").strip().lower() == "base64":
                inner["Content-Transfer-Encoding"] = "base64"
                inner = parsed(payload(inner))
            try:
                content = mail_of(inner, depth + 1)
            except Unreadable as error:
                content = error
            self.attachments.append(Attachment(file_name(part) or text_header(inner, "Subject"), content))


def mail_of(message: Message, depth: int = 0) -> Mail:
    """Return a message as a mail; `depth` counts those that it lies in. Raises Unreadable: `too_complex`, `encrypted_mail`."""
    parts = MailParts()
    parts.add(message, depth)
    check_encryption(parts.body)
    return Mail(text_header(message, "Subject"), parts.body, tuple(parts.attachments))


def payload(part: Message) -> bytes:
    """Return the content of a part that is no container."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _with_pictures(bodies: list[Body], parts: list[Message], location: str) -> tuple[list[Body], list[Message]]:
    """Return the bodies of a page at this location with the pictures that they name written into them, and the parts that these were."""
    by_address: dict[str, Message] = {}
    for part in parts:
        if part.get_content_maintype() == "image":
            names = (str(part.get("Content-Location", "")).strip(), f"cid:{part.get('Content-ID', '').strip(' <>')}")
            by_address |= {address: part for address in names if address.removeprefix("cid:")}
    contents = {
        address: content
        for address, part in by_address.items()
        if (content := payload(part)) and (part.get("Content-Location") is not None or is_shown_inside(part.get_content_type(), content))
    }
    written: set[str] = set()
    pages: list[Body] = []
    for body in bodies:
        text, addresses = with_pictures(body.text, contents, location) if body.kind == "html" else (body.text, set[str]())
        pages.append(replace(body, text=text))
        written |= addresses
    return pages, [by_address[address] for address in written]


def _unquoted(text: str) -> str:
    """Return a text without the marks with which an answer or a forwarded mail quotes: they are no part of a resume's headings."""
    unquoted, count = _QUOTE.subn("", text)
    return unquoted if count >= _MIN_QUOTED else text


def _inner(part: Message) -> list[Message]:
    parts = part.get_payload()
    return [inner for inner in parts if isinstance(inner, Message)] if isinstance(parts, list) else []


def _is_text(part: Message, is_within: bool) -> bool:
    """Return whether a part is shown as the mail's own text."""
    return part.get_content_disposition() != "attachment" and (is_within or not file_name(part))


def _body(part: Message, kind: str) -> Body:
    charset = part.get_param("charset")
    declared = charset if isinstance(charset, str) else ""
    data = payload(part)
    if not data.strip():
        return Body()
    try:
        return Body(html_text(data, declared), "html") if kind in _HTML_TYPES else Body(text_of(data, declared))
    except Unreadable:
        return Body(data.decode("utf-8", errors="replace"), "html" if kind in _HTML_TYPES else "text")
