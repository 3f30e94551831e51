"""What a file is, by its bytes; the name counts only where bytes say nothing."""

from preprocess.file_kind import kind_of, zip_kind
from tests.each import each

EXPORT = ["Profile.csv", "Positions.csv", "messages.csv"]


@each(
    "data, name, kind",
    [
        (b'{\n "basics": {}}', "resume.txt", "profile"),
        (b'[{"basics": {}}]', "resume", "profile"),
        ('{"姓名": "林"}'.encode("utf-16"), "resume", "profile"),
        (b"[2019] Java", "resume.txt", "text"),
        (b"{name} wrote Java", "resume.txt", "text"),
        (b"<?xml version='1.0'?><Candidate/>", "resume.doc", "profile"),
        (b"<Candidate xmlns='http://www.hr-xml.org/3'>", "resume.xml", "profile"),
        (b"\xef\xbb\xbf<eures:CV xmlns:eures='x'>", "resume.xml", "profile"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "resume.xml", "html"),
        (b"<html xmlns:o='x'><table><tr>", "list.htm", "html"),
        (b"<html xmlns:o='x'><table><tr>", "list.xls", "table"),
        (b"<div xmlns='x'>", "list.htm", "html"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "list.doc", "table"),
        (b"<?xml version='1.0'?><office:document office:mimetype='application/vnd.oasis.opendocument.spreadsheet'>", "a", "table"),
        (b"<?xml version='1.0'?><office:document office:mimetype='application/vnd.oasis.opendocument.text'>", "a", "odt"),
        ("姓名,学历\n".encode("gbk"), "a.csv", "table"),
        (b"a\tb\n", "a.xls", "table"),
        (b"a,b\n", "a.txt", "text"),
        (b"PK\x03\x04..xl/workbook.xml", "a.xlsx", "table"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml..xl/workbook.xml", "a.docx", "table"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml..word/document.xml..xl/workbook.xml", "a", "zip"),
        (b"PK\x03\x04" + bytes(26) + b"list.xlsx..xl/workbook.xml", "a.zip", "zip"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK", "a", "table"),
        (b"PK\x03\x04..word/document.xml", "a.xlsx", "zip"),
    ],
)
def test_tables_and_profiles(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


@each(
    "members, kind",
    [
        (EXPORT, "linkedin"),
        ([f"Export/{name}" for name in EXPORT], "linkedin"),
        ([*EXPORT, "Jobs/Job Applications.csv", "__MACOSX/._Profile.csv"], "linkedin"),
        (["a/Profile.csv", "b/Profile.csv"], "zip"),
        (["Profile.csv", "resume.pdf"], "zip"),
        (["Profile.csv"], "zip"),
        (["[Content_Types].xml", "xl/workbook.xml"], "table"),
    ],
)
def test_what_a_zip_is(members: list[str], kind: str) -> None:
    assert zip_kind(members) == kind
