"""Write PDF files and pictures that must be refused or survived: loops, bombs, absurd numbers, damage, locks."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping

from reportlab.lib.pdfencrypt import StandardEncryption

from .hostile_archives import deflated_zeros
from .pdf_canvas import CanvasDrawing

_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> {more} >> >>"
_WORDS = b"BT /F 12 Tf 50 700 Td (Resume of nobody) Tj ET"


def pdf_file(objects: Mapping[int, str | bytes], trailer: str = "") -> bytes:
    """Write a PDF of numbered objects with a correct table."""
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, content in objects.items():
        offsets[number] = len(out)
        out += f"{number} 0 obj\n".encode() + (content.encode() if isinstance(content, str) else content) + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {max(objects) + 1}\n0000000000 65535 f \n".encode()
    for number in range(1, max(objects) + 1):
        out += f"{offsets.get(number, 0):010d} 00000 {'n' if number in offsets else 'f'} \n".encode()
    return bytes(out) + f"trailer\n<< /Size {max(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def _zlib(raw: bytes) -> bytes:
    """Put the frame of zlib around a raw deflate stream; the checksum is wrong, which readers overlook."""
    return b"\x78\xda" + raw + bytes(4)


def _one_page(content: bytes, more: str = "", extra: Mapping[int, str | bytes] | None = None, trailer: str = "") -> bytes:
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    objects: dict[int, str | bytes] = {1: _CATALOG, 2: pages, 3: _PAGE.format(more=more), 4: content, 5: _FONT, **(extra or {})}
    return pdf_file(objects, trailer)


def _many_filters() -> bytes:
    data = _zlib(deflated_zeros(300, b"0 0 m "))
    for _ in range(3):
        data = zlib.compress(data)
    return _one_page(_stream(data, "/Filter [/FlateDecode /FlateDecode /FlateDecode /FlateDecode]"))


def _locked() -> bytes:
    drawing = CanvasDrawing()
    drawing.text(0, 50, 700, "Resume of nobody", "Helvetica", 12)
    return drawing.data(encrypt=StandardEncryption("a password that nobody has", ownerPassword="owner", strength=128))


def _png(wide: int, high: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def hostile_pdfs() -> Iterator[tuple[str, bytes]]:
    """Give the hostile PDF files and pictures."""
    loop = {1: _CATALOG, 2: "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2147483647 >>", 3: "<< /Type /Pages /Kids [2 0 R] >>"}
    yield "pdf_page_tree_loop.pdf", pdf_file(loop)
    deep: dict[int, str | bytes] = {1: _CATALOG}
    deep |= {number: f"<< /Type /Pages /Count 1 /Kids [{number + 1} 0 R] >>" for number in range(2, 12000)}
    yield "pdf_page_tree_12000_deep.pdf", pdf_file({**deep, 12000: "<< /Type /Page /MediaBox [0 0 9 9] >>"})
    yield "pdf_content_bomb.pdf", _one_page(_stream(_zlib(deflated_zeros(1000, b"(a) Tj ")), "/Filter /FlateDecode"))
    yield "pdf_filters_in_filters.pdf", _many_filters()
    form = _stream(b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>")
    yield "pdf_form_draws_itself.pdf", _one_page(_stream(b"/X Do"), "/XObject << /X 6 0 R >>", {6: form})
    kind = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    inner = "/Resources << /XObject << /X {} 0 R >> >>"
    tree = {number: _stream(b"/X Do " * 10, f"{kind} {inner.format(number + 1)}") for number in range(6, 20)}
    yield "pdf_forms_in_forms.pdf", _one_page(_stream(b"/X Do"), "/XObject << /X 6 0 R >>", {**tree, 20: _stream(_WORDS, kind)})
    whole = _one_page(_stream(_WORDS))
    table = whole.rindex(b"xref\n0")
    yield "pdf_tables_in_a_circle.pdf", whole.replace(b"/Root", f"/Prev {table} /Root".encode())
    yield "pdf_length_refers_to_itself.pdf", _one_page(b"<< /Length 4 0 R >>\nstream\n" + _WORDS + b"\nendstream")
    yield "pdf_arrays_200000_deep.pdf", _one_page(_stream(b"[" * 200000), "", {6: "[" * 200000 + "]" * 200000})
    kids = " ".join(["3 0 R"] * 100000)
    pages = {1: _CATALOG, 2: f"<< /Type /Pages /Kids [{kids}] /Count 100000 >>", 3: _PAGE.format(more=""), 4: _stream(_WORDS), 5: _FONT}
    yield "pdf_one_page_100000_times.pdf", pdf_file(pages)
    ranges = b"<0000> <FFFF> <0000>\n" * 3000
    cmap = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 3000 beginbfrange\n" + ranges + b"endbfrange endcmap"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    yield "pdf_huge_character_map.pdf", _one_page(_stream(_WORDS), "", {5: font, 7: _stream(cmap)})
    giant = whole.replace(b"[0 0 595 842]", b"[0 0 1e9 1e9]")
    yield "pdf_giant_page.pdf", giant
    picture = _stream(b"\0", "/Type /XObject /Subtype /Image /Width 200000 /Height 200000 /BitsPerComponent 8 /ColorSpace /DeviceRGB")
    yield "pdf_giant_picture.pdf", _one_page(_stream(b"500 0 0 500 0 0 cm /X Do"), "/XObject << /X 6 0 R >>", {6: picture})
    packed = _stream(zlib.compress(_WORDS), "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 >>")
    yield "pdf_absurd_predictor.pdf", _one_page(packed)
    yield "pdf_needs_a_password.pdf", _locked()
    yield "pdf_cut_in_half.pdf", whole[: len(whole) // 2]
    yield "pdf_only_a_header.pdf", b"%PDF-1.7\n"
    yield "png_claims_ten_gigapixels.png", _png(100000, 100000, zlib.compress(bytes(90000)))
    yield "png_bomb.png", _png(20000, 20000, _zlib(deflated_zeros(1145)))
    frame = b"\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0\2\x11\1\3\x11\1"
    yield "jpeg_cut_short.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + frame
    yield "tiff_directory_loop.tiff", b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 256, 4, 1, 60000) + struct.pack("<I", 8)
