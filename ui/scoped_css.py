"""Scope a style sheet to the page's contents, so that its rules count more than Gradio's own, which have up to three classes.

Gradio would do this, too, with `css=`: in the browser at each visit, and keeping every rule twice, with its scope and without.
"""

import re

_SCOPE = ".gradio-container.gradio-container .contain "
_OUTSIDE = (":root", ".dark", ".gradio-container", ".toast", ".rr-copy-area")
"""Beginnings of selectors that match elements around or beside the page's contents."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMMA = re.compile(r",(?![^()]*\))")
"""Between selectors, not between those of an :is()."""


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
