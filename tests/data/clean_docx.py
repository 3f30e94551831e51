"""Print a clean resume to DOCX in the ways in which people lay them out: sidebars in text boxes, tables, frames, bars, letterheads.

Nothing in these files is hidden. Boxes are as large as their text asks for in a usual font.
"""

import sys
import tempfile
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from xml.sax.saxutils import escape

from preprocess.docx import measure
from tests.data import make_placed_docx as made
from tests.data.make_docx import paragraph

sys.path.append(str(Path(__file__).parents[2] / "examples"))  # its makers are scripts, and no package

from examples.docx_layouts import write_docx
from examples.resume_source import Section, Source

_WHITE = "<w:color w:val='FFFFFF'/>"
_PALE = "<a:solidFill><a:srgbClr val='F2F2F2'/></a:solidFill>"
_DARK = "<a:solidFill><a:srgbClr val='1F3864'/></a:solidFill>"
_THEME_DARK = "<a:solidFill><a:schemeClr val='accent1'><a:lumMod val='75000'/></a:schemeClr></a:solidFill>"
_THEME = (
    "<a:theme><a:themeElements><a:clrScheme name='o'><a:dk1><a:sysClr val='windowText' lastClr='000000'/></a:dk1>"
    "<a:lt1><a:sysClr val='window' lastClr='FFFFFF'/></a:lt1><a:dk2><a:srgbClr val='44546A'/></a:dk2>"
    "<a:lt2><a:srgbClr val='E7E6E6'/></a:lt2><a:accent1><a:srgbClr val='4472C4'/></a:accent1></a:clrScheme></a:themeElements></a:theme>"
)


def _p(text: str, properties: str = "", run: str = "") -> str:
    return paragraph(escape(text), properties, run)


def _body(lines: list[str], run: str = "", properties: str = "") -> str:
    return "".join(_p(line, properties, run) for line in lines)


def _height(lines: list[str], width: float, size: float = 10.5) -> float:
    """Return the height that the lines take in a usual font."""
    heights = measure.line_height(size, "", "auto", 15.6)
    counts = [measure.lines(measure.width(line, size), width) for line in lines]
    return sum((count.low + count.high) / 2 for count in counts) * (heights.low + heights.high) / 2 + 12


def _split(text: str) -> tuple[list[str], list[str]]:
    """Split the lines: return a fifth for the sidebar, and the rest."""
    lines = [line for line in text.split("\n") if line.strip()]
    return lines[: max(len(lines) // 5, 3)], lines[max(len(lines) // 5, 3) :]


def _sidebar(text: str) -> bytes:
    """Draw a dark shape behind, and white text in a box on it, all anchored in a line of one point."""
    side, rest = _split(text)
    shape = made.anchor(made.shape("", _DARK), x=0, y=0, width=170, height=842, across="page", down="page", order=1, behind=1)
    box = made.shape(_body(side, _WHITE))
    anchored_box = made.anchor(box, x=10, y=60, width=150, height=_height(side, 130), across="page", down="page", order=2)
    first = f"<w:p><w:pPr><w:spacing w:line='20' w:lineRule='exact'/></w:pPr>{shape}{anchored_box}</w:p>"
    return made.bare(first + _body(rest), made._page(left=3700, right=800), theme=_THEME)


def _boxes(text: str) -> bytes:
    """Put every part in a box of its own, upon pale shapes, as templates of Chinese job sites do."""
    lines = [line for line in text.split("\n") if line.strip()]
    runs, y, order = "", 30.0, 10
    for start in range(0, len(lines), 8):
        part = lines[start : start + 8]
        height = _height(part, 450)
        back = made.anchor(
            made.shape("", "<a:solidFill><a:srgbClr val='F2F2F2'/></a:solidFill>"), 40, y, 500, height, "page", "page", order
        )
        box = made.anchor(made.shape(_body(part)), 50, y, 480, height, "page", "page", order + 1)
        runs, y, order = runs + back + box, y + height + 4, order + 2
        if y > 650:
            runs, y = runs + "<w:r><w:br w:type='page'/></w:r></w:p><w:p>", 30.0
    return made.bare(f"<w:p>{runs}</w:p>", theme=_THEME)


def _bars(text: str) -> bytes:
    """Set white headings on dark bars: shapes behind the line, in the colours of the theme."""
    lines = [line for line in text.split("\n") if line.strip()]
    body = ""
    for number, line in enumerate(lines):
        if len(line) < 14 and number:
            bar = made.anchor(made.shape("", _THEME_DARK), -4, -2, 424, 24, order=number, behind=1)
            body += f"<w:p><w:r><w:rPr>{_WHITE}<w:b/></w:rPr><w:t>{escape(line)}</w:t></w:r>{bar}</w:p>"
        else:
            body += _p(line)
    return made.bare(body, theme=_THEME)


def _shaded(text: str) -> bytes:
    """Set white headings on shaded paragraphs and in cells of a table with a style; tick boxes and bullets in Wingdings."""
    lines = [line for line in text.split("\n") if line.strip()]
    style = "<w:style w:type='paragraph' w:styleId='h'><w:pPr><w:shd w:val='clear' w:fill='2E74B5'/></w:pPr><w:rPr>{}</w:rPr></w:style>"
    bullet = "<w:r><w:rPr><w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/></w:rPr><w:t>n</w:t></w:r>"
    body = ""
    for number, line in enumerate(lines):
        if len(line) < 14 and number % 2:
            body += _p(line, "<w:pStyle w:val='h'/>")
        elif len(line) < 14:
            body += made._table(_p(line), table=made._LOOK.format("0020"))
        else:
            body += f"<w:p>{bullet}<w:r><w:t xml:space='preserve'> {escape(line)}</w:t></w:r></w:p>"
    return made.bare(body, styles=style.format(_WHITE) + made._TABLE_STYLE.format(_WHITE, "1F3864"), theme=_THEME)


def _tables(text: str) -> bytes:
    """Set two columns in a table without lines, with a table in a cell, and rows as high as their text asks for."""
    lines = [line for line in text.split("\n") if line.strip()]
    rows = ""
    for start in range(0, len(lines), 6):
        part = lines[start : start + 6]
        height = round(_height(part, 260) * 20)
        nested = made._table(_body(part[3:]), cell=made._wide(270), columns=(5400,)) if len(part) > 3 else ""
        cells = f"<w:tc><w:tcPr>{made._wide(120)}</w:tcPr>{_body(part[:1])}</w:tc><w:tc><w:tcPr>{made._wide(290)}</w:tcPr>"
        cells += f"{_body(part[1:3])}{nested}<w:p/></w:tc>"
        rows += f"<w:tr><w:trPr><w:trHeight w:val='{height + 2000}' w:hRule='exact'/></w:trPr>{cells}</w:tr>"
    grid = "<w:tblGrid><w:gridCol w:w='2400'/><w:gridCol w:w='5800'/></w:tblGrid>"
    return made.bare(f"<w:tbl><w:tblPr><w:tblLayout w:type='fixed'/><w:tblInd w:w='-108' w:type='dxa'/></w:tblPr>{grid}{rows}</w:tbl>")


def _frames(text: str) -> bytes:
    """Use a frame in the margin, a dropped first letter, hanging indents and lists."""
    side, rest = _split(text)
    frame = "<w:framePr w:w='1500' w:hSpace='180' w:wrap='around' w:hAnchor='page' w:vAnchor='text' w:x='250' w:y='1'/>"
    drop = "<w:framePr w:dropCap='drop' w:lines='3' w:wrap='around' w:vAnchor='text' w:hAnchor='text'/>"
    body = _body(side, "<w:sz w:val='16'/>", frame) + _p(rest[0][:1] if rest else "简", drop, "<w:sz w:val='80'/><w:position w:val='-8'/>")
    indents = ("<w:ind w:left='420' w:hanging='420'/>", "<w:ind w:firstLineChars='200' w:firstLine='420'/>", made._LISTED)
    body += "".join(_p(line, indents[number % 3]) for number, line in enumerate(rest))
    return made.bare(body, numbering=made._LIST.format(840))


def _columns(text: str) -> bytes:
    """Set a heading over three narrow columns, in small type set close."""
    lines = [line for line in text.split("\n") if line.strip()]
    close = "<w:sz w:val='16'/><w:spacing w:val='-6'/><w:w w:val='90'/>"
    exact = "<w:spacing w:line='220' w:lineRule='exact'/>"
    section = made._page(left=700, right=700, more="<w:type w:val='continuous'/><w:cols w:num='3' w:space='300'/>")
    top = paragraph("", f"<w:sectPr>{made._page(left=700, right=700)}</w:sectPr>")
    return made.bare(_p(lines[0], "<w:jc w:val='center'/>", "<w:sz w:val='36'/>") + top + _body(lines[1:], close, exact), section)


def _letterhead(text: str) -> bytes:
    """Put a dark picture across the head with the name in white on it, a pale one behind the whole page, and a footer of eight points."""
    lines = [line for line in text.split("\n") if line.strip()]
    head = made.anchor(made.picture("night"), 0, 0, 595, 120, "page", "page", 1, behind=1)
    paper = made.anchor(made.picture("snow"), 0, 0, 595, 842, "page", "page", 0, behind=1)
    photo = made.anchor(made.picture("photo"), 330, 0, 80, 110, order=7)
    stamp = made.anchor(made.picture("stamp"), -10, -10, 200, 90, order=8)
    first = f"<w:p>{paper}{head}{photo}{stamp}<w:r><w:rPr>{_WHITE}<w:sz w:val='32'/></w:rPr><w:t>{escape(lines[0][:20])}</w:t></w:r></w:p>"
    footer = f"<w:ftr>{_p('简历 · ' + lines[0][:20], '', '<w:sz w:val=' + chr(39) + '16' + chr(39) + '/>')}</w:ftr>"
    page = "<w:footerReference w:type='default' r:id='footer1'/>" + made._PAGE
    return made.bare(first + _body([lines[0][20:], *lines[1:]]), page, footer1=footer)


def _old_boxes(text: str) -> bytes:
    """Draw boxes as WPS saves them: in VML, white, in front of a pale one."""
    lines = [line for line in text.split("\n") if line.strip()]
    body = ""
    for start in range(0, len(lines), 8):
        part = lines[start : start + 8]
        height = _height(part, 380)
        style = f"position:absolute;left:0pt;margin-left:0pt;margin-top:4pt;height:{height}pt;width:410pt;z-index:"
        content = f"<v:textbox><w:txbxContent>{_body(part)}</w:txbxContent></v:textbox>"
        back = f"<v:rect style='{style}{2000 + start};mso-position-horizontal-relative:margin' fillcolor='#F2F2F2 [3052]'/>"
        box = f"<v:shape style='{style}{2001 + start}' filled='f' stroked='f'>{content}</v:shape>"
        body += f"<w:p><w:r><w:pict>{back}</w:pict></w:r><w:r><w:pict>{box}</w:pict></w:r></w:p>" + "<w:p/>" * round(height / 15)
    return made.bare(body, theme=_THEME)


def _as_example(layout: str) -> Callable[[str], bytes]:
    """Return a writer that uses the maker of the example resumes."""

    def write(text: str) -> bytes:
        lines = [line for line in text.split("\n") if line.strip()]
        sections: list[Section] = []
        facts = [(f"信息{number}", line) for number, line in enumerate(takewhile(lambda line: len(line) < 40, lines[1:4]), 1)]
        for line in lines[1 + len(facts) :]:
            if len(line) < 14 or not sections:
                sections.append(Section(line, [] if len(line) < 14 else [("text", [line])]))
            else:
                kind = "entry" if "|" in line else "item" if line.startswith(("-", "•", "·")) else "text"
                sections[-1].blocks.append((kind, [part.strip() for part in line.split("|")] if kind == "entry" else [line]))
        for section in sections:
            section.blocks.extend([] if section.blocks else [("text", [section.title])])
        language = "zh" if any("一" <= letter <= "鿿" for letter in text[:80]) else "en"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.docx"
            write_docx(Source(language, "a.docx", layout, lines[0], "", facts, sections), path)
            return path.read_bytes()

    return write


LAYOUTS: dict[str, Callable[[str], bytes]] = {
    "sidebar in a box": _sidebar,
    "boxes on shapes": _boxes,
    "headings on bars": _bars,
    "shaded headings": _shaded,
    "tables": _tables,
    "frames and lists": _frames,
    "narrow columns": _columns,
    "letterhead": _letterhead,
    "old boxes": _old_boxes,
    "example, headed": _as_example("headed"),
    "example, tables": _as_example("tables"),
    "example, text box": _as_example("textbox"),
}
"""Each makes a file of a resume's text."""
