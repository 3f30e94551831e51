"""Write Word documents: plain, forms, columns, numbered headings, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm

from .forms import form_rows, form_title, row_texts
from .generated import GeneratedFile
from .people import person
from .resume import BESIDE, Block, Phrasing, blocks_of, section_blocks, texts, top
from .word_parts import new_document, saved, write_blocks, write_paragraph, write_table, xml

_NUMBERS = """<w:abstractNum w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>"""


def _plain(name: str, key: str, style: Phrasing, tabs: bool = True) -> GeneratedFile:
    document, blocks = new_document(), blocks_of(person(key), style)
    write_blocks(document, blocks, tabs)
    return GeneratedFile(name, saved(document), texts(blocks))


def _form(name: str, key: str) -> GeneratedFile:
    who, document = person(key), new_document()
    rows = form_rows(who)
    document.add_heading(form_title(who), 0)
    write_table(document, rows)
    return GeneratedFile(name, saved(document), (form_title(who), *row_texts(rows)), notes=("merged cells",))


def _running_heads(name: str, key: str) -> GeneratedFile:
    document, blocks = new_document(), blocks_of(person(key), Phrasing())
    section = document.sections[0]
    section.header.paragraphs[0].text = "Confidential – do not forward – Candidate 20417"
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    for kind in ("begin", "instr", "end"):
        run = footer.add_run()
        if kind == "instr":
            run._r.append(xml('<w:instrText xml:space="preserve"> PAGE </w:instrText>'))
        else:
            run._r.append(xml(f'<w:fldChar w:fldCharType="{kind}"/>'))
    write_blocks(document, blocks)
    document.paragraphs[9].runs[0].add_break(WD_BREAK.PAGE)
    return GeneratedFile(name, saved(document), texts(blocks), notes=("running head and page number",))


def _columns(name: str, key: str) -> GeneratedFile:
    document, blocks = new_document(), blocks_of(person(key), Phrasing("own line", contacts=""))
    write_blocks(document, blocks)
    columns = document.sections[0]._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:sep"), "1")
    return GeneratedFile(name, saved(document), texts(blocks), notes=("two newspaper columns",))


def _numbered(name: str, key: str, number_format: str, pattern: str) -> GeneratedFile:
    """Number the headings as Word does: the number is in no text, so the body goes without it."""
    document, blocks = new_document(), blocks_of(person(key), Phrasing("first"))
    write_blocks(document, blocks)
    numbering = document.part.numbering_part.element
    numbering.insert(0, xml(_NUMBERS.format(format=number_format, text=pattern)))
    numbering.append(xml('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Heading 1":
            properties = paragraph._p.get_or_add_pPr()
            properties.append(xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'))
    return GeneratedFile(name, saved(document), texts(blocks), notes=("heading numbers are made by Word and stand in no text",))


def _sidebar_table(name: str, key: str) -> GeneratedFile:
    """Set the page as a table of two cells without lines, as many templates do."""
    who, document, style = person(key), new_document(), Phrasing("own line", contacts="")
    left = top(who, style) + [block for part in who.sections if part.kind in BESIDE for block in section_blocks(part, style)]
    right = [block for part in who.sections if part.kind not in BESIDE for block in section_blocks(part, style)]
    table = document.add_table(1, 2)
    for cell, blocks, wide in zip(table.rows[0].cells, (left, right), (5, 12), strict=True):
        cell.width = Cm(wide)
        write_blocks(cell, blocks, tabs=False)
        cell._tc.remove(cell.paragraphs[0]._p)
    return GeneratedFile(name, saved(document), texts([*left, *right]), notes=("a table of two cells as a layout",))


def _nested(name: str, key: str) -> GeneratedFile:
    """Put a table of each section's entries inside the cell of an outer table."""
    who, document, style = person(key), new_document(), Phrasing("first")
    body: list[str] = []
    outer = document.add_table(len(who.sections) + 1, 1)
    outer.style = "Table Grid"
    blocks = top(who, style)
    write_blocks(outer.cell(0, 0), blocks)
    body += texts(blocks)
    for position, section in enumerate(who.sections, 1):
        cell = outer.cell(position, 0)
        write_paragraph(cell, Block("heading", (section.heading,)))
        body.append(section.heading)
        plain = [replace(line, kind="paragraph") if line.kind == "bullet" else line for line in section.lines]
        rows = [line.cells for line in plain if line.kind == "row"]
        write_blocks(cell, [line for line in plain if line.kind != "row"])
        body += texts(line for line in plain if line.kind != "row")
        for entry in section.entries:
            rows.append(tuple(part for part in (entry.dates, entry.organisation, entry.title) if part))
            rows += [line.cells for line in entry.lines]
        if rows:
            inner = cell.add_table(len(rows), max(map(len, rows)))
            inner.style = "Table Grid"
            for row_index, row in enumerate(rows):
                cells = inner.rows[row_index].cells
                for index, text in enumerate(row):
                    cells[index].text = text
                if len(row) < len(cells):
                    cells[len(row) - 1].merge(cells[-1])
            body += row_texts(rows)
        cell.add_paragraph()
    return GeneratedFile(name, saved(document), tuple(body), notes=("tables inside a table",))


def word_files() -> Iterator[GeneratedFile]:
    """Give the ordinary Word documents."""
    yield _plain("docx_plain_programmer.docx", "programmer", Phrasing())
    yield _plain("docx_plain_chef.docx", "chef", Phrasing("brackets"))
    yield _plain("docx_dates_first_lawyer.docx", "lawyer", Phrasing("first", contacts=""))
    yield _plain("docx_tables_of_skills_marketer.docx", "marketer", Phrasing("own line", skills="rows"))
    yield _plain("docx_own_lines_electrician.docx", "electrician", Phrasing("own line", skills="rows", capitals=True), tabs=False)
    yield _form("docx_form_nurse.docx", "nurse")
    yield _form("docx_form_teacher.docx", "teacher")
    yield _form("docx_form_pupil.docx", "pupil")
    yield _running_heads("docx_header_footer_scientist.docx", "scientist")
    yield _columns("docx_columns_seller.docx", "seller")
    yield _numbered("docx_numbered_headings_director_zh.docx", "plant_director", "chineseCounting", "%1、")
    yield _numbered("docx_numbered_headings_engineer.docx", "engineer", "upperRoman", "%1.")
    yield _sidebar_table("docx_sidebar_table_graduate.docx", "graduate")
    yield _sidebar_table("docx_sidebar_table_director.docx", "director")
    yield _nested("docx_nested_tables_process_engineer.docx", "process_engineer")
