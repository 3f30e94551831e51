"""Join headings that stand in pieces on lines of their own, as cells one character wide leave them: 工/作/经/历."""

from collections.abc import Sequence
from dataclasses import replace

from preprocess.document import Line
from preprocess.lexicon.stacked import LONGEST, PIECE, spelt_first


def join_stacked(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[str, str]]]:
    """Return the lines with stacked headings joined, and (before, after) of each. Linear."""
    joined: list[Line] = []
    changes: list[tuple[str, str]] = []
    index = 0
    while index < len(lines):
        stop = index
        while stop < min(len(lines), index + LONGEST) and PIECE.fullmatch(lines[stop].text):
            stop += 1
        pieces = [line.text for line in lines[index:stop]]
        count, word = spelt_first(pieces)
        joined.append(replace(lines[index], text=word) if count else lines[index])
        changes += [(" ".join(pieces[:count]), word)] if count else []
        index += max(count, 1)
    return joined, changes
