"""Cut a text into the passages that are judged: lines, parts of long lines, and short lines that may be one sentence together."""

import re
from collections.abc import Iterator

from preprocess.lexicon.characters import SENTENCE_END

Span = tuple[int, int]

_MAX_LENGTH = 200  # characters of a line that is judged as a whole
_STEP = 60  # so far apart begin the parts of a long line, so that many short sentences are not judged again and again
_MAX_JOINED_LENGTH, _MAX_JOINED_LINES = 160, 3
_MAX_LINES = 5_000  # of a text whose lines are also judged together: no resume has as many, and each would be judged three times
_QUOTED = re.compile(r"“[^”\n]{1,160}”|「[^」\n]{1,160}」|『[^』\n]{1,160}』|\"[^\"\n]{1,160}\"")
_END = re.compile(rf"[{SENTENCE_END}]+[\"'”’）)」』]*\s*|\.(?=\s|$)[\"'”’)]*\s*")
_LINE = re.compile(r"^[^\n]*\S[^\n]*", re.MULTILINE)


def passages(text: str) -> Iterator[Span]:
    """Yield the spans to judge. They overlap, and a sentence keeps its neighbours: out of context it may seem to say anything."""
    lines = [line.span() for line in _LINE.finditer(text)]
    for start, end in lines:
        if end - start <= _MAX_LENGTH:
            yield start, end
        else:
            yield from _windows(text, start, end)
    for first in range(1, len(lines) if len(lines) <= _MAX_LINES else 1):  # the first line is a heading
        for last in range(first + 1, min(first + _MAX_JOINED_LINES, len(lines))):
            if lines[last][1] - lines[first][0] > _MAX_JOINED_LENGTH or lines[last][0] - lines[last - 1][1] > 2:
                break
            yield lines[first][0], lines[last][1]


def _windows(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield, from each sentence of a long line, as many sentences as fit."""
    sentences = list(_sentences(text, start, end))
    last, begun, covered = 0, start - _STEP, -1
    for first in range(len(sentences)):
        last = max(last, first)
        while last + 1 < len(sentences) and sentences[last + 1][1] - sentences[first][0] <= _MAX_LENGTH:
            last += 1
        if first > covered or (last > covered and sentences[first][0] - begun >= _STEP):
            begun, covered = sentences[first][0], last
            yield begun, sentences[last][1]


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of a line, none longer than a passage. A sentence does not end inside a quotation."""
    quotations = [quoted.span() for quoted in _QUOTED.finditer(text, start, end)]
    position, quotation = start, 0
    for stop in [*(match.end() for match in _END.finditer(text, start, end)), end]:
        while quotation < len(quotations) and quotations[quotation][1] <= stop - 1:
            quotation += 1
        if stop < end and quotation < len(quotations) and quotations[quotation][0] < stop < quotations[quotation][1]:
            continue
        while stop - position > _MAX_LENGTH:
            yield position, position + _MAX_LENGTH
            position += _MAX_LENGTH
        if stop > position:
            yield position, stop
        position = stop
