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
    "Book": "table",
}
"""In this order: a message may carry a Word file, a Word file a sheet."""

_HEAD = 4096
_RTF = re.compile(rb"\s*\{\\rtf")
_XML = re.compile(rb"<\?xml|<(?!(?:html|body|table|div|p|span)\b)[\w:.-]+\s[^<>]{0,2000}?xmlns(?::\w+)?\s*=", re.I)
_MAIL_LINE = re.compile(
    rb"^(?:From|To|Cc|Date|Subject|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Reply-To|Content-Type|X-[\w-]+):", re.M | re.I
)
_MAIL_BODY = re.compile(rb"^(?:Content-Type:\s*(?:multipart|text)/|MIME-Version:|Message-ID:)", re.M | re.I)
_TABLE_EXTENSIONS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".et", ".ods")
_SHEET_PARTS = (b"xl/", b"content.xml")
_FIRST_MEMBERS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"mimetype")
_NAME_IN_ZIP = 30  # where the name of the first member begins
_OFFICE = {"word/": "docx", "xl/": "table", "ppt/": "pptx", "FixedDocSeq.fdseq": "xps", "FixedDocumentSequence.fdseq": "xps"}
_BY_MEMBER = {"OFD.xml": "ofd", "Index/Document.iwa": "pages"}
_LINKEDIN = {"Positions.csv", "Profile.csv"}


class Searchable(Protocol):
    """Bytes, or a mapped file."""

    def __getitem__(self, key: slice, /) -> bytes: ...
    def find(self, sub: bytes, /) -> int: ...


def kind_of(data: Searchable, name: str) -> str:
    """Return the kind of a file: a reader's name, a container, a picture format, or what nothing here reads ("exe").

    Every ZIP is "zip" (`zip_kind` tells more), except spreadsheets, which are "table". What is nothing else is "text".
    """
    head = data[:_HEAD]
    if head.startswith(_OLE):
        return next((kind for stream, kind in _OLE_STREAMS.items() if data.find(stream.encode("utf-16-le")) >= 0), "ole")
    if kind := next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), ""):
        return "table" if kind == "zip" and _is_sheet(data, head, name) else kind
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


def _is_sheet(data: Searchable, head: bytes, name: str) -> bool:
    """Whether a ZIP is a spreadsheet, by the names of its members: a docx may have a sheet in it, an archive several."""
    if name.lower().endswith(_TABLE_EXTENSIONS):
        return any(data.find(part) >= 0 for part in _SHEET_PARTS)
    first = head[_NAME_IN_ZIP:]
    if not first.startswith(_FIRST_MEMBERS):
        return False
    return b"opendocument.spreadsheet" in first[:100] or (data.find(b"xl/workbook.") >= 0 and data.find(b"word/document.xml") < 0)


def _text_kind(head: bytes, name: str) -> str:
    """The kinds that are written in characters."""
    plain = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if _RTF.match(plain):
        return "rtf"
    if re.match(rb"From \S+.*\d\d:\d\d", plain):
        return "mbox"
    if len(_MAIL_LINE.findall(plain)) >= 2 and _MAIL_BODY.search(plain):
        return "mail"
    if _XML.match(plain):
        if b"wordDocument" in plain:
            return "wordml"
        if b"office:document" in plain:
            return "table" if b"opendocument.spreadsheet" in plain else "odt"
        if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and re.search(rb"<(?:\w+:)?Workbook\b", plain):
            return "table"
        return _page_kind(plain, name) if re.search(rb"<!doctype html|<html", plain, re.I) else "profile"
    if name.lower().endswith(".json") or re.match(rb"[{\[][\s{\[]*\"", plain):
        return "profile"
    if _is_html(plain):
        return _page_kind(plain, name)
    return "table" if name.lower().endswith(_TABLE_EXTENSIONS) else "text"


def _page_kind(plain: bytes, name: str) -> str:
    """The kind of a web page: programs save their lists as one and call it .xls."""
    return "table" if name.lower().endswith(_TABLE_EXTENSIONS) and re.search(rb"<table\b", plain, re.I) else "html"


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
    if "[Content_Types].xml" in members:
        return next((kind for folder, kind in _OFFICE.items() if any(member.startswith(folder) for member in members)), "docx")
    if _is_linkedin(members):
        return "linkedin"
    return next((kind for member, kind in _BY_MEMBER.items() if member in members), "zip")


def _is_linkedin(members: Collection[str]) -> bool:
    """Whether it is LinkedIn's export, perhaps packed again as a folder: several tables in one folder, nothing but tables and pages."""
    own = [member for member in members if not member.startswith("__MACOSX/")]
    folders = {folder for folder, _, base in (member.rpartition("/") for member in own) if base in _LINKEDIN}
    return (
        len(folders) == 1
        and len(own) > 1
        and all(
            member.startswith(f"{folder}/" if folder else "") and member.endswith((".csv", ".html", "/"))
            for folder in folders
            for member in own
        )
    )
