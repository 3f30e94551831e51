"""OFD and XPS: what stands on the page is read in the order of the page, what nobody sees is left out and noted."""

import contextlib
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from preprocess.document import Document, Rejected, Unreadable
from preprocess.fixed_layout.ofd import ofd_pictures, read_ofd
from preprocess.fixed_layout.xps import read_xps, xps_pictures
from preprocess.intake import collect
from preprocess.pipeline import read_documents
from preprocess.read import read_document
from tests.data.formats.score import score
from tests.data.make_docx import zipped
from tests.data.make_fixed import OFD, ofd, ofd_picture, ofd_rectangle, ofd_text, xps, xps_text
from tests.each import each
from tests.preprocess.contents import lines_of

FORMATS = Path(__file__).parents[2] / "data" / "formats"
MANIFEST = json.loads((FORMATS / "manifest.json").read_text("utf-8"))
SECRET = "秘密 Kubernetes"


def hidden(document: Document) -> list[str]:
    return [note.before for note in document.notes if note.code == "hidden_text"]


@each("name", ["zh1.ofd", "en1.ofd", "zh2.xps"])
def test_samples(name: str):
    files, _ = collect([FORMATS / "samples" / name], 10, 10)
    (document,) = read_documents(files)
    assert not isinstance(document, Rejected)
    result = score(MANIFEST[name]["expect"], "\n".join(lines_of(document)), MANIFEST[name]["never"])
    assert result["recall"] >= 0.98 and result["lines"] >= 0.95 and result["leaked"] == []
    assert (document.notes, document.kind) == ((), MANIFEST[name]["kind"])


def test_two_columns_and_cells_are_told_apart():
    left = [ofd_text(f"左栏第{number}行写满了整个栏宽", 20, 40 + 6 * number) for number in range(6)]
    right = [ofd_text(f"右栏第{number}行也写满整个栏宽", 110, 42 + 6 * number) for number in range(6)]
    mixed = [part for pair in zip(left, right, strict=True) for part in pair]
    text = lines_of(read_ofd(ofd("".join(mixed)), "x"))
    assert [line[:2] for line in text] == ["左栏"] * 6 + ["右栏"] * 6
    assert lines_of(read_xps(xps(xps_text("姓名", 80) + xps_text("张三", 300)), "x")) == ["姓名  张三"]


def test_advances_place_letters_and_keep_words_together():
    spread = ofd_text("Java", deltas='DeltaX="g 3 3.6"') + ofd_text("工作经历", y=50, deltas='DeltaX="4 4 4"')
    assert lines_of(read_ofd(ofd(spread), "x")) == ["Java", "工作经历"]
    cells = ofd_text("姓名张三", deltas='DeltaX="4 40 4"')
    assert lines_of(read_ofd(ofd(cells), "x")) == ["姓名  张三"]
    told = xps_text("Wi-Fi", extra='Indices="57,90;76,24;16,33;41,55;76,24"') + xps_text("AI", 80 + 2.4 * 16, extra='Indices="(2:1)5,120"')
    assert lines_of(read_xps(xps(told), "x")) == ["Wi-FiAI"]


def test_turned_and_scaled_objects_stand_where_they_are_drawn():
    scaled = ofd_text("二", 0, 0, 2, 'CTM="2 0 0 2 20 60"') + ofd_text("一", 20, 30)
    assert lines_of(read_ofd(ofd(scaled.replace('"0 0 180 3.0"', '"0 0 200 200"')), "x")) == ["一", "二"]
    canvas = f'<Canvas RenderTransform="1,0,0,1,0,400">{xps_text("二")}</Canvas>{xps_text("一")}'
    assert lines_of(read_xps(xps(canvas), "x")) == ["一", "二"]
    turned = xps_text("机密", extra='RenderTransform="0,1,-1,0,500,0"') + xps_text("正文")
    assert [(line.text, line.angle) for page in read_xps(xps(turned), "x").pages for line in page.lines] == [("正文", 0.0), ("机密", -90.0)]


def ofd_secret(extra: str = "", inner: str = "", x: float = 20, size: float = 4) -> str:
    return ofd_text(SECRET, x, 60, size, extra, inner)


WHITE = '<ofd:FillColor Value="255 255 255"/>'


@each(
    "objects",
    [
        ofd_secret('Visible="false"'),
        ofd_secret('Alpha="0"'),
        ofd_secret('Fill="false"'),
        ofd_secret(inner='<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
        ofd_secret(inner=WHITE),
        ofd_secret(inner='<ofd:FillColor Value="250"/>'),
        ofd_secret(inner='<ofd:FillColor Value="0 0 0 0"/>'),
        ofd_secret(x=300),
        ofd_secret(size=0.2),
        ofd_secret().replace("180 6.0", "180 6.0", 1).replace('Y="4"', 'Y="90"'),
        ofd_secret() + ofd_rectangle(10, 55, 190, 20),
        ofd_rectangle(10, 55, 190, 20, "0 0 80") + ofd_secret(inner='<ofd:FillColor Value="0 0 80"/>'),
        ofd_secret() + ofd_picture(10, 55, 190, 20),
        f'<ofd:PageBlock ID="6">{ofd_secret(inner=WHITE)}</ofd:PageBlock>',
    ],
)
def test_hidden_text_of_an_ofd(objects: str):
    document = read_ofd(ofd(ofd_text("张三，后端工程师") + objects + ofd_text("本科", y=90)), "x")
    assert lines_of(document) == ["张三，后端工程师", "本科"]
    assert [text.replace(" ", "") for text in hidden(document)] == [SECRET.replace(" ", "")]


@each(
    "objects",
    [
        ofd_rectangle(10, 55, 190, 20, "0 0 80") + ofd_secret(inner=WHITE),
        ofd_picture(10, 55, 190, 20) + ofd_secret(inner=WHITE),
        ofd_rectangle(10, 55, 190, 20) + ofd_secret(),
        ofd_secret() + ofd_rectangle(10, 55, 190, 20, alpha=60),
        ofd_secret(inner='<ofd:FillColor><ofd:Pattern Width="1"/></ofd:FillColor>'),
        ofd_secret('Fill="false" Stroke="true"'),
        ofd_secret().replace("20 60 180 6.0", "20 60 0 0"),
    ],
)
def test_text_of_an_ofd_that_is_seen(objects: str):
    document = read_ofd(ofd(ofd_text("张三") + objects), "x")
    assert (lines_of(document), document.notes) == (["张三", SECRET], ())


@each(
    "elements",
    [
        xps_text(SECRET, y=200, fill="#00000000"),
        xps_text(SECRET, y=200, fill="#FFFFFF"),
        xps_text(SECRET, y=200, fill="sc#1,1,1,1"),
        xps_text(SECRET, y=200, extra='Opacity="0"'),
        xps_text(SECRET, x=900, y=200),
        xps_text(SECRET, y=200, size=0.5),
        f'<Canvas Opacity="0">{xps_text(SECRET, y=200)}</Canvas>',
        xps_text(SECRET, y=200) + '<Path Fill="#FFFFFFFF" Data="M 60,180 L 700,180 700,220 60,220 Z"/>',
        '<Canvas><Canvas.Resources><ResourceDictionary><SolidColorBrush x:Key="w" Color="#FFFFFF"/></ResourceDictionary>'
        "</Canvas.Resources>"
        f"{xps_text(SECRET, y=200, fill='{StaticResource w}')}</Canvas>",
    ],
)
def test_hidden_text_of_an_xps(elements: str):
    document = read_xps(xps(xps_text("张三，后端工程师") + elements), "x")
    assert lines_of(document) == ["张三，后端工程师"]
    assert [text.replace(" ", "") for text in hidden(document)] == [SECRET.replace(" ", "")]


@each(
    "elements",
    [
        '<Path Fill="#FF000080" Data="M60,180 H700 V220 H60 Z"/>' + xps_text(SECRET, y=200, fill="#FFFFFF"),
        '<Path Fill="{StaticResource none}" Data="M60,180 H700 V220 H60 Z"/>' + xps_text(SECRET, y=200, fill="#FFFFFF"),
        xps_text(SECRET, y=200) + '<Path Stroke="#FFFFFFFF" Data="M 60,180 L 700,180 700,220 60,220 Z"/>',
        xps_text("{}" + SECRET, y=200),
    ],
)
def test_text_of_an_xps_that_is_seen(elements: str):
    document = read_xps(xps(xps_text("张三") + elements), "x")
    assert (lines_of(document), document.notes) == (["张三", SECRET], ())


def test_templates_annotations_composites_and_colours_by_name():
    template = f"<ofd:Page {OFD}><ofd:Content><ofd:Layer ID='2'>{ofd_text('页眉', y=10)}</ofd:Layer></ofd:Content></ofd:Page>"
    appearance = f"<ofd:Appearance Boundary='0 100 200 20'>{ofd_text('批注', y=0)}</ofd:Appearance>"
    annotations = f"<ofd:PageAnnot {OFD}><ofd:Annot ID='5' Type='Stamp'>{appearance}</ofd:Annot><ofd:Annot Type='Watermark'>"
    annotations += f"<ofd:Appearance Boundary='0 200 200 20'>{ofd_text('水印', y=0)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    unit = f"<ofd:CompositeGraphicUnit ID='50'><ofd:Content>{ofd_text('组合', y=0)}</ofd:Content></ofd:CompositeGraphicUnit>"
    parameters = f"<ofd:DrawParams><ofd:DrawParam ID='40'>{WHITE}</ofd:DrawParam><ofd:DrawParam ID='41' Relative='40'/></ofd:DrawParams>"
    data = ofd(
        ofd_text("正文") + "<ofd:CompositeObject ID='6' Boundary='0 60 200 20' ResourceID='50'/>" + ofd_secret('DrawParam="41"'),
        common="<ofd:TemplatePage ID='30' BaseLoc='Tpls/t.xml'/><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>",
        document="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:Attachments>Attachments.xml</ofd:Attachments>",
        page="<ofd:Template TemplateID='30'/>",
        Tpls__t_xml=template,
        DocumentRes_xml=f"<ofd:Res {OFD}>{parameters}<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>",
        Annots__Annotations_xml=f"<ofd:A {OFD}><ofd:Page PageID='0'><ofd:FileLoc>a.xml</ofd:FileLoc></ofd:Page></ofd:A>",
        Annots__a_xml=annotations,
        Attachments_xml=f"<ofd:Attachments {OFD}><ofd:Attachment Name='a'/></ofd:Attachments>",
    )
    document = read_ofd(data, "x")
    assert lines_of(document) == ["页眉", "正文", "组合", "批注"]
    assert [(note.code, note.count) for note in document.notes] == [("hidden_text", 1), ("embedded_not_read", 1)]


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (60, 80), 90).save(buffer, "PNG")
    return buffer.getvalue()


def test_scanned_pages_are_found_and_given_out():
    media = f"<ofd:Res {OFD} BaseLoc='Res'><ofd:MultiMedias><ofd:MultiMedia ID='77' Type='Image'><ofd:MediaFile>a.png</ofd:MediaFile>"
    resources = {"DocumentRes_xml": media + "</ofd:MultiMedia></ofd:MultiMedias></ofd:Res>", "Res__a_png": picture()}
    common = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    layer = ofd_text("识别出的文字", extra='Alpha="0"')
    data = ofd(ofd_text("有字的一页"), ofd_picture(0, 0, 210, 297) + layer, common=common, **resources)
    document = read_ofd(data, "x")
    assert [(note.code, note.page) for note in document.notes] == [("page_scanned", 2)]
    assert list(ofd_pictures(data)) == [picture()]
    text = "".join(ofd_text("一整行文字", y=20 + 8 * number) for number in range(9))
    beside = read_ofd(ofd(text + ofd_picture(20, 120, 170, 120), common=common, **resources), "x")
    assert [(note.code, note.count) for note in beside.notes] == [("picture_not_read", 1)]
    brush = '<ImageBrush ImageSource="a.png" Viewport="0,0,794,1123" ViewportUnits="Absolute"/>'
    scan = xps(f'<Path Data="M0,0 L794,0 794,1123 0,1123 Z"><Path.Fill>{brush}</Path.Fill></Path>', a_png=picture())
    assert [(note.code, note.page) for note in read_xps(scan, "x").notes] == [("page_scanned", 1)]
    assert list(xps_pictures(scan)) == [picture()]


def test_an_encrypted_ofd_needs_a_password():
    named = ofd(ofd_text("张三"), root="<ofd:Encryptions>Encryptions.xml</ofd:Encryptions>")
    for data in (named, ofd(ofd_text("张三"), Encryptions_xml="<a/>"), zipped({"Encryptions.xml": "<a/>", "OFD.dat": b"x"})):
        with pytest.raises(Unreadable, match="needs_password"):
            read_document(data, "x")


def test_pages_beyond_the_limit_are_noted():
    document = read_ofd(ofd(*[ofd_text("页")] * 33), "x")
    assert (len(document.pages), [(note.code, note.count) for note in document.notes]) == (30, [("page_cap", 33)])
    document = read_document(xps(*[xps_text("页")] * 33), "x.zip")
    assert (len(document.pages), document.kind) == (30, "xps")


NESTED = ofd(
    "<ofd:CompositeObject ID='6' Boundary='0 0 9 9' ResourceID='50'/>",
    common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>",
    R_xml=f"<ofd:Res {OFD}><ofd:CompositeGraphicUnit ID='50'><ofd:Content>"
    + "<ofd:CompositeObject ID='6' Boundary='0 0 9 9' ResourceID='50'/>" * 2
    + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:Res>",
)


Reader = Callable[[bytes, str], Document]
HUGE: dict[str, tuple[Reader, bytes]] = {
    "an object in itself": (read_ofd, NESTED),
    "blocks in blocks": (read_ofd, ofd("<ofd:PageBlock>" * 60 + "</ofd:PageBlock>" * 60)),
    "letters of an OFD": (read_ofd, ofd(ofd_text("字" * 40_000))),
    "letters of an XPS": (read_xps, xps(xps_text("字" * 40_000))),
    "canvases": (read_xps, xps("<Canvas>" * 300 + "</Canvas>" * 300)),
}


@each("kind", HUGE)
def test_too_much_is_refused(kind: str):
    reader, data = HUGE[kind]
    with pytest.raises(Unreadable, match="too_complex"):
        reader(data, "x")


ODD_OFD = ofd_text("张三", deltas='DeltaX="g 999999999 nan 1e999 - , g"', extra='CTM="1e400 x 0 0 0 0" Alpha="," HScale="z"')
ODD_XPS = xps_text("张三", extra='Indices="(9999:9999)x,;;,,,(0:0)" RenderTransform="nan,inf,1,1,1,1" BidiLevel="x"')
ODD: dict[str, tuple[Reader, bytes]] = {
    "ofd": (read_ofd, ofd(ODD_OFD, ofd_picture(0, 0, 1e9, -1))),
    "xps": (read_xps, xps('<Canvas RenderTransform="1e24,0,0,1e24,9,9">' * 20 + ODD_XPS + "</Canvas>" * 20)),
}


@each("kind", ODD)
def test_odd_and_mutated_files_are_read_or_refused(kind: str):
    reader, data = ODD[kind]
    reader(data, "x")
    chance = random.Random(7)
    for _ in range(30):
        mutant = bytearray(data[: chance.randrange(len(data) // 2, len(data) + 1)])
        for _ in range(chance.randrange(1, 12)):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        with contextlib.suppress(Unreadable):
            reader(bytes(mutant), "x")
    members = zipfile.ZipFile(io.BytesIO(data))
    for name in members.namelist():
        for _ in range(8):
            xml = members.read(name).decode()
            spot = chance.randrange(len(xml))
            broken = xml[:spot] + chance.choice(["", '"', "-", "1e9", "<", "/", "0 0", "字"]) + xml[spot + chance.randrange(4) :]
            with contextlib.suppress(Unreadable):
                reader(zipped({other: broken if other == name else members.read(other) for other in members.namelist()}), "x")
