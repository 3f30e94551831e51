"""Write PDF resumes of more than one column: sidebars, two columns, forms, header bands, timelines, photos, icons."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from .forms import form_rows, form_title, row_texts
from .generated import GeneratedFile
from .pdf_canvas import CanvasDrawing, wrap
from .pdf_column import BlockColumn, Design
from .pdf_pages import CHINESE, LIBERATION, SERIF, furniture
from .people import person
from .resume import BESIDE, Block, InventedPerson, Phrasing, Section, blocks_of, section_blocks, texts, top

WIDE, HIGH = A4


def portrait(seed: int, size: tuple[int, int] = (120, 160)) -> Image.Image:
    """Draw a face of sorts, for resumes with a photo."""
    shades = random.Random(seed)
    image = Image.new("RGB", size, (shades.randrange(120, 200), 190, 215))
    pen = ImageDraw.Draw(image)
    pen.ellipse((30, 25, 90, 100), fill=(226, 190, shades.randrange(140, 170)))
    pen.rectangle((15, 115, 105, 160), fill=(40, 50, shades.randrange(60, 120)))
    return image


def _put_photo(drawing: CanvasDrawing, seed: int, x: float, y: float) -> None:
    image = ImageReader(portrait(seed))
    drawing.add(0, lambda canvas: canvas.drawImage(image, x, y, 66, 88))


def _split(who: InventedPerson) -> tuple[list[Section], list[Section]]:
    beside = [section for section in who.sections if section.kind in BESIDE]
    return [section for section in who.sections if section.kind not in BESIDE], beside


def _sections(sections: list[Section], style: Phrasing) -> list[Block]:
    return [block for section in sections for block in section_blocks(section, style)]


def sidebar(
    name: str,
    key: str,
    look: Design,
    *,
    side: Literal["left", "right"],
    fill: str | None,
    style: Phrasing = Phrasing("own line", contacts=""),  # noqa: B008
    light: bool = False,
    photo: bool = False,
    shuffle: int | None = None,
    footer: str = "",
    bottom: float = 50,
) -> GeneratedFile:
    """Set contacts and short sections in a column beside the jobs; the name stands over the column that is read first."""
    who = person(key)
    main_sections, short_sections = _split(who)
    first, *rest = top(who, style)
    bar_blocks = (rest if side == "right" else [first, *rest]) + _sections(short_sections, style)
    main_blocks = ([first] if side == "right" else []) + _sections(main_sections, style)
    drawing = CanvasDrawing()
    bar_left = 0.0 if side == "left" else WIDE - 190
    if fill:
        drawing.box(0, bar_left, 0, 190, HIGH, fill=fill)
    if photo:
        _put_photo(drawing, len(name), bar_left + 60, HIGH - 120)
    bar_look = replace(look, colour="#ffffff", accent="#ffe9b0") if light else look
    bar_look = replace(bar_look, size=look.size * (0.8 if len(who.name) > 12 and side == "left" else 0.95))
    BlockColumn(drawing, bar_look, bar_left + 15, 160, HIGH - (130 if photo else 40), 30).flow(bar_blocks)
    BlockColumn(drawing, look, 210 if side == "left" else 40, WIDE - 250, HIGH - 40, bottom).flow(main_blocks)
    if footer:
        furniture(drawing, look, footer=footer)
    ordered = bar_blocks + main_blocks if side == "left" else main_blocks + bar_blocks
    notes = (f"sidebar on the {side}, read {'first' if side == 'left' else 'last'}",)
    return GeneratedFile(name, drawing.data(who.name, shuffle), texts(ordered), notes=notes)


def two_columns(name: str, key: str, look: Design, style: Phrasing, band: str = "", shuffle: int | None = None) -> GeneratedFile:
    """Set a head across the page and the sections in two columns under it."""
    who = person(key)
    head = top(who, style)
    left_sections, right_sections = _split(who)
    left, right = _sections(left_sections, style), _sections(right_sections, style)
    drawing = CanvasDrawing()
    head_look = replace(look, colour="#ffffff", accent="#ffffff") if band else look
    if band:
        drawing.box(0, 0, HIGH - 120, WIDE, 120, fill=band)
    BlockColumn(drawing, head_look, 40, WIDE - 80, HIGH - 20, 40).flow(head)
    BlockColumn(drawing, look, 40, 300, HIGH - 125, 40).flow(left)
    BlockColumn(drawing, look, 370, WIDE - 410, HIGH - 125, 40).flow(right)
    return GeneratedFile(name, drawing.data(who.name, shuffle), texts([*head, *left, *right]), notes=("two columns, the left read first",))


def headings_left(name: str, key: str, look: Design, style: Phrasing) -> GeneratedFile:
    """Set headings in a left column and the contents beside them, with lines between the sections."""
    who = person(key)
    drawing = CanvasDrawing()
    column = BlockColumn(drawing, look, 40, WIDE - 80, HIGH - 40, 50)
    column.flow(top(who, style))
    for section in who.sections:
        if column.y < 120:
            column.number, column.y = column.number + 1, column.top
        start, number = column.y - 6, column.number
        drawing.line(number, 40, start, WIDE - 40, start)
        blocks = section_blocks(section, style)
        BlockColumn(drawing, replace(look, heading="plain", size=look.size * 0.9), 40, 105, HIGH - 40, 50, number, start).flow(blocks[:1])
        column = BlockColumn(drawing, look, 155, WIDE - 195, HIGH - 40, 50, number, start - 4).flow(blocks[1:])
    return GeneratedFile(name, drawing.data(who.name), texts(blocks_of(who, style)), notes=("headings in the left column of a table",))


def timeline(name: str, key: str, look: Design) -> GeneratedFile:
    """Set dates in the left margin beside a line with dots."""
    who, style = person(key), Phrasing("first", contacts=" / ")
    drawing = CanvasDrawing()
    blocks = blocks_of(who, style)
    column = BlockColumn(drawing, replace(look, entry="gutter"), 40, WIDE - 80, HIGH - 40, 50)
    for block in blocks:
        column.block(block)
        if block.kind == "entry":
            number, y = column.number, column.y
            drawing.add(number, lambda canvas, y=y: canvas.circle(150, y + 3, 2.5, fill=1))
    for number in range(len(drawing.pages)):
        drawing.line(number, 150, 50, 150, HIGH - 130)
    return GeneratedFile(name, drawing.data(who.name), texts(blocks), notes=("dates left of a line",))


def form(name: str, key: str, look: Design) -> GeneratedFile:
    """Set a filled-in form with lines around the cells."""
    who = person(key)
    rows = form_rows(who)
    drawing = CanvasDrawing()
    column = BlockColumn(drawing, replace(look, grid=True), 40, WIDE - 80, HIGH - 40, 40)
    column.block(Block("name", (form_title(who),)))
    for row in rows:
        lines = wrap(row[0], look.regular, look.size, WIDE - 90)
        if len(row) == 1 and len(lines) > 1:
            column.lines(row[0], look.regular, look.size, look.colour)
            column.y -= 3
        else:
            column.block(Block("row", row))
    return GeneratedFile(name, drawing.data(who.name), (form_title(who), *row_texts(rows)))


def column_files() -> Iterator[GeneratedFile]:
    """Give the PDF files of more than one column."""
    yield sidebar("pdf_sidebar_left_dark_programmer.pdf", "programmer", CHINESE, side="left", fill="#243b53", light=True)
    yield sidebar("pdf_sidebar_left_dark_engineer.pdf", "engineer", LIBERATION, side="left", fill="#2d3e50", light=True)
    yield sidebar("pdf_sidebar_right_pale_chef.pdf", "chef", LIBERATION, side="right", fill="#eeeae0")
    yield sidebar("pdf_sidebar_right_no_colour_electrician.pdf", "electrician", Design(), side="right", fill=None)
    yield sidebar("pdf_sidebar_left_photo_marketer.pdf", "marketer", CHINESE, side="left", fill="#e6eef5", photo=True)
    tall = replace(CHINESE, size=13)
    yield sidebar(
        "pdf_sidebar_left_two_pages_director.pdf", "plant_director", tall, side="left", fill="#dfe7df", bottom=330, footer="{page}/{pages}"
    )
    yield sidebar("pdf_sidebar_right_shuffled_seller.pdf", "seller", CHINESE, side="right", fill="#f3e8e8", shuffle=3)
    yield sidebar("pdf_sidebar_left_shuffled_director.pdf", "director", LIBERATION, side="left", fill=None, shuffle=4)
    yield two_columns("pdf_two_columns_lawyer.pdf", "lawyer", CHINESE, Phrasing("own line"))
    yield two_columns("pdf_two_columns_scientist.pdf", "scientist", SERIF, Phrasing("own line"))
    yield two_columns("pdf_header_band_process_engineer.pdf", "process_engineer", CHINESE, Phrasing("own line"), band="#7a1f2b")
    yield two_columns("pdf_header_band_shuffled_pupil.pdf", "pupil", Design(), Phrasing("brackets"), band="#14532d", shuffle=5)
    yield headings_left("pdf_headings_left_graduate.pdf", "graduate", CHINESE, Phrasing("brackets"))
    yield headings_left("pdf_headings_left_director.pdf", "director", SERIF, Phrasing("right"))
    yield timeline("pdf_timeline_engineer.pdf", "engineer", LIBERATION)
    yield timeline("pdf_timeline_programmer.pdf", "programmer", CHINESE)
    yield form("pdf_form_nurse.pdf", "nurse", replace(CHINESE, size=9))
    yield form("pdf_form_driver.pdf", "driver", CHINESE)
    yield form("pdf_form_electrician.pdf", "electrician", replace(LIBERATION, size=9))
