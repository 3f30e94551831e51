"""RTF → Document: a walk over its tokens with a stack of groups."""

import copy
from collections import defaultdict

from preprocess.document import Document, Unreadable
from preprocess.docx.checkboxes import EMPTY, TICKED
from preprocess.docx.colours import WHITE, Colour
from preprocess.office.assembly import Parts, assemble
from preprocess.office.blocks import Block, Box, Look, Surface
from preprocess.office.rtf.code_pages import SYMBOL, by_charset, by_number, decoded
from preprocess.office.rtf.state import State, Story
from preprocess.office.rtf.tokens import Token, tokens

_MAX_DEPTH = 500
_SKIPPED = frozenset(
    "stylesheet info pict filetbl listtable revtbl rsidtbl themedata generator xmlnstbl mmathPr mmathPict fldinst bkmkstart "
    "bkmkend template operator author company title subject keywords comment doccomm private datafield nonshppict shprslt "
    "nonesttables sn sv ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pntxta pntxtb annotation atnid atnauthor xe tc txe rxe "
    "objclass objname objdata upr".split()
)
"""Destinations that hold no text of the page."""

_SHOWN_THOUGH_OPTIONAL = frozenset({"shpinst", "shptxt", "do", "dptxbxtext", "nesttableprops", "formfield", "footnote", "fldrslt"})
_STORIES = {"footnote": "note", "shptxt": "box", "dptxbxtext": "box"}
_STORIES |= {kind + pages: kind + pages for kind in ("header", "footer") for pages in ("", "l", "r", "f")}
_CHARACTERS = {
    **{"emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "tab": "\t"},
    **{"line": "\n", "softline": "\n", "column": "\n", "emspace": " ", "enspace": " ", "qmspace": " ", "~": " ", "_": "-"},
}
_CHECKBOX, _DEFAULT_STATE = 1, 25
_BEHIND_TEXT = 3
_REPLACEMENT = range(0xDC00, 0xE000)


def read_rtf(data: bytes, name: str) -> Document:
    """Read an RTF file into one Page without layout: a Line per paragraph (or part of one, at a line break) and per table row.

    Raises Unreadable: `damaged`, `too_complex`.
    """
    reader = _Reader()
    for token in tokens(data):
        reader.take(token)
        if reader.is_done:
            break
    return assemble(name, "rtf", reader.parts())


class _Reader:
    """One file while it is read."""

    def __init__(self):
        self._body = Story("body")
        self._state = State(self._body)
        self._stack: list[State] = []
        self._blocks: dict[str, list[Block]] = defaultdict(list)
        """Of the stories that have ended, by kind."""

        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._symbol_fonts: set[int] = set()
        self._font = 0  # the one that is being defined
        self._default_font: int | None = None
        self._colours: list[Colour | None] = []
        self._colour: dict[str, int] = {}
        self._form: dict[str, int] = {}
        self._pending = bytearray()
        """Bytes of text that are not decoded yet, since a character may go on in the next token."""

        self._ignored = 0
        """How many characters that follow stand for a \\u before them."""

        self._is_optional = False
        self._high_surrogate = 0
        self._flags: set[str] = set()
        self.is_done = False

    def parts(self) -> Parts:
        """Return the parts after the last token."""
        self._flush()
        while self._state.story is not self._body and self._stack:
            self._close_group()
        is_sure = not self._flags & {"background", "shpwr"}
        return Parts(
            body=self._body.blocks(),
            headers=self._around("header"),
            footers=self._around("footer"),
            notes=self._blocks["note"],
            page=Surface(WHITE, is_sure),
        )

    def _around(self, kind: str) -> list[Block]:
        """Return the headers (or footers) that some page shows."""
        pages = ("f",) if "titlepg" in self._flags else ()
        pages += ("l", "r") if "facingp" in self._flags or not self._blocks[kind] else ()
        return [block for page in (*pages, "") for block in self._blocks[kind + page]]

    def take(self, token: Token) -> None:
        """Read one token."""
        if token.text:
            self._take_text(token)
            return
        self._flush()
        self._ignored = 0
        if token.brace:
            self._is_optional = False
            if token.brace == "{":
                self._open_group()
            else:
                self._close_group()
        elif token.word == "*":
            self._is_optional = True
        else:
            is_optional, self._is_optional = self._is_optional, False
            if is_optional and token.word not in _SHOWN_THOUGH_OPTIONAL:
                self._state.is_skipped = True
            self._control(token.word, token.number)

    def _open_group(self) -> None:
        if len(self._stack) > _MAX_DEPTH:
            raise Unreadable("too_complex")
        self._stack.append(self._state)
        self._state = copy.copy(self._state)

    def _close_group(self) -> None:
        if not self._stack:
            self.is_done = True
            return
        ended, self._state = self._state, self._stack.pop()
        if ended.story is not self._state.story:
            self._end_story(ended.story, self._state)
        if ended.destination == "form" != self._state.destination and self._form.get("fftype") == _CHECKBOX:
            state = self._form.get("ffres", _DEFAULT_STATE)
            is_ticked = self._form.get("ffdefres") if state == _DEFAULT_STATE else state
            ended.story.runs.append((TICKED if is_ticked else EMPTY, self._look()))
        self.is_done = not self._stack

    def _end_story(self, story: Story, outer: State) -> None:
        if story.kind == "box":
            outer.story.boxes.append(Box(story.blocks(), Surface(WHITE, is_sure=False)))
        else:
            self._blocks[story.kind] += story.blocks()

    def _take_text(self, token: Token) -> None:
        state, text = self._state, token.text
        if state.destination == "colours":
            for _ in range(text.count(b";")):
                self._colours.append(self._defined_colour())
        if state.is_skipped or state.destination:
            return
        if self._ignored:
            skipped = min(self._ignored, len(text))
            self._ignored -= skipped
            text = text[skipped:]
        self._pending += text

    def _flush(self) -> None:
        """Decode the bytes of text so far."""
        if self._pending:
            font = self._state.font if self._state.font is not None else self._default_font
            text = decoded(bytes(self._pending), self._fonts.get(font, "") if font is not None else "", self._code_page)
            self._pending.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        state = self._state
        if not (state.is_skipped or state.destination or state.is_deleted):
            state.story.runs.append((text, self._look()))

    def _look(self) -> Look:
        state = self._state
        highlight = self._shade(state.highlight) or self._shade(state.shading)
        return Look(state.is_hidden, state.size, self._colour_of(state.colour), highlight, state.font in self._symbol_fonts)

    def _colour_of(self, number: int) -> Colour | None:
        return self._colours[number] if 0 < number < len(self._colours) else None

    def _shade(self, number: int) -> Surface | None:
        colour = self._colour_of(number)
        return Surface(colour) if colour else None

    def _defined_colour(self) -> Colour | None:
        """Return the colour whose parts were given; None for the automatic one."""
        parts, self._colour = self._colour, {}
        return (parts.get("red", 0) & 255, parts.get("green", 0) & 255, parts.get("blue", 0) & 255) if parts else None

    def _control(self, word: str, number: int | None) -> None:
        state = self._state
        value = number or 0
        if word in _SKIPPED:
            state.is_skipped = True
        elif word in ("fonttbl", "colortbl", "formfield"):
            state.destination = {"fonttbl": "fonts", "colortbl": "colours", "formfield": "form"}[word]
            self._form = {}
        elif state.destination == "fonts":
            self._define_font(word, value)
        elif state.destination == "colours":
            if word in ("red", "green", "blue"):
                self._colour[word] = value
        elif state.destination == "form":
            self._form[word] = value
        elif word in ("ansicpg", "mac", "pc", "pca", "deff"):
            self._declare(word, value)
        elif word == "u":
            self._put_unit(value & 0xFFFF)
        elif word == "uc":
            state.fallback = max(0, min(value, 8))
        elif word in ("titlepg", "facingp", "background") or (word == "shpwr" and value == _BEHIND_TEXT):
            self._flags.add(word)
        elif state.is_skipped:
            pass
        elif word in _STORIES:
            state.story = Story(_STORIES[word])
            state.reset_paragraph()
        elif word in ("listtext", "pntext"):
            state.is_skipped = True
            state.story.is_item = True
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif not self._format_characters(word, number):
            self._format_paragraphs(word, value)

    def _define_font(self, word: str, value: int) -> None:
        if word == "f":
            self._font = value
        elif word == "fcharset":
            self._fonts[self._font] = by_charset(value)
            if value == SYMBOL:
                self._symbol_fonts.add(self._font)
        elif word == "cpg":
            self._fonts[self._font] = by_number(value)

    def _declare(self, word: str, value: int) -> None:
        if word == "deff":
            self._default_font = value
        elif word != "ansicpg":
            self._code_page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif value:
            self._code_page = by_number(value)

    def _put_unit(self, unit: int) -> None:
        """Add a UTF-16 unit, of which two may make a character, and ignore what stands for it after it."""
        self._ignored = self._state.fallback
        self._put(chr(unit))

    def _format_characters(self, word: str, number: int | None) -> bool:
        """Heed a control word that formats characters; return whether it was one."""
        state = self._state
        if word == "f":
            state.font = number
        elif word == "fs":
            state.size = (number if number is not None else 24) / 2
        elif word == "cf":
            state.colour = number or 0
        elif word in ("highlight", "chcbpat", "cb"):
            state.highlight = number or 0
        elif word == "v":
            state.is_hidden = number != 0
        elif word in ("deleted", "mvf"):
            state.is_deleted = number != 0
        elif word == "plain":
            state.reset_characters()
            state.font = None
        else:
            return False
        return True

    def _format_paragraphs(self, word: str, value: int) -> None:
        """Heed a control word that formats or ends paragraphs, cells and rows."""
        state, story = self._state, self._state.story
        if word in ("par", "sect", "page", "\r", "\n"):
            story.end_paragraph(state.depth, state.is_heading)
        elif word == "pard":
            state.reset_paragraph()
        elif word == "intbl":
            state.in_table = True
        elif word == "itap":
            state.nesting = value
        elif word == "outlinelevel":
            state.is_heading = value < 9
        elif word == "cbpat":
            state.shading = value
        elif word in ("cell", "nestcell"):
            story.end_cell(1 if word == "cell" else max(state.nesting, 2), state.is_heading)
        elif word in ("row", "nestrow"):
            story.end_row(1 if word == "row" else max(state.nesting, 2))
            state.in_table = word == "nestrow"
        elif word == "trowd":
            story.surfaces, story.cell_surface = [], None
        elif word == "clcbpat":
            story.cell_surface = self._shade(value)
        elif word == "clshdng":
            story.cell_surface = Surface(None) if value else story.cell_surface
        elif word == "cellx":
            story.surfaces.append(story.cell_surface)
            story.cell_surface = None
