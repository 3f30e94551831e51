"""Put text that is drawn from left to right into reading order where it has Arabic or Hebrew (the inverse of UAX #9)."""

import re
import unicodedata

_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ARABIC = re.compile(r"[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_CLUSTER = re.compile(
    r".[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc]*", re.DOTALL
)
_LEFT_TO_RIGHT = re.compile(r"[LE](?:[LE]|[N,]+(?=[LE]))*")
_NUMBER = re.compile(r"E(?:E|,(?=E))*")
_RIGHT_TO_LEFT = re.compile(r"R(?:R|[NE,]+(?=R))*")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def has_rtl(text: str) -> bool:
    """Return whether a letter that is written from right to left stands in the text."""
    return _RTL.search(text) is not None


def is_rtl(text: str) -> bool:
    """Return whether a line of this text is read from right to left: half of its letters or more are written so."""
    return has_rtl(text) and 2 * len(_RTL.findall(text)) >= sum(map(str.isalpha, text))


def in_reading_order(text: str, is_rtl_page: bool = False) -> str:
    """Return a line, given from left to right as it is drawn, in the order in which it is read. Linear.

    On a page that is read from right to left, so is every line with a word of such a script, be most of it a mail address.
    """
    if not has_rtl(text):
        return text
    clusters = _CLUSTER.findall(text)
    kinds = "".join(map(_kind, clusters))
    if not _ARABIC.search(text):  # beside Arabic, hyphens part numbers
        kinds = "".join("," if cluster in "-+" else kind for cluster, kind in zip(clusters, kinds, strict=True))
    if is_rtl_page or is_rtl(text):
        return _read_backwards(clusters, kinds)
    pieces, end = [], 0
    for run in _RIGHT_TO_LEFT.finditer(kinds):
        pieces += [*clusters[end : run.start()], _read_backwards(clusters[run.start() : run.end()], run[0])]
        end = run.end()
    return "".join([*pieces, *clusters[end:]])


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
    for start, stop in _forward_runs(kinds):
        pieces += [cluster.translate(_MIRRORED) for cluster in clusters[end:start]]
        pieces.append("".join(clusters[start:stop]))
        end = stop
    pieces += [cluster.translate(_MIRRORED) for cluster in clusters[end:]]
    return "".join(reversed(pieces))


def _forward_runs(kinds: str) -> list[tuple[int, int]]:
    """Return where words of other scripts stand, with the numbers among them; of numbers alone each is a run of its own."""
    runs = []
    for run in _LEFT_TO_RIGHT.finditer(kinds):
        if "L" in run[0]:
            runs.append(run.span())
        else:
            runs += [number.span() for number in _NUMBER.finditer(kinds, *run.span())]
    return runs
