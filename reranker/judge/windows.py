"""Cut a resume into windows for the judge: consecutive lines of at most so many tokens, below the heading and the job they belong to.

A line is tokenised once. Tokens know their characters in the resume, so that what the judge points at can be quoted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Tokenizer

from preprocess.lexicon.characters import ENGLISH_SENTENCE_END, SENTENCE_END, width
from preprocess.lexicon.headings import is_heading
from preprocess.lexicon.periods import ranges

WINDOW_TOKENS = 110
"""Lines with what stands above them; "passage:" and the marks of beginning and end come on top."""
REQUIREMENT_TOKENS = 64
LONG_LINE = 160
"""Characters; longer lines are cut at sentence ends, so that a quote is no paragraph."""
TITLE_WIDTH, TITLE_TOKENS = 80, 36
"""A line that may be repeated above later lines: it has a period of time, is not wider, and has at most so many tokens."""
MAX_PIECES = 600

_SENTENCE_END = re.compile(f"(?<=[{SENTENCE_END}])(?![{SENTENCE_END}])|{ENGLISH_SENTENCE_END.pattern}")
_HAS_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class WindowLine:
    """A line of a resume, or a sentence of a long one: text[start:end], its token ids, and the characters (start, end) of each token."""

    start: int
    end: int
    ids: tuple[int, ...]
    characters: tuple[tuple[int, int], ...]
    heads: str
    """"section" or "job" where it is a heading or tells from when to when a job was held, else ""."""


@dataclass(frozen=True)
class Window:
    """Pieces that are read together, those that are repeated from above first; `ids` are their tokens as the network reads them."""

    ids: tuple[int, ...]
    pieces: tuple[WindowLine, ...]
    offset: int
    """Tokens before those of the first piece."""

    @property
    def characters(self) -> list[tuple[int, int]]:
        """The characters (start, end) of each token; (0, 0) for tokens that stand for none."""
        inner = [characters for piece in self.pieces for characters in piece.characters]
        return [*[(0, 0)] * self.offset, *inner, (0, 0)]


class Windower:
    """Cut resumes into windows and encode requirements."""

    def __init__(self, tokenizer: Tokenizer, limit: int = WINDOW_TOKENS):
        """`limit` is the number of tokens in a window."""
        self._tokenizer = tokenizer
        self._limit = limit
        self._first, *self._prefix, self._last = tokenizer.encode("passage:").ids

    def requirement(self, text: str) -> tuple[int, ...]:
        """Return the token ids of a requirement, the first REQUIREMENT_TOKENS of them."""
        *ids, last = self._tokenizer.encode(f"query: {text.encode('utf-8', 'replace').decode('utf-8')}").ids
        return (*ids[: REQUIREMENT_TOKENS - 1], last)

    def windows(self, text: str) -> list[Window]:
        """Return the windows of a resume, in the order of its lines; a single empty one for a text without words."""
        pieces = self._pieces(text)
        windows: list[Window] = []
        inside: list[WindowLine] = []
        section: WindowLine | None = None
        job: WindowLine | None = None
        filled = 0
        for piece in pieces:
            size = len(piece.ids)
            is_better_apart = bool(piece.heads) and filled > self._limit * 0.6
            if inside and (filled + size > self._limit or is_better_apart):
                windows.append(self._window(inside))
                inside = _above(piece, section, job, self._limit - size)
                filled = sum(len(above.ids) for above in inside)
            inside.append(piece)
            filled += size
            if piece.heads == "section":
                section, job = piece, None
            elif piece.heads == "job":
                job = piece
        return [*windows, self._window(inside)] if inside or not windows else windows

    def _window(self, pieces: Sequence[WindowLine]) -> Window:
        start = (self._first, *self._prefix)
        return Window((*start, *(token for piece in pieces for token in piece.ids), self._last), tuple(pieces), len(start))

    def _pieces(self, text: str) -> list[WindowLine]:
        spans = [span for span, _ in zip(_spans(text), range(MAX_PIECES), strict=False)]
        lines = [text[start:end] for start, end, _ in spans]
        encoded = self._tokenizer.encode_batch(
            [line.encode("utf-8", "replace").decode("utf-8") for line in lines], add_special_tokens=False
        )
        pieces = []
        for (start, end, is_line), line, encoding in zip(spans, lines, encoded, strict=True):
            characters = [(start + left, start + right) for left, right in encoding.offsets]
            heads = _heads(line) if is_line and len(encoding.ids) <= TITLE_TOKENS else ""
            for cut in range(0, len(encoding.ids), self._limit):  # one cut for all but text without sentences
                ids, places = tuple(encoding.ids[cut : cut + self._limit]), tuple(characters[cut : cut + self._limit])
                is_whole = len(ids) == len(encoding.ids)
                pieces.append(
                    WindowLine(start, end, ids, places, heads) if is_whole else WindowLine(places[0][0], places[-1][1], ids, places, "")
                )
        return pieces


def _above(piece: WindowLine, section: WindowLine | None, job: WindowLine | None, room: int) -> list[WindowLine]:
    """The heading and the job that a window beginning with `piece` is under, as far as they fit."""
    above: list[WindowLine] = []
    for title in (job if not piece.heads else None, section if piece.heads != "section" else None):
        if title and sum(len(other.ids) for other in above) + len(title.ids) <= room:
            above.insert(0, title)
    return above


def _heads(line: str) -> str:
    if is_heading(line):
        return "section"
    return "job" if width(line) <= TITLE_WIDTH and ranges(line) else ""


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is a whole line) of each line that has a word, without white space around it."""
    for line in re.finditer(r"[^\r\n]+", text):
        cuts = [line.start(), line.end()]
        if line.end() - line.start() > LONG_LINE:
            cuts[1:1] = [match.end() for match in _SENTENCE_END.finditer(text, *line.span())]
        for left, right in pairwise(cuts):
            piece = text[left:right]
            if _HAS_WORD.search(piece):
                yield left + len(piece) - len(piece.lstrip()), right - len(piece) + len(piece.rstrip()), len(cuts) == 2
