"""Put text that is drawn from left to right into reading order where it has Arabic or Hebrew (the inverse of UAX #9)."""

import re
import unicodedata
from enum import Enum, auto
from itertools import pairwise

_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ARABIC = re.compile(r"[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_CLUSTER = re.compile(
    r".[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc]*", re.DOTALL
)
_LEFT_TO_RIGHT = re.compile(r"[LE](?:[LE]|[N,]+(?=[LE]))*")
_NUMBER = re.compile(r"E(?:E|,(?=E))*")
_RIGHT_TO_LEFT = re.compile(r"R(?:R|[NE,]+(?=R))*")
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_TURNED_PERIOD = re.compile(r"[(\[]?((?:19|20)\d\d)(?:[./]\d\d?)? ?[-–—] ?((?:19|20)\d\d)(?:[./]\d\d?)?[)\]]?,? ?$")
_LONGEST_PERIOD = 24
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
"""Signs as they are drawn among letters that are read from right to left."""


class Edge(Enum):
    """The edge of a page's text at which a line stands, where it stands at one only."""

    NONE = auto()
    LEFT = auto()
    RIGHT = auto()


def has_rtl(text: str) -> bool:
    """Return whether a letter that is written from right to left stands in the text."""
    return _RTL.search(text) is not None


def is_rtl(text: str) -> bool:
    """Return whether a line of this text is read from right to left: half of its letters or more are written so."""
    return has_rtl(text) and 2 * len(_RTL.findall(text)) >= sum(map(str.isalpha, text))


def in_reading_order(text: str, is_rtl_page: bool = False, edge: Edge = Edge.NONE) -> str:
    """Return a line, given from left to right as it is drawn, in the order in which it is read. Linear.

    On a page that is read from right to left, so is every line with a word of such a script, be most of it a mail address. A line that
    stands at one edge only of the text, and there has a letter that is read from there, is read from this edge on any page.
    """
    if not has_rtl(text):
        return text
    clusters = _CLUSTER.findall(text)
    kinds = "".join(map(_kind, clusters))
    if not _ARABIC.search(text):  # beside Arabic, hyphens part numbers
        kinds = "".join("," if cluster in "-+" else kind for cluster, kind in zip(clusters, kinds, strict=True))
    strong = re.sub("[^LR]", "", kinds)
    if edge == Edge.RIGHT and strong[-1] == "R":
        is_line_rtl = True
    else:
        is_line_rtl = (is_rtl_page or is_rtl(text)) and not (edge == Edge.LEFT and strong[0] == "L")
    if is_line_rtl:
        return _read_backwards(clusters, kinds)
    pieces, end = [], 0
    for run in _RIGHT_TO_LEFT.finditer(kinds):
        start = _start_with_period(clusters, end, run.start())
        pieces += [*clusters[end:start], _read_backwards(clusters[start : run.end()], kinds[start : run.end()])]
        end = run.end()
    return "".join([*pieces, *clusters[end:]])


def _start_with_period(clusters: list[str], least: int, start: int) -> int:
    """Return where letters that are read from right to left begin with the years behind them, which are drawn before them: 2023 - 2016."""
    least = max(least, start - _LONGEST_PERIOD)
    period = _TURNED_PERIOD.search("".join(cluster[0] for cluster in clusters[least:start]))
    return least + period.start() if period and period[1] > period[2] else start


def _kind(cluster: str) -> str:
    """Return L or R for a letter, E for a digit, "," for what may stand inside a number, N for what has no direction of its own."""
    direction = unicodedata.bidirectional(cluster[0])
    if direction in ("R", "AL"):
        return "R"
    if direction in ("EN", "AN"):
        return "E"
    return "L" if direction == "L" else "," if direction == "CS" and cluster != "\xa0" else "N"


def _read_backwards(clusters: list[str], kinds: str) -> str:
    """Read from the right, but words of other scripts and numbers from the left."""
    pieces: list[str] = []
    end = 0
    for start, stop in _forward_runs(clusters, kinds):
        pieces += [cluster.translate(MIRRORED) for cluster in clusters[end:start]]
        pieces.append("".join(clusters[start:stop]))
        end = stop
    pieces += [cluster.translate(MIRRORED) for cluster in clusters[end:]]
    return "".join(reversed(pieces))


def _forward_runs(clusters: list[str], kinds: str) -> list[tuple[int, int]]:
    """Return where words of other scripts stand, with the numbers among them; of numbers alone each is a run of its own."""
    runs = []
    for match in _LEFT_TO_RIGHT.finditer(kinds):
        for start, stop in _between_brackets(clusters, kinds, *match.span()):
            if "L" in kinds[start:stop]:
                runs.append((start, stop))
            else:
                runs += [number.span() for number in _NUMBER.finditer(kinds, start, stop)]
    return runs


def _between_brackets(clusters: list[str], kinds: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Cut words of other scripts at brackets whose other half stands outside; one that closes behind the last word is within."""
    opened: list[int] = []
    cuts: list[int] = []
    for index in range(start, stop):
        if clusters[index] in _CLOSING:
            opened.append(index)
        elif clusters[index] in _CLOSING.values():
            if opened and _CLOSING[clusters[opened[-1]]] == clusters[index]:
                opened.pop()
            else:
                cuts.append(index)
    if opened and clusters[stop : stop + 1] == [_CLOSING[clusters[opened[-1]]]]:
        opened.pop()
        stop += 1
    pieces: list[tuple[int, int]] = []
    for left, right in pairwise([start - 1, *sorted(cuts + opened), stop]):
        piece = kinds[left + 1 : right]
        first = left + 1 + len(piece) - len(piece.lstrip("N,"))
        last = right if right == stop else left + 1 + len(piece.rstrip("N,"))
        pieces += [(first, last)] if first < last else []
    return pieces
