"""Make fifty files that must not be ranked: bombs, loops, forgeries and rubbish, each with the reasons that may be given for it."""

import io
import random
import struct
import zipfile
import zlib
from dataclasses import dataclass

from tests.data import make_docx, make_pdf
from tests.data.make_pdf import one_page, raw_pdf, stream

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_NOTHING = {"scanned", "illegible", "no_text", "too_complex"}
"""A page without text: nothing to score, or what is on it takes too much."""


@dataclass(frozen=True)
class Hostile:
    """A file under the name that it is uploaded with; `shown`: what of it is named as not read, if that is another name."""

    name: str
    data: bytes
    reasons: frozenset[str]
    shown: str = ""


def hostile_files(secret: str) -> list[Hostile]:
    """Return fifty hostile files by name. `secret` is the path of a file that one of them tries to pull in. Takes some four seconds."""
    made = [*_pdfs(), *_docx(secret), *_others()]
    return [Hostile(name, data, frozenset(reasons), *shown) for name, data, reasons, *shown in made]


def deflated(chunk: bytes, times: int) -> bytes:
    """Return what zlib would make of the chunk so many times over: compressed once, then repeated."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    repeated = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    packer = zlib.compressobj(9, wbits=-15)
    check = 1
    for _ in range(times):
        check = zlib.adler32(chunk, check)
    return head + repeated * times + packer.flush(zlib.Z_FINISH) + struct.pack(">I", check)


def long_docx(paragraphs: int) -> bytes:
    """Return a Word file of that many paragraphs, no two alike: nothing but its length is wrong. At 125,000 the reader refuses it."""
    return make_docx.raw("".join(f"<w:p><w:r><w:t>{number * 7919 % 1_000_003}</w:t></w:r></w:p>" for number in range(paragraphs)))


def many_empty_pages(count: int) -> bytes:
    """Return a PDF of that many pages with nothing on them."""
    kids = b" ".join(b"%d 0 R" % (3 + index) for index in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return raw_pdf(_CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), *[page] * count)


def with_media_box(side: int, contents: bytes = b"") -> bytes:
    """Return a PDF of one page with sides of that many points."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>" % (side, side)
    return raw_pdf(_CATALOG, _ONE_PAGE, page, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", stream(contents))


def _packed(data: bytes, filters: bytes) -> bytes:
    return b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(data), filters, data)


def _picture(side: int, packed: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    head = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray" % (side, side)
    picture = head + b" /Filter %s /Length %d >>\nstream\n%s\nendstream" % (filters, len(packed), packed)
    return one_page(b"5 0 R", stream(b"600 0 0 800 0 0 cm /X Do"), picture, resources=b"/XObject << /X 6 0 R >>")


def _deep_page_tree(depth: int) -> bytes:
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (3 + level) for level in range(depth)]
    return raw_pdf(_CATALOG, *nodes, b"<< /Type /Page /MediaBox [0 0 595 842] >>")


def _endless_trailers() -> bytes:
    """Return a cross-reference table whose previous one is itself, and which finds nothing."""
    start = b"%PDF-1.5\n"
    return start + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF\n"


def _with_a_script() -> bytes:
    script = b"<< /S /JavaScript /JS (while \\(true\\) app.alert\\('open'\\);) >>"
    catalog = b"<< /Type /Catalog /Pages 2 0 R /OpenAction %s >>" % script
    return raw_pdf(catalog, _ONE_PAGE, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>")


def _pdfs() -> list[tuple]:
    order = random.Random(0)
    resume = make_pdf.text_pdf(["王五，熟悉 Python 与分布式系统"] * 30)
    spaces = b" " * 1_000_000
    operators, drawn = deflated(spaces, 1000), b"/XObject << /X 6 0 R >>"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X 6 0 R >> >>"
    return [
        ("empty.pdf", b"", {"empty_file"}),
        ("blank.pdf", b" \r\n" * 2000, {"empty_file"}),
        ("web page.pdf", b"<!DOCTYPE html><html><body>please sign in</body></html>", {"not_pdf"}),
        ("header only.pdf", b"%PDF-1.7\n", {"damaged"}),
        ("noise.pdf", b"%PDF-1.7\n" + order.randbytes(200_000), {"damaged"}),
        ("cut off.pdf", resume[: len(resume) // 3], {"damaged"}),
        ("locked.pdf", make_pdf.make_pdf(lambda sheet: sheet.text(60, 80, "secret"), user_password="x"), {"needs_password"}),
        ("1 GB of operators.pdf", one_page(b"5 0 R", _packed(operators, b"/FlateDecode")), {"too_complex"}),
        (
            "packed twice.pdf",
            one_page(b"5 0 R", _packed(zlib.compress(operators), b"[/FlateDecode /FlateDecode]")),
            {"too_complex"},
        ),
        ("packed 200 times.pdf", one_page(b"5 0 R", _packed(b"x" * 99, b"[" + b"/FlateDecode " * 200 + b"]")), _NOTHING | {"damaged"}),
        ("100k contents.pdf", make_pdf.many_contents(100_000), {"too_complex"}),
        ("forms, wide.pdf", make_pdf.nested_forms(8, 12), {"too_complex"}),
        ("forms, deep.pdf", make_pdf.nested_forms(40, 2), {"too_complex"}),
        (
            "form in itself.pdf",
            one_page(b"5 0 R", stream(b"/X Do"), stream(b"/X Do", form), resources=drawn),
            _NOTHING,
        ),
        ("cyclic pages.pdf", make_pdf.cyclic_pages(), {"damaged"}),
        ("page tree, 5000 deep.pdf", _deep_page_tree(5000), {"damaged"} | _NOTHING),
        ("20k pages.pdf", many_empty_pages(20_000), _NOTHING),
        ("a page of 350 m.pdf", with_media_box(1_000_000), _NOTHING),
        ("a picture of 3.6 GB.pdf", _picture(60_000, deflated(bytes(1_000_000), 3600)), _NOTHING),
        ("broken fax.pdf", _picture(20_000, order.randbytes(20_000), b"/JBIG2Decode"), _NOTHING),
        ("100k brackets.pdf", one_page(b"5 0 R", stream(b"[" * 100_000)), _NOTHING | {"damaged"}),
        ("100k dictionaries.pdf", raw_pdf(b"<< /A " * 100_000), {"damaged", "too_complex"}),
        ("endless trailers.pdf", _endless_trailers(), {"damaged"}),
        ("script.pdf", _with_a_script(), _NOTHING),
    ]


def _docx(secret: str) -> list[tuple]:
    entity = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    laughs = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    bomb = f"<!DOCTYPE d [<!ENTITY e0 'ha'>{laughs}<!ENTITY e '&e11;'>]>{entity}"
    boxes = "<w:p><w:r><w:txbxContent>" * 1700 + "</w:txbxContent></w:r></w:p>" * 1700
    return [
        ("400 MB of XML.docx", _large_xml(400), {"unpacks_too_large"}),
        ("1M tags.docx", make_docx.raw("<w:p/>" * 1_000_001), {"unpacks_too_large"}),
        ("5000 deep.docx", make_docx.raw("<w:p>" * 5000 + "</w:p>" * 5000), {"too_complex"}),
        ("boxes in boxes.docx", make_docx.raw(boxes), {"too_complex"}),
        ("laughs.docx", make_docx.package({"word/document.xml": bomb}), {"damaged"}),
        ("laughs, UTF-16.docx", make_docx.package({"word/document.xml": bomb.encode("utf-16")}), {"damaged"}),
        (
            "pulls in a file.docx",
            make_docx.package({"word/document.xml": f"<!DOCTYPE d [<!ENTITY e SYSTEM 'file://{secret}'>]>{entity}"}),
            {"damaged"},
        ),
        ("hollow.docx", _OLE + "WordDocument".encode("utf-16-le").ljust(64, b"\0"), {"damaged"}),
        ("locked.docx", _OLE + "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0"), {"needs_password"}),
        ("a table.docx", make_docx.package({"xl/workbook.xml": "<workbook/>"}, "xl/workbook.xml"), {"no_text"}),
        ("30k entries.docx", b"PK\x03\x04" + b"PK\x01\x02" * 30_000, {"too_complex"}),
        ("cut off.docx", make_docx.ordinary()[:9000], {"damaged"}),
        ("unclosed.docx", make_docx.raw("<w:p>"), {"damaged"}),
        ("nothing in it.docx", make_docx.raw("<w:p/>"), {"no_text"}),
    ]


def heavy_docx(size: int) -> dict[str, bytes]:
    """Return files whose XML is a few times `size` elements, of a kind that is slow where something is looked up anew for each run."""
    run, text = "<w:r><w:t>a</w:t></w:r>", make_docx.paragraph("a", "<w:pStyle w:val='s0'/>")
    properties = "".join(f"<w:x{n % 9}/>" for n in range(size))
    chain = "".join(f"<w:style w:styleId='s{n}'><w:basedOn w:val='s{n + 1}'/></w:style>" for n in range(size))
    wide = "".join(f"<w:tblStylePr w:type='firstRow'><w:tcPr><w:shd w:fill='{n:06X}'/></w:tcPr></w:tblStylePr>" for n in range(size))
    children = "".join(f"<w:style w:styleId='c{n}'><w:basedOn w:val='s0'/></w:style>" for n in range(size))
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='50'/></w:tcPr><w:p/></w:tc>"
    grid = "<w:tblGrid>" + "<w:gridCol w:w='9'/>" * size + "</w:tblGrid>"
    deep = 70
    tables = "<w:tbl><w:tr><w:tc>" * deep + run + "</w:tc></w:tr></w:tbl>" * deep
    boxes = "<w:p><w:r><w:pict><v:rect><v:textbox><w:txbxContent>"
    boxes = boxes * 30 + text + "</w:txbxContent></v:textbox></v:rect></w:pict></w:r></w:p>" * 30
    controls = "<w:sdt><w:sdtContent>" * 100 + text + "</w:sdtContent></w:sdt>" * 100
    choice = "<mc:Choice Requires='q'><w:r><w:t>b</w:t></w:r></mc:Choice>"
    ways = "<mc:AlternateContent><mc:Choice Requires='w'>" * 100 + run + "</mc:Choice></mc:AlternateContent>" * 100
    rectangle = "<w:r><w:pict><v:rect style='position:absolute;width:300pt;height:300pt;z-index:9'/></w:pict></w:r>"
    begin, end = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    levels = "".join(f"<w:lvl w:ilvl='{n}'><w:pPr><w:ind w:left='{n}'/></w:pPr></w:lvl>" for n in range(size))
    lists = "".join(f"<w:num w:numId='{n}'><w:abstractNumId w:val='1'/></w:num>" for n in range(size))
    listed = make_docx.paragraph("a", "<w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr>")
    numbering = f"<w:numbering><w:abstractNum w:abstractNumId='1'>{levels}</w:abstractNum>{lists}</w:numbering>"
    late_row = f"<w:tr><w:trPr><w:gridBefore w:val='{size}'/></w:trPr>{cell}</w:tr>"
    section = "<w:p><w:pPr><w:sectPr><w:titlePg/></w:sectPr></w:pPr></w:p>"
    spaces = "".join(f" xmlns:n{n}='urn:{n}'" for n in range(size))
    note = "<w:footnote w:id='{0}'><w:p>" + run + "</w:p></w:footnote>"
    styled = f"<w:styles><w:style w:styleId='s0' w:type='table'><w:pPr>{properties}</w:pPr><w:rPr>{properties}</w:rPr>"
    raw = make_docx.raw
    return {
        "runs": raw(f"<w:p>{run * size}</w:p>"),
        "runs before pPr": raw(f"<w:p>{run * size}<w:pPr><w:jc/></w:pPr></w:p>"),
        "runs and a full pPr": raw(f"<w:p><w:pPr>{properties}</w:pPr>{run * size}</w:p>"),
        "runs with rPr last": raw(f"<w:p><w:r>{'<w:t>a</w:t>' * size}<w:rPr/></w:r></w:p>"),
        "paragraphs of a full style": raw(text * size, styles=f"{styled}</w:style></w:styles>"),
        "styles of a full style": raw(text * size, styles=f"{styled}</w:style>{children}</w:styles>"),
        "styles in a chain": raw(text * size, styles=f"<w:styles>{chain}</w:styles>"),
        "cells of a wide table style": raw(
            f"<w:tbl><w:tblPr><w:tblStyle w:val='s0'/></w:tblPr>{('<w:tr>' + cell + '</w:tr>') * size}</w:tbl>",
            styles=f"{styled}{wide}</w:style></w:styles>",
        ),
        "rows of many columns": raw(f"<w:tbl>{grid}{late_row * size}</w:tbl>"),
        "cells in a row": raw(f"<w:tbl>{grid}<w:tr>{cell * size}</w:tr></w:tbl>"),
        "tables in tables": raw(tables * (size // deep)),
        "boxes in boxes": raw(boxes * (size // 30)),
        "controls in controls": raw(controls * (size // 100)),
        "ways not taken": raw(f"<w:p><mc:AlternateContent>{choice * size}</mc:AlternateContent></w:p>"),
        "ways in ways": raw(f"<w:p>{ways * (size // 100)}</w:p>"),
        "boxes over text": raw(f"<w:p>{rectangle * size}</w:p>" + text * size),
        "fields in fields": raw(f"<w:p>{begin * size}{run * size}{end * size}</w:p>"),
        "list levels": raw(listed * size, numbering=numbering),
        "sections": raw(section * size, header1="<w:hdr><w:p/></w:hdr>"),
        "namespaces": raw(f"<w:p{spaces}>{ways * (size // 100)}</w:p>"),
        "footnotes": raw(run, footnotes=f"<w:footnotes>{''.join(note.format(n) for n in range(size))}</w:footnotes>"),
        "unknown elements": raw("<w:p><q:r xmlns:q='urn:q'><w:t>a</w:t></q:r></w:p>" * size),
    }


def _large_xml(megabytes: int) -> bytes:
    buffer = io.BytesIO(make_docx.package({}))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(megabytes):
            part.write(b" " * 1_000_000)
    return buffer.getvalue()


def _others() -> list[tuple]:
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
        for kind, body in (
            (b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)),
            (b"IDAT", deflated(bytes(1_000_000), 3600)),
            (b"IEND", b""),
        )
    )
    inner = make_docx.zipped({"deep.txt": "Python"})
    for level in range(3):
        inner = make_docx.zipped({f"level {level}.zip": inner})
    return [
        ("5 MB.txt", ("熟悉 Python 与分布式系统。\n" * 150_000).encode(), {"too_long"}),
        ("bytes.txt", bytes(range(256)) * 400, {"not_text"}),
        ("control characters.txt", b"\x01\x02\x1b\x00" * 5000, {"not_text", "no_text"}),
        ("rich.doc", b"{\\rtf1 " + b"{" * 2000 + b"hello", {"too_complex", "damaged"}),
        ("page.txt", b"<html>" + b"<div>" * 3000 + b"hello", {"too_complex"}),
        ("program.pdf", b"\x7fELF\x02\x01\x01" + bytes(5000), {"unsupported_type"}),
        ("setup.exe", b"MZ\x90\x00" + bytes(5000), {"unsupported_type"}),
        ("archive.pdf", b"Rar!\x1a\x07\x01\x00" + bytes(100), {"damaged"}),
        ("3.6 gigapixels.pdf", png, {"image", "too_complex", "damaged"}),
        ("half a character \udcff\udce5.txt", b"", {"empty_file"}, "half a character .txt"),
        ("long " + "n" * 245 + ".txt", b"\0\0\0", {"empty_file"}, "long " + "n" * 110 + "….txt"),
        ("bomb.zip", make_docx.zipped({"bomb.txt": bytes(50_000_000)}), {"unpacks_too_large", "too_large"}, "bomb.txt"),
    ]
