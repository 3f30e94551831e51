"""Write an example as DOCX with python-docx: tables, a text box, header and footer, as people make resumes in a word processor."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph
from resume_source import Block, Source

ACCENT = RGBColor(0x1D, 0x4E, 0x89)
GREY = RGBColor(0x5A, 0x66, 0x75)


def write_docx(source: Source, path: Path) -> None:
    """Write the example as DOCX in its layout; the same source gives the same bytes."""
    document = _blank(source)
    if source.layout == "headed":
        _header_and_footer(document, source)
    _top(document, source)
    for section in source.sections:
        document.add_paragraph(section.title, "Heading 1")
        if source.layout == "skills" and section is source.sections[0]:
            _pair_table(document, [tuple(text.split("：", 1)) for _, (text,) in section.blocks])
        elif source.layout == "tables" and section.blocks[0][0] == "entry":
            _dated_table(document, section.blocks)
        else:
            for block in section.blocks:
                _block(document, block)
    _save(document, path)


def _blank(source: Source) -> Docx:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(17)
    for name, size in (("Normal", 10), ("Title", 20), ("Heading 1", 12.5), ("List Bullet", 10)):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.font.name = Pt(size), "Calibri"
        style.font.color.rgb = ACCENT if name in ("Title", "Heading 1") else None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme font would win over the named one
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), "微软雅黑")
        style.paragraph_format.space_after = Pt(3)
    core = document.core_properties
    core.author = core.last_modified_by = source.name
    core.title, core.comments = source.name, ""
    core.created = core.modified = datetime(2025, 3, 1, 9)
    return document


def _top(document: Docx, source: Source) -> None:
    if source.layout == "tables":
        document.add_paragraph("个人简历", "Title")
        facts = [("姓名", source.name), *source.facts]
        _grid(document, [[cell for pair in facts[start : start + 2] for cell in pair] for start in range(0, len(facts), 2)])
        return
    title = document.add_paragraph(source.name, "Title")
    facts = [f"{label}{source.colon}{value}" for label, value in source.facts]
    if source.layout == "textbox":
        title.runs[0]._r.addnext(_text_box(facts))
        return
    if source.headline:
        document.add_paragraph().add_run(source.headline).bold = True
    if source.layout == "job":
        for fact in facts:
            document.add_paragraph(fact)
    else:
        document.add_paragraph("  |  ".join(facts))


def _block(document: Docx, block: Block) -> None:
    kind, parts = block
    if kind == "entry":
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.paragraph_format.keep_with_next = True
        _entry(paragraph, parts, "\t")
    else:
        document.add_paragraph(parts[0], "List Bullet" if kind == "item" else "Normal")


def _entry(paragraph: Paragraph, parts: Sequence[str], last_gap: str) -> None:
    """Add an entry to the paragraph: employer in bold, then the role, then the dates after `last_gap`."""
    paragraph.add_run(parts[0]).bold = True
    for number, part in enumerate(parts[1:], 2):
        run = paragraph.add_run((last_gap if number == len(parts) else "  ") + part)
        run.font.color.rgb = GREY


def _grid(document: Docx, rows: list[list[str]]) -> None:
    """Add a table of label and value cells, labels in bold."""
    table = document.add_table(0, len(rows[0]), "Table Grid")
    for row in rows:
        for column, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=False)):
            cell.paragraphs[0].add_run(text).bold = column % 2 == 0


def _pair_table(document: Docx, pairs: Sequence[Sequence[str]]) -> None:
    table = _two_columns(document, 26, "Table Grid")
    for label, text in pairs:
        left, right = table.add_row().cells
        left.paragraphs[0].add_run(label).bold = True
        right.text = text


def _dated_table(document: Docx, blocks: Sequence[Block]) -> None:
    """Add a table without borders: dates in a narrow left column, what was done then at the right."""
    table = _two_columns(document, 34)
    right = None
    for kind, parts in blocks:
        if kind == "entry":
            left, right = table.add_row().cells
            left.paragraphs[0].add_run(parts[-1]).font.color.rgb = GREY
            _entry(right.paragraphs[0], parts[:-1], "  ")
        elif right is not None:
            right.add_paragraph(parts[0], "List Bullet" if kind == "item" else "Normal")


def _two_columns(document: Docx, left: int, style: str | None = None) -> Table:
    """Add an empty table over the whole width with a left column of `left` mm; added rows keep the widths."""
    table = document.add_table(0, 2, style)
    table.autofit = False
    table.columns[0].width, table.columns[1].width = Mm(left), Mm(170 - left)
    return table


def _header_and_footer(document: Docx, source: Source) -> None:
    chinese = source.language == "zh"
    document.sections[0].header.paragraphs[0].text = f"{source.name} 的简历" if chinese else f"Curriculum vitae of {source.name}"
    footer = document.sections[0].footer.paragraphs[0]
    before, between, after = ("第 ", " 页 / 共 ", " 页") if chinese else ("Page ", " of ", "")
    footer.add_run(before)
    _field(footer, "PAGE", "1")
    footer.add_run(between)
    _field(footer, "NUMPAGES", "2")
    footer.add_run(after)


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.append(paragraph.add_run(shown)._r)
    paragraph._p.append(field)


def _text_box(lines: Sequence[str]):
    """Return a run with a box at the top right, as DrawingML with a VML fallback of the same text, as word processors save it."""
    text = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    box, width, height = f"<w:txbxContent>{text}</w:txbxContent>", Mm(62), Mm(34)
    return parse_xml(f"""
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">
 <mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing>
   <wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1"
     allowOverlap="1">
    <wp:simplePos x="0" y="0"/>
    <wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>
    <wp:positionV relativeFrom="margin"><wp:align>top</wp:align></wp:positionV>
    <wp:extent cx="{width}" cy="{height}"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="1" name="Text Box 1"/><wp:cNvGraphicFramePr/>
    <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
     <wps:cNvSpPr txBox="1"/>
     <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
      <a:solidFill><a:srgbClr val="EEF3F9"/></a:solidFill></wps:spPr>
     <wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>
   </wp:anchor></w:drawing></mc:Choice>
  <mc:Fallback><w:pict>
   <v:shape style="position:absolute;width:176pt;height:96pt;mso-position-horizontal:right" fillcolor="#EEF3F9">
    <v:textbox>{box}</v:textbox></v:shape>
  </w:pict></mc:Fallback>
 </mc:AlternateContent>
</w:r>""")


def _save(document: Docx, path: Path) -> None:
    """Write the package with fixed dates on its members: the same source gives the same bytes."""
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for member in package.infolist():
            fixed.writestr(zipfile.ZipInfo(member.filename, (2025, 3, 1, 9, 0, 0)), package.read(member), zipfile.ZIP_DEFLATED)
