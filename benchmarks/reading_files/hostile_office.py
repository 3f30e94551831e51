"""Write office documents that must be refused or survived: entities, nests, cycles, absurd counts, missing parts."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from .compound import Storage, compound_file
from .hostile_archives import deflated_zeros, raw_zip
from .word_parts import NAMESPACES, paragraph_xml, zip_of

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KINDS = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
}
LAUGHS = '<!DOCTYPE d [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 12)) + "]>"


def _package(kind: str, parts: list[tuple[str, str]]) -> list[tuple[str, bytes | str]]:
    main, content = _KINDS[kind]
    types = f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" ContentType="{content}"/>'
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    link = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
    return [
        ("[Content_Types].xml", f'{_HEAD}<Types xmlns="{_TYPES}">{rels}{types}</Types>'),
        ("_rels/.rels", f'{_HEAD}<Relationships xmlns="{_LINKS}">{link}</Relationships>'),
        *parts,
    ]


def _word(inside: str, doctype: str = "", *more: tuple[str, str]) -> bytes:
    document = f"{_HEAD}{doctype}<w:document {NAMESPACES}><w:body>{inside}</w:body></w:document>"
    return zip_of(_package("docx", [("word/document.xml", document), *more]))


def _book(sheet: str, strings: str = "") -> bytes:
    names = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'
    links = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    if strings:
        links += f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    parts = [
        ("xl/workbook.xml", f'{_HEAD}<workbook {names}><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'{_HEAD}<Relationships xmlns="{_LINKS}">{links}</Relationships>'),
        ("xl/worksheets/sheet1.xml", f"{_HEAD}<worksheet {names}>{sheet}</worksheet>"),
    ]
    return zip_of(_package("xlsx", [*parts, *([("xl/sharedStrings.xml", strings)] if strings else [])]))


def _in_cell(reference: str, text: str = "x") -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def _bomb_document() -> bytes:
    """Write a Word document whose main part unpacks to 500 megabytes of paragraphs."""
    opening = f"{_HEAD}<w:document {NAMESPACES}><w:body>".encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(opening) + packer.flush(zlib.Z_FULL_FLUSH)
    members = []
    for name, content in _package("docx", []):
        raw = content.encode() if isinstance(content, str) else content
        members.append((name, raw, len(raw), 0))
    body = start + deflated_zeros(500, b"<w:p><w:r><w:t>a</w:t></w:r></w:p>".ljust(64))
    return _with_checks(raw_zip([*members, ("word/document.xml", body, 500 << 20, 8)]))


def _with_checks(data: bytes) -> bytes:
    """Fill in the checksums of stored members, so that a reader gets past them."""
    result = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.compress_type == zipfile.ZIP_STORED:
                start = info.header_offset + 30 + len(info.filename)
                check = struct.pack("<I", zlib.crc32(data[start : start + info.file_size]))
                result[info.header_offset + 14 : info.header_offset + 18] = check
                listed = data.index(b"PK\1\2", archive.start_dir)
                while data[listed + 46 : listed + 46 + len(info.filename)] != info.filename.encode():
                    listed = data.index(b"PK\1\2", listed + 4)
                result[listed + 16 : listed + 20] = check
    return bytes(result)


def _open_text(inside: str, doctype: str = "") -> bytes:
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table"))
    kind = "application/vnd.oasis.opendocument.text"
    content = f"{_HEAD}{doctype}<office:document-content {names}><office:body><office:text>{inside}</office:text></office:body>"
    return zip_of([("mimetype", kind), ("content.xml", content + "</office:document-content>")], stored=frozenset({"mimetype"}))


def _loops() -> bytes:
    """Write a compound file whose sector table goes round in a circle."""
    data = bytearray(compound_file(Storage("", {"__substg1.0_1000001F": b"loop" * 3000})))
    offset = 512 + 512 * struct.unpack_from("<I", data, 76)[0]
    for sector in range(20):
        struct.pack_into("<I", data, offset + sector * 4, (sector + 1) % 20)
    return bytes(data)


def _own_child() -> bytes:
    data = bytearray(compound_file(Storage("", {"WordDocument": b"text" * 50})))
    offset = 512 + 512 * struct.unpack_from("<I", data, 48)[0]
    struct.pack_into("<III", data, offset + 128 + 68, 1, 1, 1)
    return bytes(data)


def hostile_office() -> Iterator[tuple[str, bytes]]:
    """Give the hostile office documents."""
    yield "docx_bomb.docx", _bomb_document()
    yield "docx_entities.docx", _word(paragraph_xml("X").replace("X", "&a11;"), LAUGHS.replace("DOCTYPE d", "DOCTYPE w:document"))
    outside = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1:9/resume">]>'
    yield "docx_outside_entity.docx", _word(paragraph_xml("X").replace("X", "&x;&y;"), outside)
    table = "<w:tbl><w:tr><w:tc>"
    yield "docx_tables_5000_deep.docx", _word(table * 5000 + paragraph_xml("deep") + "<w:p/></w:tc></w:tr></w:tbl>" * 5000)
    control = ("<w:sdt><w:sdtContent>" * 50000, "</w:sdtContent></w:sdt>" * 50000)
    yield "docx_controls_50000_deep.docx", _word(paragraph_xml("deep").join(control))
    yield "docx_million_paragraphs.docx", _word("<w:p/>" * 1_000_000)
    span = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    yield "docx_two_billion_columns.docx", _word(span * 50)
    yield "docx_without_a_main_part.docx", zip_of(_package("docx", []))
    based = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    cycle = based.format("A", "B") + based.format("B", "A")
    link = f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    link += f'<Relationship Id="rId2" Type="{_OFFICE}/aFChunk" Target="document.xml"/></Relationships>'
    styled = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>round</w:t></w:r></w:p><w:altChunk r:id="rId2"/>'
    styles = f"<w:styles {NAMESPACES}>{cycle}</w:styles>"
    yield "docx_cycles.docx", _word(styled, "", ("word/styles.xml", styles), ("word/_rels/document.xml.rels", link))
    yield "docx_broken_xml.docx", _word("<w:p><w:r><w:t>never closed")
    far = f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576">{_in_cell("XFD1048576")}</row></sheetData>'
    yield "xlsx_last_cell.xlsx", _book(far + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    past = f'<row r="4294967295">{_in_cell("ZZZZZZZ99999999999")}{_in_cell("-1")}</row><row r="-5">{_in_cell("A0")}</row>'
    yield "xlsx_million_columns.xlsx", _book(f'<dimension ref="A1:ZZZZZ9999999"/><sheetData>{past}</sheetData>')
    strings = f'<sst xmlns="{_MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>one</t></si></sst>'
    yield "xlsx_string_out_of_range.xlsx", _book('<sheetData><row r="1"><c r="A1" t="s"><v>99999999</v></c></row></sheetData>', strings)
    merges = "".join(f'<mergeCell ref="A{row}:XFD{row + 900000}"/>' for row in range(1, 40000))
    yield "xlsx_40000_merges.xlsx", _book(f'<sheetData><row r="1">{_in_cell("A1")}</row></sheetData><mergeCells>{merges}</mergeCells>')
    yield "xlsx_million_rows.xlsx", _book(f"<sheetData>{'<row><c><v>7</v></c></row>' * 1_000_000}</sheetData>")
    cell = '<table:table-cell table:number-columns-repeated="1000000000"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>'
    yield "odt_billion_cells.odt", _open_text(f"<table:table>{row}</table:table>")
    yield "odt_billion_spaces.odt", _open_text('<text:p>a<text:s text:c="2000000000"/>b</text:p>')
    yield "odt_sections_100000_deep.odt", _open_text("<text:section>" * 100000 + "<text:p>deep</text:p>" + "</text:section>" * 100000)
    names = f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{_OFFICE}"'
    again = "".join(f'<p:sldId id="{256 + number}" r:id="rId1"/>' for number in range(20000))
    slide = f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_OFFICE}/slide" Target="slides/slide1.xml"/></Relationships>'
    groups = f"<p:sld {names}><p:cSld><p:spTree>{'<p:grpSp>' * 20000}{'</p:grpSp>' * 20000}</p:spTree></p:cSld></p:sld>"
    parts = [("ppt/presentation.xml", f"<p:presentation {names}><p:sldIdLst>{again}</p:sldIdLst></p:presentation>")]
    parts += [("ppt/_rels/presentation.xml.rels", slide), ("ppt/slides/slide1.xml", groups)]
    yield "pptx_one_deep_slide_20000_times.pptx", zip_of(_package("pptx", parts))
    ofd = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    root = f"<ofd:OFD {ofd}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    pages = '<ofd:Page ID="1" BaseLoc="Document.xml"/><ofd:Page ID="2" BaseLoc="../../../../etc/passwd"/><ofd:Page ID="3" BaseLoc="a.xml"/>'
    text = '<ofd:TextCode X="0" Y="4" DeltaX="g 2000000000 4 g 2000000000 1e308">far</ofd:TextCode>'
    far_away = f'<ofd:TextObject Boundary="0 0 NaN 1e999" Size="-4">{text}</ofd:TextObject>'
    content = f"<ofd:Page {ofd}><ofd:Content><ofd:Layer>{far_away}</ofd:Layer></ofd:Content></ofd:Page>"
    document = f"<ofd:Document {ofd}><ofd:Pages>{pages * 3000}</ofd:Pages></ofd:Document>"
    yield "ofd_pages_elsewhere.ofd", zip_of([("OFD.xml", root), ("Doc_0/Document.xml", document), ("Doc_0/a.xml", content)])
    yield "msg_sector_loop.msg", _loops()
    yield "doc_directory_loop.doc", _own_child()
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\3\0\xfe\xff"
    yield "doc_absurd_sector_size.doc", head + b"\xff" * 504
