"""Which reader a file gets, and what people are told about files that none of them can read."""

import io
import zipfile

import docx
import pytest

from preprocess.document import Unreadable
from preprocess.file_kind import kind_of
from preprocess.ocr.pictures import picture_pages
from preprocess.read import read_document
from tests.data.make_pdf import text_pdf
from tests.each import each

TEXT = "张三，后端开发工程师，熟悉 Java 与 MySQL，五年经验。"


def word() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(out)
    return out.getvalue()


@each(
    "data, name, kind",
    [
        (text_pdf([TEXT]), "resume.pdf", "pdf"),
        (text_pdf([TEXT]), "resume.docx", "pdf"),
        (b"\r\n" * 300 + text_pdf([TEXT]), "resume", "pdf"),
        (word(), "resume.docx", "docx"),
        (word(), "resume.pdf", "docx"),
        (TEXT.encode(), "resume.txt", "text"),
        (TEXT.encode("gb18030"), "resume.md", "text"),
        (TEXT.encode("utf-16"), "resume", "text"),
    ],
)
def test_the_bytes_decide(data: bytes, name: str, kind: str) -> None:
    document = read_document(data, name)
    assert (document.name, document.kind) == (name, kind)
    assert "".join(line.text for page in document.pages for line in page.lines) == TEXT


@each(
    "data, name, reason",
    [
        (b"", "resume.pdf", "empty_file"),
        (b"\0" * 5000, "resume.docx", "empty_file"),
        (b" \r\n\t ", "resume.txt", "empty_file"),
        (b"<!DOCTYPE html><html><body>404 Not Found</body></html>", "resume.pdf", "not_pdf"),
        (TEXT.encode(), "resume.PDF", "not_pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(600), "resume.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le") + bytes(600), "resume.ppt", "unsupported_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "简历.doc", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "plan.mpp", "unsupported_type"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "resume.pdf", "damaged"),
        (b"\0\0\0\x18ftypavif" + bytes(100), "photo.txt", "image_kind"),
        (b"Rar!\x1a\x07\x01\0" + bytes(100), "resumes.docx", "unsupported_type"),
        (b"MZ\x90\0" + bytes(100), "resume.pdf", "unsupported_type"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(data, name)
    assert refused.value.reason == reason


@each(
    "data, kind",
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "png"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(100), "webp"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "heic"),
        (b"BM\x36\0\0\0\0\0\0\0" + bytes(100), "bmp"),
    ],
)
def test_pictures_of_all_kinds_are_known_and_told_when_damaged(data: bytes, kind: str) -> None:
    """By the function that the guarded process calls; the PNG above goes through it."""
    assert kind_of(data, "resume") == kind
    with pytest.raises(Unreadable, match="damaged"):
        picture_pages(data)


def test_zip_that_is_no_word_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("resume.txt", TEXT)
    with pytest.raises(Unreadable) as refused:
        read_document(out.getvalue(), "resume.docx")
    assert refused.value.reason == "unsupported_type"


def test_text_that_only_begins_like_a_bitmap() -> None:
    assert read_document(b"BMW Group, Munich: software engineer since 2019", "resume.txt").kind == "text"
