"""PDFs good, odd and hostile, each through the guarded process as the app reads them."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from preprocess.document import Unreadable
from preprocess.pdf.reader import read_pdf
from preprocess.pdf.worker import read
from tests.data import make_pdf as pdfs
from tests.preprocess.contents import lines_of

RESUME = ["张三", "Java 开发工程师，五年经验，熟悉 Spring Boot 与 MySQL", "Led a team of five; built search for 3M users."]
GOOD = pdfs.text_pdf(RESUME)


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_pdf(data, "resume.pdf")
    assert "Java" not in str(refused.value)
    return refused.value.reason


def test_pages_lines_and_sizes() -> None:
    document = read_pdf(pdfs.text_pdf(RESUME, ["第二页的一行文字，写得足够长，超过二十个字符"]), "张三.pdf")
    assert (document.name, document.kind, document.notes) == ("张三.pdf", "pdf", ())
    assert [[line.text for line in page.lines] for page in document.pages] == [RESUME, ["第二页的一行文字，写得足够长，超过二十个字符"]]
    assert (document.pages[0].width, document.pages[0].height) == pytest.approx((pdfs.WIDTH, pdfs.HEIGHT), abs=0.1)
    assert document.pages[0].lines[0].size == pytest.approx(10.5)


def test_embedded_chinese_font() -> None:
    font = pdfs.embedded_font()
    if font is None:
        pytest.skip(f"no {pdfs.EMBEDDED_FILE.name} on this system")
    assert lines_of(read_pdf(pdfs.text_pdf(RESUME, font=font), "a.pdf")) == RESUME


@pytest.mark.parametrize(
    "data",
    [
        b"\r\njunk of a mail gateway\r\n" * 20 + GOOD,
        re.sub(rb"startxref\n\d+", b"startxref\n7", GOOD),
        pdfs.text_pdf(RESUME) + b"\0" * 3000,
    ],
    ids=["junk prefix", "wrong startxref", "padded"],
)
def test_sloppy_files_are_read(data: bytes) -> None:
    assert lines_of(read_pdf(data, "a.pdf")) == RESUME


def test_owner_password_only_forbids_printing() -> None:
    assert lines_of(read_pdf(pdfs.make_pdf(lambda sheet: sheet.lines(60, 80, RESUME), user_password=""), "a.pdf")) == RESUME


def test_user_password() -> None:
    assert reason(pdfs.make_pdf(lambda sheet: sheet.lines(60, 80, RESUME), user_password="secret")) == "needs_password"


def test_truncated() -> None:
    assert reason(GOOD[: int(len(GOOD) * 0.6)]) == "damaged"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + bytes(range(256)) * 50], ids=["empty", "header", "noise"])
def test_no_pdf_at_all(data: bytes) -> None:
    assert reason(data) == "damaged"


@pytest.mark.long
def test_pictures_only() -> None:
    stamped = pdfs.make_pdf(lambda sheet: (sheet.picture(-1, -1, 600, 850), sheet.text(400, 830, "扫描全能王 创建")))
    blank = pdfs.make_pdf(lambda sheet: None)
    assert [reason(data) for data in (stamped, blank)] == ["illegible"] * 2


def test_a_scanned_page_among_others_is_told() -> None:
    document = read_pdf(pdfs.make_pdf(lambda sheet: sheet.lines(60, 80, RESUME), lambda sheet: sheet.picture(-1, -1, 600, 850)), "a.pdf")
    assert lines_of(document) == RESUME
    assert [(note.code, note.page) for note in document.notes] == [("page_scanned", 2)]


def test_a_photo_does_not_make_a_scan() -> None:
    document = read_pdf(pdfs.make_pdf(lambda sheet: (sheet.picture(480, 30, 80, 100), sheet.lines(60, 80, RESUME))), "a.pdf")
    assert (lines_of(document), document.notes) == (RESUME, ())


def test_icons_are_left_out_and_counted() -> None:
    font = pdfs.embedded_font()
    if font is None:
        pytest.skip(f"no {pdfs.EMBEDDED_FILE.name} on this system")
    document = read_pdf(pdfs.text_pdf(["\ue0a1 13800000000 " + RESUME[1], *RESUME], font=font), "a.pdf")
    assert lines_of(document) == ["13800000000 " + RESUME[1], *RESUME]
    assert [(note.code, note.page, note.count) for note in document.notes] == [("unknown_glyphs", 1, 1)]


def test_long_documents_are_read_up_to_the_cap() -> None:
    document = read_pdf(pdfs.many_pages(40), "a.pdf")
    assert lines_of(document) == [f"Page {number} of a long resume" for number in range(1, 31)]
    assert [(note.code, note.page, note.count) for note in document.notes] == [("page_cap", 30, 40)]


def test_a_page_full_of_drawings_is_read() -> None:
    drawing = b"10 10 m 20 20 l S " * 60_000 + b"BT /F1 12 Tf 72 720 Td (Java developer, ten years of experience) Tj ET"
    assert lines_of(read_pdf(pdfs.one_page(b"5 0 R", pdfs.stream(drawing)), "a.pdf")) == ["Java developer, ten years of experience"]


@pytest.mark.parametrize(("bomb", "size"), [(pdfs.flate_bomb, 100), (pdfs.many_contents, 100_000)])
def test_bombs_are_refused(bomb: Callable[[int], bytes], size: int) -> None:
    assert reason(bomb(size)) == "too_complex"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux enforces the limit on memory")
def test_forms_that_multiply_are_stopped() -> None:
    assert reason(pdfs.nested_forms(8, 12)) == "too_complex"


def test_page_tree_that_contains_itself() -> None:
    assert reason(pdfs.cyclic_pages()) == "damaged"


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[3] / "examples").glob("*/*.pdf")), ids=lambda path: path.stem)
def test_fonts_that_number_their_own_glyphs_are_never_taken_for_text(path: Path) -> None:
    """Readers show other letters for them ("0D\\D" for Maya), which no look at the letters can tell."""
    with pytest.raises(Unreadable, match="garbled"):
        read(pdfs.without_unicode_maps(path.read_bytes()))


def test_several_threads_read_at_once() -> None:
    files = [pdfs.text_pdf([f"候选人{index}，熟悉分布式系统与高并发服务的设计与实现"]) for index in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert [lines_of(document) for document in pool.map(lambda data: read_pdf(data, "a.pdf"), files)] == [
            [f"候选人{index}，熟悉分布式系统与高并发服务的设计与实现"] for index in range(8)
        ]


_PAGE = """<meta charset="utf-8"><style>@page { size: A4; margin: 12mm } body { margin: 0; font-size: 10pt; line-height: 1.6 }
h1 { letter-spacing: .3em; text-align: center } .grid { display: grid; grid-template-columns: 1fr 2fr; gap: 16px }
.job { display: flex; justify-content: space-between }</style>
<h1>RESUME</h1><div class="grid">
<div><h2>Skills</h2><p>Java, Spring Boot<br>Python, PyTorch<br>Airflow<br>MySQL, Redis</p>
<h2>Languages</h2><p>English, fluent<br>French, basic</p></div>
<div><h2>Experience</h2><div class="job"><b>Acme, senior engineer</b><span>2021.03 - now</span></div>
<p>Found and fixed the office file store; moved four hundred jobs to one scheduler, failures fell by eighty percent.</p>
<div class="job"><b>North Bank, engineer</b><span>2018.07 - 2021.02</span></div>
<p>Wrote the fraud feature store and mentored three juniors.</p></div></div>"""


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this system")
def printed(page: str, folder: Path) -> bytes:
    """Return a web page as a PDF."""
    (folder / "resume.html").write_text(page, encoding="utf-8")
    pdf = folder / "resume.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder / 'profile'}"]
    command = ["chromium", *options, f"--print-to-pdf={pdf}", (folder / "resume.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return pdf.read_bytes()


def _table(sheet: pdfs.Sheet, is_filled: bool) -> None:
    """Draw a table whose last cells have two lines, with borders as strokes or as thin bars."""
    canvas = sheet.canvas
    for y in (110, 150, 190, 230, 270):
        bar = (40, pdfs.HEIGHT - y, 500, 1)
        canvas.rect(*bar, fill=1, stroke=0) if is_filled else canvas.line(40, pdfs.HEIGHT - y, 540, pdfs.HEIGHT - y)
    for x in (40, 150, 330, 540):
        canvas.rect(x, pdfs.HEIGHT - 270, 1, 160, fill=1, stroke=0) if is_filled else canvas.line(
            x, pdfs.HEIGHT - 270, x, pdfs.HEIGHT - 110
        )
    for row in range(4):
        y = 132 + 40 * row
        sheet.text(46, y, f"200{row}")
        sheet.text(156, y, f"Employer {'ABCD'[row]}")
        sheet.text(336, y - 7, f"负责第{row}个项目的设计与交付，")
        sheet.text(336, y + 8, f"带领{row + 3}人。")


@pytest.mark.parametrize("is_filled", [False, True])
def test_a_table_with_borders_is_read_cell_by_cell(is_filled: bool) -> None:
    lines = lines_of(read_pdf(pdfs.make_pdf(lambda sheet: _table(sheet, is_filled)), "x.pdf"))
    assert lines == [
        line for row in range(4) for line in (f"200{row}  Employer {'ABCD'[row]}", f"负责第{row}个项目的设计与交付，", f"带领{row + 3}人。")
    ]


def test_a_page_in_arabic_is_read_from_the_right_column_on(tmp_path: Path) -> None:
    main = [f"عملت مديرا لفريق من {number} مهندسين لعملاء في المنطقة" for number in range(3, 9)]
    side = ["المهارات", "Java", "Python", "العربية اللغة الأم", "الإنجليزية جيدة", "إدارة الفريق", "العمل تحت الضغط"]
    columns = "".join(f"<div>{''.join(f'<p>{line}</p>' for line in lines)}</div>" for lines in (main, side))
    grid = "display:grid;grid-template-columns:65% 30%;gap:30px;align-items:center;font:12px 'DejaVu Sans'"
    page = f'<html dir=rtl lang=ar><meta charset=utf-8><h1>ليلى حداد</h1><div style="{grid}">{columns}</div></html>'
    assert lines_of(read_pdf(printed(page, tmp_path), "resume.pdf")) == ["ليلى حداد", *main, *side]


_MIXED_LINES = [
    ("ltr", "Sarah Cohen, engineer with ten years of experience in trade and banking"),
    ("ltr", "Name: שרה כהן (Sarah Cohen), Tel Aviv"),
    ("ltr", "Employer: חברת הלוורד (2016 - 2023)"),
    ("ltr", "Languages: עברית (native), العربية (fluent), English"),
    ("rtl", "שרה כהן (לוי)"),
    ("rtl", "ידע ב-Java (8 שנים) ו-Kafka [Flink]"),
    ("rtl", "محمد علي (مهندس) 2016 - 2023"),
]


@pytest.mark.parametrize(
    "more", [("ltr", "Worked in three countries."), ("rtl", "ניסיון: 2016 - 2023 מהנדסת תוכנה, חברת הלוורד (תל אביב), ניהול צוות גדול")]
)
def test_brackets_beside_hebrew_and_arabic(more: tuple[str, str], tmp_path: Path) -> None:
    lines = [*_MIXED_LINES, more, more]
    page = "".join(f"<p dir={direction}>{line}</p>" for direction, line in lines)
    page = f"<html><meta charset=utf-8><body style=\"font:12px 'DejaVu Sans'\">{page}</body></html>"
    assert lines_of(read_pdf(printed(page, tmp_path), "resume.pdf")) == [line for _, line in lines]


def test_two_columns_printed_by_a_browser(tmp_path: Path) -> None:
    lines = lines_of(read_pdf(printed(_PAGE, tmp_path), "resume.pdf"))
    text = " ".join(lines)
    side = [
        "Skills",
        "Java, Spring Boot",
        "Python, PyTorch",
        "Airflow",
        "MySQL, Redis",
        "Languages",
        "English, fluent",
        "French, basic",
    ]
    assert lines[: len(side) + 3] == ["RESUME", *side, "Experience", "Acme, senior engineer  2021.03 - now"]
    assert "Found and fixed the office file store; moved four hundred jobs to one scheduler, failures fell by eighty percent." in text
    assert text.endswith("North Bank, engineer  2018.07 - 2021.02 Wrote the fraud feature store and mentored three juniors.")
