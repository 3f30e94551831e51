"""Read an RTF file into a Document: a walk over its tokens with a stack of groups."""

import copy
from collections import defaultdict
from collections.abc import Iterator

from preprocess.document import Document, Unreadable
from preprocess.docx.colours import WHITE
from preprocess.docx.controls import EMPTY, TICKED
from preprocess.docx.embedded.page_pictures import PictureCollector
from preprocess.office.assembly import Parts, assemble
from preprocess.office.blocks import Block, Container, Look, Surface
from preprocess.office.rtf.pictures import RtfPictures
from preprocess.office.rtf.state import State, Story
from preprocess.office.rtf.tables import Tables
from preprocess.office.rtf.tokens import Token, tokens
from preprocess.office.rtf.words import CHARACTERS, SHOWN_THOUGH_OPTIONAL, SKIPPED, STORIES

_MAX_DEPTH = 500
_CHECKBOX, _DEFAULT_STATE = 1, 25
_BEHIND_TEXT = 3


def read_rtf(data: bytes, name: str) -> Document:
    """Read an RTF file into one Page without layout: a Line per paragraph (or part of one, at a line break) and per table row.

    Raises Unreadable: `damaged`, `too_complex`.
    """
    return assemble(name, "rtf", _parts(data))


def rtf_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_rtf` left empty pages for, as files; b"" for one in a format that cannot be looked at."""
    parts = _parts(data)
    assert parts.pictures
    return parts.pictures.files(len(assemble("", "rtf", parts).text))


def _parts(data: bytes) -> Parts:
    reader = _RtfReader()
    for token in tokens(data):
        reader.take(token)
        if reader.is_done:
            break
    return reader.parts()


class _RtfReader:
    """One file while it is read."""

    def __init__(self):
        self._body = Story("body")
        self._state = State(self._body)
        self._stack: list[State] = []
        self._blocks: dict[str, list[Block]] = defaultdict(list)
        """Of the stories that have ended, by kind."""

        self._tables = Tables()
        self._pictures = RtfPictures()
        self._form: dict[str, int] = {}
        self._pending = bytearray()
        """Bytes of text that are not decoded yet, since a character may go on in the next token."""

        self._ignored = 0
        """The number of characters that follow and stand for a \\u before them."""

        self._is_optional = False
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
            pictures=PictureCollector(self._pictures.files),
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
        if token.binary:
            if self._state.destination == "picture":
                self._pictures.add(token.binary)
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
            if is_optional and token.word not in SHOWN_THOUGH_OPTIONAL:
                self._state.is_skipped, self._state.shows_pictures = True, False
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
        if ended.destination == "picture" != self._state.destination and (picture := self._pictures.end()):
            ended.story.boxes += [picture] if not ended.is_hidden and not ended.is_deleted else []
        self.is_done = not self._stack

    def _end_story(self, story: Story, outer: State) -> None:
        if story.kind == "box":
            outer.story.boxes.append(Container(story.blocks(), Surface(WHITE, is_sure=False)))
        else:
            self._blocks[story.kind] += story.blocks()

    def _take_text(self, token: Token) -> None:
        state, text = self._state, token.text
        if state.destination == "colours":
            self._tables.end_colours(text.count(b";"))
        elif state.destination == "picture" and not state.is_skipped:  # no names of it, in groups of their own
            self._pictures.add_digits(text)
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
            text = self._tables.decoded(bytes(self._pending), self._state.font)
            self._pending.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        state = self._state
        if not (state.is_skipped or state.destination or state.is_deleted):
            state.story.runs.append((text, self._look()))

    def _look(self) -> Look:
        state, tables = self._state, self._tables
        surface = tables.shade(state.highlight) or tables.shade(state.shading)
        return Look(state.is_hidden, state.size, tables.colour(state.colour), surface, tables.is_symbol(state.font))

    def _control(self, word: str, number: int | None) -> None:
        state = self._state
        value = number or 0
        if word in SKIPPED:
            state.is_skipped, state.shows_pictures = True, state.shows_pictures and word == "sv"  # the value of a shape's property
        elif word == "pict" and state.shows_pictures:
            state.destination, state.is_skipped = "picture", False
            self._pictures.begin(state.is_behind_text)
        elif word == "pict":
            state.is_skipped = True
        elif state.destination == "picture":
            self._pictures.declare(word, value)
        elif word == "shpfblwtxt":
            state.is_behind_text = value == 1
        elif word in ("fonttbl", "colortbl", "formfield"):
            state.destination = {"fonttbl": "fonts", "colortbl": "colours", "formfield": "form"}[word]
            self._form = {}
        elif state.destination == "fonts":
            self._tables.define_font(word, value)
        elif state.destination == "colours":
            self._tables.define_colour(word, value)
        elif state.destination == "form":
            self._form[word] = value
        elif self._tables.declare(word, value):
            pass
        elif word == "u":
            self._put_unit(value & 0xFFFF)
        elif word == "uc":
            state.fallback = max(0, min(value, 8))
        elif word in ("titlepg", "facingp", "background") or (word == "shpwr" and value == _BEHIND_TEXT):
            self._flags.add(word)
        elif state.is_skipped:
            pass
        elif word in STORIES:
            state.story = Story(STORIES[word])
            state.reset_paragraph()
        elif word in ("listtext", "pntext"):
            state.is_skipped = True
            state.story.is_item = True
        elif word in CHARACTERS:
            self._put(CHARACTERS[word])
        elif not self._format_characters(word, number):
            self._format_paragraphs(word, value)

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
            story.cell_surface = self._tables.shade(value)
        elif word == "clshdng":
            story.cell_surface = Surface(None) if value else story.cell_surface
        elif word == "cellx":
            story.surfaces.append(story.cell_surface)
            story.cell_surface = None
