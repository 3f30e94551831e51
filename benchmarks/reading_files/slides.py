"""Write PowerPoint slides by hand: titles, bullets, tables, groups, hidden slides, slides out of order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from .generated import GeneratedFile
from .people import person
from .resume import Block, Phrasing, section_blocks, texts, top
from .word_parts import zip_of

_NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.presentationml"
_TREE = "<p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
_PROMPT = "Click to edit Master title style"


def _paragraphs(lines: Sequence[Block]) -> str:
    out = []
    for line in lines:
        level = '<a:pPr lvl="1"><a:buChar char="•"/></a:pPr>' if line.kind == "bullet" else ""
        half = len(line.text) // 2
        runs = "".join(f"<a:r><a:rPr/><a:t>{escape(part)}</a:t></a:r>" for part in (line.text[:half], line.text[half:]) if part)
        out.append(f"<a:p>{level}{runs}</a:p>")
    return "".join(out)


def _shape(number: int, lines: Sequence[Block], y: int, placeholder: str = "") -> str:
    holder = f'<p:ph type="{placeholder}"/>' if placeholder else ""
    frame = f'<p:spPr><a:xfrm><a:off x="500000" y="{y}"/><a:ext cx="8000000" cy="900000"/></a:xfrm></p:spPr>'
    head = f'<p:nvSpPr><p:cNvPr id="{number}" name="Shape {number}"/><p:cNvSpPr/><p:nvPr>{holder}</p:nvPr></p:nvSpPr>'
    return f"<p:sp>{head}{frame}<p:txBody><a:bodyPr/>{_paragraphs(lines)}</p:txBody></p:sp>"


def _cell(text: str) -> str:
    return f"<a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p></a:txBody><a:tcPr/></a:tc>"


def _table(number: int, rows: Sequence[Block], y: int) -> str:
    lines = "".join(f'<a:tr h="370840">{"".join(map(_cell, row.cells))}</a:tr>' for row in rows)
    grid = "<a:tblGrid>" + '<a:gridCol w="2000000"/>' * max(len(row.cells) for row in rows) + "</a:tblGrid>"
    head = f'<p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
    frame = f'<p:xfrm><a:off x="500000" y="{y}"/><a:ext cx="8000000" cy="900000"/></p:xfrm>'
    kind = "http://schemas.openxmlformats.org/drawingml/2006/table"
    data = f'<a:graphicData uri="{kind}"><a:tbl>{grid}{lines}</a:tbl></a:graphicData>'
    return f"<p:graphicFrame>{head}{frame}<a:graphic>{data}</a:graphic></p:graphicFrame>"


def _slide(blocks: Sequence[Block], page: int, reverse: bool, hidden: bool, group: bool) -> str:
    title, rest = blocks[0], blocks[1:]
    shapes = [_shape(2, [title], 300000, "title")]
    plain, rows = [line for line in rest if line.kind != "row"], [line for line in rest if line.kind == "row"]
    if rows:
        shapes.append(_table(3, rows, 1500000))
    if plain:
        shape = _shape(4, plain, 2600000, "" if group else "body")
        shapes.append(f"<p:grpSp>{_TREE}{shape}</p:grpSp>" if group else shape)
    number = (
        '<p:sp><p:nvSpPr><p:cNvPr id="9" name="Number"/><p:cNvSpPr/><p:nvPr><p:ph type="sldNum"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody>'
        '<a:bodyPr/><a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f"<a:t>{page}</a:t></a:fld></a:p></p:txBody></p:sp>"
    )
    ordered = [*reversed(shapes), number] if reverse else [*shapes, number]
    show = ' show="0"' if hidden else ""
    return f"{_HEAD}<p:sld {_NAMES}{show}><p:cSld><p:spTree>{_TREE}{''.join(ordered)}</p:spTree></p:cSld></p:sld>"


def _presentation(
    slides: Sequence[Sequence[Block]], hidden: Sequence[Block] = (), *, reverse: bool = False, backwards: bool = False, group: bool = False
) -> bytes:
    """Write a presentation; `backwards` numbers the slides' files against their order, `reverse` stores shapes bottom up."""
    count = len(slides) + bool(hidden)
    numbers = list(range(count, 0, -1)) if backwards else list(range(1, count + 1))
    members: list[tuple[str, bytes | str]] = []
    kinds = "".join(f'<Override PartName="/ppt/slides/slide{number}.xml" ContentType="{_KIND}.slide+xml"/>' for number in numbers)
    members.append(
        (
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/ppt/presentation.xml" ContentType="{_KIND}.presentation.main+xml"/>'
            f'<Override PartName="/ppt/slideMasters/slideMaster1.xml" ContentType="{_KIND}.slideMaster+xml"/>{kinds}</Types>',
        )
    )
    members.append(("_rels/.rels", _links([("rId1", "officeDocument", "ppt/presentation.xml")])))
    listed = "".join(f'<p:sldId id="{256 + index}" r:id="rId{index + 2}"/>' for index in range(count))
    masters = '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
    inside = f'{masters}<p:sldIdLst>{listed}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>'
    members.append(("ppt/presentation.xml", f"{_HEAD}<p:presentation {_NAMES}>{inside}</p:presentation>"))
    links = [(f"rId{index + 2}", "slide", f"slides/slide{number}.xml") for index, number in enumerate(numbers)]
    members.append(("ppt/_rels/presentation.xml.rels", _links([("rId1", "slideMaster", "slideMasters/slideMaster1.xml"), *links])))
    master = _shape(2, [Block("paragraph", (_PROMPT,))], 0, "title")
    tree = f"<p:cSld><p:spTree>{_TREE}{master}</p:spTree></p:cSld>"
    members.append(("ppt/slideMasters/slideMaster1.xml", f"{_HEAD}<p:sldMaster {_NAMES}>{tree}</p:sldMaster>"))
    everything = [*slides, hidden] if hidden else list(slides)
    for index, (number, blocks) in enumerate(zip(numbers, everything, strict=True)):
        is_hidden = bool(hidden) and index == count - 1
        members.append((f"ppt/slides/slide{number}.xml", _slide(blocks, index + 1, reverse, is_hidden, group)))
    return zip_of(members)


def _links(links: Sequence[tuple[str, str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{name}" Type="{_LINK}/{kind}" Target="{target}"/>' for name, kind, target in links)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def slide_files() -> Iterator[GeneratedFile]:
    """Give the PPTX files."""
    for name, key, options, note in (
        ("pptx_director.pptx", "director", {}, "a slide for each section"),
        ("pptx_slides_backwards_seller.pptx", "seller", {"backwards": True}, "the first slide is the last file"),
        ("pptx_shapes_bottom_up_graduate.pptx", "graduate", {"reverse": True}, "shapes are stored from the bottom up"),
        ("pptx_groups_marketer.pptx", "marketer", {"group": True}, "text in groups"),
    ):
        who, style = person(key), Phrasing("brackets", contacts="", skills="rows")
        slides = [top(who, style), *(section_blocks(section, style) for section in who.sections)]
        absent = "薪资谈判要点" if who.chinese else "Notes for the salary talk"
        data = _presentation(slides, hidden=[Block("heading", (absent,)), Block("paragraph", ("80k",))], **options)
        body = texts(block for slide in slides for block in slide)
        yield GeneratedFile(name, data, body, (absent, _PROMPT), (note, "a hidden slide"))
