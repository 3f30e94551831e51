"""Render paragraphs, table rows and text boxes of an office file as lines of visible text. Readers build the blocks; knows no format."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from preprocess.docx.colours import WHITE, Colour, is_readable
from preprocess.docx.geometry import Visibility
from preprocess.docx.letters import read_symbol_text
from preprocess.docx.table import join_row

_MIN_SIZE = 2.0  # points; as in DOCX
_SMALL = 3.5  # points; nobody reads that on paper
_SYMBOLS = re.compile("[\uf020-\uf0ff]")  # where symbol fonts keep their signs
_UNUSABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ue000-\uf8ff]")


@dataclass(frozen=True)
class Surface:
    """The ground behind letters: its colour, None for any; `is_sure` is False where a drawing may lie in between."""

    colour: Colour | None
    is_sure: bool = True


PAGE = Surface(WHITE)


@dataclass(frozen=True)
class Look:
    """The formatting of letters that decides whether a person sees them. `size` is in points."""

    is_hidden: bool = False
    size: float = 10.0
    colour: Colour | None = None
    """None for the automatic one, which always contrasts."""

    surface: Surface | None = None
    """What the letters or their paragraph paint behind them; None: nothing."""

    is_symbol: bool = False
    """True if Latin letters are drawn as the signs of a symbol font."""


@dataclass
class Paragraph:
    """Letters in runs of one look; "\\n" is a line break."""

    runs: list[tuple[str, Look]]
    is_item: bool = False


@dataclass
class Container:
    """A table cell or a text box, with what it paints behind its blocks (None: nothing)."""

    blocks: "list[Block]" = field(default_factory=list)
    surface: Surface | None = None
    is_hidden: bool = False


@dataclass
class TableRow:
    """A row of a table; its cells stand side by side."""

    cells: list[Container]


@dataclass(frozen=True)
class PictureBlock:
    """A picture: its part, what is cut off on each side (shares), its size in points, and the share of the page that it takes."""

    path: str
    crop: tuple[float, float, float, float]
    width: float
    height: float
    share: float
    is_behind: bool = False
    """True if text of the page stands on it."""


Block = Paragraph | TableRow | Container | PictureBlock


class Lines:
    """Render the blocks of one file as lines; keep the hidden text that it leaves out and the text that may be hidden."""

    def __init__(self, page: Surface):
        self._page = page
        self.hidden: list[str] = []
        self.unsure: list[str] = []
        self.pictures: list[tuple[int, PictureBlock]] = []
        """The visible pictures, each with the number of lines before it."""

    def of(self, blocks: Iterable[Block]) -> list[str]:
        """Return a line for each paragraph (or part of one, at a line break) and for each table row."""
        return self._lines(blocks, self._page, False)

    def _lines(self, blocks: Iterable[Block], surface: Surface, is_hidden: bool, start: int = 0) -> list[str]:
        """Return the lines of blocks that follow `start` other lines."""
        lines: list[str] = []
        for block in blocks:
            if isinstance(block, Paragraph):
                lines += self._paragraph(block, surface, is_hidden)
            elif isinstance(block, TableRow):
                lines += join_row([self._lines(cell.blocks, cell.surface or surface, is_hidden or cell.is_hidden) for cell in block.cells])
            elif isinstance(block, PictureBlock):
                self.pictures += [] if is_hidden else [(start + len(lines), block)]
            else:
                lines += self._lines(block.blocks, block.surface or surface, is_hidden or block.is_hidden, start + len(lines))
        return lines

    def _paragraph(self, paragraph: Paragraph, surface: Surface, is_hidden: bool) -> list[str]:
        pieces: list[str] = []
        hidden: list[str] = []
        unsure: list[str] = []
        for text, look in paragraph.runs:
            if look.is_symbol:
                text, lost = read_symbol_text(text)
                hidden.append(lost)
            visibility = Visibility.HIDDEN if is_hidden else _visibility(look, look.surface or surface)
            if visibility is Visibility.HIDDEN:
                hidden.append(text)
                continue
            pieces.append(text)
            if visibility is Visibility.UNSURE:
                unsure.append(text)
        for passages, texts in ((self.hidden, hidden), (self.unsure, unsure)):
            if text := _clean("".join(texts)).strip():
                passages.append(text)
        lines = [line.strip() for line in _clean("".join(pieces)).split("\n") if line.strip()]
        if lines and paragraph.is_item:
            lines[0] = "- " + lines[0]
        return lines


def _visibility(look: Look, surface: Surface) -> Visibility:
    if look.is_hidden or look.size < _MIN_SIZE:
        return Visibility.HIDDEN
    if look.size < _SMALL:
        return Visibility.UNSURE
    if look.colour is None or surface.colour is None or is_readable(look.colour, surface.colour):
        return Visibility.VISIBLE
    return Visibility.HIDDEN if surface.is_sure else Visibility.UNSURE


def _clean(text: str) -> str:
    """Return text with tabs as two blanks, symbols as signs, surrogate pairs as characters, and without control characters."""
    text = _SYMBOLS.sub(lambda symbol: read_symbol_text(symbol[0])[0], text)
    text = re.sub(r"\t+", "  ", text.replace("\xa0", " "))
    return _UNUSABLE.sub("", text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
