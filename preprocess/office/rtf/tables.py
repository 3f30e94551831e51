"""Read the font table and the colour table of an RTF file, and its code page."""

from preprocess.docx.colours import Colour
from preprocess.office.blocks import Surface
from preprocess.office.rtf.code_pages import SYMBOL, by_charset, by_number, decoded

_FILE_WIDE = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


class Tables:
    """The tables that the head of a file declares, as they are read."""

    def __init__(self):
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._symbol_fonts: set[int] = set()
        self._font = 0  # the one that is being defined
        self._default_font = 0
        self._colours: list[Colour | None] = []
        self._colour: dict[str, int] = {}

    def declare(self, word: str, value: int) -> bool:
        """Heed a control word about the whole file; return whether it was one."""
        if word == "deff":
            self._default_font = value
        elif word == "ansicpg":
            self._code_page = by_number(value) if value else self._code_page
        elif word in _FILE_WIDE:
            self._code_page = _FILE_WIDE[word]
        else:
            return False
        return True

    def define_font(self, word: str, value: int) -> None:
        """Heed a control word of the font table."""
        if word == "f":
            self._font = value
        elif word == "fcharset":
            self._fonts[self._font] = by_charset(value)
            if value == SYMBOL:
                self._symbol_fonts.add(self._font)
        elif word == "cpg":
            self._fonts[self._font] = by_number(value)

    def define_colour(self, word: str, value: int) -> None:
        """Heed a control word of the colour table."""
        if word in ("red", "green", "blue"):
            self._colour[word] = value & 255

    def end_colours(self, count: int) -> None:
        """Add the colour whose parts were given, and further ones without any: automatic colours."""
        for _ in range(count):
            parts, self._colour = self._colour, {}
            self._colours.append((parts.get("red", 0), parts.get("green", 0), parts.get("blue", 0)) if parts else None)

    def decoded(self, raw: bytes, font: int | None) -> str:
        """Decode text in a font (None: the default one)."""
        return decoded(raw, self._fonts.get(self._default_font if font is None else font, ""), self._code_page)

    def is_symbol(self, font: int | None) -> bool:
        """Return whether the letters of a font are drawn as signs."""
        return font in self._symbol_fonts

    def colour(self, number: int) -> Colour | None:
        """Return a colour of the table by number; None for the automatic one, or one that is not in the table."""
        return self._colours[number] if 0 < number < len(self._colours) else None

    def shade(self, number: int) -> Surface | None:
        """Return what is painted in a colour."""
        colour = self.colour(number)
        return Surface(colour) if colour else None
