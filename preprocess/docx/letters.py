"""Read the text of runs of a Word file: letters, breaks, symbols, letters in a symbol font; find field codes, which nobody sees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.docx.ooxml import UNSHOWN, Element, local, value
from preprocess.docx.styles import Properties

BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": "\xad"}
_WINGDINGS = dict(
    zip(b"\x28\x2a\x6c\x6e\x6f\x71\x75\x76\x9f\xa1\xa4\xa7\xa8\xab\xd8\xdf\xe0\xe8\xfb\xfc\xfd\xfe", "☎✉●■□❑◆❖•○◉▪◻★➢←→➔✗✓☒☑", strict=True)
)
_WINGDINGS_2 = dict(zip(b"\x50\x51\x52\x53\x54\xa3", "✓☒☑☒☒□", strict=True))
_FONTS = {"Wingdings": _WINGDINGS, "Wingdings 2": _WINGDINGS_2}
_DRAWN_SIGNS = _WINGDINGS_2 | _WINGDINGS
"""Of typed letters the font is not asked: what is a box in Wingdings 2 is a bullet in none of the others."""
_DRAWN = r"\x21-\x7e\xa1-\xff\uf000-\uf0ff"
_PARTS = re.compile(f"[{_DRAWN}]+|[^{_DRAWN}]+")
_PART = 12  # letters
_FEW = 2  # letters; a bullet, an arrow or a tick


@dataclass
class TextRun:
    """One run: its formatting, whether it is in a symbol font, its texts in order, and the drawings anchored in it.

    `texts` pairs each text with whether it consists of letters; breaks do not.
    """

    formatting: Properties
    uses_symbol_font: bool = False
    texts: list[tuple[str, bool]] = field(default_factory=list)
    drawings: list[Element] = field(default_factory=list)

    @property
    def letters(self) -> str:
        """The text of the run without its breaks."""
        return "".join(text for text, is_lettered in self.texts if is_lettered)

    @property
    def breaks(self) -> int:
        """The number of line breaks in the run."""
        return sum(text == "\n" for text, is_lettered in self.texts if not is_lettered)

    def parts(self) -> "Iterator[TextRun]":
        """Yield the run cut into runs of a few letters each."""
        if self.uses_symbol_font:
            yield self
            return
        yield TextRun(self.formatting, drawings=self.drawings)
        for text, is_lettered in self.texts:
            for start in range(0, len(text), _PART):
                yield TextRun(self.formatting, texts=[(text[start : start + _PART], is_lettered)])


def text_of(piece: Element) -> str:
    """Return the text of a w:t, a w:sym or a break."""
    kind = local(piece)
    if kind == "t":
        return piece.text or ""
    if kind != "sym":
        return BREAKS[kind]
    try:
        code = int(value(piece, "char"), 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:  # a symbol font's private place, without meaning in any other font
        return _FONTS.get(value(piece, "font"), {}).get(code - 0xF000, "•")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD else ""


def read_symbol_text(text: str) -> tuple[str, str]:
    """Return a text in a symbol font as it looks, and the words that it does not show as words. Chinese comes from another font.

    One or two letters are a bullet, and no words.
    """
    parts = [(part, bool(re.match(f"[{_DRAWN}]", part))) for part in _PARTS.findall(text)]
    lost = " ".join(part for part, is_drawn in parts if is_drawn)
    if sum(len(part) for part, is_drawn in parts if is_drawn) > _FEW:
        return "".join(part for part, is_drawn in parts if not is_drawn), lost
    signs = ("".join(_DRAWN_SIGNS.get(ord(letter) & 0xFF, "•") for letter in part) if is_drawn else part for part, is_drawn in parts)
    return "".join(signs), ""


def field_code_texts(root: Element) -> set[Element]:
    """Return the w:t elements in field codes, between the start of a field and its result. A field that never ends hides nothing."""
    hidden: set[Element] = set()
    fields: list[tuple[bool, list[Element]]] = []  # whether the result has begun, and the texts of the code
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        name = local(element)
        if name == UNSHOWN:
            walk.skip_subtree()
        elif name == "fldChar":
            kind = value(element, "fldCharType")
            if kind == "begin":
                fields.append((False, []))
            elif fields and kind == "separate" and not fields[-1][0]:
                hidden.update(fields[-1][1])
                fields[-1] = (True, [])
            elif fields and kind == "end":
                in_result, texts = fields.pop()
                if not in_result:
                    hidden.update(texts)
        elif name == "t" and (open_code := next((texts for in_result, texts in reversed(fields[-20:]) if not in_result), None)) is not None:
            open_code.append(element)
    return hidden
