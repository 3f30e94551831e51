"""A scan pasted into a Word file or on a slide is recognised where it stands, through the guarded processes."""

import io

import docx
import pytest
from docx.shared import Pt
from PIL import Image

from preprocess.document import Document, Unreadable
from preprocess.ocr import pictured_pages
from preprocess.read import read_document
from tests.data.make_scans import EXAMPLES, drawn, scanned
from tests.data.make_slides import IMAGE, deck, picture, shape, slide

pytest.importorskip("rapidocr", reason="text recognition is not installed")

TYPED = [f"第 {number} 段，写得足够长，这份文件不只是一张图片。" for number in range(6)]


def file_bytes(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def strip() -> bytes:
    """Return four lines on a small page: at this size they are recognised in half a second."""
    image, _ = drawn(EXAMPLES / "en" / "Maya_Lindqvist.pdf", 0.13)
    page = Image.new("RGB", (760, 360), "white")
    page.paste(image.crop((380, 50, 1140, image.height)), (20, 40))
    return file_bytes(scanned(page))


def word(before: list[str], picture: bytes, after: list[str], width: float = 410, height: float = 195) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for text in before:
        document.add_paragraph(text)
    document.add_picture(io.BytesIO(picture), Pt(width), Pt(height))
    for text in after:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def text(document: Document) -> str:
    return document.text


def refuse(monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    def recognise(data: bytes) -> None:
        assert data.startswith(b"\x89PNG")
        raise Unreadable(reason)

    monkeypatch.setattr(pictured_pages, "recognise", recognise)


def test_a_picture_among_text_is_recognised_where_it_stands(strip: bytes):
    document = read_document(word(TYPED, strip, ["结尾"]), "a.docx")
    before, recognised, after = text(document).partition("Backend engineer")
    assert TYPED[-1] in before and recognised and after.endswith("结尾")
    assert {note.code for note in document.notes} <= {"read_by_ocr", "read_by_ocr_unclear"} and document.notes


def test_a_picture_without_text_is_none(strip: bytes, monkeypatch: pytest.MonkeyPatch):
    refuse(monkeypatch, "illegible")
    document = read_document(word(TYPED, strip, ["结尾"]), "a.docx")
    assert (len(document.pages), document.notes, text(document)) == (1, (), "\n".join([*TYPED, "结尾"]))
    page = read_document(word(TYPED, strip, [], height=600), "a.docx")
    assert [(note.code, note.page, note.count) for note in page.notes] == [("picture_not_read", None, 1)]
    with pytest.raises(Unreadable, match="illegible"):
        read_document(word([], strip, []), "a.docx")


def test_without_recognition_the_picture_is_noted_or_the_file_refused(strip: bytes, monkeypatch: pytest.MonkeyPatch):
    refuse(monkeypatch, "no_ocr")
    document = read_document(word(TYPED, strip, []), "a.docx")
    assert [(note.code, note.page, note.count) for note in document.notes] == [("picture_not_read", None, 1)]
    with pytest.raises(Unreadable) as caught:
        read_document(word([], strip, []), "a.docx")
    assert (caught.value.reason, caught.value.detail) == ("image", "DOCX")


@pytest.mark.long
def test_a_picture_on_a_slide_is_recognised_between_its_texts(strip: bytes):
    before, after = shape(" ".join(TYPED), (0, 0, 100, 10)), shape("结尾", (0, 90, 100, 10))
    slide_of_scan = slide(after, picture((0, 20, 82, 39)), before)
    document = read_document(deck(slide_of_scan, more={"ppt/media/image1.png": strip}, related=IMAGE), "a.pptx")
    above, recognised, below = text(document).partition("Backend engineer")
    assert TYPED[-1] in above and recognised and below.endswith("结尾")
    assert {note.code for note in document.notes} <= {"read_by_ocr", "read_by_ocr_unclear"} and document.notes
