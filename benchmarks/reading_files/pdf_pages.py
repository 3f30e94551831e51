"""Write PDF resumes of one column: bullets, headings, fonts, page furniture, hyphens, small type, landscape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.lib.pagesizes import A4, LETTER, landscape

from .generated import GeneratedFile
from .pdf_canvas import CanvasDrawing, font, width
from .pdf_column import BlockColumn, Design
from .people import person
from .resume import InventedPerson, Phrasing, blocks_of, texts

CHINESE = Design(regular="ZenHei", bold="ZenHei", bullet="●")
SONG = Design(regular="STSong-Light", bold="STSong-Light", heading="plain", bullet="●")
MING = Design(regular="MSung-Light", bold="MSung-Light", bullet="•")
LIBERATION = Design(regular="Liberation", bold="Liberation-Bold")
SERIF = Design(regular="LiberationSerif", bold="LiberationSerif-Bold", accent="#000000")


def furniture(drawing: CanvasDrawing, look: Design, header: str = "", footer: str = "Page {page} of {pages}", watermark: str = "") -> None:
    """Put a running header, a footer and a watermark on every page."""
    wide, high = drawing.size
    total = len(drawing.pages)
    for number in range(total):
        if header:
            drawing.text(number, 50, high - 30, header, look.regular, 8, "#777777")
            drawing.line(number, 50, high - 34, wide - 50, high - 34)
        if footer:
            text = footer.format(page=number + 1, pages=total)
            drawing.text(number, (wide - width(text, look.regular, 8)) / 2, 24, text, look.regular, 8, "#777777")
        if watermark:
            drawing.page(number).insert(0, _watermark(watermark, look, drawing.size))


def _watermark(text: str, look: Design, size: tuple[float, float]):
    def mark(canvas) -> None:
        canvas.saveState()
        canvas.translate(size[0] / 2, size[1] / 2)
        canvas.rotate(45)
        canvas.setFont(font(look.regular), 60)
        canvas.setFillGray(0.9)
        canvas.drawCentredString(0, 0, text)
        canvas.restoreState()

    return mark


def one_column(
    name: str,
    who: InventedPerson,
    look: Design,
    style: Phrasing,
    *,
    size: tuple[float, float] = A4,
    header: str = "",
    footer: str = "",
    watermark: str = "",
    bottom: float = 60,
    shuffle: int | None = None,
    notes: tuple[str, ...] = (),
    **options: object,
) -> GeneratedFile:
    """Set a resume in one column."""
    blocks = blocks_of(who, style)
    drawing = CanvasDrawing(size)
    BlockColumn(drawing, look, 50, size[0] - 100, size[1] - 45, bottom).flow(blocks)
    furniture(drawing, look, header, footer, watermark)
    return GeneratedFile(name, drawing.data(who.name, shuffle, **options), texts(blocks), notes=notes)


def one_column_files() -> Iterator[GeneratedFile]:
    """Give the PDF files of one column."""
    right, first, own, brackets = Phrasing(), Phrasing("first"), Phrasing("own line", contacts=""), Phrasing("brackets")
    yield one_column("pdf_plain_director.pdf", person("director"), Design(), right)
    yield one_column("pdf_plain_programmer.pdf", person("programmer"), CHINESE, right)
    yield one_column("pdf_song_not_embedded_seller.pdf", person("seller"), SONG, first, notes=("font named, not embedded",))
    yield one_column("pdf_ming_not_embedded_marketer.pdf", person("marketer"), MING, own, notes=("font named, not embedded",))
    yield one_column(
        "pdf_header_footer_pages_engineer.pdf",
        person("engineer"),
        replace(LIBERATION, size=12.5),
        right,
        size=LETTER,
        header="Tomás Velarde – Curriculum Vitae – confidential",
        footer="Page {page} of {pages}",
        notes=("break inside a job",),
    )
    yield one_column(
        "pdf_header_footer_pages_director_zh.pdf",
        person("plant_director"),
        replace(CHINESE, size=13),
        own,
        header="智聘网 · 简历编号 JM20260318",
        footer="第 {page} 页 / 共 {pages} 页",
        notes=("break inside a job",),
    )
    yield one_column(
        "pdf_low_pages_scientist.pdf", person("scientist"), SERIF, first, bottom=620, footer="{page}", notes=("many short pages",)
    )
    yield one_column("pdf_watermark_nurse.pdf", person("nurse"), CHINESE, Phrasing("first", skills="rows"), watermark="仅供招聘使用")
    yield one_column("pdf_watermark_chef.pdf", person("chef"), Design(), brackets, watermark="SAMPLE COPY")
    yield one_column("pdf_justified_scientist.pdf", person("scientist"), replace(SERIF, justify=True, size=11), right)
    yield one_column("pdf_justified_process_engineer.pdf", person("process_engineer"), replace(CHINESE, justify=True), right)
    yield one_column(
        "pdf_hyphenated_director.pdf",
        person("director"),
        replace(SERIF, justify=True, hyphenate=True, size=12),
        own,
        size=(350, 700),
        notes=("hyphens at line ends are not in the words",),
    )
    narrow = replace(LIBERATION, justify=True, hyphenate=True, size=11)
    yield one_column("pdf_hyphenated_scientist.pdf", person("scientist"), narrow, own, size=(320, 700), notes=("hyphens at line ends",))
    yield one_column(
        "pdf_letters_apart_electrician.pdf", person("electrician"), replace(Design(), heading="letters"), Phrasing(capitals=True)
    )
    spaced = replace(LIBERATION, heading="spaced")
    yield one_column("pdf_spaced_headings_engineer.pdf", person("engineer"), spaced, Phrasing("first", capitals=True))
    yield one_column("pdf_spaced_headings_graduate.pdf", person("graduate"), replace(CHINESE, heading="spaced"), right)
    yield one_column("pdf_bold_printed_twice_seller.pdf", person("seller"), replace(CHINESE, heading="twice"), own)
    yield one_column("pdf_band_headings_schoolgirl.pdf", person("schoolgirl"), replace(CHINESE, heading="band"), Phrasing(skills="rows"))
    yield one_column("pdf_small_type_lawyer.pdf", person("lawyer"), replace(CHINESE, size=6.2), first)
    yield one_column("pdf_landscape_pupil.pdf", person("pupil"), LIBERATION, right, size=landscape(A4), footer="{page}")
    yield one_column("pdf_shuffled_order_chef.pdf", person("chef"), Design(), right, shuffle=7, notes=("drawn in another order",))
    yield one_column("pdf_shuffled_order_driver.pdf", person("driver"), CHINESE, own, shuffle=8, notes=("drawn in another order",))
    yield one_column("pdf_numbered_headings_teacher.pdf", person("teacher"), CHINESE, Phrasing("first", number=True, skills="rows"))
    yield one_column("pdf_grid_teacher.pdf", person("teacher"), replace(CHINESE, grid=True), Phrasing(skills="rows"))
    yield one_column("pdf_unpacked_streams_pupil.pdf", person("pupil"), Design(heading="plain"), brackets, pageCompression=0)
    yield from _bullet_files()


def _bullet_files() -> Iterator[GeneratedFile]:
    kinds = {
        "square": ("▪", "DejaVu", "chef"),
        "arrow": ("►", "DejaVu", "engineer"),
        "tick": ("✓", "DejaVu", "electrician"),
        "dingbat": ("●", "ZapfDingbats", "director"),
        "dash": ("–", "", "scientist"),
        "letter_o": ("o", "Courier", "pupil"),
        "diamond": ("◆", "ZenHei", "graduate"),
        "private": ("\uf0b7", "", "nurse"),
    }
    for kind, (mark, mark_font, key) in kinds.items():
        who = person(key)
        look = replace(CHINESE if who.chinese else LIBERATION, bullet=mark, bullet_font=mark_font)
        yield one_column(f"pdf_bullets_{kind}_{key}.pdf", who, look, Phrasing("brackets" if kind in ("dash", "tick") else "right"))
