"""Hold what a group of RTF inherits, and the stories (body, header, text box) that its text goes to."""

from dataclasses import dataclass, field

from preprocess.office.blocks import Block, Container, Look, Paragraph, PictureBlock, Surface
from preprocess.office.flow import Flow


@dataclass
class Story:
    """A stream of paragraphs, cells and rows, and what of it has not ended yet."""

    kind: str
    """body, header, footer, note, box, or one of the headers that only some pages show."""

    flow: Flow = field(default_factory=Flow)
    runs: list[tuple[str, Look]] = field(default_factory=list)
    boxes: list[Container | PictureBlock] = field(default_factory=list)
    is_item: bool = False
    surfaces: list[Surface | None] = field(default_factory=list)
    """What the cells of the row that is being defined paint."""

    cell_surface: Surface | None = None

    def end_paragraph(self, depth: int, is_heading: bool) -> None:
        """Move the open runs and text boxes into the flow, as a paragraph in `depth` tables and the boxes behind it."""
        if self.runs:
            self.flow.add(Paragraph(self.runs, self.is_item and not is_heading), depth)
        for box in self.boxes:
            self.flow.add(box, depth)
        self.runs, self.boxes, self.is_item = [], [], False

    def end_cell(self, depth: int, is_heading: bool) -> None:
        """End the open paragraph, and with it the cell of the table at this depth."""
        self.end_paragraph(depth, is_heading)
        self.flow.end_cell(depth)

    def end_row(self, depth: int) -> None:
        """End the open paragraph, and with it the row of the table at this depth."""
        self.end_paragraph(depth, False)
        self.flow.end_row(depth, self.surfaces)

    def blocks(self) -> list[Block]:
        """Return the blocks, after the end of the file."""
        self.end_paragraph(self.flow.depth, False)
        return self.flow.blocks()


@dataclass
class State:
    """The properties of one group. Colours are numbers of the colour table, 0 the automatic one."""

    story: Story
    destination: str = ""
    """fonts, colours, form, picture; "" for text."""

    is_skipped: bool = False
    shows_pictures: bool = True
    """True if pictures in it are shown, of a group whose text is skipped."""

    is_behind_text: bool = False
    """True if a drawing lies behind the text of the page."""

    fallback: int = 1
    """The number of characters after a \\u that stand for it in programs without Unicode."""

    font: int | None = None
    is_hidden: bool = False
    is_deleted: bool = False
    size: float = 12.0
    colour: int = 0
    highlight: int = 0
    shading: int = 0
    """Of the paragraph."""

    in_table: bool = False
    nesting: int = 1
    is_heading: bool = False

    @property
    def depth(self) -> int:
        """Return how many tables a paragraph is in."""
        if self.in_table:
            return max(self.nesting, 1)
        return self.story.flow.depth if self.story.flow.cells else 0  # the row goes on, though a paragraph in it does not say so

    def reset_characters(self) -> None:
        """Set the formatting of characters to the defaults, as \\plain does."""
        self.is_hidden = self.is_deleted = False
        self.size, self.colour, self.highlight = 12.0, 0, 0

    def reset_paragraph(self) -> None:
        """Set the formatting of the paragraph to the defaults, as \\pard does."""
        self.in_table = self.is_heading = False
        self.nesting, self.shading = 1, 0
