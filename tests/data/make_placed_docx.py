"""Make Word files with a text that nobody sees for where it is or what lies over it (HIDDEN), each with an honest twin (SEEN) made alike.

UNSURE: the file does not say enough, the text has to be kept and noted. Lengths are in points.
"""

import io
from typing import Any

from PIL import Image

from tests.data.make_docx import package, paragraph, solid

PLANTED = "熟悉 Kubernetes 与 Kafka，主持分布式系统"
FIRST, LAST = "张三，后端工程师", "本科，软件工程"
_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "x": "urn:unknown",
    }.items()
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PAGE = (
    "<w:pgSz w:w='11906' w:h='16838'/><w:pgMar w:top='1440' w:right='1800' w:bottom='1440' w:left='1800' w:header='851' w:footer='992'"
    " w:gutter='0'/>"
)
_STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='21'/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='normal'/>"
)


def _picture(mode: str, colour: tuple[int, ...]) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (60, 60), colour).save(buffer, "PNG")
    return buffer.getvalue()


_PICTURES = {
    "photo": _picture("RGB", (90, 120, 160)),
    "stamp": _picture("RGBA", (200, 0, 0, 0)),
    "night": _picture("RGB", (10, 20, 60)),
    "snow": _picture("RGB", (255, 255, 255)),
}


def docx(body: str, page: str = _PAGE, styles: str = "", extra: str = "", **parts: str) -> bytes:
    """Return a file of FIRST, the body and LAST."""
    return bare(paragraph(FIRST) + body + paragraph(LAST), page, styles, extra, **parts)


def bare(body: str, page: str = _PAGE, styles: str = "", extra: str = "", **parts: str) -> bytes:
    """Return a file of the body; `page` is inside the section's properties, `styles` are more styles, `parts` more parts."""
    parts = {"styles": f"<w:styles>{_STYLES}{styles}</w:styles>", **parts}
    related = "".join(f'<Relationship Id="{name}" Type="{_TYPE}{name.rstrip("123")}" Target="{name}.xml"/>' for name in parts)
    related += "".join(f'<Relationship Id="{name}" Type="{_TYPE}image" Target="media/{name}.png"/>' for name in _PICTURES)
    everything = f"{extra}<w:body>{body}<w:sectPr>{page}</w:sectPr></w:body>"
    return package(
        {
            "word/document.xml": f"<w:document {_NAMES}>{everything}</w:document>",
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>'
            ),
            **{f"word/{name}.xml": xml.replace(">", f" {_NAMES}>", 1) for name, xml in parts.items()},
            **{f"word/media/{name}.png": data for name, data in _PICTURES.items()},
        }
    )


def _emu(points: float) -> int:
    return round(points * 12_700)


def _place(axis: str, relative: str, offset: float) -> str:
    return f"<wp:position{axis} relativeFrom='{relative}'><wp:posOffset>{_emu(offset)}</wp:posOffset></wp:position{axis}>"


def anchor(
    graphic: str,
    x: float = 0,
    y: float = 20,
    width: float = 300,
    height: float = 60,
    across: str = "column",
    down: str = "paragraph",
    order: int = 5,
    behind: int = 0,
    hidden: int = 0,
    wrap: str = "None",
) -> str:
    """Return a floating drawing in a run of its own."""
    return (
        f"<w:r><w:drawing><wp:anchor behindDoc='{behind}' relativeHeight='{order}' simplePos='0' layoutInCell='1' allowOverlap='1'>"
        f"<wp:simplePos x='0' y='0'/>{_place('H', across, x)}{_place('V', down, y)}<wp:extent cx='{_emu(width)}' cy='{_emu(height)}'/>"
        f"<wp:wrap{wrap}/><wp:docPr id='1' name='n' hidden='{hidden}'/><a:graphic><a:graphicData>{graphic}</a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></w:r>"
    )


def shape(
    text: str = "",
    fill: str = "<a:noFill/>",
    off: tuple[float, float, float, float] | None = None,
    body: str = "",
    geometry: str = "rect",
    hidden: int = 0,
) -> str:
    """Return a shape with a text in it. `off` is where it is in its group."""
    placed = ""
    if off:
        placed = f"<a:xfrm><a:off x='{_emu(off[0])}' y='{_emu(off[1])}'/><a:ext cx='{_emu(off[2])}' cy='{_emu(off[3])}'/></a:xfrm>"
    content = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>" if text else ""
    return (
        f"<wps:wsp><wps:cNvPr id='2' name='s' hidden='{hidden}'/><wps:spPr>{placed}<a:prstGeom prst='{geometry}'/>{fill}</wps:spPr>"
        f"{content}<wps:bodyPr {body}/></wps:wsp>"
    )


def picture(name: str) -> str:
    return (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr id='3' name='p'/></pic:nvPicPr><pic:blipFill><a:blip r:embed='{name}'/></pic:blipFill></pic:pic>"
    )


def _group(inner: str, width: float, height: float) -> str:
    size = f"<a:off x='0' y='0'/><a:ext cx='{_emu(width)}' cy='{_emu(height)}'/>"
    child = f"<a:chOff x='0' y='0'/><a:chExt cx='{_emu(width)}' cy='{_emu(height)}'/>"
    return f"<wpg:wgp><wpg:grpSpPr><a:xfrm>{size}{child}</a:xfrm></wpg:grpSpPr>{inner}</wpg:wgp>"


def _p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def _run(text: str = PLANTED, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def _text(run_properties: str = "", properties: str = "") -> str:
    return paragraph(PLANTED, properties, run_properties)


def _box(**position) -> bytes:
    return docx(_p(anchor(shape(_text()), **position)))


def _old_box(style: str, attributes: str = "filled='f'") -> bytes:
    inner = f"<v:textbox><w:txbxContent>{_text()}</w:txbxContent></v:textbox>"
    return docx(_p(f"<w:r><w:pict><v:rect style='{style}' {attributes}>{inner}</v:rect></w:pict></w:r>"))


def _table(
    content: str,
    cell: str = "",
    row: str = "",
    table: str = "",
    columns: tuple[int, ...] = (8000,),
    before: str = "",
    layout: str = "fixed",
) -> str:
    grid = "".join(f"<w:gridCol w:w='{column}'/>" for column in columns)
    return (
        f"<w:tbl><w:tblPr>{table}<w:tblLayout w:type='{layout}'/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr>{row}</w:trPr>{before}<w:tc><w:tcPr>{cell}</w:tcPr>{content}</w:tc></w:tr></w:tbl>"
    )


def _wide(points: float) -> str:
    return f"<w:tcW w:w='{round(points * 20)}' w:type='dxa'/>"


def _cell_of(points: float) -> str:
    return f"<w:tc><w:tcPr>{_wide(points)}</w:tcPr><w:p/></w:tc>"


def _frame(attributes: str) -> bytes:
    return docx(_text(properties=f"<w:framePr {attributes}/>"))


def _page(width: int = 11906, height: int = 16838, left: int = 1800, right: int = 1800, top: int = 1440, more: str = "") -> str:
    return f"<w:pgSz w:w='{width}' w:h='{height}'/><w:pgMar w:top='{top}' w:right='{right}' w:bottom='1440' w:left='{left}'/>{more}"


def _section(page: str) -> bytes:
    """Return the text in a section of its own between two usual ones."""
    before = f"<w:p><w:pPr><w:sectPr>{_PAGE}</w:sectPr></w:pPr></w:p>"
    return docx(before + paragraph(PLANTED, f"<w:sectPr>{page}</w:sectPr>"))


def _over(cover: str, **position) -> bytes:
    """Return a paragraph with a drawing that hangs on it."""
    return docx(_p(_run(), anchor(cover, **position)))


def _two_boxes(text_order: int, cover_order: int, fill: str = solid("FFFFFF"), **position) -> bytes:
    text = anchor(shape(_text()), y=40, order=text_order)
    return docx(_p(text, anchor(shape("", fill), **{"y": 40, "order": cover_order, **position})))


def _grouped(first: str, second: str) -> bytes:
    return docx(_p(anchor(_group(first + second, 300, 100), width=300, height=100)))


def _in_code(code: str) -> bytes:
    return docx(_p(f"<w:r><w:fldChar w:fldCharType='begin'/></w:r>{code}<w:r><w:fldChar w:fldCharType='end'/></w:r>"))


def _header(page: str, kind: str = "default", settings: str = "", **parts: str) -> bytes:
    reference = f"<w:headerReference w:type='{kind}' r:id='header1'/>"
    return docx("", reference + page, header1=f"<w:hdr>{_text()}</w:hdr>", settings=f"<w:settings>{settings}</w:settings>", **parts)


def _choice(requires: str) -> bytes:
    inner = f"<mc:Choice Requires='{requires}'>{_run()}</mc:Choice><mc:Fallback><w:r><w:t>其他</w:t></w:r></mc:Fallback>"
    return docx(_p(f"<mc:AlternateContent>{inner}</mc:AlternateContent>"))


def _style(kind: str, name: str, inner: str) -> str:
    return f"<w:style w:type='{kind}' w:styleId='{name}'>{inner}</w:style>"


_VANISH = "<w:rPr><w:vanish/></w:rPr>"
_WHITE = "<w:color w:val='FFFFFF'/>"
_TABLE_STYLE = _style(
    "table", "t", "<w:tblStylePr w:type='firstRow'><w:rPr>{}</w:rPr><w:tcPr><w:shd w:val='clear' w:fill='{}'/></w:tcPr></w:tblStylePr>"
)
_LOOK = "<w:tblStyle w:val='t'/><w:tblLook w:val='{}'/>"
_LIST = (
    "<w:numbering><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:pPr><w:ind w:left='{}' w:hanging='420'/></w:pPr></w:lvl>"
    "</w:abstractNum><w:num w:numId='7'><w:abstractNumId w:val='1'/></w:num></w:numbering>"
)
_LISTED = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='7'/></w:numPr>"
_MANY = "".join(paragraph("负责推荐系统的设计、实现与上线，带领五人团队完成重构") for _ in range(3))
_GRADIENT = (
    "<w14:textFill><w14:gradFill><w14:gsLst><w14:gs w14:pos='0'><w14:srgbClr w14:val='{0}'/></w14:gs>"
    "<w14:gs w14:pos='100000'><w14:srgbClr w14:val='{1}'/></w14:gs></w14:gsLst></w14:gradFill></w14:textFill>"
)
_FILL = "<w14:textFill><w14:solidFill><w14:schemeClr w14:val='{}'>{}</w14:schemeClr></w14:solidFill></w14:textFill>"
_OUTLINE = "<w14:textOutline w14:w='9525'><w14:solidFill><w14:srgbClr w14:val='{}'/></w14:solidFill></w14:textOutline>"
_NO_FILL = "<w14:textFill><w14:noFill/></w14:textFill>"

_FAR = "<w:ind w:left='14000' w:right='-9000'/>"
_GROWS = "<wps:bodyPr><a:spAutoFit/></wps:bodyPr>"
_AROUND: dict[str, Any] = {"x": -5, "y": -5, "width": 420, "height": 80, "behind": 1}
_LOW_ROW = "<w:trHeight w:val='400' w:hRule='exact'/>"
_PAGE_BREAK = _p("<w:r><w:br w:type='page'/></w:r>")

HIDDEN = {
    # boxes
    "box left of the page": _box(x=-900, across="page", down="page"),
    "box right of the page": _box(x=700, across="page"),
    "box right of the column": _box(x=600),
    "box above the page": _box(y=-300, across="page", down="page"),
    "box below the page": _box(y=900, down="page"),
    "box far below its paragraph": _box(y=2000),
    "box of no size": _box(width=0, height=0),
    "box of no width": _box(width=0.5),
    "box of no height": _box(height=1),
    "box of the selection pane": _box(hidden=1),
    "shape of the selection pane": docx(_p(anchor(shape(_text(), hidden=1)))),
    "box lower than its inset": _box(height=3),
    "text below a box's edge": docx(_p(anchor(shape(_MANY + _text()), height=36))),
    "box behind a picture": docx(_p(anchor(shape(_text()), y=40, order=2), anchor(picture("photo"), y=40, order=9, width=320, height=70))),
    "box behind a white box": _two_boxes(2, 9),
    "box behind the text and a box": docx(_p(anchor(shape(_text()), y=40, behind=1), anchor(shape("", solid("FFFFFF")), y=40))),
    "box behind a box of its group": _grouped(shape(_text(), off=(0, 0, 300, 40)), shape("", solid("FFFFFF"), off=(0, 0, 300, 40))),
    "box off its group": _grouped(shape(_text(), off=(1200, 0, 300, 40)), shape("", off=(0, 0, 300, 40))),
    "paragraph behind a picture": _over(picture("photo"), x=-5, y=-5, width=420, height=26),
    "paragraph behind a white shape": _over(shape("", solid("FFFFFF")), x=-5, y=-5, width=420, height=26),
    "paragraph behind a picture of the page": docx(
        _PAGE_BREAK + _p(_run(), anchor(picture("photo"), x=0, y=0, width=595, height=842, across="page", down="page")) + _PAGE_BREAK
    ),
    "old box off the page": _old_box("position:absolute;margin-left:-900pt;margin-top:0;width:300pt;height:60pt"),
    "old box below the page": _old_box("position:absolute;margin-left:0;margin-top:2000pt;width:300pt;height:60pt"),
    "old box of no size": _old_box("position:absolute;margin-left:0;margin-top:0;width:0;height:0"),
    "old box hidden": _old_box("position:absolute;margin-left:0;margin-top:0;width:300pt;height:60pt;visibility:hidden"),
    "inline box of no size": docx(
        _p(
            "<w:r><w:drawing><wp:inline><wp:extent cx='0' cy='0'/><wp:docPr id='1' name='n'/><a:graphic><a:graphicData>"
            f"{shape(_text())}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    ),
    "box in a hidden run": docx(_p(anchor(shape(_text())).replace("<w:r>", f"<w:r>{_VANISH}", 1))),
    "box in a box off the page": docx(_p(anchor(shape(_p(anchor(shape(_text())))), x=900, across="page"))),
    # frames and tables
    "frame right of the page": _frame("w:w='4000' w:hAnchor='page' w:vAnchor='page' w:x='14000' w:y='2000'"),
    "frame below the page": _frame("w:w='4000' w:hAnchor='page' w:vAnchor='page' w:x='2000' w:y='20000'"),
    "frame of no size": _frame("w:w='1' w:h='1' w:hRule='exact' w:hAnchor='page' w:vAnchor='text' w:x='2000' w:y='1'"),
    "table right of the page": docx(
        _table(_text(), table="<w:tblpPr w:horzAnchor='page' w:tblpX='14000' w:vertAnchor='text' w:tblpY='1'/>")
    ),
    "table below the page": docx(_table(_text(), table="<w:tblpPr w:vertAnchor='page' w:tblpX='100' w:tblpY='18000'/>")),
    "table with an indent off the page": docx(_table(_text(), table="<w:tblInd w:w='14000' w:type='dxa'/>")),
    "table with an indent left of the page": docx(_table(_text(), table="<w:tblInd w:w='-14000' w:type='dxa'/>")),
    "row of no height": docx(_table(_text(), row="<w:trHeight w:val='1' w:hRule='exact'/>")),
    "hidden row": docx(_table(_text(), row="<w:hidden/>")),
    "text below a row's edge": docx(_table(_MANY + _text(), row="<w:trHeight w:val='500' w:hRule='exact'/>")),
    "column of no width": docx(_table(_text(), cell=_wide(1), columns=(8000, 20), before=_cell_of(400))),
    "column right of the page": docx(_table(_text(), cell=_wide(200), columns=(14000, 4000), before=_cell_of(700))),
    "cell margin off the page": docx(_table(_text(), cell=f"{_wide(400)}<w:tcMar><w:left w:w='14000' w:type='dxa'/></w:tcMar>")),
    "row that starts off the page": docx(_table(_text(), row="<w:gridBefore w:val='1'/>", cell=_wide(200), columns=(14000, 4000))),
    "vanishing by the table's style": docx(
        _table(_text(), table=_LOOK.format("0020")), styles=_TABLE_STYLE.format("<w:vanish/>", "FFFFFF")
    ),
    "white by the table's style": docx(_table(_text(), table=_LOOK.format("0020")), styles=_TABLE_STYLE.format(_WHITE, "FFFFFF")),
    "white in a row that its style leaves light": docx(
        _table(_text(_WHITE), table=_LOOK.format("0000")), styles=_TABLE_STYLE.format("", "1F3864")
    ),
    "text pushed below a row's edge": docx(_table(_text(properties="<w:spacing w:before='900'/>"), row=_LOW_ROW)),
    "text behind breaks below a row's edge": docx(_table(_p("<w:r><w:br/><w:br/><w:br/></w:r>", _run()), row=_LOW_ROW)),
    "table above the page": docx(_table(_text(), table="<w:tblpPr w:vertAnchor='text' w:tblpX='100' w:tblpY='-31000'/>")),
    # paragraphs
    "indent right of the page": docx(_text(properties=_FAR)),
    "indent left of the page": docx(_text(properties="<w:ind w:left='-14000'/>")),
    "first line left of the page": docx(_text(properties="<w:ind w:firstLine='-14000'/>")),
    "hanging left of the page": docx(_text(properties="<w:ind w:hanging='14000'/>")),
    "indent by letters": docx(_text(properties="<w:ind w:leftChars='8000' w:rightChars='-5000'/>")),
    "right edge left of the page": docx(_text(properties="<w:ind w:left='-14000' w:right='14000'/>")),
    "right-aligned off the page": docx(_text(properties="<w:jc w:val='right'/><w:ind w:right='-14000'/>")),
    "list with an indent off the page": docx(_text(properties=_LISTED), numbering=_LIST.format(14000)),
    "style with an indent off the page": docx(
        _text(properties="<w:pStyle w:val='far'/>"),
        styles=_style("paragraph", "far", f"<w:pPr>{_FAR}</w:pPr>"),
    ),
    "line of no height": docx(_text(properties="<w:spacing w:line='20' w:lineRule='exact'/>")),
    "line of a hundredth": docx(_text(properties="<w:spacing w:line='3' w:lineRule='auto'/>")),
    "line of three points": docx(_text(properties="<w:spacing w:line='60' w:lineRule='exact'/>")),
    # letters
    "raised above the page": docx(_text("<w:position w:val='3000'/>")),
    "lowered out of an exact line": docx(_text("<w:position w:val='-200'/>", "<w:spacing w:line='240' w:lineRule='exact'/>")),
    "letters piled up": docx(_text("<w:spacing w:val='-300'/>")),
    "letters fitted into nothing": docx(_text("<w:fitText w:val='20'/>")),
    "tiny as a complex script": docx(_text("<w:rtl/><w:sz w:val='24'/><w:szCs w:val='2'/>")),
    "tiny and raised": docx(_text("<w:sz w:val='5'/><w:vertAlign w:val='superscript'/>")),
    "tiny by the defaults of a style": docx(
        _text(properties="<w:pStyle w:val='s'/>"),
        styles=_style("paragraph", "b", "<w:rPr><w:sz w:val='2'/></w:rPr>") + _style("paragraph", "s", "<w:basedOn w:val='b'/>"),
    ),
    "vanishing by a style's style": docx(
        _text("<w:rStyle w:val='s'/>"),
        styles=_style("character", "b", _VANISH) + _style("character", "s", "<w:basedOn w:val='b'/>"),
    ),
    "always vanishing": docx(_text("<w:specVanish/>")),
    "white by an inverted theme": docx(
        _text("<w:color w:val='000000' w:themeColor='text1'/>"),
        settings="<w:settings><w:clrSchemeMapping w:bg1='dark1' w:t1='light1' w:bg2='dark2' w:t2='light2'/></w:settings>",
    ),
    "white by a tint": docx(_text("<w:color w:val='000000' w:themeColor='text1' w:themeTint='00'/>")),
    "white on a pale pattern": docx(_text(_WHITE + "<w:shd w:val='pct5' w:color='000000' w:fill='FFFFFF'/>")),
    "black on a dark pattern": docx(_text("<w:color w:val='000000'/><w:shd w:val='pct95' w:color='000000' w:fill='FFFFFF'/>")),
    "white outline and no fill": docx(_text(_NO_FILL + _OUTLINE.format("FFFFFF"))),
    "white gradient": docx(_text(_GRADIENT.format("FFFFFF", "FAFAFA"))),
    "pale by the theme": docx(_text(_FILL.format("tx1", "<w14:lumMod w14:val='2000'/><w14:lumOff w14:val='98000'/>"))),
    # not shown at all
    "text in a field's code": _in_code(_run() + "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + _run("1")),
    "text in a field without a result": _in_code(_run()),
    "note without a reference": docx("", footnotes=f"<w:footnotes><w:footnote w:id='5'>{_text()}</w:footnote></w:footnotes>"),
    "choice of an unknown program": _choice("x"),
    "element of an unknown program": docx(_p(f"<x:run>{_run()}</x:run>")),
    "paragraph of an unknown program": docx(_text().replace("w:p>", "x:p>").replace("w:t>", "x:t>").replace("w:t ", "x:t ")),
    "header below the page": _header(_page(more="").replace("w:left=", "w:header='18000' w:left=")),
    # pages
    "page of no size": _section(_page(200, 200, 10, 10, 10)),
    "margins that meet": _section(_page(left=6000, right=5900)),
    "margin off the page": _section(_page(left=13000, right=-5000)),
    "columns of no width": _section(_page(more="<w:cols w:num='40' w:space='300'/>")),
}
_COLUMNS = _page(more="<w:cols w:num='2' w:equalWidth='0'><w:col w:w='{0}'/><w:col w:w='{1}'/></w:cols>")
_COLUMN_BREAK = _p("<w:r><w:br w:type='column'/></w:r>")
_BLACK = "<w:color w:val='000000'/>"
HIDDEN |= {
    "column of no width, after a break": docx(_COLUMN_BREAK + paragraph(PLANTED, f"<w:sectPr>{_COLUMNS.format(8000, 10)}</w:sectPr>")),
    "black on a black shape": docx(_p(_run(properties=_BLACK), anchor(shape("", solid("000000")), **_AROUND))),
    "white on a white picture": docx(_p(_run(properties=_WHITE), anchor(picture("snow"), **_AROUND))),
}

SEEN = {
    "box in the margin": _box(x=20, across="page", width=60, height=300, down="page", y=100),
    "box that hangs over the edge": _box(x=450, across="page"),
    "box above its paragraph": docx(paragraph("") * 10 + _p(anchor(shape(_text()), y=-50))),
    "box at the foot of the page": _box(y=760, down="page"),
    "box that grows": docx(_p(anchor(shape(_MANY + _text()).replace("<wps:bodyPr />", _GROWS), height=36))),
    "box with room": docx(_p(anchor(shape(_MANY + _text()), height=160))),
    "box before a picture": docx(_p(anchor(shape(_text()), y=40, order=9), anchor(picture("photo"), y=40, order=2, width=320, height=70))),
    "box before a white box": _two_boxes(9, 2),
    "box beside a picture": docx(_p(anchor(shape(_text()), y=40, order=2), anchor(picture("photo"), x=310, y=40, order=9, width=90))),
    "box before a box of its group": _grouped(shape("", solid("EEEEEE"), off=(0, 0, 300, 40)), shape(_text(), off=(0, 0, 300, 40))),
    "box beside a box of its group": _grouped(shape(_text(), off=(0, 0, 200, 90)), shape("", solid("FFFFFF"), off=(210, 0, 80, 90))),
    "white in a box on a dark box": docx(
        _p(anchor(shape("", solid("1F3864")), y=40, order=2), anchor(shape(_text(_WHITE)), y=40, order=9))
    ),
    "white in a box on a dark picture": docx(_p(anchor(picture("night"), y=40, order=2), anchor(shape(_text(_WHITE)), y=40, order=9))),
    "white on a dark bar behind it": docx(
        _p(_run(properties=_WHITE), anchor(shape("", solid("1F3864")), x=-5, y=-8, width=425, height=50, behind=1))
    ),
    "white on a dark picture behind it": docx(
        _p(_run(properties=_WHITE), anchor(picture("night"), x=-5, y=-8, width=425, height=50, behind=1))
    ),
    "paragraph under a stamp": _over(picture("stamp"), x=-5, y=-5, width=420, height=80),
    "paragraph beside a photo": _over(picture("photo"), x=330, y=-20, width=80, height=110),
    "paragraph over a picture of the page": _over(picture("photo"), width=595, height=842, across="page", down="page", y=0, behind=1),
    "paragraph that flows around a picture": _over(picture("photo"), x=0, y=0, width=420, height=80, wrap="Square"),
    "paragraph in an empty frame of lines": _over(shape(""), x=-5, y=-5, width=420, height=80),
    "old box": _old_box("position:absolute;margin-left:0;margin-top:20pt;width:300pt;height:60pt"),
    "old box in centimetres": _old_box("position:absolute;margin-left:1cm;margin-top:1cm;width:8cm;height:2cm"),
    "old box of a type": _old_box("width:300pt;height:60pt"),
    "frame in the margin": _frame("w:w='4000' w:hAnchor='page' w:vAnchor='page' w:x='1000' w:y='2000'"),
    "frame of its text": _frame("w:wrap='around' w:hAnchor='text' w:vAnchor='text' w:y='1'"),
    "dropped letter": _frame("w:dropCap='drop' w:lines='3' w:wrap='around' w:vAnchor='text' w:hAnchor='text'"),
    "floating table": docx(_table(_text(), table="<w:tblpPr w:horzAnchor='page' w:tblpX='1400' w:vertAnchor='page' w:tblpY='1400'/>")),
    "table out into the margin": docx(_table(_text(), table="<w:tblInd w:w='-1000' w:type='dxa'/>", columns=(10000,))),
    "low row": docx(_table(_text(), row="<w:trHeight w:val='300' w:hRule='exact'/>")),
    "row that grows": docx(_table(_MANY + _text(), row="<w:trHeight w:val='20'/>")),
    "row of a fixed height with room": docx(_table(_MANY + _text(), row="<w:trHeight w:val='3000' w:hRule='exact'/>")),
    "narrow column that grows": docx(_table(_text(), cell=_wide(1), columns=(8000, 20), before=_cell_of(400), layout="autofit")),
    "narrow column": docx(_table(_text(), cell=_wide(40), columns=(7000, 800), before=_cell_of(350))),
    "white by the table's style, on dark": docx(_table(_text(), table=_LOOK.format("0020")), styles=_TABLE_STYLE.format(_WHITE, "1F3864")),
    "indent to the middle": docx(_text(properties="<w:ind w:left='4000'/>")),
    "indent into the margin": docx(_text(properties="<w:ind w:left='-800' w:right='-800'/>")),
    "hanging indent": docx(_text(properties="<w:ind w:left='420' w:hanging='420'/>")),
    "indent of two letters": docx(_text(properties="<w:ind w:firstLineChars='200' w:firstLine='420'/>")),
    "right-aligned": docx(_text(properties="<w:jc w:val='right'/>")),
    "list": docx(_text(properties=_LISTED.replace("7", "0")), numbering=_LIST.format(420)),
    "line of exact height": docx(_text(properties="<w:spacing w:line='240' w:lineRule='exact'/>")),
    "lines close together": docx(_text(properties="<w:spacing w:line='200' w:lineRule='auto'/>")),
    "lines far apart": docx(_text(properties="<w:spacing w:line='720' w:lineRule='auto' w:before='600'/>")),
    "raised a little": docx(_text("<w:position w:val='6'/>")),
    "letters close together": docx(_text("<w:spacing w:val='-15'/>")),
    "letters far apart": docx(_text("<w:spacing w:val='100'/>")),
    "letters fitted into their width": docx(_text("<w:fitText w:val='4200'/>")),
    "small and raised": docx(_text("<w:sz w:val='16'/><w:vertAlign w:val='superscript'/>")),
    "footer of eight points": docx(_text("<w:sz w:val='16'/>")),
    "hidden in the web only": docx(_text("<w:webHidden/>")),
    "hidden by two styles, so seen": docx(
        _text("<w:rStyle w:val='c'/>", "<w:pStyle w:val='p'/>"),
        styles=_style("character", "c", _VANISH) + _style("paragraph", "p", _VANISH),
    ),
    "grey by the theme": docx(_text(_FILL.format("bg1", "<w14:lumMod w14:val='50000'/>"))),
    "white with a dark outline": docx(_text(_WHITE + _OUTLINE.format("1F3864"))),
    "no fill with a dark outline": docx(_text(_NO_FILL + _OUTLINE.format("000000"))),
    "gradient from white": docx(_text(_GRADIENT.format("FFFFFF", "1F3864"))),
    "white on a dark pattern": docx(_text(_WHITE + "<w:shd w:val='pct95' w:color='000000' w:fill='FFFFFF'/>")),
    "white on a dark page": docx(
        _text(_WHITE), extra="<w:background w:color='1F3864'/>", settings="<w:settings><w:displayBackgroundShape/></w:settings>"
    ),
    "result of a field": _in_code("<w:r><w:instrText>REF x</w:instrText><w:fldChar w:fldCharType='separate'/></w:r>" + _run()),
    "field that never ends": docx(_p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>", _run())),
    "footnote": docx(
        _p("<w:r><w:footnoteReference w:id='5'/></w:r>"),
        footnotes=f"<w:footnotes><w:footnote w:id='5'>{_text()}</w:footnote></w:footnotes>",
    ),
    "choice of a known program": _choice("w14"),
    "header": _header(_PAGE),
    "landscape": _section(_page(16838, 11906)),
    "two columns": _section(_page(more="<w:cols w:num='2' w:space='425'/>")),
    "second of two columns": docx(_COLUMN_BREAK + _text(), _COLUMNS.format(4000, 3800)),
    "page of an envelope": _section(_page(6236, 9354, 500, 500, 500)),
    "under a phonetic guide": docx(
        _p(
            "<w:r><w:ruby><w:rt><w:r><w:t>zhù</w:t></w:r></w:rt><w:rubyBase>" + _run() + "</w:rubyBase></w:ruby></w:r>",
        )
    ),
}

UNSURE = {
    "white on a page that some programs paint": docx(_text(_WHITE), extra="<w:background w:color='1F3864'/>"),
    "paragraph behind a star": _over(shape("", solid("FFFFFF"), geometry="star5"), x=-5, y=-5, width=420, height=80),
    "white and embossed": docx(_text(_WHITE + "<w:emboss/>")),
    "three points": docx(_text("<w:sz w:val='6'/>")),
    "raised far": docx(_text("<w:position w:val='400'/>")),
    "long line that runs off the page": docx(_p(_run(PLANTED * 4), properties="<w:ind w:right='-20000'/>")),
}

_CUT = "主持分布式训练平台，" * 60
CUT = docx(_table(paragraph(_CUT), row=_LOW_ROW, cell=_wide(400)))
"""One long paragraph in a row that shows its first line or two."""
SYMBOLS = docx(_text("<w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/>"))
"""The Latin letters are drawn as signs, the Chinese ones are not."""
BULLETS = docx(_p(_run("l", "<w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/>"), _run(" " + PLANTED)))
"""A bullet typed in Wingdings."""
