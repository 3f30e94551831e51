"""What a text of a Word file stands in: the body, a cell, a text box, a frame or a page header."""

from dataclasses import dataclass, field

from preprocess.docx.colours import Colour
from preprocess.docx.geometry import Box, Sheet, Sight, Span
from preprocess.docx.styles import Properties

_NOTHING = Span(0.0, 0.0)


@dataclass
class Fill:
    """How much of a container the paragraphs so far take, from the least to the most; `limit` is how much of it is shown, if not all."""

    limit: float | None = None
    taken: Span = _NOTHING

    def add(self, height: Span) -> None:
        self.taken = Span(self.taken.low + height.low, self.taken.high + height.high)


@dataclass(frozen=True)
class Area:
    """`x` is where its left edge lies on the page, `width` how wide it is; None where the file does not say.

    `papers` is what it paints behind its text (empty: nothing), `looks` what its table's style says of the text, `origin` the text box
    or frame that it is, and `sight` whether it is seen at all.
    """

    sheet: Sheet
    x: Span | None
    width: float | None
    sight: Sight = Sight.SEEN
    papers: tuple[Colour | None, ...] = ()
    looks: Properties = field(default_factory=dict)
    origin: Box | None = None
    is_body: bool = False
    fill: Fill = field(default_factory=Fill)
