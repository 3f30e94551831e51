"""A large picture in any kind of file is left an empty page for, and handed over to be recognised; small and unseen ones are not."""

import base64
import io
import struct
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image, ImageDraw

from preprocess.document import Document, Unreadable
from preprocess.embedded_pictures import read_picture
from preprocess.file_kind import kind_of
from preprocess.guarded.readers import READERS
from tests.data import make_doc
from tests.data.make_doc import DELETED, Part, word97
from tests.data.make_docx import zipped
from tests.data.make_msg import attachment, compound_file, message
from tests.data.make_placed_docx import anchor
from tests.data.make_slides import IMAGE, deck, shape, slide
from tests.each import each
from tests.preprocess.contents import lines_of
from tests.preprocess.docx.test_embedded import chunk, docx
from tests.preprocess.office.test_odt import SPACES
from tests.preprocess.tables.make_sheets import members_of, ods, with_picture, xlsx
from tests.preprocess.web.test_epub import BOOK, PAGE

TEXT = [f"Line {number} is so long that there is more in this file than pictures." for number in range(3)]
TAIL = "The end of it all"
LARGE, SMALL = (600, 400), (120, 60)  # pixels


def png(size: tuple[int, int] = LARGE) -> bytes:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((10, 10, size[0] // 2, size[1] // 2), fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


PICTURE = png()


def address(data: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def page(image: str) -> str:
    return f"<html><meta charset=utf-8><body>{''.join(f'<p>{line}</p>' for line in TEXT)}{image}<p>{TAIL}</p></body></html>"


def archive(image: str, data: bytes, *head: str) -> bytes:
    """Return a web archive with this picture as a part with these headers."""
    lines = ["MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="xx"', "", "--xx", 'Content-Type: text/html; charset="utf-8"']
    lines += ["Content-Location: http://x/cv/a.htm", "", page(image), "--xx", "Content-Type: image/png", *head]
    return "\r\n".join([*lines, "Content-Transfer-Encoding: base64", "", base64.encodebytes(data).decode(), "--xx--", ""]).encode()


def mail(image: str, data: bytes, is_named: bool = True) -> bytes:
    written = EmailMessage()
    written["From"], written["Subject"], written["Message-ID"] = "a@x.example", "cv", "<1@x>"
    written.set_content(page(image), subtype="html")
    if is_named:
        written.add_related(data, "image", "png", cid="<p>")
    else:
        written.make_mixed()
        written.attach(part := EmailMessage())
        part.set_content(data, "image", "png", disposition="inline")
    return written.as_bytes()


def outlook(data: bytes) -> bytes:
    small = attachment(
        {"37120102": b"", "3712001F": "p".encode("utf-16-le"), "37010102": data, "370E001F": "image/png".encode("utf-16-le")}
    )
    return compound_file(message({"10130102": page("<img src='cid:p'>").encode()}, small))


def rtf(group: str) -> bytes:
    return ("{\\rtf1\\ansi " + "\\par ".join(TEXT) + f"\\par {group}\\par {TAIL}}}").encode("latin-1")


def pict(data: bytes, size: tuple[int, int] = LARGE) -> str:
    return f"{{\\pict{{\\*\\picprop{{\\sp{{\\sn a1}}{{\\sv ff}}}}}}\\pngblip\\picwgoal{15 * size[0]}\\pichgoal{15 * size[1]} {data.hex()}}}"


def rtf_binary(data: bytes) -> bytes:
    before, after = rtf("{\\pict\\jpegblip\\picw600\\pich400\\bin@}").split(b"@")
    return before + b"%d " % len(data) + data + after


def frame(inside: str, size: str = "svg:width='16cm' svg:height='10cm'", style: str = "") -> str:
    return f"<draw:frame {size} {style} text:anchor-type='as-char'>{inside}</draw:frame>"


def odt(drawing: str, styles: str = "", **members: bytes) -> bytes:
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in TEXT)
    content = (
        f'<office:document-content {SPACES} xmlns:xlink="http://www.w3.org/1999/xlink"><office:styles>{styles}</office:styles>'
        f"<office:body><office:text>{paragraphs}<text:p>{drawing}</text:p><text:p>{TAIL}</text:p></office:text></office:body>"
        "</office:document-content>"
    )
    pictures = {f"Pictures/{name}.png": data for name, data in members.items()}
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **pictures})


def image_in_frame() -> str:
    return frame("<draw:image xlink:href='Pictures/a.png'/>")


def flat_odt(data: bytes) -> bytes:
    embedded = f"<draw:image><office:binary-data>{base64.encodebytes(data).decode()}</office:binary-data></draw:image>"
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in TEXT)
    return (
        f"<?xml version='1.0'?><office:document {SPACES} office:mimetype='application/vnd.oasis.opendocument.text'><office:body>"
        f"<office:text>{paragraphs}<text:p>{frame(embedded)}</text:p><text:p>{TAIL}</text:p></office:text></office:body></office:document>"
    ).encode()


def sheet(data: bytes, anchor: str = "A9") -> bytes:
    return xlsx([[line] for line in TEXT], change=lambda cells: cells.add_image(SheetImage(io.BytesIO(data)), anchor))


def open_sheet(data: bytes) -> bytes:
    rows = "".join(f"<table:table-row><table:table-cell><text:p>{line}</text:p></table:table-cell></table:table-row>" for line in TEXT)
    image = "<draw:image xlink:href='Pictures/a.png' xmlns:xlink='http://www.w3.org/1999/xlink'/>"
    drawing = frame(image, "svg:width='16cm' svg:height='10cm' svg:y='9cm'")
    packed = ods(f"<table:shapes>{drawing}</table:shapes>{rows}")
    return zipped(members_of(packed) | {"Pictures/a.png": data})


def word_2003(data: bytes, drawing: str = "<v:imagedata src='wordml://1.png'/>") -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TEXT)
    picture = f"<w:binData w:name='wordml://1.png'>{base64.b64encode(data).decode()}</w:binData>"
    shape = f"<v:shape style='width:400pt;height:300pt'>{drawing}</v:shape>"
    spaces = 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:v="urn:schemas-microsoft-com:vml"'
    return (
        f'<?xml version="1.0"?><w:wordDocument {spaces}><w:body>{paragraphs}<w:p><w:r><w:pict>{picture}{shape}</w:pict></w:r></w:p>'
        f"<w:p><w:r><w:t>{TAIL}</w:t></w:r></w:p></w:body></w:wordDocument>"
    ).encode()


def word_97(data: bytes, more: bytes = b"", size: tuple[int, int] = (8000, 6000)) -> bytes:
    """Return a Word 97 file with a picture of so many twips in a line of its own; `more` are SPRMs of its character."""
    blip = struct.pack("<HHI", 0x6E00, 0xF01E, 17 + len(data)) + bytes(16) + b"\xff" + data
    entry = struct.pack("<HHI", 0x62, 0xF007, 36 + len(blip)) + bytes(36) + blip
    shape = struct.pack("<HHI", 0x0F, 0xF004, 0)
    head = struct.pack("<IHH", 0x44 + len(shape + entry), 0x44, 0x64) + bytes(20) + struct.pack("<hhHH", *size, 1000, 1000)
    picture = Part([("\x01", struct.pack("<HI", 0x6A03, 0) + more), ("\r", b"")])
    return word97([*map(make_doc.line, TEXT), picture, make_doc.line(TAIL)], data=head.ljust(0x44, b"\0") + shape + entry)


def floating_97(anchor: Part) -> bytes:
    return word97([*map(make_doc.line, TEXT), anchor, make_doc.line(TAIL)], floating=PICTURE)


def book(image: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT)
    markup = PAGE.format(f"{paragraphs}{image}<p>{TAIL}</p>")
    cover = {"OEBPS/cover.xhtml": PAGE.format(""), "OEBPS/text/work two.xhtml": markup, "OEBPS/p q.png": PICTURE}
    return zipped({name: content for name, content in BOOK.items() if name != "OEBPS/scan.jpg"} | cover)


def word(data: bytes) -> bytes:
    fill = "<a:blipFill><a:blip r:embed='a__png'/><a:stretch/></a:blipFill>"
    drawing = anchor(f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:bodyPr/></wps:wsp>", width=400, height=300)
    paragraphs = [f"<w:r><w:t>{line}</w:t></w:r>" for line in TEXT[:-1]] + [f"<w:r><w:t>{TEXT[-1]}</w:t></w:r>{drawing}"]
    return docx("".join(f"<w:p>{runs}</w:p>" for runs in [*paragraphs, f"<w:r><w:t>{TAIL}</w:t></w:r>"]), a__png=data)


def with_chunk(**member: bytes) -> bytes:
    return docx(chunk(next(iter(member))), **member)


FILLED = """<draw:fill-image draw:name='i' xlink:href='Pictures/a.png'/><style:style style:name='f' style:family='graphic'>
<style:graphic-properties draw:fill='bitmap' draw:fill-image-name='i'/></style:style>"""
SHAPE = "<draw:custom-shape draw:style-name='f' svg:width='16cm' svg:height='10cm'/>"
SHEET_OF_PEOPLE = Path(__file__).parents[1] / "data" / "formats" / "samples" / "candidates.xls"
HELD: dict[str, tuple[str, bytes]] = {
    "in the page": ("a.html", page(f"<img src='{address(PICTURE)}'>").encode()),
    "in a cell of the page": ("a.html", page(f"<table><tr><td><img width=500 src='{address(PICTURE)}'></td></tr></table>").encode()),
    "beside the page, its address from there": ("a.mht", archive("<img src='p.png'>", PICTURE, "Content-Location: http://x/cv/p.png")),
    "beside the page, by its number": ("a.mht", archive("<img src=cid:p>", PICTURE, "Content-Location: file:///p", "Content-ID: <p>")),
    "in a mail": ("a.eml", mail("<img src='cid:p'>", PICTURE)),
    "in an Outlook mail": ("a.msg", outlook(PICTURE)),
    "in a mailbox": ("a.mbox", b"From a@x Mon Jan  1 10:00:00 2024\n" + mail("<img src='cid:p'>", PICTURE)),
    "as digits": ("a.rtf", rtf(pict(PICTURE))),
    "as bytes": ("a.rtf", rtf_binary(PICTURE)),
    "twice, for programs of two ages": ("a.rtf", rtf(f"{{\\*\\shppict {pict(PICTURE)}}}{{\\nonshppict {pict(PICTURE)}}}")),
    "floating": (
        "a.rtf",
        rtf(f"{{\\shp{{\\*\\shpinst\\shpwr2{{\\sp{{\\sn pib}}{{\\sv {pict(PICTURE)}}}}}}}{{\\shprslt {pict(PICTURE)}}}}}"),
    ),
    "in Word 97": ("a.doc", word_97(PICTURE)),
    "floating in Word 97": ("a.doc", floating_97(Part([("\x08", b""), ("\r", b"")]))),
    "in a frame": ("a.odt", odt(image_in_frame(), a=PICTURE)),
    "in a shape": ("a.odt", odt(SHAPE, FILLED, a=PICTURE)),
    "in one XML": ("a.fodt", flat_odt(PICTURE)),
    "over cells": ("a.xlsx", sheet(PICTURE)),
    "over open cells": ("a.ods", open_sheet(PICTURE)),
    "in Word 2003": ("a.xml", word_2003(PICTURE)),
    "in a book": ("a.epub", book("<p><img src='../p%20q.png'/></p>")),
    "as the drawing of a cover": ("a.epub", book("<svg viewBox='0 0 9 9'><image xlink:href='../p%20q.png' width='9'/></svg>")),
    "in a web page in Word": ("a.docx", with_chunk(x__html=page(f"<img src='{address(PICTURE)}'>").encode())),
    "in Word in Word": ("a.docx", with_chunk(x__docx=word(PICTURE))),
}


def read(name: str, data: bytes) -> Document:
    return READERS[kind_of(data, name)].function()(data, name)


def pictures(name: str, data: bytes) -> list[bytes]:
    """Return the pictures that the notes of the file's reader speak of."""
    found = [note for note in read(name, data).notes if note.code == "picture_not_read" and note.page]
    return [read_picture(data, kind_of(data, name), str(index)) for index in range(len(found))]


@each("how", list(HELD))
def test_a_large_picture_stands_between_the_lines_around_it(how: str) -> None:
    name, data = HELD[how]
    document = read(name, data)
    notes = [(note.code, note.page) for note in document.notes]
    assert notes == [("picture_not_read", 2)], notes
    before, picture, *after = document.pages
    assert [line.text for line in before.lines] == TEXT and not picture.lines and picture.width > 300
    assert [line.text for page in after for line in page.lines] == ([] if kind_of(data, name) == "table" else [TAIL])
    assert pictures(name, data) == [PICTURE]


def test_inline_pictures_that_a_mail_does_not_name_follow_its_text() -> None:
    data = mail("", PICTURE, is_named=False)
    assert lines_of(read("a.eml", data)) == [*TEXT, TAIL] and pictures("a.eml", data) == [PICTURE]


@each(
    "name, data",
    [
        ("a.html", page(f"<img src='{address(png(SMALL))}'>").encode()),
        ("a.html", page(f"<img width=100 height=60 src='{address(PICTURE)}'>").encode()),
        ("a.html", page(f"<div style='display:none'><img src='{address(PICTURE)}'></div>").encode()),
        ("a.html", page(f"<img style='visibility:hidden' src='{address(PICTURE)}'>").encode()),
        ("a.html", page("<img src='https://x.example/p.png'>").encode()),
        ("a.html", page("<img src='data:image/png;base64,###'>").encode()),
        ("a.eml", mail("<img src='cid:p'>", png(SMALL))),
        ("a.rtf", rtf(pict(png(SMALL), SMALL))),
        ("a.rtf", rtf(f"{{\\v {pict(PICTURE)}}}")),
        ("a.rtf", rtf(f"{{\\*\\listpicture {pict(PICTURE)}}}")),
        ("a.rtf", rtf(r"{\*\shppict {\pict\pngblip\picwgoal9000\pichgoal6000 zz}}")),
        ("a.odt", odt(frame("<draw:image xlink:href='Pictures/a.png'/>", "svg:width='2cm' svg:height='2cm'"), a=PICTURE)),
        ("a.odt", odt(frame("<draw:object xlink:href='./Object 1'/><draw:image xlink:href='Pictures/a.png'/>"), a=PICTURE)),
        ("a.xlsx", sheet(png(SMALL))),
        ("a.xml", word_2003(PICTURE, "")),
        ("a.doc", word_97(PICTURE, size=(1000, 1000))),
        ("a.doc", word_97(PICTURE, DELETED)),
        ("a.doc", word_97(b"no picture")),
        ("a.doc", floating_97(Part([("\x08", make_doc.HIDDEN), ("\r", b"")]))),
    ],
)
def test_small_unseen_and_missing_pictures_are_none(name: str, data: bytes) -> None:
    document = read(name, data)
    assert lines_of(document)[: len(TEXT)] == TEXT and not document.notes, document.notes


def only_pictures() -> Iterator[tuple[str, bytes]]:
    image = f"<img src='{address(PICTURE)}'>"
    yield "a.html", f"<html><body>{image}</body></html>".encode()
    yield "a.eml", b"From: a@x\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html>" + image.encode()
    yield "a.rtf", f"{{\\rtf1 {pict(PICTURE)}}}".encode()
    yield "a.xlsx", xlsx([], change=lambda cells: cells.add_image(SheetImage(io.BytesIO(PICTURE)), "A1"))


@each("name, data", list(only_pictures()))
def test_a_file_of_a_picture_only(name: str, data: bytes) -> None:
    document = read(name, data)
    assert [(note.code, note.page) for note in document.notes] == [("picture_not_read", 1)] and not lines_of(document)
    assert pictures(name, data) == [PICTURE]


def test_a_picture_above_the_cells_comes_before_them() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    cells = book.worksheets[0]
    for row, line in enumerate(TEXT, 20):
        cells.cell(row, 1, line)
    cells.add_image(SheetImage(io.BytesIO(PICTURE)), "A1")
    book.save(out)
    assert [note.page for note in read("a.xlsx", out.getvalue()).notes] == [1]


def test_pictures_that_fill_shapes_of_word_and_slides() -> None:
    fill = "<a:blipFill><a:blip r:embed='a__png'/><a:stretch/></a:blipFill>"
    filled = f"<wps:wsp><wps:spPr>{fill}</wps:spPr>{{}}<wps:bodyPr/></wps:wsp>"
    old = "<w:pict><v:rect style='width:400pt;height:300pt'><v:fill type='frame' r:id='a__png'/></v:rect></w:pict>"
    text = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in [*TEXT, TAIL])
    for drawing in (anchor(filled.format(""), width=400, height=300), f"<w:r>{old}</w:r>"):
        data = docx(text + f"<w:p>{drawing}</w:p>", a__png=PICTURE)
        assert pictures("a.docx", data) == [PICTURE], drawing
    words = "<wps:txbx><w:txbxContent><w:p><w:r><w:t>words on it</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    assert not pictures("a.docx", docx(text + f"<w:p>{anchor(filled.format(words), width=400, height=300)}</w:p>", a__png=PICTURE))
    background = f"<p:bg><p:bgPr>{fill.replace('a__png', 'i')}</p:bgPr></p:bg>"
    slides = deck(slide(shape("x")).replace("<p:spTree>", background + "<p:spTree>"), more={"ppt/media/image1.png": PICTURE}, related=IMAGE)
    assert len(pictures("a.pptx", slides)) == 1


def test_hostile_pictures_end_with_a_reason() -> None:
    many = page(f"<img src='{address(png(SMALL))}'>" * 3_000).encode()
    assert lines_of(read("a.html", many)) == [*TEXT, TAIL]
    with pytest.raises(Unreadable, match="too_complex"):
        read("a.html", page("<p>" * 250_000).encode())
    assert read_picture(many, "text", "0") == b""


@each("columns, rows, hidden, count", [(7, 20, False, 1), (1, 3, False, 0), (7, 20, True, 0)])
def test_pictures_over_an_xls(columns: int, rows: int, hidden: bool, count: int) -> None:
    data = with_picture(SHEET_OF_PEOPLE.read_bytes(), PICTURE, columns, rows, hidden)
    assert pictures("a.xls", data) == [PICTURE] * count
    assert lines_of(read("a.xls", data)) == lines_of(read("a.xls", SHEET_OF_PEOPLE.read_bytes()))
