"""What a file is, by its first bytes, and what a ZIP is, by its members. The name counts only where bytes say nothing (CSV is text)."""

import re
from collections.abc import Collection
from typing import Protocol

ARCHIVES = frozenset({"zip", "rar", "7z", "tar"})
MAILS = frozenset({"mail", "mbox", "msg"})
CONTAINERS = ARCHIVES | MAILS | {"table"}
"""Kinds that may hold the files of several people."""

CONTAINER_EXTENSIONS = frozenset(".zip .rar .7z .tar .gz .tgz .tbz2 .txz .eml .msg .mbox .xlsx .xlsm .xls .et .ods .csv .tsv".split())
"""By these a container is known inside another one, where looking at the bytes would mean unpacking it twice."""

PICTURES = {"png": "PNG", "jpeg": "JPEG", "tiff": "TIFF", "webp": "WEBP", "bmp": "BMP", "gif": "GIF", "heic": "HEIC", "avif": "AVIF"}

_PDF, _PDF_WITHIN = b"%PDF-", 1024  # mail gateways and scanners put junk before the header; readers look this far
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"Rar!\x1a\x07": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "tar",
    b"BZh": "tar",
    b"\xfd7zXZ\0": "tar",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF8": "gif",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"\x7fELF": "elf",
    b"MZ\x90": "exe",
    b"%!PS": "ps",
    b"!BDN": "pst",
    b"\x78\x9f\x3e\x22": "winmail",
}
_OLE_STREAMS = {
    "__properties_version1.0": "msg",
    "EncryptedPackage": "encrypted",
    "WordDocument": "doc",
    "Workbook": "table",
    "PowerPoint Document": "ppt",
}
"""In this order: a message may carry a Word file, a Word file a sheet."""

_HEAD = 4096
_RTF = re.compile(rb"\s*\{\\rtf")
_MAIL_LINE = re.compile(
    rb"^(?:From|To|Cc|Date|Subject|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Reply-To|Content-Type|X-[\w-]+):", re.M | re.I
)
_MAIL_BODY = re.compile(rb"^(?:Content-Type:\s*(?:multipart|text)/|MIME-Version:|Message-ID:)", re.M | re.I)
_TABLE_EXTENSIONS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".et", ".ods")
_OFFICE = {"word/": "docx", "xl/": "table", "ppt/": "pptx", "FixedDocSeq.fdseq": "xps", "FixedDocumentSequence.fdseq": "xps"}
_IWORK = re.compile(r"([^/]+\.pages/)?(?:Index\.zip|Index/Document\.iwa|index\.xml(?:\.gz)?|\.iwp(?:v2|h))")
_IWORK_EXTRAS = ("Metadata/", "QuickLook/", "buildVersionHistory")
_BY_MEMBER = {"OFD.xml": "ofd", "Index/Document.iwa": "pages", "Positions.csv": "linkedin", "Profile.csv": "linkedin"}
_BY_MEMBER |= {"Encryptions.xml": "ofd"}


class Searchable(Protocol):
    """Bytes, or a mapped file."""

    def __getitem__(self, key: slice, /) -> bytes: ...
    def find(self, sub: bytes, /) -> int: ...


def kind_of(data: Searchable, name: str) -> str:
    """Return the kind of a file: a reader's name, a container, a picture format, or what nothing here reads ("exe").

    Every ZIP is "zip" (`zip_kind` tells more), except that its name may say "table". What is nothing else is "text".
    """
    head = data[:_HEAD]
    if head.startswith(_OLE):
        return next((kind for stream, kind in _OLE_STREAMS.items() if data.find(stream.encode("utf-16-le")) >= 0), "ole")
    if kind := next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), ""):
        return "table" if kind == "zip" and name.lower().endswith(_TABLE_EXTENSIONS) else kind
    if _PDF in head[:_PDF_WITHIN]:
        return "pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"):
        return "heic"
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return "avif"
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "bmp"
    if head[257:262] == b"ustar":
        return "tar"
    return _text_kind(head, name)


def _text_kind(head: bytes, name: str) -> str:
    """The kinds that are written in characters."""
    plain = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if _RTF.match(plain):
        return "rtf"
    if re.match(rb"From \S+.*\d\d:\d\d", plain):
        return "mbox"
    if len(_MAIL_LINE.findall(plain)) >= 2 and _MAIL_BODY.search(plain):
        return "mail"
    if re.match(rb"<\?xml|<w:wordDocument|<office:document", plain):
        if b"wordDocument" in plain:
            return "wordml"
        if b"office:document" in plain:
            return "odt"
        return "html" if re.search(rb"<!doctype html|<html", plain, re.I) else "profile"
    if name.lower().endswith(".json") or re.match(rb"[{\[]\s*\"", plain):
        return "profile"
    if _is_html(plain):
        return "html"
    return "table" if name.lower().endswith(_TABLE_EXTENSIONS) else "text"


def _is_html(plain: bytes) -> bool:
    """Whether most of it is HTML: a page, or a fragment without <html>."""
    if re.match(rb"(?:<!--.{0,2000}?-->\s*)*<(?:!doctype|html|head|body|meta|table|div)\b", plain, re.I | re.S):
        return True
    tags = re.findall(rb"</?(?:p|br|div|span|table|tr|td|th|ul|ol|li|h[1-6]|b|strong|font|a|img|style)\b[^<>]{0,500}>", plain, re.I)
    return len(tags) >= 5 and sum(map(len, tags)) > 0.1 * len(plain)


def zip_kind(members: Collection[str]) -> str:
    """Return what a ZIP with these members is: a document's kind, "odf" (its `mimetype` tells more), or "zip", an archive of files."""
    if "mimetype" in members and "content.xml" in members:
        return "odf"
    if any(member.endswith(".fdseq") for member in members):
        return "xps"
    if _is_pages(members):
        return "pages"
    if "[Content_Types].xml" in members:
        return next((kind for folder, kind in _OFFICE.items() if any(member.startswith(folder) for member in members)), "docx")
    return next((kind for member, kind in _BY_MEMBER.items() if member in members or "/" + member in members), "zip")


def _is_pages(members: Collection[str]) -> bool:
    """Whether it is a Pages file of any age, or the folder that is one, packed by hand: then all members stand in it."""
    parts = [_IWORK.fullmatch(member) for member in members]
    folder = next((part[1] or "" for part in parts if part), None)
    if folder is None or not all(member.startswith((folder, "__MACOSX/")) for member in members):
        return False
    return any(member.startswith(tuple(folder + name for name in _IWORK_EXTRAS)) for member in members)
