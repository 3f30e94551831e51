"""Write Word paragraphs, tables and text boxes with a text that nobody sees (HIDDEN), or that looks so and is to be read (SEEN)."""

from tests.data.make_docx import paragraph, raw, solid

PLANTED = "藏起来的字"
FIRST, LAST = "第一行", "最后一行"
_WHITE = "<w:color w:val='FFFFFF'/>"
_NAMESPACES = (
    "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'"
    " xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'"
)


def _shade(fill: str) -> str:
    return f"<w:shd w:val='clear' w:fill='{fill}'/>"


_STYLES = (
    "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='21'/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='normal'/>"
    f"<w:style w:type='paragraph' w:styleId='white'><w:rPr>{_WHITE}</w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='child'><w:basedOn w:val='white'/></w:style>"
    "<w:style w:type='character' w:styleId='whitish'><w:rPr><w:color w:val='FDFDFD'/></w:rPr></w:style>"
    f"<w:style w:type='paragraph' w:styleId='dark'><w:pPr>{_shade('1F3864')}</w:pPr><w:rPr>{_WHITE}</w:rPr></w:style>"
    f"<w:style w:type='table' w:styleId='grid'><w:tblStylePr w:type='firstRow'><w:tcPr>{_shade('4472C4')}</w:tcPr></w:tblStylePr></w:style>"
    "</w:styles>"
)


def docx(body: str, **parts: str) -> bytes:
    """Return a file of FIRST, the body, and LAST."""
    return raw(paragraph(FIRST) + body + paragraph(LAST), styles=_STYLES, **parts)


def _run(properties: str, paragraph_properties: str = "") -> str:
    return paragraph(PLANTED, paragraph_properties, properties)


def _cell(content: str, fill: str = "", style: str = "") -> str:
    shading = _shade(fill) if fill else ""
    table_style = f"<w:tblStyle w:val='{style}'/>" if style else ""
    return f"<w:tbl><w:tblPr>{table_style}</w:tblPr><w:tr><w:tc><w:tcPr>{shading}</w:tcPr>{content}</w:tc></w:tr></w:tbl>"


def _box(fill: str) -> str:
    shape = f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{_run(_WHITE)}</w:txbxContent></wps:txbx></wps:wsp>"
    return f"<w:p {_NAMESPACES}><w:r><w:drawing><wp:anchor>{shape}</wp:anchor></w:drawing></w:r></w:p>"


def _text_fill(fill: str) -> str:
    return _run(f"<w14:textFill {_NAMESPACES}>{fill}</w14:textFill>")


HIDDEN = {
    "white": _run(_WHITE),
    "nearly white": _run("<w:color w:val='F2F2F2'/>"),
    "white by theme": _run("<w:color w:val='000000' w:themeColor='background1'/>"),
    "white by its paragraph's style": _run("", "<w:pStyle w:val='child'/>"),
    "white by its style": _run("<w:rStyle w:val='whitish'/>"),
    "one point": _run("<w:sz w:val='2'/>"),
    "one per cent wide": _run("<w:w w:val='1'/>"),
    "in a line of no height": _run("", "<w:spacing w:line='10' w:lineRule='exact'/>"),
    "colour of its shading": _run("<w:color w:val='1F3864'/>" + _shade("1F3864")),
    "colour of its paragraph's shading": _run("<w:color w:val='222222'/>", _shade("222222")),
    "colour of its highlight": _run("<w:color w:val='FFFF00'/><w:highlight w:val='yellow'/>"),
    "white in a cell": _cell(_run(_WHITE)),
    "white in a white cell": _cell(_run(_WHITE), "FFFFFF"),
    "colour of its cell": _cell(_run("<w:color w:val='4472C4'/>"), "4472C4"),
    "white in a white box": _box(solid("FFFFFF")),
    "without a fill": _text_fill("<w14:noFill/>"),
    "transparent": _text_fill("<w14:solidFill><w14:srgbClr w14:val='000000'><w14:alpha w14:val='100000'/></w14:srgbClr></w14:solidFill>"),
}
SEEN = {
    "plain": _run(""),
    "automatic": _run("<w:color w:val='auto'/>"),
    "grey": _run("<w:color w:val='A6A6A6'/>"),
    "six points": _run("<w:sz w:val='12'/>"),
    "theme's white, darkened": _run("<w:color w:val='808080' w:themeColor='background1' w:themeShade='80'/>"),
    "white on a shading": _run(_WHITE + _shade("1F3864")),
    "white on a highlight": _run(_WHITE + "<w:highlight w:val='darkBlue'/>"),
    "white on its style's shading": _run("", "<w:pStyle w:val='dark'/>"),
    "white in a dark cell": _cell(_run(_WHITE), "1F3864"),
    "white in a table in a dark cell": _cell(_cell(_run(_WHITE)), "1F3864"),
    "white in the dark row of a table's style": _cell(_run(_WHITE), style="grid"),
    "white in a dark box": _box(solid("203864")),
    "white in a box with a gradient": _box("<a:gradFill/>"),
}
_BEHIND = "<wp:anchor behindDoc='1'><wp:extent cx='2000000' cy='9000000'/></wp:anchor>"
WHITE_OVER_A_DRAWING = f"<w:p {_NAMESPACES}><w:r><w:drawing>{_BEHIND}</w:drawing></w:r></w:p>" + HIDDEN["white"]
