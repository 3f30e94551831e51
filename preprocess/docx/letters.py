"""The pieces of a run of a Word file → text: letters, breaks, symbols, and letters in a symbol font."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from preprocess.docx.ooxml import Element, local, value
from preprocess.docx.styles import Properties

BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
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
class Run:
    """One run: its looks, whether it is in a symbol font, its texts in order, and the drawings that hang on it.

    `texts` pairs each text with whether it consists of letters; breaks do not.
    """

    looks: Properties
    in_symbols: bool = False
    texts: list[tuple[str, bool]] = field(default_factory=list)
    drawings: list[Element] = field(default_factory=list)

    @property
    def letters(self) -> str:
        return "".join(text for text, is_lettered in self.texts if is_lettered)

    @property
    def breaks(self) -> int:
        return sum(text == "\n" for text, is_lettered in self.texts if not is_lettered)

    def parts(self) -> "Iterator[Run]":
        """Runs of a few letters each that are this one together."""
        if self.in_symbols:
            yield self
            return
        yield Run(self.looks, drawings=self.drawings)
        for text, is_lettered in self.texts:
            for start in range(0, len(text), _PART):
                yield Run(self.looks, texts=[(text[start : start + _PART], is_lettered)])


def text_of(piece: Element) -> str:
    """What a w:t, a w:sym or a break stands for."""
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


def drawn_as_signs(text: str) -> tuple[str, str]:
    """A text in a symbol font as it looks, and the words in it that do not look like words. Chinese comes from another font.

    One or two letters are a bullet, and no words.
    """
    parts = [(part, bool(re.match(f"[{_DRAWN}]", part))) for part in _PARTS.findall(text)]
    lost = " ".join(part for part, is_drawn in parts if is_drawn)
    if sum(len(part) for part, is_drawn in parts if is_drawn) > _FEW:
        return "".join(part for part, is_drawn in parts if not is_drawn), lost
    signs = ("".join(_DRAWN_SIGNS.get(ord(letter) & 0xFF, "•") for letter in part) if is_drawn else part for part, is_drawn in parts)
    return "".join(signs), ""
