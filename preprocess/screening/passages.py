"""The passages of a text that are judged: lines, parts of long lines, and short lines that may be one sentence together."""

import re
from collections.abc import Iterator

from preprocess.lexicon.characters import SENTENCE_END

Span = tuple[int, int]

_LONGEST = 200  # characters of a line that is judged as a whole
_STEP = 60  # so far apart begin the parts of a long line, so that many short sentences are not judged again and again
_LONGEST_JOINED, _MOST_JOINED = 160, 3
_MOST_LINES = 5_000  # of a text whose lines are also judged together: no resume has as many, and each would be judged three times
_QUOTED = re.compile(r"“[^”\n]{1,160}”|「[^」\n]{1,160}」|『[^』\n]{1,160}』|\"[^\"\n]{1,160}\"")
_END = re.compile(rf"[{SENTENCE_END}]+[\"'”’）)」』]*\s*|\.(?=\s|$)[\"'”’)]*\s*")
_LINE = re.compile(r"^[^\n]*\S[^\n]*", re.MULTILINE)


def passages(text: str) -> Iterator[Span]:
    """Yield the spans to judge. They overlap, and a sentence keeps its neighbours: out of its context it may seem to say anything."""
    lines = [line.span() for line in _LINE.finditer(text)]
    for start, end in lines:
        if end - start <= _LONGEST:
            yield start, end
        else:
            yield from _windows(text, start, end)
    for first in range(1, len(lines) if len(lines) <= _MOST_LINES else 1):  # the first line is a heading
        for last in range(first + 1, min(first + _MOST_JOINED, len(lines))):
            if lines[last][1] - lines[first][0] > _LONGEST_JOINED or lines[last][0] - lines[last - 1][1] > 2:
                break
            yield lines[first][0], lines[last][1]


def _windows(text: str, start: int, end: int) -> Iterator[Span]:
    """From each sentence of a long line as many as fit."""
    sentences = list(_sentences(text, start, end))
    last, begun, covered = 0, start - _STEP, -1
    for first in range(len(sentences)):
        last = max(last, first)
        while last + 1 < len(sentences) and sentences[last + 1][1] - sentences[first][0] <= _LONGEST:
            last += 1
        if first > covered or (last > covered and sentences[first][0] - begun >= _STEP):
            begun, covered = sentences[first][0], last
            yield begun, sentences[last][1]


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences of a line, none longer than a passage. What ends inside a quotation is no end."""
    quotations = [quoted.span() for quoted in _QUOTED.finditer(text, start, end)]
    position, quotation = start, 0
    for stop in [*(match.end() for match in _END.finditer(text, start, end)), end]:
        while quotation < len(quotations) and quotations[quotation][1] <= stop - 1:
            quotation += 1
        if stop < end and quotation < len(quotations) and quotations[quotation][0] < stop < quotations[quotation][1]:
            continue
        while stop - position > _LONGEST:
            yield position, position + _LONGEST
            position += _LONGEST
        if stop > position:
            yield position, stop
        position = stop
