"""Scans and photos of resumes, made from the example resumes, through the guarded process as the app reads them."""

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from preprocess.document import Document, Note, Unreadable
from preprocess.guarded import children
from preprocess.intake import collect
from preprocess.ocr import reader as ocr
from preprocess.ocr.boxes import RecognisedLine, glyphs
from preprocess.ocr.pictures import is_blank, picture_pages
from preprocess.pdf import reader as pdf
from preprocess.read import read_document
from tests.data.make_pdf import text_pdf, without_unicode_maps
from tests.data.make_scans import EXAMPLES, drawn, file_of, joined, pdf_bomb, photo, png_bomb, scan_pdf, scanned, upper_part
from tests.preprocess.contents import lines_of

pytest.importorskip("rapidocr", reason="text recognition is not installed")

CHINESE = EXAMPLES / "zh" / "林知遥_2025届硕士.pdf"
ENGLISH = EXAMPLES / "en" / "Maya_Lindqvist.pdf"
TYPED = ["这一页有文字层，写得足够长，不会当作扫描件", "Java developer, ten years of experience"]
WHITE = Image.new("L", (1240, 1754), 250)


@pytest.fixture(scope="module")
def chinese() -> tuple[Image.Image, str]:
    image, text = drawn(CHINESE, 0.3)
    return scanned(image), text


@pytest.fixture(scope="module")
def english() -> tuple[Image.Image, str]:
    image, text = drawn(ENGLISH, 0.3)
    return scanned(image, askew=-1.5), text


@pytest.fixture(scope="module")
def strip() -> Image.Image:
    """Return four lines on a small page, for what needs no more: at this size they are recognised in half a second."""
    image, _ = drawn(ENGLISH, 0.13)
    page = Image.new("RGB", (760, 360), "white")
    page.paste(image.crop((380, 50, 1140, image.height)), (20, 40))
    return scanned(page)


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that comes into being when a process that is started from here asks anything of the network."""
    told = tmp_path / "told"
    events = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg")
    watch = f"import sys\nsys.addaudithook(lambda event, _: event in {events} and open({str(told)!r}, 'a').write(event))\n"
    (tmp_path / "sitecustomize.py").write_text(watch, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setitem(children.ENVIRONMENT, "PYTHONPATH", str(tmp_path))
    return told


STRIP = "Backend engineer with nine years of experience"


def missed(truth: str, document: Document) -> float:
    """Return the share of the characters that were not recognised, spaces left out."""
    expected, recognised = (
        Counter(character for character in text if not character.isspace()) for text in (truth, "".join(lines_of(document)))
    )
    return sum((expected - recognised).values()) / sum(expected.values())


def reason(data: bytes) -> tuple[str, str]:
    with pytest.raises(Unreadable) as refused:
        read_document(data, "resume")
    return refused.value.reason, refused.value.detail


@pytest.mark.long
def test_a_chinese_scan_with_a_label_grid_and_a_blank_page(chinese: tuple[Image.Image, str]) -> None:
    image, text = chinese
    document = read_document(scan_pdf([image, WHITE]), "林知遥.pdf")
    assert (document.name, document.kind) == ("林知遥.pdf", "pdf")
    assert missed(text, document) < 0.02
    assert lines_of(document)[:2] == ["个人简历", "姓名：  林知遥  性别：  女"]
    assert document.notes == (Note("read_by_ocr"), Note("page_scanned", page=2))


@pytest.mark.long
def test_an_english_picture_in_two_columns(english: tuple[Image.Image, str]) -> None:
    image, text = english
    document = read_document(file_of(image, "PNG"), "Maya.png")
    assert (document.kind, document.notes) == ("image", (Note("read_by_ocr"),))
    assert missed(text, document) < 0.01
    lines = lines_of(document)
    assert lines.index("Email:") < lines.index("Summary") < lines.index("Experience")
    assert "Backend engineer with nine years of experience, six of them in card" in lines


@pytest.mark.long
def test_turned_scans_are_read_and_nothing_is_asked_of_the_network(strip: Image.Image, network: Path) -> None:
    document = read_document(scan_pdf([strip.rotate(turn, expand=True) for turn in (90, 180)]), "a.pdf")
    assert [page.lines[1].text[: len(STRIP)] for page in document.pages] == [STRIP] * 2
    assert {line.angle for page in document.pages for line in page.lines} == {0.0}
    assert not network.exists()
    subprocess.run([sys.executable, "-c", "import socket; socket.getaddrinfo('127.0.0.1', 80)"], check=True)
    assert network.read_text("utf-8") == "socket.getaddrinfo"  # it would have been told


@pytest.mark.parametrize("orientation", [3, 6])
def test_a_photo_is_seen_as_the_camera_noted(strip: Image.Image, orientation: int) -> None:
    (page,) = picture_pages(photo(strip, orientation))
    picture = page()
    assert picture and picture.image.size == strip.size
    assert difference(picture.image, strip.convert("RGB")) < 6


@pytest.mark.long
def test_a_page_of_pictures_between_pages_of_text(strip: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (ocr, pdf):
        monkeypatch.setattr(module, "MAX_PAGES", 1)
    document = read_document(joined(text_pdf(TYPED), scan_pdf([strip, strip]), text_pdf(TYPED)), "a.pdf")
    first, second, third, fourth = ([line.text for line in page.lines] for page in document.pages)
    assert first == fourth == TYPED
    assert second[1].startswith(STRIP) and third == []
    assert document.notes == (Note("read_by_ocr"), Note("ocr_page_cap", page=1, count=2))


@pytest.mark.long
def test_fonts_that_do_not_say_what_they_draw(chinese: tuple[Image.Image, str]) -> None:
    document = read_document(without_unicode_maps(upper_part(CHINESE, 0.3)), "a.pdf")
    assert missed(chinese[1], document) < 0.02
    assert document.notes == (Note("read_by_ocr"),)


@pytest.mark.long
def test_what_cannot_be_made_out_is_not_scored(strip: Image.Image) -> None:
    blurred = strip.filter(ImageFilter.GaussianBlur(5))
    assert not is_blank(blurred)
    assert reason(scan_pdf([blurred, WHITE]))[0] == reason(file_of(WHITE, "PNG"))[0] == "illegible"


@pytest.mark.long
@pytest.mark.parametrize("bomb", [png_bomb, pdf_bomb], ids=["PNG", "PDF"])
def test_pictures_that_unpack_to_a_billion_pixels_are_refused(bomb: Callable[[int], bytes]) -> None:
    data = bomb(30_000)
    assert len(data) < 500_000
    assert reason(data)[0] == "too_complex"


@pytest.mark.long
def test_damaged_pictures(strip: Image.Image) -> None:
    for kind in ("PNG", "JPEG"):
        data = file_of(strip, kind)
        for part in (data[: len(data) // 2], data[:40]):
            with pytest.raises(Unreadable, match="damaged"):
                picture_pages(part)
    assert reason(data[: len(data) // 2])[0] == "damaged", "through the guarded process"


def test_kinds_of_pictures(strip: Image.Image, tmp_path: Path) -> None:
    for kind in ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF"):
        (tmp_path / f"resume.{kind.lower()}").write_bytes(file_of(strip, kind))
        (page,) = picture_pages(file_of(strip, kind))
        picture = page()
        assert picture and difference(picture.image, strip.convert("RGB")) < 6
    files, refused = collect([tmp_path], 10, 5)
    assert (len(files), refused) == (6, [])
    assert reason(b"\0\0\0\x18ftypavif" + bytes(100)) == ("image_kind", "AVIF")


def test_a_photo_of_an_iphone_is_upright() -> None:
    (page,) = picture_pages((Path(__file__).parents[2] / "data" / "formats" / "samples" / "zh1_photo.heic").read_bytes())
    picture = page()
    assert picture and picture.image.height > picture.image.width and not is_blank(picture.image)


def test_frames_of_a_fax_and_parts_of_a_long_screenshot(strip: Image.Image, tmp_path: Path) -> None:
    strip.save(tmp_path / "fax.tif", save_all=True, append_images=[strip, WHITE.copy()])
    frames = [page() for page in picture_pages((tmp_path / "fax.tif").read_bytes())]
    assert [is_blank(frame.image) for frame in frames if frame] == [False, False, True]

    screen = Image.new("RGB", (700, 3000), "white")
    for top in range(40, 2960, 60):
        screen.paste("black", (50, top, 600, top + 30))
    parts = [page() for page in picture_pages(file_of(screen, "PNG"))]
    assert sum(part.image.height for part in parts if part) == 3000
    assert all(part and part.image.height <= 1200 and edges_are_white(part.image) for part in parts)


def test_a_transparent_picture_lies_on_white() -> None:
    (page,) = picture_pages(file_of(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG"))
    picture = page()
    assert picture and picture.image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.long
def test_without_the_package_scans_are_refused_and_all_else_is_read(
    strip: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rapidocr.py").write_text("raise ImportError", "utf-8")
    monkeypatch.setitem(children.ENVIRONMENT, "PYTHONPATH", str(tmp_path))
    assert reason(file_of(strip, "PNG")) == ("image", "PNG")
    assert reason(scan_pdf([strip])) == ("scanned", "")
    document = read_document(joined(text_pdf(TYPED), scan_pdf([strip])), "a.pdf")
    assert (lines_of(document), document.notes) == (TYPED, (Note("page_scanned", page=2),))


def test_scans_are_read_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is stood in for: what is measured is how many would run."""
    running, most, lock = 0, 0, threading.Lock()

    def call_reader(*_: str | bytes, **__: object) -> bytes:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.02)
        with lock:
            running -= 1
        return b'[{"1": [1.0, 1.0, []]}, 1, 1.0, []]'

    monkeypatch.setattr(ocr, "call_reader", call_reader)
    monkeypatch.setattr(ocr, "_SLOTS", threading.BoundedSemaphore(2))
    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(ocr.recognise, [b""] * 8))) == 8
    assert most == 2


def box(text: str, x: float, y: float, width: float, height: float = 30, angle: int = 0, confidence: float = 0.99) -> RecognisedLine:
    """Return a box on a page that lies askew by one pixel in forty, or one whose text runs down the page (`angle` 270)."""
    along, across = ((width, -width / 40), (height / 40, height)) if angle == 0 else ((width / 40, width), (-height, height / 40))
    left, top = x + y / 40, y - x / 40
    corners = [(0.0, 0.0), along, (along[0] + across[0], along[1] + across[1]), across]
    return RecognisedLine(text, tuple((left + dx, top + dy) for dx, dy in corners), confidence)


def test_boxes_become_glyphs_of_an_upright_page() -> None:
    boxes = [
        box("工作经历", 100, 100, 120),
        box("2020", 1100, 100, 80, 25),
        *(box("负责检索平台", 100, 200 + 60 * row, 800) for row in range(4)),
    ]
    title, year, *lines = glyphs(boxes, zoom=2.0)
    assert abs(title.y - year.y) < 2 and title.size == year.size
    assert max(line.x for line in lines) - min(line.x for line in lines) < 0.5
    assert {glyph.angle for glyph in (title, year, *lines)} == {0.0}
    assert lines[0].width == pytest.approx(400, rel=0.01)


def test_stray_marks_and_look_alike_letters() -> None:
    recognised = glyphs([box("基于vLLΜ 的推理", 100, 100, 300), box("△", 100, 300, 30, confidence=0.3)], zoom=1.0)
    assert [glyph.text for glyph in recognised] == ["基于vLLM 的推理"]


def test_text_that_runs_down_the_page_stays_apart() -> None:
    boxes = [*(box("负责检索平台", 100, 200 + 60 * row, 800) for row in range(4)), box("机密", 1200, 300, 100, angle=270)]
    assert [round(glyph.angle) for glyph in glyphs(boxes, zoom=1.0)] == [0, 0, 0, 0, 270]


def difference(first: Image.Image, second: Image.Image) -> float:
    """Return the mean difference in grey levels."""
    grey = zip(first.convert("L").tobytes(), second.convert("L").tobytes(), strict=True)
    return sum(abs(left - right) for left, right in grey) / (first.width * first.height)


def edges_are_white(image: Image.Image) -> bool:
    return all(image.getpixel((300, y)) == (255, 255, 255) for y in (0, image.height - 1))
