"""What a file is, by its bytes; the name counts only where bytes say nothing."""

from preprocess.file_kind import kind_of, zip_kind
from tests.each import each

ARCHIVE = b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--b--\r\n'
PAGE = "<p>张三，后端工程师</p><p>五年经验</p>".encode()
EXPORT = ["Profile.csv", "Positions.csv", "messages.csv"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def entry(name: str) -> bytes:
    """Return an entry of the directory of a compound file, as far as the name goes."""
    return name.encode("utf-16-le").ljust(64, b"\0")


@each(
    "data, name, kind",
    [
        (b"Date: Mon, 3 Jul 2023 09:39:26 +0800\r\nMIME-Version: 1.0\r\n" + ARCHIVE, "51job_x.doc", "mail"),
        (b"From: <Saved by Blink>\nSnapshot-Content-Location: https://x/\nSubject: x\nMIME-Version: 1.0\n" + ARCHIVE, "x.html", "mail"),
        (b"Subject:=?gb2312?B?vPLA+g==?=\nContent-Type:text/html;charset=gbk\n\n<p>", "x", "mail"),
        ("发件时间：今天\n".encode("gbk") + b"MIME-Version: 1.0\n" + ARCHIVE, "x.txt", "text"),
        (b"This document is a web page.\r\n\r\nMIME-Version: 1.0\r\n" + ARCHIVE, "x.doc", "mail"),
        (b"I sent these heads:\n\nMIME-Version: 1.0\nSubject: x\n\nContent-Type: multipart/mixed", "x.doc", "text"),
        (b"Subject: " + "应聘".encode("gbk") + b"\nX-Mailer: Foxmail 7.2\nMime-Version: 1.0\n\nx", "x.doc", "mail"),
        (b"\xef\xbb\xbf\r\n" + ARCHIVE, "x.doc", "mail"),
        (ARCHIVE, "x.doc", "mail"),
        (b"--=_next\r\nContent-Type: text/html\r\n\r\n<p>x</p>", "x.doc", "mail"),
        (b"Received: from a\n" * 400 + b"From: a@b.c\nMIME-Version: 1.0\n\nx", "x.txt", "mail"),
        (b"From: Anna\nTo: Ben\nSubject: CV\n\nHello", "cv.eml", "mail"),
        (b"From: Anna\nTo: Ben\nSubject: CV\n\nHello", "cv.txt", "text"),
        (b"Date: 2023\nFrom: 2015 to 2019\nMail: a@b.c\n\nJava", "cv.txt", "text"),
        (b"Name: Anna\nSkills: MIME-Version: 1.0, SMTP\n\nJava", "cv.txt", "text"),
        (b"From anna@example.org Mon Jul  3 09:39:26 2023\nSubject: CV\n\nHello", "mails", "mbox"),
        (b"From 2015 to 2019 I worked in Bristol, from 09:00 on", "cv.txt", "text"),
        (PAGE, "x.doc", "html"),
        (b"<!--[if gte mso 9]><xml><w:a/></xml><![endif]-->\n<!-- - -- -->" + PAGE, "x.doc", "html"),
        (b"<style>\n" + b"td{color:#333}\n" * 1000 + b"</style>" + PAGE, "x.doc", "html"),
        (b"<SPAN style='x'>CV</SPAN>" + PAGE, "x.txt", "html"),
        ("<TD WIDTH=3>张三</TD>".encode("gbk"), "x.htm", "html"),
        (("<html>" + PAGE.decode()).encode("utf-16"), "x.doc", "html"),
        (b"<?xml version='1.0'?>\n<!-- x --><!DOCTYPE html><html>", "x.doc", "html"),
        (b"<?xml version='1.0'?><w:wordDocument>", "x.doc", "wordml"),
        (
            "张三\n熟悉 <div>、<span>、<table>、<p>、<ul> 等标签，".encode() + "以及 Vue 与 React 的各种用法和它们的生态。".encode() * 20,
            "x.txt",
            "text",
        ),
        (b"<div align=center>\n\n# Anna\n\n</div>\n\n- Java\n- Go", "cv.md", "text"),
        (b"<!DOCTYPE html><p>x", "cv.md", "html"),
        (b"<anna@example.org> wrote C++ templates", "cv.txt", "text"),
        (b"<pandas> and <numpy>", "cv.txt", "text"),
        (b"\x78\x9f\x3e\x22\x01\x00", "winmail.dat", "winmail"),
    ],
)
def test_web_pages_and_mails(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


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
        ([*EXPORT, "Media Files/", "Media Files/photo.JPG", "Jobs/answers.csv", "Articles/a.html"], "linkedin"),
        (["a/Profile.csv", "b/Profile.csv"], "zip"),
        (["Profile.csv", "resume.pdf"], "zip"),
        (["Profile.csv"], "zip"),
        (["[Content_Types].xml", "xl/workbook.xml"], "table"),
    ],
)
def test_what_a_zip_is(members: list[str], kind: str) -> None:
    assert zip_kind(members) == kind


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
