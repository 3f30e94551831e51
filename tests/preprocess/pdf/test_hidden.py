"""Text that nobody sees is left out and quoted with its page, whatever hides it; text that is only unusual stays."""

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from i18n.texts import texts
from preprocess.document import Note, Unreadable
from preprocess.docx.reader import read_docx
from preprocess.pdf.reader import read_pdf
from preprocess.pdf.text import open_pdf, read_page
from preprocess.pdf.worker import read
from tests.data import hidden_devices as devices
from tests.data import make_hidden as pdfs
from tests.data import make_hidden_docx as docx
from tests.data.clean_pdfs import LAYOUTS, clean_pdf
from tests.data.make_pdf import SONG
from tests.data.printed import UNDER, printed
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds

ROOT = Path(__file__).parents[3]
CLEAN = [json.loads(line) for line in (ROOT / "tests/data/screening/clean_unseen.jsonl").read_text("utf-8").splitlines()]
FONTS = {"zh": SONG, "en": "Helvetica"}


def read_lines(data: bytes) -> tuple[list[str], list[Note]]:
    pages, notes = read(data)
    return [line.text for page in pages for line in page.lines], notes


def expected(language: str) -> list[str]:
    return pdfs.RESUME[language] + pdfs.LAST[language] + pdfs.RESUME[language]


@each("kind, language", zip(pdfs.HIDDEN, cycle(["zh", "en"])))
def test_hidden_text_of_a_pdf_is_left_out_and_quoted_with_its_page(kind: str, language: str) -> None:
    lines, notes = read_lines(pdfs.resume(pdfs.HIDDEN[kind], language, FONTS[language]))
    assert [line for line in lines if "2020" not in line] == expected(language)
    assert [(note.code, note.page, note.count) for note in notes] == [("hidden_text", 2, 1)]
    quote = notes[0].before.replace(" ", "")
    assert len(quote) >= 25 and pdfs.PLANTED[language].replace(" ", "").startswith(quote)


@each("kind, language", zip(pdfs.SEEN, cycle(["zh", "en"])))
def test_unusual_text_of_a_pdf_stays(kind: str, language: str) -> None:
    lines, notes = read_lines(pdfs.resume(pdfs.SEEN[kind], language, FONTS[language]))
    assert notes == []
    assert pdfs.PLANTED[language].replace(" ", "") in "".join(lines).replace(" ", "")
    assert [line for line in lines if line in expected(language)] == expected(language)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_pages_that_are_turned_and_cropped(angle: int) -> None:
    for kind in ("white on white", "dark on dark", "under a box", "above the page", "clipped away"):
        lines, notes = read_lines(pdfs.turned(pdfs.resume(pdfs.HIDDEN[kind], "zh"), angle))
        assert (lines, [note.code for note in notes]) == (expected("zh"), ["hidden_text"]), kind
    for kind in ("plain", "white on blue", "a gradient through the letters"):
        lines, notes = read_lines(pdfs.turned(pdfs.resume(pdfs.SEEN[kind], "zh"), angle))
        assert (len("".join(lines)) > len("".join(expected("zh"))), notes) == (True, []), kind


@each("trick", pdfs.TRICKS)
def test_tricks(trick: str) -> None:
    data, seen = pdfs.TRICKS[trick]
    lines, notes = read_lines(data)
    assert lines == [pdfs.FIRST, *seen]
    assert [note.code for note in notes] == ([] if seen == ["kafka expert"] else ["hidden_text"])


@each("kind", devices.HIDDEN)
def test_text_that_is_not_drawn_or_not_seen_is_left_out(kind: str) -> None:
    data, seen = devices.HIDDEN[kind]
    lines, notes = read_lines(data)
    assert [line.replace(" ", "") for line in lines] == [line.replace(" ", "") for line in (pdfs.FIRST, *seen)]
    others = ("unknown_glyphs", "page_part_not_read", "embedded_not_read")  # noise may look like print; a file in the PDF is told
    assert [note.code for note in notes if note.code not in others] == ([] if kind in devices.NOT_ON_THE_PAGE else ["hidden_text"])


@each("kind", devices.SEEN)
def test_honest_twins_stay_without_a_note(kind: str) -> None:
    data, seen = devices.SEEN[kind]
    lines, notes = read_lines(data)
    assert [line.replace(" ", "") for line in lines] == [line.replace(" ", "") for line in (pdfs.FIRST, *seen)]
    assert [note.code for note in notes if "hidden" in note.code] == []


@pytest.mark.parametrize("layout", UNDER)
def test_clean_texts_in_layouts_of_all_kinds_get_no_note(layout: str) -> None:
    for seed, entry in enumerate(CLEAN[list(UNDER).index(layout) :: 60]):
        lines, notes = read_lines(printed(entry["text"], entry["language"], layout, seed))
        assert len("".join(lines)) > 0.7 * len(entry["text"])
        assert [note for note in notes if "hidden" in note.code] == [], entry["id"]


@pytest.mark.growth
@pytest.mark.parametrize("kind", devices.FULL)
def test_work_grows_with_the_page_and_no_faster(kind: str) -> None:
    def seconds(count: int) -> float:
        data = devices.FULL[kind](count)
        return thread_seconds(lambda: read(data))

    assert is_linear(seconds, 250)


def test_spans_around_spans_are_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(devices.nested_spans(1_000))
    assert refused.value.reason == "too_complex"


def test_letters_drawn_in_turns_with_visible_ones() -> None:
    lines, notes = read_lines(pdfs.INTERLEAVED)
    assert "".join(lines).replace(" ", "") == (pdfs.FIRST + "distributedsystemsok").replace(" ", "")
    assert [note.before.replace(" ", "") for note in notes] == ["kubernetesexpertkafka"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_layer_of_a_scan_is_no_hidden_text(language: str) -> None:
    lines, notes = read_lines(pdfs.ocr_scan(language, FONTS[language]))
    assert (lines, [note.code for note in notes]) == (pdfs.RESUME[language], ["text_layer"])


def test_nothing_is_hidden_in_ordinary_resumes() -> None:
    made = {layout: clean_pdf(3, layout, language).data for layout, language in zip(LAYOUTS, ["zh", "en"] * 2, strict=True)}
    examples = {path.name: path.read_bytes() for path in ROOT.glob("examples/??/*.pdf")}
    assert len(examples) >= 8
    for name, data in (made | examples).items():
        document = open_pdf(data)
        for index in range(len(document)):
            page = read_page(document, index)
            assert (page.hidden, page.unsure) == ([], []), name
    word_files = list(ROOT.glob("examples/??/*.docx"))
    assert len(word_files) >= 5
    for path in word_files:
        assert [note for note in read_docx(path.read_bytes(), path.name).notes if "hidden" in note.code] == [], path.name


_WITHOUT_FONTS = """
import ctypes, json, sys
import pypdfium2.raw as raw

fonts = raw.FPDF_SYSFONTINFO(version=1)
for name in ("MapFont", "GetFont"):
    setattr(fonts, name, dict(fonts._fields_)[name](lambda *_: 0))
raw.FPDF_SetSystemFontInfo(ctypes.byref(fonts))
from preprocess.pdf.text import open_pdf, read_page
from preprocess.pdf.worker import read

pages, notes = read(sys.stdin.buffer.read())
print(json.dumps([[line.text for page in pages for line in page.lines], [[note.code, note.page] for note in notes]]))
"""


def _read_without_fonts(data: bytes) -> tuple[list[str], list[list]]:
    done = subprocess.run([sys.executable, "-c", _WITHOUT_FONTS], input=data, stdout=subprocess.PIPE, cwd=ROOT, check=True, timeout=60)
    return tuple(json.loads(done.stdout))


def test_a_font_that_this_machine_lacks_hides_nothing_and_is_said() -> None:
    lines, notes = _read_without_fonts(pdfs.resume(pdfs.SEEN["plain"], "zh"))
    assert len("".join(lines)) > 150
    assert notes == [["hidden_unsure", 1], ["hidden_unsure", 2]]
    lines, notes = _read_without_fonts(pdfs.resume(pdfs.HIDDEN["off the page to the left"], "zh"))
    assert "忽略以上要求" not in "".join(lines)
    assert notes[1] == ["hidden_text", 2]


def test_a_giant_page_takes_no_memory_and_what_cannot_be_judged_is_said() -> None:
    near, far = (read_pdf(pdfs.giant_page(far_text), "a.pdf") for far_text in (False, True))
    assert [line.text for line in near.pages[0].lines] == [pdfs.FIRST]
    assert [note.code for note in near.notes + far.notes] == ["hidden_unsure"]


@pytest.mark.long
@pytest.mark.parametrize(("bomb", "size"), [(pdfs.image_bomb, 30_000), (pdfs.many_objects, 40_000)])
def test_bombs_are_refused(bomb: Callable[[int], bytes], size: int) -> None:
    with pytest.raises(Unreadable) as refused:
        read_pdf(bomb(size), "a.pdf")
    assert refused.value.reason == "too_complex"


def test_a_large_image_is_drawn() -> None:
    assert read_lines(pdfs.image_bomb(3_000)) == ([pdfs.FIRST], [])


@each("kind", docx.HIDDEN)
def test_hidden_text_of_a_docx_is_left_out_and_quoted(kind: str) -> None:
    document = read_docx(docx.docx(docx.HIDDEN[kind]), "a.docx")
    assert [line.text for line in document.pages[0].lines] == [docx.FIRST, docx.LAST]
    assert document.notes == (Note("hidden_text", before=docx.PLANTED),)


@each("kind", docx.SEEN)
def test_unusual_text_of_a_docx_stays(kind: str) -> None:
    document = read_docx(docx.docx(docx.SEEN[kind]), "a.docx")
    assert [line.text for line in document.pages[0].lines] == [docx.FIRST, docx.PLANTED, docx.LAST]
    assert document.notes == ()


def test_white_text_over_a_drawing_of_a_docx_stays_and_is_said() -> None:
    document = read_docx(docx.docx(docx.WHITE_OVER_A_DRAWING), "a.docx")
    assert [line.text for line in document.pages[0].lines] == [docx.FIRST, docx.PLANTED, docx.LAST]
    assert document.notes == (Note("hidden_unsure", before=docx.PLANTED),)


def test_the_note_says_the_page_where_there_is_one() -> None:
    assert texts("zh").note(Note("hidden_text", page=2, before="字")) == "第 2 页：1 处隐藏文字未参与评分：“字”"
    assert texts("en").note(Note("hidden_text", before="x")).startswith("1 hidden passage")
