"""PowerPoint files: the order of slides and shapes, tables, groups, diagrams, and what the slides do not show."""

import pytest

from preprocess.document import Document, Unreadable
from preprocess.office.slides.reader import read_pptx
from tests.data.make_docx import zipped
from tests.each import each

SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"'
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WHITE, DARK = (f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' for colour in ("FFFFFF", "101040"))


def relations(*targets: tuple[str, str, str]) -> str:
    entries = "".join(f'<Relationship Id="{name}" Type="{TYPES}{kind}" Target="{target}"/>' for name, kind, target in targets)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'


def text(words: str, properties: str = "") -> str:
    return f"<a:p><a:r><a:rPr>{properties}</a:rPr><a:t>{words}</a:t></a:r></a:p>"


def shape(content: str, at: tuple[int, int, int, int] | None = (0, 0, 10, 10), mark: str = "", fill: str = "", hidden: str = "0") -> str:
    left, top, width, height = at or (0, 0, 0, 0)
    place = f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>' if at else ""
    content = content if content.startswith("<") else text(content)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x" hidden="{hidden}"/><p:nvPr>{mark}</p:nvPr></p:nvSpPr><p:spPr>{place}{fill}</p:spPr>'
        f"<p:txBody>{content}</p:txBody></p:sp>"
    )


def slide(*shapes: str, kind: str = "sld", attributes: str = "") -> str:
    return f"<p:{kind} {SPACES} {attributes}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:{kind}>"


def deck(*slides: str, more: dict[str, str | bytes] | None = None, related: tuple[tuple[str, str, str], ...] = ()) -> bytes:
    numbers = range(1, len(slides) + 1)
    order = "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in numbers)
    main = f'<p:presentation {SPACES}><p:sldIdLst>{order}</p:sldIdLst><p:sldSz cx="100" cy="100"/></p:presentation>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": main,
            "ppt/_rels/presentation.xml.rels": relations(*((f"s{n}", "slide", f"slides/slide{n}.xml") for n in numbers)),
            **{f"ppt/slides/slide{n}.xml": content for n, content in zip(numbers, slides, strict=True)},
            **{f"ppt/slides/_rels/slide{n}.xml.rels": relations(*related) for n in numbers},
            **(more or {}),
        }
    )


def read(*slides: str, **parts) -> Document:
    return read_pptx(deck(*slides, **parts), "x.pptx")


def lines_of(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


def notes(document: Document) -> list[tuple[str, str]]:
    return [(note.code, note.before) for note in document.notes]


def test_shapes_are_read_across_and_down_columns() -> None:
    shapes = [
        shape("右下", (55, 60, 40, 30)),
        shape("右上", (55, 22, 40, 30)),
        shape("左", (0, 20, 40, 80)),
        shape("标题", (0, 0, 100, 15)),
    ]
    assert lines_of(read(slide(*shapes), slide(shape("第二张")))) == ["标题", "左", "右上", "右下", "第二张"]


def test_a_group_stands_together() -> None:
    group = (
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="2" name="g"/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="50"/><a:ext cx="50" cy="20"/>'
        f"</a:xfrm></p:grpSpPr>{shape('二', (900, 0, 9, 9))}{shape('一', (0, 0, 9, 9))}</p:grpSp>"
    )
    assert lines_of(read(slide(group, shape("前", (0, 0, 50, 20)), shape("后", (0, 80, 50, 20))))) == ["前", "一", "二", "后"]


def test_placeholders_stand_where_the_layout_has_them() -> None:
    layout = slide(
        shape("标题样式", (0, 0, 100, 10), '<p:ph type="title"/>'),
        shape("文本样式", (0, 50, 100, 10), '<p:ph idx="1"/>'),
        shape("模板上的字", (0, 90, 100, 5)),
        kind="sldLayout",
    )
    content = slide(
        shape("正文", None, '<p:ph idx="1"/>'),
        shape("框", (0, 20, 9, 9)),
        shape("题", None, '<p:ph type="title"/>'),
        shape("3", None, '<p:ph type="sldNum" idx="4"/>'),
    )
    related = (("l", "slideLayout", "../slideLayouts/slideLayout1.xml"),)
    document = read(content, content, more={"ppt/slideLayouts/slideLayout1.xml": layout}, related=related)
    assert lines_of(document) == ["题", "框", "正文", "题", "框", "正文", "模板上的字"]
    assert notes(document) == [("page_number", "3")]


def test_tables_and_bullets() -> None:
    cells = "".join(f"<a:tc><a:txBody>{text(words, WHITE)}</a:txBody></a:tc>" for words in ("Java", "精通"))
    table = f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>{cells}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    item = '<a:p><a:pPr><a:buChar char="•"/></a:pPr><a:r><a:t>一条</a:t></a:r><a:br/><a:r><a:t>续行</a:t></a:r></a:p>'
    assert lines_of(read(slide(table, shape(item)))) == ["Java  精通", "- 一条", "续行"]


def test_a_diagram_is_read_from_its_drawing() -> None:
    frame = '<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds r:dm="d"/></a:graphicData></a:graphic></p:graphicFrame>'
    points = f"<dgm:pt><dgm:t>{text('数据')}</dgm:t></dgm:pt>"
    data = f'<dgm:dataModel {SPACES}>{points}<a:ext><dsp:dataModelExt relId="w"/></a:ext></dgm:dataModel>'
    drawing = f"<dsp:drawing {SPACES}><dsp:sp><dsp:txBody>{text('画出')}</dsp:txBody></dsp:sp></dsp:drawing>"
    related = (("d", "diagramData", "../diagrams/data1.xml"), ("w", "diagramDrawing", "../diagrams/drawing1.xml"))
    both: dict[str, str | bytes] = {"ppt/diagrams/data1.xml": data, "ppt/diagrams/drawing1.xml": drawing}
    assert lines_of(read(slide(frame), more=both, related=related)) == ["画出"]
    assert lines_of(read(slide(frame), more={"ppt/diagrams/data1.xml": data}, related=related)) == ["数据"]


@each(
    "content, shown, noted",
    [
        (shape(text("密文", WHITE)), [], [("hidden_text", "密文")]),
        (shape(text("白字", WHITE), fill=DARK), ["白字"], []),
        (shape(text("白字", WHITE)) + shape("<a:p/>", (0, 0, 50, 50), fill=DARK), ["白字"], [("hidden_unsure", "白字")]),
        (shape("密文", (200, 0, 10, 10)), [], [("hidden_text", "密文")]),
        (shape("密文", (0, -20, 10, 10)), [], [("hidden_text", "密文")]),
        (shape("密文", hidden="1"), [], [("hidden_text", "密文")]),
        (shape('<a:p><a:r><a:rPr sz="100"/><a:t>密文</a:t></a:r></a:p>'), [], [("hidden_text", "密文")]),
        (shape(text("密文", "<a:noFill/>")), [], [("hidden_text", "密文")]),
        (
            '<p:graphicFrame><a:graphic><a:graphicData><p:oleObj/></a:graphicData></a:graphic></p:graphicFrame>',
            [],
            [("embedded_not_read", "")],
        ),
    ],
)  # fmt: skip
def test_what_a_slide_does_not_show(content: str, shown: list[str], noted: list[tuple[str, str]]) -> None:
    document = read(slide(content))
    assert (lines_of(document), notes(document)) == (shown, noted)


def test_hidden_slides_and_speakers_notes() -> None:
    speech = slide(shape("演讲者备注", mark='<p:ph type="body" idx="1"/>'), kind="notes")
    related = (("n", "notesSlide", "../notesSlides/notesSlide1.xml"),)
    document = read(
        slide(shape("隐藏"), attributes='show="0"'),
        slide(shape("林晓岚")),
        more={"ppt/notesSlides/notesSlide1.xml": speech},
        related=related,
    )
    assert lines_of(document) == ["林晓岚"]
    assert [(note.code, note.before, note.count) for note in document.notes] == [("hidden_text", "隐藏", 1), ("speaker_notes", "", 2)]


@each(
    "members, reason",
    [
        ({"ppt/x.xml": "<x/>"}, "damaged"),
        ({"ppt/presentation.xml": "<p"}, "damaged"),
        ({"ppt/presentation.xml": "<a>" * 300 + "</a>" * 300}, "too_complex"),
        ({"ppt/presentation.xml": " " * 31_000_000}, "unpacks_too_large"),
    ],
)
def test_what_is_refused(members: dict[str, str | bytes], reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_pptx(zipped(members), "x.pptx")
    assert refused.value.reason == reason
