"""Tell what a file is by its first bytes, and a ZIP by its members. The name counts only where bytes say nothing (CSV is text)."""

import re
from collections.abc import Collection
from typing import Protocol

from preprocess.foreign_formats import foreign_kind, foreign_text_kind

ARCHIVES = frozenset({"zip", "rar", "7z", "tar"})
MAILS = frozenset({"mail", "mbox", "msg"})
LISTS = frozenset({"table", "profile"})
"""Kinds that may list people, a row or an object each."""
CONTAINERS = ARCHIVES | MAILS | LISTS
"""Kinds that may hold the files of several people."""

TEXT_EXTENSIONS = frozenset(".txt .text .md .markdown .rtf .html .htm .xhtml .mht .mhtml .json .ndjson .jsonl .xml .csv .tsv".split())
DOCUMENT_EXTENSIONS = frozenset(
    ".pdf .docx .docm .dotx .dotm .doc .dot .wps .wpt .odt .ott .fodt .pptx .ppt .pps .ofd .xps .oxps .pages .epub".split()
    + ".xlsx .xlsm .xls .et .ods".split()
)
PICTURE_EXTENSIONS = frozenset(".jpg .jpeg .png .webp .bmp .tif .tiff .heic .heif .gif".split())
ARCHIVE_EXTENSIONS = {".zip": "zip", ".rar": "rar", ".7z": "7z", ".tar": "tar", ".gz": "tar", ".tgz": "tar", ".tbz2": "tar", ".txz": "tar"}
CONTAINER_EXTENSIONS = (
    ARCHIVE_EXTENSIONS
    | {".eml": "mail", ".msg": "msg", ".mbox": "mbox"}
    | dict.fromkeys([".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv"], "table")
    | dict.fromkeys([".json", ".ndjson", ".jsonl"], "profile")
)
"""What a file with this extension may be, in another container: there, looking at the bytes means unpacking it."""

PICTURES = {"png": "PNG", "jpeg": "JPEG", "tiff": "TIFF", "webp": "WEBP", "bmp": "BMP", "gif": "GIF", "heic": "HEIC", "avif": "AVIF"}

FORMAT_NAMES = {
    **{"ppt": "PowerPoint 97–2003 (.ppt)", "works": "Microsoft Works (.wps)", "hwp": "Hancom (.hwp)", "sxw": "OpenOffice.org 1 (.sxw)"},
    **{"ole": "OLE", "pst": "Outlook (.pst)", "winmail": "winmail.dat", "ps": "PostScript"},
}
"""What people call formats that nothing here reads."""

_PDF, _PDF_WITHIN = b"%PDF-", 1024  # mail gateways and scanners put junk before the header; readers look this far
MAIL_IN_BOX = re.compile(rb"From [^\s:]{1,300} [^\r\n]{0,100}\d:\d\d[^\r\n]{0,100}\r?\n>?[!-9;-~]{1,60}:")
"""The line before each mail of an mbox, and the beginning of the mail."""

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
    b"\xdb\xa5-\0": "word2",
    b"1\xbe\0\0": "word2",
    b"\x01\xfe": "works",
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
    "MatOST": "works",
    "CONTENTS": "works",
    "BodyText": "hwp",
    "Book": "table",
}
"""In this order: a message may carry a Word file, a Word file a sheet."""
_OLE_NAME_SIZE = 64

_HEAD = 65_536  # a mail may have passed many servers, a web page begin with its styles
_RTF = re.compile(rb"\s*\{\\rtf")
_HEADER_LINE = re.compile(rb"([!-9;-~]{1,60}):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\Z)")
_MAIL_HEADERS = frozenset(
    b"from to cc date subject sender reply-to message-id mime-version received return-path delivered-to importance references thread-topic"
    b" content-type content-transfer-encoding content-location content-disposition content-class content-id"
    b" snapshot-content-location".split()
)
_XML = re.compile(rb"<\?xml|<(?!(?:html|body|table|div|p|span)\b)[\w:.-]+\s[^<>]{0,2000}?xmlns(?::\w+)?\s*=", re.I)
_MIME_HEADERS = frozenset([b"mime-version", b"content-type", b"message-id", b"content-transfer-encoding"])
_MIME_TYPE = re.compile(rb"^Content-Type:\s*(?:multipart|text|message)/", re.M | re.I)
_PART = re.compile(rb"--[^\s<>][^\r\n]{0,200}\r?\nContent-(?:Type|Transfer-Encoding|Location|Disposition):", re.I)
LATE_HEAD = re.compile(
    rb"^MIME-Version:[^\r\n]{0,80}\r?\n(?:[!-9;-~]{1,60}:[^\r\n]{0,500}\r?\n(?:[ \t][^\r\n]{0,500}\r?\n){0,9}){0,9}?"
    rb"Content-Type:\s*multipart/",
    re.M | re.I,
)
"""The head of a web archive, to be looked for in its first `PREAMBLE` bytes: some programs write a sentence before it."""

PREAMBLE = 1_000
_TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown")
_MAIL_EXTENSIONS = (".eml", ".mht", ".mhtml")
_TABLE_EXTENSIONS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".et", ".ods")
_COMMENTS = re.compile(rb"(?:<!--(?:[^-]|-(?!->))*+-->\s*+|<\?[^<>]{0,200}\?>\s*+)*+")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta)\b", re.I)
_FRAGMENT = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|meta|title|style|script|link|base|table|tbody|tr|td|div|center|section|article|main|header|form"
    rb"|p|h[1-6]|ul|ol|dl|font|span|pre|br|hr)(?:\s[^<>]{0,2000})?/?>)",
    re.I,
)
_TAG = re.compile(rb"</?(?:p|br|div|span|table|tr|td|th|ul|ol|li|h[1-6]|b|strong|font|a|img|style)\b[^<>]{0,500}>", re.I)
_SHEET_PARTS = (b"xl/", b"content.xml")
_FIRST_MEMBERS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"mimetype")
_NAME_IN_ZIP = 30  # where the name of the first member begins
_OFFICE = {"word/": "docx", "xl/": "table", "ppt/": "pptx", "FixedDocSeq.fdseq": "xps", "FixedDocumentSequence.fdseq": "xps"}
_LINKEDIN = {"Positions.csv", "Profile.csv"}
_BESIDE_LINKEDIN = tuple(".csv .html / .jpg .jpeg .png .gif .mp4 .json .txt".split())
_IWORK = re.compile(r"([^/]+\.pages/)?(?:Index\.zip|Index/Document\.iwa|index\.xml(?:\.gz)?|\.iwp(?:v2|h))")
_IWORK_EXTRAS = ("Metadata/", "QuickLook/", "buildVersionHistory")
_BY_MEMBER = {"OFD.xml": "ofd", "Encryptions.xml": "ofd"}


class Searchable(Protocol):
    """Bytes, or a mapped file."""

    def __getitem__(self, key: slice, /) -> bytes: ...
    def find(self, sub: bytes, /) -> int:
        """Return the first offset of `sub`, −1 if it is nowhere."""
        ...


def kind_of(data: Searchable, name: str) -> str:
    """Return the kind of a file: a reader's name, a container, a picture format, or what nothing here reads ("exe").

    Every ZIP is "zip" (`zip_kind` tells more), except spreadsheets, which are "table". What is nothing else is "text".
    """
    head = data[:_HEAD]
    if head.startswith(_OLE):
        return next((kind for stream, kind in _OLE_STREAMS.items() if data.find(_ole_name(stream)) >= 0), "ole")
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
    if kind := foreign_kind(head):
        return kind
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "bmp"
    if head[257:262] == b"ustar":
        return "tar"
    return _text_kind(head, name)


def _ole_name(stream: str) -> bytes:
    """Return the name as a directory entry has it, so that the same word in a text is none."""
    return stream.encode("utf-16-le").ljust(_OLE_NAME_SIZE, b"\0")


def _is_sheet(data: Searchable, head: bytes, name: str) -> bool:
    """Return whether a ZIP is a spreadsheet, by the names of its members: a docx may have a sheet in it, an archive several."""
    if name.lower().endswith(_TABLE_EXTENSIONS):
        return any(data.find(part) >= 0 for part in _SHEET_PARTS)
    first = head[_NAME_IN_ZIP:]
    if not first.startswith(_FIRST_MEMBERS):
        return False
    return b"opendocument.spreadsheet" in first[:100] or (data.find(b"xl/workbook.") >= 0 and data.find(b"word/document.xml") < 0)


def _text_kind(head: bytes, name: str) -> str:
    """Return the kind of what is written in characters."""
    plain = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if _RTF.match(plain):
        return "rtf"
    if kind := foreign_text_kind(plain):
        return kind
    if MAIL_IN_BOX.match(plain):
        return "mbox"
    if _is_mail(plain, name):
        return "mail"
    if _XML.match(plain):
        if b"wordDocument" in plain or b"2006/xmlPackage" in plain:
            return "wordml"
        if b"office:document" in plain:
            return "table" if b"opendocument.spreadsheet" in plain else "odt"
        if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and re.search(rb"<(?:\w+:)?Workbook\b", plain):
            return "table"
        return _page_kind(plain, name) if re.search(rb"<!doctype\s+html|<html\b", plain, re.I) else "profile"
    if name.lower().endswith((".json", ".ndjson", ".jsonl")) or re.match(rb"[{\[][\s{\[]*+\"", plain):
        return "profile"
    if _is_html(plain, name):
        return _page_kind(plain, name)
    return "table" if name.lower().endswith(_TABLE_EXTENSIONS) else "text"


def _page_kind(plain: bytes, name: str) -> str:
    """Return the kind of a web page: programs save their lists as one and call it .xls."""
    return "table" if name.lower().endswith(_TABLE_EXTENSIONS) and re.search(rb"<table\b", plain, re.I) else "html"


def _is_mail(plain: bytes, name: str) -> bool:
    """Return whether it begins with the headers of a mail or a web archive, in any order, or with a part of one whose headers were cut off.

    A mail of old has neither a Content-Type nor a Message-ID: there its name decides, as a text may begin with From: and Date: too.
    """
    if _PART.match(plain) or (LATE_HEAD.search(plain[:PREAMBLE]) and not name.lower().endswith(_TEXT_ENDINGS)):
        return True
    names, end = [], 0
    while match := _HEADER_LINE.match(plain, end):
        names.append(match[1].lower())
        end = match.end()
    known = [header for header in names if header in _MAIL_HEADERS or header.startswith(b"x-")]
    if not _MIME_HEADERS.intersection(known):
        return len(known) >= 2 and name.lower().endswith(_MAIL_EXTENSIONS)
    return len(known) >= 2 or bool(_MIME_TYPE.match(plain))


def _is_html(plain: bytes, name: str) -> bool:
    """Return whether most of it is HTML: a page, or a fragment without <html>. Markdown may begin with some, and stays what it is."""
    is_markdown = name.lower().endswith((".md", ".markdown"))
    start = _COMMENTS.match(plain)
    if (_PAGE if is_markdown else _FRAGMENT).match(plain, start.end() if start else 0):
        return True
    tags = _TAG.findall(plain)
    return not is_markdown and len(tags) >= 5 and sum(map(len, tags)) > 0.1 * len(plain)


def zip_kind(members: Collection[str]) -> str:
    """Return what a ZIP with these members is: a document's kind, "odf" (its `mimetype` tells more), or "zip", an archive of files."""
    if "mimetype" in members and ("content.xml" in members or "encrypted-package" in members):
        return "odf"
    if "META-INF/container.xml" in members and any(member.endswith(".opf") for member in members):
        return "epub"
    if any(member.endswith(".fdseq") for member in members):
        return "xps"
    if _is_pages(members):
        return "pages"
    if "[Content_Types].xml" in members:
        return next((kind for folder, kind in _OFFICE.items() if any(member.startswith(folder) for member in members)), "docx")
    if _is_linkedin(members):
        return "linkedin"
    return next((kind for member, kind in _BY_MEMBER.items() if member in members or "/" + member in members), "zip")


def _is_linkedin(members: Collection[str]) -> bool:
    """Return whether it is LinkedIn's export, perhaps packed again: tables in one folder, beside others, pages and media, no documents."""
    own = [member for member in members if not member.startswith("__MACOSX/")]
    folders = {folder for folder, _, base in (member.rpartition("/") for member in own) if base in _LINKEDIN}
    return (
        len(folders) == 1
        and len(own) > 1
        and all(
            member.startswith(f"{folder}/" if folder else "") and member.lower().endswith(_BESIDE_LINKEDIN)
            for folder in folders
            for member in own
        )
    )


def _is_pages(members: Collection[str]) -> bool:
    """Return whether it is a Pages file of any age, or the folder that is one, packed by hand: then all members stand in it."""
    parts = [_IWORK.fullmatch(member) for member in members]
    folder = next((part[1] or "" for part in parts if part), None)
    if folder is None or not all(member.startswith((folder, "__MACOSX/")) for member in members):
        return False
    return any(member.startswith(tuple(folder + name for name in _IWORK_EXTRAS)) for member in members)
