"""What an office file is, by its bytes, and an office ZIP, by its members."""

from preprocess.file_kind import kind_of, zip_kind
from tests.each import each

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def entry(name: str) -> bytes:
    """Return an entry of the directory of a compound file, as far as the name goes."""
    return name.encode("utf-16-le").ljust(64, b"\0")


@each(
    "data, name, kind",
    [
        (OLE + entry("WordDocument"), "x.wps", "doc"),
        (OLE + entry("Workbook") + entry("WordDocument"), "x.doc", "doc"),  # a sheet in a Word file
        (OLE + entry("PowerPoint Document") + "Workbook is a word of a text".encode("utf-16-le"), "x.ppt", "ppt"),
        (OLE + entry("EncryptedPackage"), "x.docx", "encrypted"),
        (OLE + entry("MatOST"), "x.wps", "works"),
        (OLE + entry("CONTENTS"), "x.wps", "works"),
        (OLE + entry("BodyText"), "x.hwp", "hwp"),
        (b"\xdb\xa5-\0" + bytes(99), "x.doc", "word2"),
        (b"1\xbe\0\0" + bytes(99), "x.wri", "word2"),
        (b"\r\n{\\rtf1 x}", "x.doc", "rtf"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument>", "x.doc", "wordml"),
        (b"<pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'>", "x.xml", "wordml"),
        (b"<?xml version='1.0'?><office:document>", "x.fodt", "odt"),
    ],
)
def test_office_files(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


@each(
    "members, kind",
    [
        (["mimetype", "content.xml"], "odf"),
        (["mimetype", "encrypted-package"], "odf"),
        (["[Content_Types].xml", "ppt/presentation.xml"], "pptx"),
        (["mimetype", "a.txt"], "zip"),
    ],
)
def test_office_files_that_are_zips(members: list[str], kind: str) -> None:
    assert zip_kind(members) == kind
