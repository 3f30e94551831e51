"""Pages of a PDF or a picture come as pictures of bounded size, out of a process that a hostile file cannot stall."""

import io
import json

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from preprocess.document import Unreadable
from preprocess.guarded.client import call_reader
from preprocess.page_pictures import MAX_PAGES
from preprocess.read import read_document
from tests.data.make_hostile import many_empty_pages
from tests.data.make_pdf import make_pdf, nested_forms, text_pdf
from tests.data.make_scans import file_of, pdf_bomb, png_bomb


def picture(data: bytes, number: int = 0) -> Image.Image:
    return Image.open(io.BytesIO(call_reader("page_picture", data, str(number))))


def test_each_page_of_a_pdf_is_drawn():
    data = text_pdf(["第一页"], ["第二页" * 10, "更多"])
    assert json.loads(call_reader("page_sizes", data)) == [[pytest.approx([595.28, 841.89], abs=0.01)] * 2, 2]
    first, second = picture(data), picture(data, 1)
    assert first.format == "JPEG" and first.width <= 1600
    assert first.width / first.height == pytest.approx(595.28 / 841.89, abs=0.002)
    assert ink(second) > 2 * ink(first) > 0


def ink(image: Image.Image) -> int:
    return sum(image.convert("L").histogram()[:128])


def test_a_wide_page_is_no_wider_than_the_screen_needs():
    def wide(sheet):
        sheet.canvas.setPageSize((1684, 600))

    assert picture(make_pdf(wide)).width == 1600


@pytest.mark.parametrize("angle", [0, 90, 270])
def test_lines_are_drawn_where_they_were_read_also_on_turned_and_cropped_pages(angle: int):
    [page], written = PdfReader(io.BytesIO(text_pdf(["熟悉 Python，三年以上经验"]))).pages, io.BytesIO()
    page.cropbox = RectangleObject((20, 300, 500, 830))
    writer = PdfWriter()
    writer.add_page(page.rotate(angle))
    writer.write(written)
    [[line]] = [read.lines for read in read_document(written.getvalue(), "a.pdf").pages]
    [[width, _]], _ = json.loads(call_reader("page_sizes", written.getvalue()))
    image = picture(written.getvalue()).convert("L")
    dark = image.point([255] * 128 + [0] * 128).getbbox()
    assert dark and [side * width / image.width for side in dark] == pytest.approx([line.x0, line.y0, line.x1, line.y1], abs=1.5)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_a_picture_file_is_a_page(kind: str):
    image = Image.new("RGB", (800, 1131), "white")
    ImageDraw.Draw(image).rectangle((100, 100, 700, 300), fill="black")
    data = file_of(image, kind)
    [[width, height]], count = json.loads(call_reader("page_sizes", data))
    assert count == 1 and width / height == pytest.approx(800 / 1131, abs=0.01)
    assert ink(picture(data)) == pytest.approx(600 * 200, rel=0.05)


def test_so_many_pages_are_shown_as_were_read():
    sizes, count = json.loads(call_reader("page_sizes", many_empty_pages(MAX_PAGES + 5)))
    assert (len(sizes), count) == (MAX_PAGES, MAX_PAGES + 5)
    with pytest.raises(Unreadable):
        picture(many_empty_pages(MAX_PAGES + 5), MAX_PAGES)


@pytest.mark.parametrize(
    "data",
    [nested_forms(9, 9), pdf_bomb(20_000), png_bomb(40_000), b"%PDF-1.7 and nothing else", b"\x89PNG\r\n\x1a\n"],
    ids=["nested forms", "huge picture in it", "huge picture", "no PDF", "no picture"],
)
def test_a_hostile_file_is_refused(data: bytes):
    with pytest.raises(Unreadable) as refused:
        call_reader("page_picture", data, "0", seconds=1)
    assert refused.value.reason in ("damaged", "too_complex")
