"""Ticked boxes of a form: "□大专 ☑本科 □硕士" → "本科". Options that nobody ticked leave the text, since a model would read them as said.

A line is a form line only if ticked and empty marks of one kind stand in it, or several ticks; a list with a box or a dot as its bullet
is none, and neither is a rating ("●●●○○"). Whatever can be read in two ways stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from preprocess.document import Line, Note, Page, quote_notes

_TICKS = "☑☒✓✔√✅🗹🗸"
_SQUARE, _CIRCLE = ("■◼▣", "□☐▢◻⬜囗❏❑❒🔲"), ("●◉⦿🔘", "○◯⚪")
_FAMILIES = {mark: ("square", True) for mark in _SQUARE[0]} | {mark: ("square", False) for mark in _SQUARE[1]}
_FAMILIES |= {mark: ("circle", True) for mark in _CIRCLE[0]} | {mark: ("circle", False) for mark in _CIRCLE[1]}
_FAMILIES |= {mark: ("tick", True) for mark in _TICKS}
_NO_CALL = r"(?<![A-Za-z0-9_]\()(?<![A-Za-z0-9_]\[)"  # f(x), a[x]
_MARK = re.compile(
    rf"[□☐][√✓✔]|[{''.join(_FAMILIES)}]"
    rf"|(?P<round>[(（] {{0,3}}(?P<x>(?:[√✓✔]|{_NO_CALL}[xXvV])?) {{0,3}}[)）])"
    rf"|(?P<angular>[\[【] {{0,3}}(?P<y>(?:[√✓✔]|{_NO_CALL}[xX*])?) {{0,3}}[\]】])"
)
_WINGDINGS = dict(zip("\uf0fe\uf0fd\uf0fc\uf06f\uf0a8\uf06e\uf06c\uf0a1\uf0a4", "☑☒✓□□■●○◉", strict=True))
_WINGDINGS_2 = dict(zip("\uf052\uf051\uf053\uf054\uf050\uf0a3", "☑☒☒☒✓□", strict=True))
_GLYPHS = _WINGDINGS | _WINGDINGS_2
_GLYPH = re.compile(f"[{''.join(_GLYPHS)}]")
_CHINESE = r"[\u4e00-\u9fff]"
_LABEL = r"(?:[^\s:：]{1,12} {0,1}[:：]|[A-Z][\w'-]{0,15}(?: [\w/'-]{1,15}){0,3}:)"
_STOP = re.compile(rf" {{2,}}|\||[。；;，,]|(?<={_CHINESE}) (?={_CHINESE})| (?={_LABEL})|[()（）\[\]【】]")
_SEPARATORS = " 、，,/|；;"
_BULLET = re.compile(r"\s{0,8}(?:[-*•·] {0,3})?")
_BULLET_LIKE = frozenset({"square", "circle"})
_LONGEST_BESIDE_BULLETS = 24
"""Characters of an option where the marks also serve as bullets."""
_LONGEST_OPTION = 80
_LONGEST_OF_LIST = 30


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    family: str
    is_ticked: bool


def draw_boxes(text: str) -> str:
    """Return an unfolded line with its private-use Wingdings boxes as Unicode ones, if several marks stand in it: one alone is a bullet."""
    glyphs = len(_GLYPH.findall(text))
    if not glyphs or glyphs + sum(1 for _ in _MARK.finditer(text)) < 2:
        return text
    return _GLYPH.sub(lambda glyph: _GLYPHS[glyph[0]], text)


def read_boxes(page: Page, number: int | None, notes: list[Note]) -> Page:
    """Return the folded page without unticked options and without the marks of ticked ones; lines with nothing ticked in them go."""
    dropped: list[str] = []
    lines = [line for part in _lists(page.lines) for line in _read(part, dropped)]
    notes += quote_notes("unticked_option", dropped, number)
    return replace(page, lines=tuple(lines)) if dropped or lines != list(page.lines) else page


def read_form_line(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a line with its ticked options only, and the options that were left out; any other line unchanged."""
    marks = _form_marks(text)
    if len(marks) < 2:
        return text, ()
    is_trailing = _stands_behind(text, marks)
    if is_trailing is None:
        return text, ()
    kept, dropped = _options_before(text, marks) if is_trailing else _options_behind(text, marks)
    longest = _LONGEST_BESIDE_BULLETS if all(mark.family in _BULLET_LIKE for mark in marks) else _LONGEST_OPTION
    if any(not option or len(option) > longest for option in dropped):
        return text, ()
    return kept.strip(), dropped


def _marks(text: str) -> list[_Mark]:
    return [_Mark(*match.span(), *_kind(match)) for match in _MARK.finditer(text)]


def _kind(match: re.Match[str]) -> tuple[str, bool]:
    if match["round"]:
        return "round", bool(match["x"])
    if match["angular"]:
        return "angular", bool(match["y"])
    return _FAMILIES[match[0]] if len(match[0]) == 1 else ("tick", True)


def _form_marks(text: str) -> list[_Mark]:
    """The marks of a form in a line; none where it is no form."""
    marks = _marks(text)
    if len(marks) < 2:
        return []
    kinds = {(mark.family, mark.is_ticked) for mark in marks}
    has_ticks = ("tick", True) in kinds
    both = {family for family, _ in kinds if {(family, True), (family, False)} <= kinds}
    if has_ticks:
        both |= {family for family in ("square", "circle") if (family, False) in kinds} | {"tick"}
    chosen = [mark for mark in marks if mark.family in both]
    if len({text[mark.start : mark.end] for mark in chosen} & {"☑", "☒"}) == 2:  # a cross may say no
        return []
    if all(mark.is_ticked for mark in chosen) and not all(text[mark.end :].lstrip()[:1].isalpha() for mark in chosen):
        return []
    if any(not text[left.end : right.start].strip(_SEPARATORS) for left, right in pairwise(chosen)):
        return []  # a rating
    return chosen


def _stands_behind(text: str, marks: Sequence[_Mark]) -> bool | None:
    """Whether the marks stand behind their options; None where that cannot be told."""
    before, after = text[: marks[0].start].rstrip(), text[marks[-1].end :].strip()
    has_option_before = bool(before) and before[-1] not in ":：•·-*(（"
    is_attached = all(
        text[mark.start - 1 : mark.start].strip() and not text[mark.end : mark.end + 1].strip(_SEPARATORS + "。)）") for mark in marks
    )
    if after.strip("。.)）") and not (is_attached and has_option_before):
        return False
    return True if has_option_before else None


def _options_behind(text: str, marks: Sequence[_Mark]) -> tuple[str, tuple[str, ...]]:
    kept, dropped = text[: marks[0].start], []
    for mark, end in zip(marks, [*(mark.start for mark in marks[1:]), len(text)], strict=True):
        segment = text[mark.end : end].lstrip(" ")
        if mark.is_ticked:
            kept += segment
            continue
        length = _option_length(segment)
        rest = segment[length:]
        dropped.append(segment[:length].strip(_SEPARATORS))
        if rest.strip(_SEPARATORS):
            kept = kept.rstrip(_SEPARATORS) + rest
        elif end == len(text):
            kept = kept.rstrip(_SEPARATORS)
    return kept, tuple(dropped)


def _option_length(segment: str) -> int:
    """Where an option ends: at a wide gap, a comma, the next label, or a bracket that was opened before it."""
    depth = 0
    for stop in _STOP.finditer(segment):
        if stop[0] in "(（[【":
            depth += 1
        elif stop[0] in ")）]】":
            depth -= 1
            if depth < 0:
                return stop.start()
        elif depth == 0 and stop.start():
            return stop.start()
    return len(segment)


def _options_before(text: str, marks: Sequence[_Mark]) -> tuple[str, tuple[str, ...]]:
    kept, dropped, start = "", [], 0
    for mark in marks:
        segment = text[start : mark.start].rstrip(" ")
        start = mark.end
        if not kept or kept.endswith((":", "：")):
            segment = segment.lstrip(_SEPARATORS)
        if mark.is_ticked:
            kept += segment
            continue
        label = max((match.end() for match in re.finditer(r"[:：。；;，,|(（]| {2,}", segment)), default=0)
        spaces = [match.end() for match in re.finditer(rf"(?<={_CHINESE}) (?={_CHINESE})", segment)]
        label = max([label, *spaces])
        dropped.append(segment[label:].strip(_SEPARATORS))
        kept += segment[:label].rstrip(" 、，,/") if not segment[:label].strip(_SEPARATORS) else segment[:label]
    return kept.rstrip(" 、，,/") + text[start:], tuple(dropped)


def _lists(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """The lines in groups: whether they all begin with a box and hold no other mark, and the lines."""
    for is_list, part in groupby(lines, key=lambda line: _own_mark(line.text) is not None):
        yield is_list, list(part)


def _own_mark(text: str) -> _Mark | None:
    """The mark that an option with a line to itself begins with. Ticks and solid dots without a box are the bullets of many a list."""
    marks = _marks(text)
    if len(marks) != 1 or (bullet := _BULLET.match(text)) is None or bullet.end() != marks[0].start:
        return None
    (mark,) = marks
    is_box = mark.family in ("round", "angular") or text[mark.start : mark.end] in (*_SQUARE[1], "☑", "☒", "✅", "□√", "□✓", "☐✓", "☐√")
    return mark if is_box and 0 < len(text[mark.end :].strip()) <= _LONGEST_OF_LIST else None


def _read(part: tuple[bool, list[Line]], dropped: list[str]) -> Iterator[Line]:
    is_list, lines = part
    if is_list and len(lines) > 1:
        yield from _read_list(lines, dropped)
        return
    for line in lines:
        text, options = read_form_line(line.text)
        dropped += options
        if text or text == line.text:
            yield line if text == line.text else replace(line, text=text)


def _read_list(lines: Sequence[Line], dropped: list[str]) -> Iterator[Line]:
    marks = [(line, mark) for line in lines if (mark := _own_mark(line.text))]
    signs = {line.text[mark.start : mark.end] for line, mark in marks}
    families = {"box" if mark.family in ("square", "tick") else mark.family for _, mark in marks}
    if len({mark.is_ticked for _, mark in marks}) != 2 or len(families) != 1 or {"☑", "☒"} <= signs:
        yield from lines
        return
    for line, mark in marks:
        option = line.text[mark.end :].strip()
        if mark.is_ticked:
            yield replace(line, text=option)
        else:
            dropped.append(option)
