"""PowerPoint files: the order of slides and shapes, tables, groups, diagrams, and what the slides do not show."""

import io

import pytest
from PIL import Image, ImageDraw

from preprocess.document import Document, Unreadable
from preprocess.office.slides.reader import pptx_pictures, read_pptx
from tests.data.make_docx import zipped
from tests.data.make_slides import DARK, IMAGE, SPACES, WHITE, deck, picture, shape, slide, text
from tests.each import each
from tests.preprocess.contents import lines_of, notes_of


def read(*slides: str, **parts) -> Document:
    return read_pptx(deck(*slides, **parts), "x.pptx")


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


def test_a_group_that_does_not_say_where_it_stands_is_where_its_shapes_are() -> None:
    group = f"<p:grpSp><p:grpSpPr/>{shape('二', (0, 60, 50, 9))}{shape('一', (0, 40, 50, 9))}</p:grpSp>"
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
    assert notes_of(document) == [("page_number", "3")]


def test_tables_and_bullets() -> None:
    cells = "".join(f"<a:tc><a:txBody>{text(words, WHITE)}</a:txBody></a:tc>" for words in ("Java", "精通"))
    table = f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>{cells}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    item = '<a:p><a:pPr><a:buChar char="•"/></a:pPr><a:r><a:t>一条</a:t></a:r><a:br/><a:r><a:t>续行</a:t></a:r></a:p>'
    assert lines_of(read(slide(table, shape(item)))) == ["Java  精通", "- 一条", "续行"]


def test_a_diagram_is_read_from_its_drawing() -> None:
    frame = '<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds r:dm="d"/></a:graphicData></a:graphic></p:graphicFrame>'
    points = "".join(f'<dgm:pt modelId="{name}"><dgm:t>{text(words)}</dgm:t></dgm:pt>' for name, words in (("2", "后"), ("1", "数据")))
    order = '<dgm:cxn srcId="0" destId="2" srcOrd="1"/><dgm:cxn srcId="0" destId="1" srcOrd="0"/>'
    points = f'<dgm:ptLst><dgm:pt modelId="0" type="doc"/>{points}</dgm:ptLst><dgm:cxnLst>{order}</dgm:cxnLst>'
    data = f'<dgm:dataModel {SPACES}>{points}<a:ext><dsp:dataModelExt relId="w"/></a:ext></dgm:dataModel>'
    drawing = f"<dsp:drawing {SPACES}><dsp:sp><dsp:txBody>{text('画出')}</dsp:txBody></dsp:sp></dsp:drawing>"
    related = (("d", "diagramData", "../diagrams/data1.xml"), ("w", "diagramDrawing", "../diagrams/drawing1.xml"))
    both: dict[str, str | bytes] = {"ppt/diagrams/data1.xml": data, "ppt/diagrams/drawing1.xml": drawing}
    assert lines_of(read(slide(frame), more=both, related=related)) == ["画出"]
    assert lines_of(read(slide(frame), more={"ppt/diagrams/data1.xml": data}, related=related)) == ["数据", "后"]


def test_the_texts_of_a_chart_are_read_where_it_stands() -> None:
    frame = (
        '<p:graphicFrame><p:xfrm><a:off x="0" y="40"/><a:ext cx="50" cy="20"/></p:xfrm>'
        '<a:graphic><a:graphicData><c:chart r:id="c"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    chart = (
        f"<c:chartSpace {SPACES}><c:chart><c:title><c:tx><c:rich>{text('营收增长')}</c:rich></c:tx></c:title><c:plotArea><c:ser>"
        "<c:tx><c:strRef><c:strCache><c:pt><c:v>华东区</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache>"
        "<c:pt><c:v>2023</c:v></c:pt><c:pt><c:v>2024</c:v></c:pt></c:strCache></c:strRef></c:cat>"
        "<c:val><c:numRef><c:numCache><c:pt><c:v>17</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:plotArea></c:chart></c:chartSpace>"
    )
    shapes = (shape("后", (0, 80, 50, 20)), frame, shape("前", (0, 0, 50, 20)))
    document = read(slide(*shapes), more={"ppt/charts/chart1.xml": chart}, related=(("c", "chart", "../charts/chart1.xml"),))
    assert (lines_of(document), notes_of(document)) == (["前", "营收增长", "华东区", "2023  2024", "后"], [])
    assert notes_of(read(slide(frame))) == [("embedded_not_read", "")]


def striped() -> bytes:
    """Return a picture that is not plain, as a scan is not."""
    image, out = Image.new("RGB", (80, 40), "white"), io.BytesIO()
    ImageDraw.Draw(image).rectangle((0, 10, 80, 20), "black")
    image.save(out, "PNG")
    return out.getvalue()


@each(
    "at, words, is_read",
    [
        ((0, 20, 60, 60), "前言", True),
        ((0, 20, 25, 20), "前言", True),  # little text beside it: it may be what the file has to say
        ((0, 20, 25, 20), "前言" * 60, False),
        ((0, 20, 30, 40), "前言" * 60, True),
        ((0, 0, 100, 100), "前言" * 60, False),  # behind the text
        ((0, 0, 100, 100), "第 3 页", True),
        ((200, 0, 60, 60), "前言", False),  # beside the slide
    ],
)
def test_pictures_that_may_hold_text_are_left_for_recognition(at: tuple[int, int, int, int], words: str, is_read: bool) -> None:
    more: dict[str, str | bytes] = {"ppt/media/image1.png": striped()}
    data = deck(slide(picture(at), shape(words, (0, 0, 100, 10)), shape("后", (0, 90, 100, 10))), more=more, related=IMAGE)
    document, pictures = read_pptx(data, "x.pptx"), list(pptx_pictures(data))
    assert len(pictures) == is_read == any(page.height > 0 for page in document.pages)
    assert sorted(lines_of(document)) == sorted([words, "后"])


def test_a_picture_stands_between_the_shapes_and_is_cut_as_the_slide_shows_it() -> None:
    half = '<a:srcRect b="50000"/>'
    group = (
        '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="40"/><a:ext cx="50" cy="40"/><a:chExt cx="500" cy="400"/></a:xfrm></p:grpSpPr>'
        f"{picture((0, 0, 500, 400), half)}</p:grpSp>"
    )
    filled = shape("后", (0, 85, 50, 10), fill='<a:blipFill><a:blip r:embed="i"/></a:blipFill>')
    more: dict[str, str | bytes] = {"ppt/media/image1.png": striped()}
    data = deck(slide(filled, group, shape("前", (0, 0, 50, 20))), more=more, related=IMAGE)
    document = read_pptx(data, "x.pptx")
    assert [(page.width * 12_700, page.height * 12_700, [line.text for line in page.lines]) for page in document.pages] == [
        (0, 0, ["前"]),
        (50, 40, []),
        (50, 10, []),
        (0, 0, ["后"]),
    ]
    assert [(note.code, note.page) for note in document.notes] == [("picture_not_read", 2), ("picture_not_read", 3)]
    assert [Image.open(io.BytesIO(data)).size for data in pptx_pictures(data)] == [(80, 20), (80, 40)]


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
    assert (lines_of(document), notes_of(document)) == (shown, noted)


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
