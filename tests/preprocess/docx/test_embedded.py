"""What a Word file shows but keeps outside its paragraphs is read where it stands, in the order in which a person reads it, or noted."""

import io

import pytest
from PIL import Image, ImageDraw

from preprocess.document import Document, Unreadable
from preprocess.docx.reader import docx_pictures, read_docx
from preprocess.guarded.readers import READERS
from tests.data.make_docx import ordinary, package, paragraph
from tests.data.make_placed_docx import anchor, picture, shape
from tests.each import each
from tests.preprocess.contents import lines_of

_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONSHIPS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_PAGE = "<w:sectPr><w:pgSz w:w='11906' w:h='16838'/><w:pgMar w:top='1440' w:right='1800' w:bottom='1440' w:left='1800'/></w:sectPr>"


def docx(body: str, **parts: str | bytes) -> bytes:
    """Return a file with this body; a part's name is that of its relationship, "__" in it stands for the dot before its extension."""
    paths = {name: name.replace("__", ".") for name in parts}
    related = "".join(f'<Relationship Id="{name}" Type="{_TYPE}aFChunk" Target="{path}"/>' for name, path in paths.items())
    return package(
        {
            "word/document.xml": f"<w:document {_NAMES}><w:body>{body}{_PAGE}</w:body></w:document>",
            "word/_rels/document.xml.rels": _RELATIONSHIPS.format(related),
            **{f"word/{paths[name]}": content for name, content in parts.items()},
        }
    )


def notes(document: Document) -> list[tuple[str, int]]:
    return [(note.code, note.count) for note in document.notes]


def chunk(name: str) -> str:
    return f"<w:altChunk r:id='{name}'/>"


def test_a_word_or_text_file_in_a_word_file_stands_where_it_is_shown():
    inner = docx(paragraph("里面") + paragraph("看不见", run_properties="<w:vanish/>") + chunk("t__txt"), t__txt="最里面".encode())
    body = (
        paragraph("前")
        + chunk("a__docx")
        + f"<w:tbl><w:tr><w:tc>{chunk('b__txt')}{paragraph('格')}</w:tc></w:tr></w:tbl>"
        + paragraph("后")
    )
    document = read_docx(docx(body, a__docx=inner, b__txt="甲行\n乙行".encode("gb18030")), "x.docx")
    assert lines_of(document) == ["前", "里面", "最里面", "甲行", "乙行", "格", "后"]
    assert notes(document) == [("hidden_text", 1)]


CHUNKS = {
    "text": ("a__txt", b"Lavinia Stroud\nPastry chef"),
    "html": ("a__html", b"<html><body><h1>Lavinia Stroud</h1><p>Pastry chef</p><p style='display:none'>HIDDEN</p></body></html>"),
    "mail": (
        "a__mht",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        b"<html><body><h1>Lavinia Stroud</h1><p>Pastry chef</p></body></html>\r\n--x--\r\n",
    ),
    "rtf": ("a__rtf", rb"{\rtf1\ansi Lavinia Stroud\par Pastry chef\par {\v HIDDEN}}"),
}


@each("kind", sorted(CHUNKS.keys() & READERS.keys()))
def test_text_web_pages_archives_and_rtf_in_a_word_file(kind: str):
    name, content = CHUNKS[kind]
    document = read_docx(docx(paragraph("Resume") + chunk(name), **{name: content}), "x.docx")
    assert lines_of(document) == ["Resume", "Lavinia Stroud", "Pastry chef"]


@each("content", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_a_chunk_that_cannot_be_read_is_noted(content: bytes):
    document = read_docx(docx(paragraph("正文") + chunk("a__bin") + chunk("missing"), a__bin=content), "x.docx")
    assert lines_of(document) == ["正文"]
    assert notes(document) == [("embedded_not_read", 2)]


def test_files_within_files_and_many_chunks_come_to_an_end():
    data = docx(paragraph("底"))
    for _ in range(5):
        data = docx(paragraph("层") + chunk("a__docx"), a__docx=data)
    assert lines_of(read_docx(data, "x.docx")) == ["层"] * 3
    document = read_docx(docx(chunk("a__txt") * 5_000, a__txt=b"again"), "x.docx")
    assert (len(lines_of(document)), notes(document)) == (50, [("embedded_not_read", 4_950)])
    document = read_docx(docx(paragraph("正文") + graphic("<c:chart r:id='c__xml'/>") * 500, c__xml=f"<c:chartSpace {_NAMES}/>"), "x.docx")
    assert notes(document) == [("embedded_not_read", 400)]


def graphic(kind: str) -> str:
    return f"<w:p>{anchor(kind, width=300, height=200)}</w:p>"


def point(name: str, text: str, kind: str = "node") -> str:
    return f"<dgm:pt modelId='{name}' type='{kind}'><dgm:t><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"


def below(source: str, target: str, order: int) -> str:
    return f"<dgm:cxn modelId='{source}{target}' srcId='{source}' destId='{target}' srcOrd='{order}'/>"


def test_smartart_is_read_from_the_top_down():
    points = (
        point("3", "需求分析") + point("1", "职业历程") + point("0", "", "doc") + point("2", "2021 架构师") + point("9", "重复", "pres")
    )
    points += point("8", "未连接")
    tree = below("0", "1", 0) + below("0", "2", 1) + below("1", "3", 0)
    data = f"<dgm:dataModel {_NAMES}><dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{tree}</dgm:cxnLst></dgm:dataModel>"
    document = read_docx(docx(paragraph("前") + graphic("<dgm:relIds r:dm='d__xml'/>") + paragraph("后"), d__xml=data), "x.docx")
    assert lines_of(document) == ["前", "职业历程", "需求分析", "2021 架构师", "未连接", "后"]
    assert notes(document) == []


def cached(*names: str) -> str:
    return "<c:strRef><c:strCache>" + "".join(f"<c:pt><c:v>{name}</c:v></c:pt>" for name in names) + "</c:strCache></c:strRef>"


def test_titles_series_and_categories_of_a_chart():
    title = "<c:title><c:tx><c:rich><a:p><a:r><a:t>技能</a:t></a:r><a:r><a:t>水平</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    series = f"<c:ser><c:tx>{cached('熟练度')}</c:tx><c:cat>{cached('Java', 'Go')}</c:cat><c:val><c:numRef/></c:val></c:ser>"
    plot = f"<c:plotArea><c:barChart>{series}{series}</c:barChart></c:plotArea>"
    chart = f"<c:chartSpace {_NAMES}><c:chart>{title}{plot}</c:chart></c:chartSpace>"
    names = "<cx:strDim><cx:lvl><cx:pt>Rust</cx:pt></cx:lvl></cx:strDim>"
    new = f"<cx:chartSpace {_NAMES}><cx:chartData><cx:data>{names}</cx:data></cx:chartData></cx:chartSpace>"
    body = graphic("<c:chart r:id='c__xml'/>") + graphic("<cx:chart r:id='n__xml'/>") + graphic("<c:chart r:id='missing'/>")
    document = read_docx(docx(body, c__xml=chart, n__xml=new), "x.docx")
    assert lines_of(document) == ["技能水平", "熟练度", "Java  Go", "Rust"]
    assert notes(document) == [("embedded_not_read", 1)]


def test_wordart_is_read_but_a_watermark_is_not():
    art = "<w:p><w:r><w:pict><v:shape style='width:200pt;height:40pt{}'><v:textpath string='{}'/></v:shape></w:pict></w:r></w:p>"
    behind = ";position:absolute;z-index:-5"
    assert lines_of(read_docx(docx(art.format("", "个人简历") + art.format(behind, "机密")), "x.docx")) == ["个人简历"]


def test_a_graphic_off_the_page_is_hidden():
    title = "<c:title><c:tx><c:rich><a:p><a:r><a:t>藏</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    chart = f"<c:chartSpace {_NAMES}><c:chart>{title}</c:chart></c:chartSpace>"
    hidden = "<w:p>" + anchor("<c:chart r:id='c__xml'/>", x=-900) + "</w:p>"
    document = read_docx(docx(paragraph("正文") + hidden, c__xml=chart), "x.docx")
    assert lines_of(document) == ["正文"]
    assert [(note.code, note.before) for note in document.notes] == [("hidden_text", "藏")]


def box(text: str, x: float, y: float, width: float = 200, height: float = 40, down: str = "page") -> str:
    return anchor(shape(paragraph(text)), x=x, y=y, width=width, height=height, across="page", down=down)


@each(
    "boxes",
    [
        [box("三", 100, 300), box("一", 100, 100), box("二", 100, 200)],
        [box("二", 320, 104), box("三", 100, 200), box("一", 100, 100)],
        [box("三", 300, 150, height=500), box("二", 60, 150, 150, 600), box("一", 60, 60, 450, 60)],  # a sidebar beside the main column
        [box("三", 300, 410, height=200), box("二", 300, 150, height=250), box("一", 60, 150, 150, 600)],
        [box("三", 100, 220, down="paragraph"), box("二", 100, 120, down="paragraph"), box("一", 100, 20, down="paragraph")],
    ],
)
def test_floating_text_boxes_come_in_reading_order(boxes: list[str]):
    assert lines_of(read_docx(docx(paragraph("前") + f"<w:p>{''.join(boxes)}</w:p>" + paragraph("后")), "x.docx")) == [
        "前",
        "一",
        "二",
        "三",
        "后",
    ]


def test_boxes_on_one_page_that_hang_on_empty_paragraphs_are_read_together():
    boxes = [box("工作经历", 200, 60, height=300), box("技能证书", 20, 220), box("联系方式", 20, 75), box("贺兰亭", 20, 10)]
    body = "".join(f"<w:p>{drawn}</w:p>" for drawn in boxes)
    assert lines_of(read_docx(docx(body + paragraph("附页")), "x.docx")) == ["贺兰亭", "联系方式", "技能证书", "工作经历", "附页"]


def framed(text: str, x: int, y: int) -> str:
    """Return a paragraph in a frame at a place of the page, in twips."""
    frame = f"<w:framePr w:w='3000' w:wrap='around' w:vAnchor='page' w:hAnchor='page' w:x='{x}' w:y='{y}'/>"
    return f"<w:p><w:pPr>{frame}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_paragraphs_in_frames_come_in_the_order_in_which_the_frames_stand():
    frames = [("教育背景", 1000, 6000), ("北方大学", 1000, 6000), ("张三", 1000, 800), ("后端", 1000, 2000), ("电话", 6000, 2000)]
    body = "".join(framed(*frame) for frame in frames) + paragraph("正文")
    assert lines_of(read_docx(docx(body), "x.docx")) == ["张三", "后端", "电话", "教育背景", "北方大学", "正文"]


def test_a_text_box_above_its_paragraph_is_read_first():
    body = f"<w:p>{box('张三', 100, 20)}{box('脚', 100, 700)}<w:r><w:t>工作经历</w:t></w:r></w:p>"
    assert lines_of(read_docx(docx(body), "x.docx")) == ["张三", "工作经历", "脚"]


def test_embedded_objects_are_counted_but_formulas_are_not():
    objects = "".join(
        f"<w:p><w:r><w:object><o:OLEObject Type='Embed' ProgID='{kind}'/></w:object></w:r></w:p>"
        for kind in ("Word.Document.12", "AcroExch.Document", "Equation.3")
    )
    assert notes(read_docx(docx(paragraph("正文") + objects), "x.docx")) == [("embedded_not_read", 2)]


def png(text: bool = True, mode: str = "L") -> bytes:
    image = Image.new(mode, (400, 560), "white")
    if text:
        for y in range(20, 540, 14):
            ImageDraw.Draw(image).line([(20, y), (360, y)], 0, 6)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


TEXT = "".join(paragraph(f"第 {number} 段，写得足够长，这份文件不只是一张图片。") for number in range(8))


def pictured(width: float, height: float, text: str = "", behind: int = 0, **parts: bytes) -> Document:
    drawing = f"<w:p>{anchor(picture('a__png'), width=width, height=height, behind=behind)}</w:p>"
    return read_docx(docx(text + drawing + (paragraph("末") if text else ""), **(parts or {"a__png": png()})), "x.docx")


def test_a_picture_that_may_hold_text_is_a_page_of_its_own():
    document = pictured(400, 600, TEXT)
    assert [(len(page.lines), page.width, page.height) for page in document.pages] == [(8, 0, 0), (0, 400, 600), (1, 0, 0)]
    assert [(note.code, note.page) for note in document.notes] == [("picture_not_read", 2)]
    assert [(note.code, note.page) for note in pictured(150, 180).notes] == [("picture_not_read", 1)]


def test_portraits_backgrounds_and_plain_pictures_hold_no_text():
    assert pictured(110, 150).notes == pictured(110, 150, TEXT).notes == ()
    assert pictured(590, 840, TEXT, behind=1).notes == ()
    assert pictured(590, 840, a__png=png(text=False)).notes == ()
    off_page = f"<w:p>{anchor(picture('a__png'), x=-900, width=400, height=600)}</w:p>"
    assert read_docx(docx(off_page, a__png=png()), "x.docx").notes == ()


def test_what_is_cut_off_a_picture_is_not_looked_at():
    cut = picture("a__png").replace("</pic:blipFill>", "<a:srcRect l='25000' t='50000'/></pic:blipFill>")
    data = docx(f"<w:p>{anchor(cut, width=400, height=600)}</w:p>", a__png=png())
    with Image.open(io.BytesIO(next(docx_pictures(data)))) as image:
        assert image.size == (300, 280)
    assert list(docx_pictures(ordinary())) == []


def test_a_broken_picture_is_none():
    data = docx(f"<w:p>{anchor(picture('a__png'), width=400, height=600)}</w:p>", a__png=b"\xd7\xcd\xc6\x9a a metafile")
    assert [note.code for note in read_docx(data, "x.docx").notes] == ["picture_not_read"]
    assert list(docx_pictures(data)) == [b""]


def test_a_file_that_holds_nothing_but_what_cannot_be_read_says_so():
    with pytest.raises(Unreadable, match="embedded_only"):
        read_docx(docx(chunk("missing")), "x.docx")
    assert lines_of(read_docx(docx(paragraph("")), "x.docx")) == []
