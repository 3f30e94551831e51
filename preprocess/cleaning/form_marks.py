"""Find the marks of a form in a line, and whether they are ticked: □ ☑, ○ ●, ( ) (√), [ ] [x], ___ _x_, ✓ ✗. Knows no options.

What some signs say depends on the others of the line: ◎ is ticked beside ○ and empty beside ●, (○) is ticked beside (×) and empty
beside (●), and a cross says no beside a tick and yes beside empty boxes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

TICKS = "☑☒⊠✓✔√✅🗹🗸🗷"
SQUARES = ("■◼▣⬛◾", "□☐▢◻⬜囗❏❑❒🔲◽")
_CIRCLES, _DIAMONDS = ("●◉⦿🔘⬤", "○◯⚪"), ("◆", "◇")
_CROSSES = "✗✘✕✖❌"
_FAMILIES = (
    {mark: ("tick", "ticked") for mark in TICKS}
    | dict.fromkeys("◎⊙", ("circle", "double"))
    | {mark: ("tick", "cross") for mark in _CROSSES}
)
for _name, _signs in (("square", SQUARES), ("circle", _CIRCLES), ("diamond", _DIAMONDS)):
    _FAMILIES |= {sign: (_name, state) for signs, state in zip(_signs, ("ticked", "empty"), strict=True) for sign in signs}

_BLANK = "[ \u3000_]{0,3}"
_INSIDE = {"ticked": "√✓✔vVyY*•●■☑/", "letter": "xX", "ring": "○◯O", "cross": f"×{_CROSSES}"}
_STATE_INSIDE = {sign: state for state, signs in _INSIDE.items() for sign in signs}
_CONTENT = re.escape("".join(_STATE_INSIDE))
_SIGN = re.compile(
    rf"[□☐][√✓✔]|[{''.join(_FAMILIES)}]\ufe0f?|(?<![0-9A-Za-z])(?P<times>×)(?![ \u3000]?\d)"
    rf"|(?P<round>[(（]{_BLANK}(?P<x>[{_CONTENT}]?){_BLANK}[)）])"
    rf"|(?P<angular>[\[【［〔{{<＜]{_BLANK}(?P<y>[{_CONTENT}]?){_BLANK}[\]】］〕}}>＞])"
    r"|(?P<line>(?<![\w|｜])_{1,6} ?(?P<z>[xX√✓✔vV]) ?_{1,6}(?!_)"
    r"|(?<![\w|｜:：])(?<![:：] )_{2,5}(?!\w*_)|(?:(?<=[:：])|(?<=[:：] ))_{2,5}(?= ?[^\W\d_])(?!\w*_)"
    r"|(?<![^\s:：?？])(?P<bare>[xX])(?= (?:[Yy]es|[Nn]o|YES|NO)\b))"
    r"|(?P<bar>\|(?P<w>[xX✓✔√_])\|)"
)
_BULLET_LIKE = frozenset({"square", "circle", "diamond"})
_YES, _NO = frozenset("☑✅🗹"), frozenset("☒⊠🗷")
_BLANK_BRACKET = re.compile(r"[(（\[【{][ \u3000]{1,3}[)）\]】}]")
SEPARATORS = " \u3000\t、，,/|；;"


@dataclass(frozen=True)
class FormMark:
    """A mark at text[start:end], of one `family` of signs: squares, circles, brackets and the like."""

    start: int
    end: int
    family: str
    is_ticked: bool

    @property
    def may_be_bullet(self) -> bool:
        """Return whether signs of this family also serve as the bullets of lists."""
        return self.family in _BULLET_LIKE


def find_marks(text: str) -> list[FormMark]:
    """Return all signs of a line that may be marks of a form, in their order."""
    has_blank = _BLANK_BRACKET.search(text) is not None
    matches = [(match, *_kind(match)) for match in _SIGN.finditer(text) if not _is_call(text, match, has_blank)]
    states: dict[str, set[str]] = {}
    for _, family, state in matches:
        states.setdefault(family, set()).add(state)
    if "ticked" not in states.get("tick", set()):  # a cross beside an empty box is its tick; by itself it is no mark
        has_empty = any("empty" in states.get(family, ()) for family in _BULLET_LIKE)
        matches = [
            (match, family, "ticked" if state == "cross" and family == "tick" else state)
            for match, family, state in matches
            if not (family == "tick" and state == "cross") or (has_empty and not match["times"])
        ]
    if "empty" not in states.get("line", set()):  # an X between spaces
        matches = [(match, family, state) for match, family, state in matches if not match["bare"]]
    return [FormMark(*match.span(), family, _is_ticked(state, states[family])) for match, family, state in matches]


def form_marks(text: str) -> list[FormMark]:
    """Return the marks of a form in a line; none where the line is no form."""
    marks = find_marks(text)
    if len(marks) < 2:
        return []
    kinds = {(mark.family, mark.is_ticked) for mark in marks}
    both = {family for family, _ in kinds if {(family, True), (family, False)} <= kinds}
    if ("tick", True) in kinds:
        empty = {family for family in _BULLET_LIKE if (family, False) in kinds}
        both |= (empty or {"line"}) | {"tick"}
    chosen = [mark for mark in marks if mark.family in both]
    signs = {text[mark.start : mark.end] for mark in chosen}
    if signs & _YES and signs & _NO:  # a cross may say no
        return []
    if all(mark.is_ticked for mark in chosen) and not all(text[mark.end :].lstrip()[:1].isalpha() for mark in chosen):
        return []
    return [] if _is_rating(text, chosen) else chosen


def _kind(match: re.Match[str]) -> tuple[str, str]:
    """The family and the state of a sign, by itself."""
    for family, content in (("round", "x"), ("angular", "y")):
        if match[family]:
            return family, _STATE_INSIDE[match[content]] if match[content] else "empty"
    if match["times"]:
        return "tick", "cross"
    if match["line"]:
        return "line", "ticked" if match["z"] or match["bare"] else "empty"
    if match["bar"]:
        return "bar", "empty" if match["w"] == "_" else "ticked"
    return _FAMILIES.get(match[0].rstrip("\ufe0f"), ("tick", "ticked"))


def _is_call(text: str, match: re.Match[str], has_blank: bool) -> bool:
    """Return whether a bracket is that of a function or an index, f(x), a[X], and not of a form with blank brackets: "M( ) F(X)"."""
    content = match["x"] or match["y"]
    if not content or not content.isalpha():
        return False
    before = text[max(0, match.start() - 2) : match.start()]
    if not before[-1:].isascii() or not (before[-1:].isalnum() or before[-1:] == "_"):
        return False
    return not has_blank or (before[-1].islower() and not before[:-1].isalnum())


def _is_ticked(state: str, states: Iterable[str]) -> bool:
    """Return whether a sign is ticked, beside signs of its family in these states."""
    if state in ("ticked", "empty"):
        return state == "ticked"
    if state == "double":
        return "ticked" not in states
    if "empty" in states:
        return True
    if state == "cross":
        return not {"ticked", "ring"} & set(states)
    return "ticked" not in states


def _is_rating(text: str, marks: Sequence[FormMark]) -> bool:
    """Return whether two marks have nothing between them: ●●●○○."""
    return any(not text[left.end : right.start].strip(SEPARATORS) for left, right in pairwise(marks))
