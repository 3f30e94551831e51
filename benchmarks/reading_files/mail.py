"""Write MHT pages and mail: resumes as attachments, as HTML bodies, in base64 GBK, forwarded, in alternatives."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Iterator
from email.header import Header
from textwrap import wrap

from .generated import GeneratedFile
from .pdf_pages import CHINESE, one_column
from .people import person
from .resume import Phrasing, blocks_of, texts
from .web import ABSENT, markup, page

_DATE = "Mon, 02 Mar 2026 09:30:00 +0800"


def _lines(data: bytes) -> str:
    return "\r\n".join(wrap(base64.b64encode(data).decode("ascii"), 76))


def _part(kind: str, data: bytes, coding: str = "base64", extra: str = "") -> str:
    body = _lines(data) if coding == "base64" else quopri.encodestring(data).decode("ascii").replace("\n", "\r\n")
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n{extra}\r\n{body}\r\n"


def _multi(kind: str, parts: list[str], boundary: str) -> str:
    inside = "".join(f"--{boundary}\r\n{part}" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\nThis is a multi-part message.\r\n{inside}--{boundary}--\r\n'


def _heads(subject: str, sender: str) -> str:
    coded = Header(subject, "utf-8").encode() if not subject.isascii() else subject
    return (
        f"Received: from mail.example.com (10.0.0.7) by mx.example.org; {_DATE}\r\nFrom: {sender}\r\nTo: jobs@example.org\r\n"
        f"Date: {_DATE}\r\nSubject: {coded}\r\nMessage-ID: <20260302.1@example.com>\r\nMIME-Version: 1.0\r\n"
    )


def web_archive(name: str, key: str, encoding: str, declared: str, coding: str) -> GeneratedFile:
    """Write a page as browsers and Word save a single file."""
    blocks = blocks_of(person(key), Phrasing(skills="rows"))
    location = "Content-Location: file:///C:/a.htm\r\n"
    web_page = _part(f'text/html; charset="{declared}"', page(markup(blocks), declared).encode(encoding), coding, location)
    picture = _part("image/gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", extra="Content-Location: file:///C:/photo.gif\r\n")
    data = "MIME-Version: 1.0\r\n" + _multi("related", [web_page, picture], "----=_NextPart_01DB.5C2E")
    return GeneratedFile(name, data.encode("ascii"), texts(blocks), ABSENT, ("a page saved as one file",))


def _html_body(name: str, key: str) -> GeneratedFile:
    """Write the same resume twice, as plain text and as HTML; it must be read once."""
    blocks = blocks_of(person(key), Phrasing("brackets"))
    plain = _part("text/plain; charset=utf-8", "\n".join(texts(blocks)).encode(), "quoted-printable")
    rich = _part("text/html; charset=utf-8", page(markup(blocks), "utf-8").encode(), "quoted-printable")
    data = _heads("My application", "Siobhan <siobhan@example.ie>") + _multi("alternative", [plain, rich], "=-alt-1")
    return GeneratedFile(name, data.encode("ascii"), texts(blocks), ABSENT, ("two alternatives of the same text",))


def _gbk_body(name: str, key: str) -> GeneratedFile:
    blocks = blocks_of(person(key), Phrasing("first"))
    coded = base64.b64encode("应聘：电商运营经理".encode("gbk")).decode()
    heads = _heads("placeholder", '"=?gb2312?B?y++6xsi7?=" <sunhr@example.com>').replace("placeholder", f"=?gb2312?B?{coded}?=")
    data = heads + _part("text/plain; charset=gb2312", "\r\n".join(texts(blocks)).encode("gbk"))
    return GeneratedFile(name, data.encode("ascii"), texts(blocks), notes=("base64 of GBK declared gb2312",))


def _attachment(name: str, key: str, file_name: str, attached: GeneratedFile, kind: str, letter: str) -> GeneratedFile:
    """Write a letter with the resume attached; `members` holds the attachment."""
    coded = Header(file_name, "utf-8").encode()
    extra = f'Content-Disposition: attachment; filename="{coded}"\r\n'
    parts = [_part("text/plain; charset=utf-8", letter.encode()), _part(f'{kind}; name="{coded}"', attached.data, extra=extra)]
    data = _heads(f"Resume of {key}", f"{key}@example.com") + _multi("mixed", parts, "=-mixed-7")
    return GeneratedFile(name, data.encode("ascii"), notes=("the resume is attached",), members={file_name: attached.body})


def _forwarded(name: str, key: str) -> GeneratedFile:
    blocks = blocks_of(person(key), Phrasing())
    inner = _heads("application", "d.whitcombe@example.net") + _part("text/html; charset=utf-8", page(markup(blocks), "utf-8").encode())
    head = _part("text/plain; charset=us-ascii", b"See below, looks good.", "quoted-printable")
    nested = "Content-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\n" + inner
    data = _heads("Fwd: application", "recruiter@example.org") + _multi("mixed", [head, nested], "=-fwd-3")
    return GeneratedFile(name, data.encode("ascii"), ("See below, looks good.", *texts(blocks)), ABSENT, ("a mail inside a mail",))


def mail_files() -> Iterator[GeneratedFile]:
    """Give the MHT and EML files."""
    yield web_archive("mht_quoted_printable_director.mht", "director", "utf-8", "utf-8", "quoted-printable")
    yield web_archive("mht_gbk_nurse.mht", "nurse", "gbk", "gb2312", "base64")
    yield web_archive("mht_named_doc_programmer.doc", "programmer", "utf-8", "utf-8", "base64")
    yield _html_body("eml_alternatives_chef.eml", "chef")
    yield _gbk_body("eml_base64_gbk_seller.eml", "seller")
    pdf = one_column("resume.pdf", person("driver"), CHINESE, Phrasing())
    yield _attachment("eml_pdf_attached_driver.eml", "driver", "周建平_货车司机.pdf", pdf, "application/pdf", "您好，简历见附件。周建平")
    blocks = blocks_of(person("pupil"), Phrasing("brackets"))
    text = GeneratedFile("resume.txt", "\r\n".join(texts(blocks)).encode(), texts(blocks))
    yield _attachment("eml_text_attached_pupil.eml", "pupil", "Jake Hollis CV.txt", text, "text/plain", "My CV is attached.")
    yield _forwarded("eml_forwarded_electrician.eml", "electrician")
