"""Glyphs that a PDF gives no character, or the wrong one: ligatures by name, drawn hyphens, icons."""

import pytest

from preprocess.layout.glyphs import fragments_of
from preprocess.pdf.glyph_meanings import named_text
from preprocess.pdf.reader import read_pdf
from preprocess.pdf.text import open_pdf, read_page
from tests.data.hidden_devices import ligature_in_a_map
from tests.data.make_pdf import one_page, stream
from tests.each import each

ENOUGH = b"Java developer with ten years of experience in trade and banking, many projects and no open notes"


def read(content: bytes, font: bytes, *more: bytes) -> list[str]:
    """Return the lines of a page with text in Helvetica (F1), then `content`, where F2 is `font` (object 6); `more` objects follow it."""
    text = b"BT /F1 11 Tf 60 780 Td (%s) Tj ET " % ENOUGH
    data = one_page(b"5 0 R", stream(text + content), font, *more, resources=b"/Font << /F1 4 0 R /F2 6 0 R >>")
    return [line.text for line in read_pdf(data, "a.pdf").pages[0].lines if line.text != ENOUGH.decode()]


def helvetica(differences: bytes, name: bytes = b"Helvetica") -> bytes:
    """Return Helvetica with other glyph names for the codes from 1, everything half an em wide, and without a map to characters."""
    entries = b"/FirstChar 1 /LastChar 126 /Widths [%s] " % (b"500 " * 126)
    encoding = b"/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 %s] >>" % differences
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s %s%s >>" % (name, entries, encoding)


def mapped_to(code: bytes) -> tuple[bytes, bytes]:
    """Return Helvetica and its map, by which the hyphen is another character."""
    entries = b"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfrange <20> <2C> <0020> <2E> <7E> <002E> endbfrange"
    cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def %s 1 beginbfchar <2D> <%s>" % (
        entries,
        code,
    )
    end = b" endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 7 0 R >>"
    return font, stream(cmap + end)


@pytest.mark.parametrize(
    "code", [b"00AD", b"2010", b"2011", b"0002", b"001E", b"FFFE", b"200B", b"FFFD", b"0000", b"007F", b"E000", b"2060"]
)
def test_a_hyphen_that_is_drawn_is_one_whatever_the_map_says(code: bytes) -> None:
    content = b"BT /F2 11 Tf 60 700 Td (A real-time search, 2016 - 2023) Tj 0 -40 Td (0131-496-0148) Tj ET"
    text_lines = [line.replace("\u2010", "-").replace("\u2011", "-") for line in read(content, *mapped_to(code))]
    assert text_lines == ["A real-time search, 2016 - 2023", "0131-496-0148"]


def test_ligatures_are_read_by_their_names() -> None:
    content = b"BT /F2 11 Tf 60 700 Td (O\\001ce e\\001cient \\002e a\\003or sta\\004 \\005le) Tj ET"
    assert read(content, helvetica(b"/f_f_i /T_h /c_t /f_f /uni00660069")) == ["Office efficient The actor staff file"]


@each("width", [None, 500, 800])
def test_a_ligature_that_the_map_spells_is_as_wide_as_it_is_drawn(width: int | None) -> None:
    pdf = ligature_in_a_map("ce\ufb01es", ["c", "e", "fi", "e", "s"], width)
    assert "cefies" in [fragment.text for fragment in fragments_of(read_page(open_pdf(pdf), 0).glyphs)]


def test_a_glyph_in_a_word_that_nothing_explains_is_a_gap() -> None:
    assert read(b"BT /F2 11 Tf 60 700 Td (e\\001cient) Tj ET", helvetica(b"/g123")) == ["e cient"]


_BLOCKS = b"<< /phone 7 0 R /mail 7 0 R /map_marker 7 0 R >>"
_TYPE_3 = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 1 /LastChar 3 /Resources << >> "
    b"/Widths [800 800 800] /CharProcs %s /Encoding << /Type /Encoding /Differences [1 /phone /mail /map_marker] >> >>" % _BLOCKS
)


@each(
    "font",
    [
        *(helvetica(b"/R /C /Q", name) for name in (b"ABCDEF+FontAwesome", b"MarVoSym", b"MaterialIcons-Regular", b"Wingdings")),
        _TYPE_3,
    ],
)
def test_icons_are_bullets(font: bytes) -> None:
    content = b"".join(
        b"BT /F2 11 Tf 60 %d Td (\\00%d) Tj ET BT /F1 11 Tf 78 %d Td (%s) Tj ET " % (700 - 18 * row, row + 1, 700 - 18 * row, text)
        for row, text in enumerate((b"0131 496 0177", b"jocasta@example.org", b"Lower Piddock"))
    )
    seen = read(content, font, stream(b"800 0 0 0 700 700 d1 0 0 700 700 re f"))
    assert seen == ["• 0131 496 0177", "• jocasta@example.org", "• Lower Piddock"]


@each("code, sign", [(b"n", "■"), (b"\\376", "☑"), (b"v", "•")])
def test_letters_in_an_icon_font_are_none(code: bytes, sign: str) -> None:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Wingdings-Regular /Encoding /WinAnsiEncoding >>"
    seen = read(b"BT /F2 11 Tf 60 700 Td (%s) Tj ET BT /F1 11 Tf 78 700 Td (Managed a team) Tj ET" % code, font)
    assert seen == [f"{sign} Managed a team"]


@each(
    "name, text",
    [
        ("f_f_i", "ffi"),
        ("T_h", "Th"),
        ("f_i.liga", "fi"),
        ("one.oldstyle", "1"),
        ("uni00660066", "ff"),
        ("u1F600", "😀"),
        ("sfthyphen", "-"),
        ("Aacute", "Á"),
        ("phone", ""),
        ("g12", ""),
        ("f_f_", ""),
        ("uniE001", ""),
        ("", ""),
    ],
)
def test_names(name: str, text: str) -> None:
    assert named_text(name) == text
