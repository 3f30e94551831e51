"""Write PDFs object by object: ways to hide text that need no drawing program (HIDDEN), and their honest twins (SEEN).

Each is a page that begins with FIRST, and the lines of it that a person can read besides.
"""
# ruff: noqa: E501 (a way to hide text is one line, however long)

import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase.ttfonts import TTFontFile

from tests.data.make_hidden import FIRST
from tests.data.make_pdf import raw_pdf, stream

Device = tuple[bytes, list[str]]
PLANTED = "kafka expert and kubernetes guru"
_P = PLANTED.encode()
_VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
_LETTERS = bytes(range(97, 123))


def _pdf(content: bytes, *more: bytes, resources: bytes = b"", page: bytes = b"", catalog: bytes = b"", fonts: bytes = b"") -> bytes:
    """Return a page with FIRST and `content`. Object 4 is Helvetica (/F1), `more` objects are numbered from 6."""
    first = b"BT /F1 12 Tf 72 720 Td (%s) Tj ET " % FIRST.encode()
    box = b"" if b"/MediaBox" in page else b"/MediaBox [0 0 595 842]"
    entries = b"<< /Type /Page /Parent 2 0 R %s %s /Contents 5 0 R /Resources << /Font << /F1 4 0 R %s >> %s >> >>"
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        entries % (box, page, fonts, resources),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        stream(first + content),
        *more,
    )


def _text(text: bytes = _P, x: float = 72, y: float = 600, font: bytes = b"/F1 10 Tf", before: bytes = b"") -> bytes:
    return b"BT %s %s %g %g Td (%s) Tj ET " % (font, before, x, y, text)


def _hex(text: str) -> bytes:
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()


def _span(said: str, content: bytes) -> bytes:
    return b"/Span << /ActualText %s >> BDC %s EMC " % (_hex(said), content)


def _map(texts: dict[int, str], digits: int = 2) -> bytes:
    """Return a ToUnicode stream from codes to texts."""
    lines = b"".join(b"<%0*X> <%s>\n" % (digits, code, text.encode("utf-16-be").hex().encode()) for code, text in texts.items())
    return stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        b"1 begincodespacerange <%s> <%s> endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end"
        % (b"0" * digits, b"F" * digits, len(texts), lines)
    )


def _helvetica(to_unicode: int, more: bytes = b"") -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode %d 0 R %s >>" % (to_unicode, more)


@cache
def _vera() -> tuple[bytes, dict[int, int], list[int]]:
    """Return the font file as a stream, the glyph of each character, the width of each glyph."""
    font = TTFontFile(str(_VERA))
    glyphs = dict(font.charToGlyph)
    widths = {glyphs[code]: width for code, width in font.charWidths.items() if code in glyphs}
    return stream(_VERA.read_bytes()), glyphs, [int(widths.get(glyph, 600)) for glyph in range(max(glyphs.values()) + 1)]


def _embedded(drawn: dict[int, str | None], said: dict[int, str], number: int, width: int | None = None) -> list[bytes]:
    """Return objects of an embedded font, from `number` on: what is drawn for each code (None: nothing), and what the map says of it."""
    file, glyphs, widths = _vera()
    picture = bytearray(2 * (max(drawn) + 1))
    advances = []
    for code, character in drawn.items():
        glyph = glyphs[ord(character or " ")]
        picture[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
        advances.append(b"%d [%d]" % (code, widths[glyph] if width is None else width))
    descriptor = b"<< /Type /FontDescriptor /FontName /AAAAAA+Vera /Flags 4 /FontBBox [-183 -236 1287 928] /ItalicAngle 0 /Ascent 928 "
    descendant = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Vera /FontDescriptor %d 0 R /CIDToGIDMap %d 0 R /W [%s] "
    return [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Vera /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
        % (number + 1, number + 2),
        descendant % (number + 3, number + 4, b" ".join(advances))
        + b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _map(said, 4),
        descriptor + b"/Descent -236 /CapHeight 730 /StemV 80 /FontFile2 %d 0 R >>" % (number + 5),
        stream(bytes(picture)),
        file,
    ]


def _font(drawn: Sequence[str | None], said: Sequence[str], width: int | None = None, size: int = 10, extra: bytes = b"") -> bytes:
    """Return a line in an embedded font that draws one text, and whose map says another."""
    codes = range(1, len(drawn) + 1)
    line = b"BT /F2 %d Tf %s 72 600 Td <%s> Tj ET" % (size, extra, b"".join(b"%04X" % code for code in codes))
    objects = _embedded(dict(zip(codes, drawn, strict=True)), dict(zip(codes, said, strict=True)), 6, width)
    return _pdf(line, *objects, fonts=b"/F2 6 0 R")


def ligature_in_a_map(drawn: str, said: Sequence[str], width: int | None = None) -> bytes:
    """Return a line whose font draws a ligature that its map spells."""
    return _font(list(drawn), said, width)


def _type_3(
    procedures: dict[str, bytes], number: int, said: dict[int, str] | None = None, widths: dict[str, int] | None = None
) -> list[bytes]:
    """Return objects of a font of drawn letters, from `number` on; a thousandth of the size is the unit."""
    names = {letter: b"g%d" % ord(letter) for letter in procedures}
    first, last = min(map(ord, procedures)), max(map(ord, procedures))
    differences = b" ".join(b"%d /%s" % (ord(letter), name) for letter, name in names.items())
    advances = b" ".join(b"%d" % (widths or {}).get(chr(code), 600) for code in range(first, last + 1))
    procs = b" ".join(b"/%s %d 0 R" % (name, number + 2 + index) for index, name in enumerate(names.values()))
    return [
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 -300 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << %s >> /Resources << >> "
        b"/Encoding << /Type /Encoding /Differences [%s] >> /FirstChar %d /LastChar %d /Widths [%s] /ToUnicode %d 0 R >>"
        % (procs, differences, first, last, advances, number + 1),
        _map(said or {ord(letter): letter for letter in procedures}),
        *(stream(body) for body in procedures.values()),
    ]


def _bitmap_letters(drawn: dict[str, str], pixels: int = 80) -> tuple[dict[str, bytes], dict[str, int]]:
    """Return letters as pictures, as TeX writes them: for each character the operators that draw another (or the same) one."""
    font = ImageFont.truetype(str(_VERA), pixels)
    scale = 1000 / pixels
    procedures, widths = {}, {}
    for letter, shape in drawn.items():
        x0, y0, x1, y1 = (int(edge) for edge in font.getbbox(shape, anchor="ls"))
        widths[letter] = int(font.getlength(shape) * scale)
        if x1 <= x0 or y1 <= y0:
            procedures[letter] = b"%d 0 d0" % widths[letter]
            continue
        mask = Image.new("1", (x1 - x0, y1 - y0), 1)
        ImageDraw.Draw(mask).text((-x0, -y0), shape, 0, font=font, anchor="ls")
        box = b"%d %d %d %d" % (x0 * scale, -y1 * scale, x1 * scale, -y0 * scale)
        procedures[letter] = b"%d 0 %s d1 q %g 0 0 %g %g %g cm BI /W %d /H %d /IM true /BPC 1 /D [0 1] ID %s EI Q" % (
            widths[letter], box, (x1 - x0) * scale, (y1 - y0) * scale, x0 * scale, -y1 * scale, x1 - x0, y1 - y0, mask.tobytes(),
        )  # fmt: skip
    return procedures, widths


def _bitmap_font(drawn: dict[str, str]) -> bytes:
    return _pdf(_text(font=b"/F2 10 Tf"), *_type_3(*_with(_bitmap_letters(drawn), 6)), fonts=b"/F2 6 0 R")


def _with(letters: tuple[dict[str, bytes], dict[str, int]], number: int) -> tuple:
    return letters[0], number, None, letters[1]


_SQUARE = b"600 0 0 -200 600 800 d1 0 -200 600 1000 re f"
_BLOCK = {"x": _SQUARE}


def _blocks(content: bytes, said: str = "█", procedure: bytes = _SQUARE) -> bytes:
    """Return a page on which /F2 is a font whose x is a solid block."""
    return _pdf(content, *_type_3({"x": procedure}, 6, {120: said}), fonts=b"/F2 6 0 R")


def _form(content: bytes, entries: bytes = b"", box: bytes = b"0 0 600 850") -> bytes:
    return stream(content, b"/Type /XObject /Subtype /Form /BBox [%s] %s /Resources << /Font << /F1 4 0 R >> >>" % (box, entries))


def _nested_forms(content: bytes, depth: int) -> list[bytes]:
    """Return objects from number 6 on: forms that each draw the next one, the last of them `content`."""
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 600 850] /Resources << /XObject << /X %d 0 R >> >>"
    return [*(stream(b"/X Do", entries % (7 + level)) for level in range(depth)), _form(content)]


def _noise(low: int, high: int, width: int = 150, height: int = 30) -> bytes:
    noise = random.Random(7)
    pixels = bytes(noise.randrange(low, high) for _ in range(width * height * 3))
    return _image(pixels, width, height)


def _image(pixels: bytes, width: int, height: int) -> bytes:
    entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceRGB" % (width, height)
    return stream(pixels, entries)


_X = b"/XObject << /X 6 0 R >>"
_PLACE = b"q 300 0 0 30 60 590 cm /X Do Q "  # where an image /X covers the planted line
_HALFTONE = (
    b"/ColorSpace /DeviceRGB /Function << /FunctionType 2 /Domain [0 1] /C0 [%s] /C1 [%s] /N 1 >> /Coords [60 0 360 0] /Extend [true true]"
)


def _shading(start: bytes, end: bytes) -> bytes:
    return b"<< /ShadingType 2 %s >>" % (_HALFTONE % (start, end))


_DARK = _shading(b"0.1 0.2 0.6", b"0.6 0.1 0.3")


def _layer(content: bytes, group: bytes, config: bytes, *more: bytes) -> bytes:
    """Return a page with a layer: /L is object 6, an optional content group or what `group` says; groups are 7 and `more` from 8."""
    catalog = b"/OCProperties << /OCGs [7 0 R] /D << /Order [7 0 R] %s >> >>" % config
    return _pdf(content, group, more[0] if more else _OCG, *more[1:], resources=b"/Properties << /L 6 0 R /G 7 0 R >>", catalog=catalog)


_OCG = b"<< /Type /OCG /Name (layer) >>"
_OFF = b"/OFF [7 0 R]"
_IN_LAYER = b"/OC /L BDC " + _text() + b"EMC "
_PRINT = b"<< /Type /OCG /Name (print) /Usage << /Print << /PrintState /ON >> /View << /ViewState /OFF >> >> >>"
_PRINT_AS = b"/AS [<< /Event /View /Category [/View] /OCGs [7 0 R] >> << /Event /Print /Category [/Print] /OCGs [7 0 R] >>]"


def _state(entries: bytes, content: bytes, *more: bytes) -> bytes:
    return _pdf(content, *more, resources=b"/ExtGState << /E << %s >> >> /XObject << /X 6 0 R >>" % entries)


_PAPER = b"q 1 g 60 590 300 30 re f Q "  # what is blended with: a page itself has nothing to blend with


def _mask(content: bytes) -> bytes:
    """Return a form of grey for a soft mask."""
    return stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 600 850] /Group << /S /Transparency /CS /DeviceGray >>")


def _annotated(content: bytes, annotation: bytes, *more: bytes) -> bytes:
    return _pdf(content, annotation, *more, page=b"/Annots [6 0 R]")


def _tiling(cell: bytes, colour: bytes = b"") -> bytes:
    entries = b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 /Resources << >>"
    return stream(cell, entries + colour)


def _swapped(pairs: str = "kafkexprtndubsg", other: str = "wienrostchlymcv") -> dict[int, str]:
    """Return a map that says other letters than are drawn: the first that differ, for a text whose drawn letters are ordinary ones."""
    return {ord(drawn): said for said, drawn in zip(dict.fromkeys(pairs), dict.fromkeys(other), strict=False)}


_WAITER = "waited on tables for nine years.."
"""What is drawn where the map says PLANTED."""
_MEANINGLESS = {code: chr(0xE000 + code) for code in range(97, 123)}
_ONE_GLYPH = {ord("x"): PLANTED}

HIDDEN: dict[str, Device] = {
    # what is said is not what is drawn
    "actual text": (_pdf(_span(PLANTED, _text(b"Waited on tables"))), ["Waited on tables"]),
    "actual text by name": (
        _pdf(b"/Span /A BDC " + _text(b"Waited on tables") + b"EMC", b"<< /ActualText %s >>" % _hex(PLANTED), resources=b"/Properties << /A 6 0 R >>"),
        ["Waited on tables"],
    ),
    "actual text of a blank": (_pdf(_span(PLANTED, _text(b" "))), []),
    "actual text goes on": (_pdf(_span("Waited on tables, " + PLANTED, _text(b"Waited on tables"))), ["Waited on tables"]),
    "actual text around another": (_pdf(_span(PLANTED, _span("Waited", _text(b"Waited")) + _text(b" on tables", 104))), ["Waited on tables"]),
    "actual text of each letter": (
        _pdf(b"".join(_span(said, _text(drawn.encode(), 72 + 7 * index)) for index, (said, drawn) in enumerate(zip(PLANTED.replace(" ", ""), "Waited on tables for some years".replace(" ", ""), strict=False)))),
        ["Waitedontablesforsomeyears"],
    ),
    "actual text in a form": (_pdf(b"/X Do", _form(_span(PLANTED, _text(b"Waited on tables"))), resources=_X), ["Waited on tables"]),
    "actual text in forms in forms": (_pdf(b"/X Do", *_nested_forms(_span(PLANTED, _text(b"Waited on tables")), 20), resources=_X), ["Waited on tables"]),
    "actual text of icons": (_pdf(_span(PLANTED, _text(b"xx", font=b"/F2 10 Tf")), *_type_3(_BLOCK, 6, {120: "\ue001"}), fonts=b"/F2 6 0 R"), ["••"]),
    "alternate and expansion": (_pdf(b"/Span << /Alt %s /E %s >> BDC %s EMC" % (_hex(PLANTED), _hex(PLANTED), _text(b"Waited"))), ["Waited"]),
    "map of swapped letters": (_pdf(_text(_WAITER.encode(), font=b"/F2 10 Tf"), _helvetica(7), _map({ord(a): b for a, b in zip("waitedonblsfrny", "kupbrtexcagsfdw", strict=True)}), fonts=b"/F2 6 0 R"), []),
    "map of an embedded font": (_font(list(_WAITER[: len(PLANTED)]), list(PLANTED)), []),
    "glyph pictures of other letters": (_bitmap_font(dict(zip("kafkexprtndubsg ", "woinpryteqslthm ", strict=True))), []),
    "one glyph for a sentence": (_pdf(_text(b"Waited x on tables", font=b"/F2 10 Tf"), _helvetica(7), _map(_ONE_GLYPH | {c: chr(c) for c in b"Waited on tables"}), fonts=b"/F2 6 0 R"), ["Waited on tables"]),
    "a blank for a sentence": (_pdf(_text(b"Waited on", font=b"/F2 10 Tf"), _helvetica(7), _map({32: f" {PLANTED} "} | {c: chr(c) for c in b"Waited" + b"on"}), fonts=b"/F2 6 0 R"), ["Waited on"]),
    "words for letters": (_pdf(_text(b"Waited", font=b"/F2 10 Tf"), _helvetica(7), _map(dict(zip(b"Waited", ["kafka ", "expert ", "and ", "kubernetes ", "guru ", "flink "], strict=True))), fonts=b"/F2 6 0 R"), []),
    "letters drawn as dots": (_font(["."] * len(PLANTED), list(PLANTED), width=500), []),
    "letters drawn as squares": (_pdf(_text(font=b"/F2 10 Tf"), *_type_3({chr(c): _SQUARE for c in {*_P}}, 6), fonts=b"/F2 6 0 R"), []),
    "letters drawn as blanks": (_font([None] * len(PLANTED), list(PLANTED), width=500), []),
    "letters drawn as nothing": (_pdf(_text(font=b"/F2 10 Tf"), *_type_3({chr(c): b"600 0 d0" for c in {*_P}}, 6), fonts=b"/F2 6 0 R"), []),
    # under other letters
    "under blocks": (_blocks(_text() + _text(b"x" * 30, font=b"/F2 10 Tf")), ["█" * 30]),
    "under white blocks": (_blocks(_text() + b"1 g " + _text(b"x" * 30, font=b"/F2 10 Tf")), []),
    "under letters drawn as blocks": (_blocks(_text() + _text(b"x" * 30, font=b"/F2 10 Tf"), "i"), ["i" * 30]),
    "over black blocks": (_blocks(_text(b"x" * 30, font=b"/F2 10 Tf") + _text()), ["█" * 30]),
    "under blocks of one text": (_blocks(b"BT 72 600 Td /F1 10 Tf (%s) Tj /F2 10 Tf [16000 (%s)] TJ ET" % (_P, b"x" * 30)), ["█" * 30]),
    "under a huge hyphen": (_pdf(_text() + b"1 g " + _text(b"-", 20, 375, b"/F1 900 Tf")), []),
    "under a huge white stop": (_pdf(_text() + b"1 g " + _text(b".", -72, 540, b"/F1 1500 Tf")), []),
    "all in one place": (_pdf(_text(before=b"-5.6 Tc")), ["t"]),
    "letters on letters": (_pdf(b"BT /F1 10 Tf 72 600 Td [%s] TJ ET" % b" ".join(b"(%c) %d" % (c, w) for c, w in zip(_P.replace(b" ", b""), [556] * 40, strict=False))), []),
    "no advance": (_font(list(PLANTED), list(PLANTED), width=0), []),
    "many texts in one place": (_pdf(b"".join(_text(text) for text in (_P, b"flink and spark architect 12 y", b"head of engineering at a bank", b"doctor of computer science ab"))), []),
    # letters that are but a clip
    "clip, and a shading beside it": (_pdf(b"q " + _text(before=b"7 Tr") + b"Q q 60 590 300 30 re W n /S sh Q", _DARK, resources=b"/Shading << /S 6 0 R >>"), []),
    "clip, and a picture over it": (_pdf(b"q " + _text(before=b"7 Tr") + b"Q " + _PLACE, _noise(0, 255), resources=_X), []),
    "clip, and stripes over it": (_pdf(b"q " + _text(before=b"7 Tr") + b"Q " + b"".join(b"60 %g 300 1.5 re f " % (590 + 3 * n) for n in range(8))), []),
    "clip filled with white": (_pdf(b"q " + _text(before=b"7 Tr") + b"1 g 60 590 300 30 re f Q"), []),
    "clip of white letters": (_pdf(b"q 1 g " + _text(before=b"4 Tr") + b"Q"), []),
    "invisible on a picture": (_pdf(_PLACE + _text(before=b"3 Tr"), _noise(0, 255), resources=_X), []),
    # layers
    "layer off by base state": (_layer(_IN_LAYER, b"<< /Type /OCMD /OCGs 7 0 R >>", b"/BaseState /OFF"), []),
    "layer of a membership": (_layer(_IN_LAYER, b"<< /Type /OCMD /OCGs [7 0 R] /P /AllOff >>", b""), []),
    "layer of an expression": (_layer(_IN_LAYER, b"<< /Type /OCMD /OCGs [7 0 R] /VE [/Not 7 0 R] >>", b""), []),
    "layer for print only": (_layer(b"/OC /G BDC " + _text() + b"EMC", _OCG, _PRINT_AS, _PRINT), []),
    "layer in a layer": (_layer(b"/OC /G BDC /Span << /MCID 0 >> BDC " + _text() + b"EMC EMC", _OCG, _OFF), []),
    "form in a layer": (_pdf(b"/X Do", _form(_text(), b"/OC 7 0 R"), _OCG, resources=_X, catalog=b"/OCProperties << /OCGs [7 0 R] /D << /OFF [7 0 R] >> >>"), []),
    # place and size
    "cropped": (_pdf(_text(y=60), page=b"/CropBox [0 100 595 842]"), []),
    "cropped and turned": (_pdf(_text(y=60), page=b"/CropBox [0 100 595 842] /Rotate 90"), []),
    "edge of the page": (_pdf(_text(y=-6.6)), []),
    "a hairline left by a box": (_pdf(_text() + b"1 g 60 600.8 300 20 re f 60 580 300 20 re f"), []),
    "a hairline left by a clip": (_pdf(b"q 60 600 300 0.8 re W n " + _text() + b"Q"), []),
    "a hairline above a box": (_pdf(_text() + b"1 g 60 590 300 16.6 re f"), []),
    "outside of a form's box": (_pdf(b"/X Do", _form(_text(), box=b"0 0 600 500"), resources=_X), []),
    "empty clip": (_pdf(b"q 0 0 0 0 re W n " + _text() + b"Q"), []),
    "matrix of nothing": (_pdf(b"BT /F1 10 Tf 0 0 0 0 72 600 Tm (%s) Tj ET" % _P), []),
    "scale of nothing": (_pdf(_text(before=b"0 Tz")), []),
    "size of nothing": (_pdf(_text(font=b"/F1 0.01 Tf")), []),
    "tiny in a form": (_pdf(b"q 0.05 0 0 0.05 72 600 cm /X Do Q", _form(_text(x=0, y=0)), resources=_X), []),
    # covers
    "under a picture": (_pdf(_text() + _PLACE, _noise(250, 255), resources=_X), []),
    "under an inline picture": (_pdf(_text() + b"q 300 0 0 30 60 590 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q"), []),
    "under a shading": (_pdf(_text() + b"q 60 590 300 30 re W n /S sh Q", _DARK, resources=b"/Shading << /S 6 0 R >>"), []),
    "under a pattern": (_pdf(_text() + b"/Pattern cs /P scn 60 590 300 30 re f", _tiling(b"0.8 g 0 0 10 10 re f"), resources=b"/Pattern << /P 6 0 R >>"), []),
    "under a form": (_pdf(_text() + b"/X Do", _form(b"1 g 60 590 300 30 re f"), resources=_X), []),
    "under a thick line": (_pdf(_text() + b"1 G 30 w 60 603 m 400 603 l S"), []),
    "under an annotation": (
        _annotated(_text(), b"<< /Type /Annot /Subtype /Square /Rect [60 590 360 620] /F 4 /IC [1 1 1] /C [1 1 1] /AP << /N 7 0 R >> >>", stream(b"1 g 0 0 300 30 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 300 30]")),
        [],
    ),
    # transparency
    "alpha of nothing": (_state(b"/ca 0", b"/E gs " + _text()), []),
    "soft mask of black": (_state(b"/SMask << /S /Luminosity /G 6 0 R >>", b"/E gs " + _text(), _mask(b"0 g 0 0 600 850 re f")), []),
    "screen on white": (_state(b"/BM /Screen", _PAPER + b"/E gs " + _text()), []),
    "lighten on white": (_state(b"/BM /Lighten", _PAPER + b"/E gs " + _text()), []),
    "white multiplied": (_state(b"/BM /Multiply", b"0.5 g 60 590 300 30 re f /E gs 1 g " + _text()), []),
    "whitened by a box": (_state(b"/BM /ColorDodge", _PAPER + b"0 0 1 rg " + _text() + b"/E gs 1 g 60 590 300 30 re f"), []),
    "form of alpha nothing": (_state(b"/ca 0", b"/E gs /X Do", _form(_text(), b"/Group << /S /Transparency >>")), []),
    # colour
    "white on a white picture": (_pdf(_PLACE + b"1 g " + _text(), _noise(245, 255), resources=_X), []),
    "white on a white pattern": (_pdf(b"/Pattern cs /P scn 60 590 300 30 re f 1 g " + _text(), _tiling(b"0.97 g 0 0 10 10 re f"), resources=b"/Pattern << /P 6 0 R >>"), []),
    "filled with a white pattern": (_pdf(b"/Pattern cs /P scn " + _text(), _tiling(b"1 g 0 0 10 10 re f"), resources=b"/Pattern << /P 6 0 R >>"), []),
    "filled with an empty pattern": (_pdf(b"/Pattern cs /P scn " + _text(), _tiling(b""), resources=b"/Pattern << /P 6 0 R >>"), []),
    "pale yellow on white": (_pdf(b"1 1 0.82 rg " + _text()), []),
    "pale cyan on white": (_pdf(b"0.93 1 1 rg " + _text()), []),
    "navy on black": (_pdf(b"0 g 60 590 300 30 re f 0 0 0.2 rg " + _text()), []),
    "white outline": (_pdf(b"1 G 0.1 w " + _text(before=b"1 Tr")), []),
    "nearly white, letter by letter": (_pdf(b"".join(b"0.94 g " + _text(b"%c" % a, x) + b"0 g " + _text(b"%c" % b, x, 500) for x, a, b in zip(range(72, 600, 8), _P.replace(b" ", b""), b"waited on tables for some years", strict=False))), ["waited on tables for some ye"]),
    "slanted and nearly white": (_pdf(b"0.96 g " + b"".join(b"BT /F1 10 Tf 0.97 0.24 -0.24 0.97 72 %d Tm (%s %d) Tj ET " % (500 - 12 * n, _P, n) for n in range(8))), []),
    # not on the page
    "note of a form field": (_annotated(b"", b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (%s) /F 2 /Rect [0 0 0 0] >>" % _P), []),
    "free text that is hidden": (_annotated(b"", b"<< /Type /Annot /Subtype /FreeText /F 2 /Contents (%s) /Rect [60 590 360 620] /DA (/F1 10 Tf) >>" % _P), []),
    "object of no page": (_pdf(b"", _form(_text())), []),
    "page of no tree": (_pdf(b"", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /Resources << /Font << /F1 4 0 R >> >> >>", stream(_text())), []),
    "embedded file": (_pdf(b"", b"<< /Type /Filespec /F (a.txt) /EF << /F 7 0 R >> >>", stream(_P, b"/Type /EmbeddedFile"), catalog=b"/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>"), []),
    "xfa": (_pdf(b"", stream(b"<xdp><t>%s</t></xdp>" % _P), catalog=b"/AcroForm << /XFA 6 0 R /Fields [] >>"), []),
    "structure": (_pdf(b"/P << /MCID 0 >> BDC " + _text(b"Waited") + b"EMC", b"<< /Type /StructTreeRoot /K 7 0 R >>", b"<< /S /P /P 6 0 R /K 0 /Pg 3 0 R /ActualText (%s) /Alt (%s) /E (%s) >>" % (_P, _P, _P), page=b"/StructParents 0", catalog=b"/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>"), ["Waited"]),
}  # fmt: skip


def _with_old_version() -> Device:
    """Return a file saved twice: the first version of its page has the text, the second not."""
    old = _pdf(_text())
    start, size = len(old), old.rindex(b"startxref")
    new = old + b"5 0 obj\n%s\nendobj\n" % stream(b"BT /F1 12 Tf 72 720 Td (%s) Tj ET " % FIRST.encode())
    before = int(old[size:].split()[1])
    xref = b"xref\n5 1\n%010d 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (start, before, len(new))
    return new + xref, []


HIDDEN["an old version"] = _with_old_version()

_SAME = [PLANTED]


def _large_unit() -> bytes:
    """Return a page of which one unit is ten points."""
    lines = b"".join(b"BT /F1 1.2 Tf 7 %d Td (%s) Tj ET " % (y, text) for y, text in ((70, FIRST.encode()), (60, _P)))
    page = b"<< /Type /Page /Parent 2 0 R /UserUnit 10 /MediaBox [0 0 60 84] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>"
    pages, font = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, font, stream(lines))


SEEN: dict[str, Device] = {
    "actual text that is the same": (_pdf(_span(PLANTED, _text())), _SAME),
    "actual text of a ligature": (_pdf(_span("fi", _text(b"fi")) + _text(b"nds", 77)), ["finds"]),
    "actual text of a capital": (_pdf(_span("The", _text(b"T")) + _text(b"he team", 78.2)), ["The team"]),
    "actual text of an icon": (_pdf(_span("Phone", _text(b"x", font=b"/F2 10 Tf")) + _text(b"0700 900418", 90), *_type_3(_BLOCK, 6, {120: "\uf095"}), fonts=b"/F2 6 0 R"), ["• 0700 900418"]),
    "actual text of glyphs without a map": (_pdf(b"".join(_span(c, _text(c.encode(), 72 + 6 * n, font=b"/F2 10 Tf")) for n, c in enumerate("kubernetes")), *_type_3(*_bitmap_letters({c: c for c in "kuberntes"})[:1], 6, {ord(c): chr(0xE000 + ord(c)) for c in "kuberntes"}, _bitmap_letters({c: c for c in "kuberntes"})[1]), fonts=b"/F2 6 0 R"), ["kubernetes"]),
    "actual text of a hyphen": (_pdf(_text(b"kuber") + _span("\u00ad", _text(b"-", 97)) + _text(b"netes and java", y=585)), ["kuber-", "netes and java"]),
    "an embedded font": (_font(list(PLANTED), list(PLANTED)), _SAME),
    "small capitals": (_font(list(PLANTED.upper()), list(PLANTED)), _SAME),
    "glyph pictures": (_bitmap_font({c: c for c in PLANTED}), _SAME),
    "ligatures in a map": (_font(["a", " ", "\ufb01", "r", "s", "t", " ", "\ufb02", "o", "w"], ["a", " ", "fi", "r", "s", "t", " ", "fl", "o", "w"]), ["a first flow"]),
    "a bar of blocks": (_blocks(_text(b"Java ") + _text(b"x" * 8, 110, font=b"/F2 10 Tf") + _text(b"90%", 180)), ["Java ████████ 90%"]),
    "stars on stars": (_pdf(_text(b"Java ") + _text(b"*****", 110) + b"0.6 g " + _text(b"***", 110)), ["Java *****"]),
    "accents over letters": (_pdf(_text(b"Sen") + _text(b"n", 90) + _text(b"\x98", 91.5) + _text(b"or engineer", 96)), ["Senn˜or engineer"]),
    "tight letters": (_pdf(_text(before=b"-0.8 Tc 92 Tz")), _SAME),
    "underlined by letters": (_pdf(_text() + _text(b"_" * 27)), [PLANTED + "_" * 27]),
    "struck out by letters": (_pdf(_text() + _text(b"-" * 45)), [PLANTED + "-" * 45]),
    "fake bold of pieces": (_pdf(_text() + _text(b"kafka expert ") + _text(b"and kubernetes guru", 130.6)), [PLANTED + PLANTED]),
    "clip over a shading": (_pdf(b"q " + _text(before=b"7 Tr") + b"/S sh Q", _DARK, resources=b"/Shading << /S 6 0 R >>"), _SAME),
    "clip over a picture": (_pdf(b"q " + _text(before=b"7 Tr") + _PLACE + b"Q", _noise(0, 140), resources=_X), _SAME),
    "clip over a box": (_pdf(b"q " + _text(before=b"7 Tr") + b"0 0 1 rg 60 590 300 30 re f Q"), _SAME),
    "clip of a white text on blue": (_pdf(b"0 0 0.6 rg 60 590 300 30 re f q " + _text(before=b"7 Tr") + b"1 g 60 590 300 30 re f Q"), _SAME),
    "layer that is on": (_layer(_IN_LAYER, b"<< /Type /OCMD /OCGs 7 0 R >>", b""), _SAME),
    "layer for the screen": (_layer(b"/OC /G BDC " + _text() + b"EMC", _OCG, _PRINT_AS, b"<< /Type /OCG /Name (view) /Usage << /Print << /PrintState /OFF >> /View << /ViewState /ON >> >> >>"), _SAME),
    "screen on nothing": (_state(b"/BM /Screen", b"/E gs " + _text()), _SAME),
    "artifact": (_pdf(b"/Artifact << /Type /Pagination >> BDC " + _text() + b"EMC"), _SAME),
    "white on a dark shading": (_pdf(b"q 60 590 300 30 re W n /S sh Q 1 g " + _text(), _DARK, resources=b"/Shading << /S 6 0 R >>"), _SAME),
    "white on a dark pattern": (_pdf(b"/Pattern cs /P scn 60 590 300 30 re f 1 g " + _text(), _tiling(b"0 0 0.4 rg 0 0 10 10 re f"), resources=b"/Pattern << /P 6 0 R >>"), _SAME),
    "difference on white": (_state(b"/BM /Difference", _PAPER + b"/E gs 1 g " + _text()), _SAME),
    "filled with a dark pattern": (_pdf(b"/Pattern cs /P scn " + _text(), _tiling(b"0 0 0.4 rg 0 0 10 10 re f"), resources=b"/Pattern << /P 6 0 R >>"), _SAME),
    "filled with a shading": (_pdf(b"/Pattern cs /P scn " + _text(), b"<< /Type /Pattern /PatternType 2 /Shading 7 0 R >>", _DARK, resources=b"/Pattern << /P 6 0 R >>"), _SAME),
    "a large unit": (_large_unit(), _SAME),
    "yellow on navy": (_pdf(b"0 0 0.3 rg 60 590 300 30 re f 1 1 0 rg " + _text()), _SAME),
    "blue on white": (_pdf(b"0 0 1 rg " + _text()), _SAME),
    "grey on white": (_pdf(b"0.75 g " + _text()), _SAME),
    "a highlight": (_annotated(_text(), b"<< /Type /Annot /Subtype /Highlight /Rect [60 590 360 620] /F 4 /C [1 1 0] /QuadPoints [60 620 360 620 60 590 360 590] >>"), _SAME),
    "a large watermark over it": (_pdf(_text() + b"0.85 g BT /F1 90 Tf 0.7 0.7 -0.7 0.7 120 450 Tm (DRAFT COPY) Tj ET"), [PLANTED, "DRAFT COPY"]),
    "a large watermark under it": (_pdf(b"0.85 g BT /F1 90 Tf 0.7 0.7 -0.7 0.7 120 450 Tm (DRAFT COPY) Tj ET 0 g " + _text()), [PLANTED, "DRAFT COPY"]),
    "a soft mask that fades": (_state(b"/SMask << /S /Luminosity /G 6 0 R >>", b"/E gs " + _text(), _mask(b"0.7 g 0 0 600 850 re f")), _SAME),
    "half of the letters in view": (_pdf(_text() + b"1 g 60 580 300 22.5 re f"), _SAME),
}  # fmt: skip

NOT_ON_THE_PAGE = {
    "alternate and expansion", "matrix of nothing", "scale of nothing", "note of a form field", "free text that is hidden",
    "object of no page", "page of no tree", "embedded file", "xfa", "structure", "an old version",
}  # fmt: skip
"""Of HIDDEN: what no reader of the page's text comes upon, so that there is nothing to note."""


def _scattered(number: int, before: bytes = b"") -> bytes:
    return _text(b"%c" % (97 + number % 26), 20 + number * 7 % 560, 20 + number * 13 % 680, before=before)


def nested_spans(depth: int) -> bytes:
    return _pdf(b"/Span << /ActualText (k) >> BDC " * depth + _text() + b"EMC " * depth)


FULL: dict[str, Callable[[int], bytes]] = {
    "texts": lambda count: _pdf(b"".join(_scattered(number) for number in range(count))),
    "actual texts": lambda count: _pdf(b"".join(_span(f"kafka{number}", _scattered(number)) for number in range(count))),
    "letters on one another": lambda count: _pdf(
        b"BT /F1 10 Tf 72 600 Td [%s] TJ ET" % b" ".join(b"(%c) 500" % (97 + number % 26) for number in range(count))
    ),
    "invisible letters on a picture": lambda count: _pdf(
        b"q 595 0 0 700 0 0 cm /X Do Q " + b"".join(_scattered(number, b"3 Tr") for number in range(count)), _noise(0, 255), resources=_X
    ),
}
"""Pages with that many letters, each kind of which is much work in another way."""
