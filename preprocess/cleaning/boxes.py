"""Reduce the ticked boxes of a form to what is ticked: "□大专 ☑本科 □硕士" → "本科"; a model would read unticked options as said.

A line is a form line only if ticked and empty marks of one kind stand in it, or several ticks; a list with a box or a dot as its bullet
is none, and neither is a rating ("●●●○○"). Whatever can be read in two ways stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from preprocess.cleaning.form_marks import SEPARATORS, SQUARES, FormMark, find_marks, form_marks
from preprocess.document import Line, Note, Page, quote_notes
from preprocess.lexicon.characters import CJK

_WINGDINGS = dict(zip("\uf0fe\uf0fd\uf0fc\uf06f\uf0a8\uf06e\uf06c\uf0a1\uf0a4", "☑☒✓□□■●○◉", strict=True))
_WINGDINGS_2 = dict(zip("\uf052\uf051\uf053\uf054\uf050\uf0a3", "☑☒☒☒✓□", strict=True))
_GLYPHS = _WINGDINGS | _WINGDINGS_2
_GLYPH = re.compile(f"[{''.join(_GLYPHS)}]")
_CHINESE = rf"[{CJK}]"
_LABEL = r"(?:[^\s:：]{1,12} {0,1}[:：]|[A-Z][\w'-]{0,15}(?: [\w/'-]{1,15}){0,3}:)"
_STOP = re.compile(
    rf"[ \u3000]{{2,}}| [-–—] (?={_LABEL})|\u3000|\t|\||[。；;，,]|(?<={_CHINESE}) (?={_CHINESE})| (?={_LABEL})|[()（）\[\]【】]"
)
_LABEL_THEN_OPTION = re.compile(r"[:：?？]\s{0,3}[^\s:：?？][^:：?？]{0,40}$")
_GOES_ON = re.compile(r" [a-z]")
_LABEL_AT_START = re.compile(_LABEL)
_LABEL_END = re.compile(r"[:：?？] ?|[。；;，,|｜(（]| {2,}|[\u3000\t]")
_TO_FILL_IN = re.compile(r" ?[^\s:：，,]{1,12} ?[:：] ?_{2,}")
"""Behind the comma of an option: "是，部门：____"."""
_ASIDE = re.compile(r"[(（][^()（）\s]{2,20}[)）]")
"""Behind the mark of the option that it says more of: "英语☑（CET-6） 日语□"."""
_LABEL_BEFORE_MARK = re.compile(r"[^:：□☐☑☒\n]{1,24}[:：?？]\s{0,2}")
_BULLET = re.compile(r"\s{0,8}(?:[-*•·] {0,3})?")
_BULLET_BEHIND = re.compile(r"\s[-*•·]\s*$")
"""The bullet of the next option: "- [x] PMP - [ ] CISSP"."""
_LONGEST_BESIDE_BULLETS = 24
"""Characters of an option where the marks also serve as bullets."""
_LONGEST_OPTION = 80
_LONGEST_OF_LIST = 30
_LONGEST_ATTACHED = 12
"""Characters of an option that a solid square touches."""


def draw_boxes(text: str) -> str:
    """Return an unfolded line with its private-use Wingdings boxes as Unicode ones, if several marks stand in it: one alone is a bullet."""
    glyphs = len(_GLYPH.findall(text))
    if not glyphs or glyphs + len(find_marks(text)) < 2:
        return text
    return _GLYPH.sub(lambda glyph: _GLYPHS[glyph[0]], text)


def read_boxes(page: Page, number: int | None, notes: list[Note]) -> Page:
    """Return the folded page without unticked options and without the marks of ticked ones; lines with nothing ticked in them go."""
    lines, dropped = read_form(page.lines)
    notes += quote_notes("unticked_option", dropped, number)
    return replace(page, lines=tuple(lines)) if dropped or lines != list(page.lines) else page


def read_form(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Return the lines of a page with their ticked options only, and the options that were left out; options may have a line each."""
    dropped: list[str] = []
    return [line for part in _lists(lines) for line in _read(part, dropped)], dropped


def read_form_line(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a line with its ticked options only, and the options that were left out; any other line unchanged."""
    marks = form_marks(text)
    if len(marks) < 2:
        return text, ()
    is_trailing = _stands_behind(text, marks)
    if is_trailing is None:
        return text, ()
    kept, dropped = _options_before(text, marks) if is_trailing else _options_behind(text, marks)
    longest = _LONGEST_BESIDE_BULLETS if all(mark.may_be_bullet for mark in marks) else _LONGEST_OPTION
    if any(not option or len(option) > longest for option in dropped):
        return text, ()
    return kept.strip(), dropped


def _stands_behind(text: str, marks: Sequence[FormMark]) -> bool | None:
    """Return whether the marks stand behind their options; None where that cannot be told."""
    before, after = text[: marks[0].start].rstrip(), text[marks[-1].end :].strip()
    if not after and all(text[: mark.start].rstrip().endswith((":", "：")) for mark in marks):  # "Yes: ☑ No: ☐"
        return True
    has_option_before = bool(before) and before[-1] not in ":：•·-*(（"
    is_attached = all(
        text[mark.start - 1 : mark.start].strip() and not text[mark.end : mark.end + 1].strip(SEPARATORS + "。)）_…") for mark in marks
    )
    is_after_label = has_option_before and _LABEL_THEN_OPTION.search(before) and _LABEL_AT_START.match(after)
    if after.strip("。.)）|｜ _…") and not (is_attached and has_option_before) and not is_after_label:
        return False
    return True if has_option_before else None


def _options_behind(text: str, marks: Sequence[FormMark]) -> tuple[str, tuple[str, ...]]:
    kept, dropped = text[: marks[0].start], []
    for mark, end in zip(marks, [*(mark.start for mark in marks[1:]), len(text)], strict=True):
        segment = text[mark.end : end].lstrip(" ")
        if mark.is_ticked:
            kept += segment
            continue
        length = _option_length(segment, is_last=end == len(text))
        rest = segment[length:]
        dropped.append(_BULLET_BEHIND.sub("", segment[:length]).strip(SEPARATORS + ":：_"))
        if rest.strip(SEPARATORS):
            kept = kept.rstrip(SEPARATORS) + rest
        elif end == len(text):
            kept = kept.rstrip(SEPARATORS)
    return kept, tuple(dropped)


def _option_length(segment: str, is_last: bool) -> int:
    """Return where an option ends: at a wide gap, the next label, a bracket opened before it; at a comma if a label or no mark follows."""
    depth = 0
    may_have_comma = not is_last and not _LABEL_AT_START.search(segment)
    for stop in _STOP.finditer(segment):
        if stop[0] in "(（[【":
            depth += 1
        elif stop[0] in ")）]】":
            depth -= 1
            if depth < 0:
                return stop.start()
        elif depth == 0 and stop.start() and not (stop[0] in "，," and (may_have_comma or _goes_on(segment, stop.end()))):
            return stop.start()
    return len(segment)


def _goes_on(segment: str, behind: int) -> bool:
    return bool(_GOES_ON.match(segment, behind) or _TO_FILL_IN.match(segment, behind))


def _options_before(text: str, marks: Sequence[FormMark]) -> tuple[str, tuple[str, ...]]:
    kept, dropped, start = "", [], 0
    for mark in marks:
        segment = text[start : mark.start].rstrip(" :：")
        aside = _ASIDE.match(text, mark.end)
        start = aside.end() if aside else mark.end
        if not kept or kept.rstrip(" ").endswith((":", "：", "?", "？")):
            segment = segment.lstrip(SEPARATORS)
        if mark.is_ticked:
            kept += segment + text[mark.end : start]
            continue
        label = max((match.end() for match in _LABEL_END.finditer(segment)), default=0)
        spaces = [match.end() for match in re.finditer(rf"(?<={_CHINESE}) (?={_CHINESE})", segment)]
        label = max([label, *spaces])
        dropped.append(segment[label:].strip(SEPARATORS + "[]【】:：_"))
        kept += segment[:label].rstrip(" 、，,/") if not segment[:label].strip(SEPARATORS) else segment[:label]
    return kept.rstrip(" 、，,/") + text[start:], tuple(dropped)


def _lists(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """The lines in groups: whether they all begin with a box and hold no other mark, and the lines.

    A label may stand before the first box: 交通方式：☐步行, and below it an option a line.
    """
    groups = [(is_list, list(part)) for is_list, part in groupby(lines, key=lambda line: _own_mark(line.text) is not None)]
    for index, (is_list, part) in enumerate(groups):
        if is_list:
            before = groups[index - 1][1][-1:] if index else []
            yield True, [line for line in before if _labelled(line.text)] + part
        else:
            goes_on = index + 1 < len(groups) and _labelled(part[-1].text)
            yield False, part[:-1] if goes_on else part


def _labelled(text: str) -> tuple[str, FormMark] | None:
    """The label and the mark of a line that has nothing but a label, a mark and its option."""
    match = _LABEL_BEFORE_MARK.match(text)
    if match is None or (mark := _own_mark(text[match.end() :])) is None:
        return None
    return match[0], replace(mark, start=mark.start + match.end(), end=mark.end + match.end())


def _own_mark(text: str) -> FormMark | None:
    """The mark that an option with a line to itself begins with. Ticks and solid dots without a box are the bullets of many a list, but
    a square that touches a short option is none: ■川菜.
    """
    marks = find_marks(text)
    if len(marks) != 1 or (bullet := _BULLET.match(text)) is None or bullet.end() != marks[0].start:
        return None
    (mark,) = marks
    sign, option = text[mark.start : mark.end], text[mark.end :]
    is_box = mark.family in ("round", "angular") or sign in (*SQUARES[1], "☑", "☒", "✅", "□√", "□✓", "☐✓", "☐√")
    is_box = is_box or (sign in SQUARES[0] and option[:1].strip() != "" and len(option) <= _LONGEST_ATTACHED)
    return mark if is_box and 0 < len(option.strip()) <= _LONGEST_OF_LIST else None


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
    labels = {0: labelled[0]} if (labelled := _labelled(lines[0].text)) else {}
    marks = [(line, mark) for line in lines if (mark := _own_mark(line.text) or (labelled and labelled[1]))]
    signs = {line.text[mark.start : mark.end] for line, mark in marks}
    families = {"box" if mark.family in ("square", "tick") else mark.family for _, mark in marks}
    is_nested = signs <= {*SQUARES[0], *SQUARES[1]} and not _touch(marks)
    if is_nested or len({mark.is_ticked for _, mark in marks}) != 2 or len(families) != 1 or {"☑", "☒"} <= signs:
        yield from lines
        return
    for index, (line, mark) in enumerate(marks):
        label, option = labels.get(index, ""), line.text[mark.end :].strip()
        if mark.is_ticked:
            yield replace(line, text=label + option)
            continue
        dropped.append(option)
        if label:
            yield replace(line, text=label.rstrip())


def _touch(marks: Sequence[tuple[Line, FormMark]]) -> bool:
    """Return whether every mark touches its option: a list of lists has a space behind its bullets."""
    return all(line.text[mark.end : mark.end + 1].strip() for line, mark in marks)
