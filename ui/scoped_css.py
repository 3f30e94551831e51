"""Prepare a style sheet for the page: scope it to the page's contents, and let its sizes follow the text size that a person set.

Scoped, its rules count more than Gradio's own, which have up to three classes. Gradio would do this, too, with `css=`: in the browser at
each visit, and keeping every rule twice, with its scope and without.
"""

import re

_SCOPE = ".gradio-container.gradio-container .contain "
_OUTSIDE = (":root", ".dark", ".gradio-container", ".toast", ".rr-copy-area")
"""Beginnings of selectors that match elements around or beside the page's contents."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMMA = re.compile(r",(?![^()]*\))")
"""Between selectors, not between those of an :is()."""

_ROOT_PX = 16
"""The text size of a browser in which nobody set another one."""

_BLOCK = re.compile(r"(@media[^{]*)|\{([^{}]*)\}")
_TEXT_HIGH = re.compile(r"(?<![\w-])(font|font-size|line-height|height|max-height): ([^;]*)")
_BELOW_A_BAR = re.compile(r"(?<![\w-])(bottom|margin-bottom): ([^;]*)")
"""Where it is high enough to leave room for a bar of buttons."""
_BAR_PX = 60
_WIDTH = re.compile(r"(?<![\w-])(width): (\d[\d.]*px)(?=;|\s*$)")
_PX = re.compile(r"(?<![\d.])(\d[\d.]*)px\b")


def growing(sheet: str) -> str:
    """Return the sheet with text, and what is as high as text, in rem, and the widths of windows in em.

    With larger text a window so has the layout of a narrower one, and what is written in px, as gaps and borders are, stays as it is.
    """
    return _BLOCK.sub(_grown, sheet)


def _grown(block: re.Match[str]) -> str:
    media, declarations = block.groups()
    if media:
        return _in_unit(media, "em")
    is_square = re.search(r"(?<![\w-])height: \d", declarations) is not None  # a box beside text, that keeps its shape
    grown = _TEXT_HIGH.sub(lambda line: f"{line[1]}: {_in_unit(line[2])}", declarations)
    grown = _BELOW_A_BAR.sub(lambda line: f"{line[1]}: {_in_unit(line[2], least=_BAR_PX)}", grown)
    return "{" + (_WIDTH.sub(lambda line: f"{line[1]}: {_in_unit(line[2])}", grown) if is_square else grown) + "}"


def _in_unit(value: str, unit: str = "rem", least: float = 0) -> str:
    return _PX.sub(lambda px: f"{float(px[1]) / _ROOT_PX:g}{unit}" if float(px[1]) >= least else px[0], value)


def scoped(sheet: str) -> str:
    """Return the sheet with the scope before each selector, also in its media queries."""
    parts, inside = [], []  # of the blocks around: the kind of each
    for part in re.split(r"([{}])", _COMMENT.sub("", sheet)):
        if part == "{":
            inside.append("keyframes" if parts[-1].lstrip().startswith("@keyframes") else "block")
        elif part == "}":
            inside.pop()
        parts.append(part)
        if part == "{" and "keyframes" not in inside and not parts[-2].lstrip().startswith("@"):
            parts[-2] = ",".join(map(_selector, _COMMA.split(parts[-2])))
    assert not inside, "a block is not closed: a browser would drop what follows"
    return "".join(parts)


def _selector(selector: str) -> str:
    bare = selector.strip()
    return bare if bare.startswith(_OUTSIDE) else _SCOPE + bare
