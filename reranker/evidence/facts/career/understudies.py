"""Tell work as the assistant or deputy of a title that an English requirement asks for from work with that title."""

import re

_TITLES = (
    r"(?:managers?|directors?|head ?teachers?|head ?chefs?|chefs?|supervisors?|team leaders?|principals?|matrons?|controllers?|accountants?"
    r"|solicitors?|engineers?|editors?|producers?)"
)
_NAMES_TITLE = re.compile(rf"\b(?:(?P<leading>[a-z-]+ ){{0,3}}?)(?P<title>{_TITLES})\b", re.IGNORECASE)
_MANAGES_PLACE = re.compile(
    r"\bmanag(?:e|ed|ing) (?!(?:an? |the |one or more |multiple |several )?(?:teams?\b|people\b|staff\b|crews?\b|groups?\b|project|budget"
    r"|account|client|customer|stakeholder|supplier|change\b|risk|own\b|others?\b|relationship|priorit|time\b|complex|large|small))[a-z]",
    re.IGNORECASE,
)
"""Asks for a manager in other words: "managing a warehouse"."""
_UNDER = re.compile(
    r"\b(?:[a-z]+ )?(?:(?:assistant|asst\.?|deputy|associate|sous|trainee|pa|ea|secretary|aide|advis[eo]r)(?: (?:to|for)(?: the| our)?)? "
    rf"(?:[a-z&-]+ ){{0,3}}?{_TITLES}|sous[- ]chefs?|assistant)\b",
    re.IGNORECASE,
)
_HEAD_LINES, _LONGEST_HEAD = 3, 120
_BULLET = re.compile(r"\s*[-•*·–▪]")


def is_below(requirement: str, entry: str) -> bool:
    """Return whether the head of an entry of work names an understudy of the title that a requirement asks for, and nobody who has it."""
    title = _title_asked(requirement)
    if not title or _UNDER.search(requirement):
        return False
    head = "\n".join(line[:_LONGEST_HEAD] for line in entry.split("\n")[:_HEAD_LINES] if not _BULLET.match(line))
    if not _UNDER.search(head):
        return False
    return re.search(rf"\b{re.escape(title)}s?\b", _UNDER.sub(" ", head), re.IGNORECASE) is None


def _title_asked(requirement: str) -> str:
    """Return the last word of the title that is asked for, in lower case and without its plural; "" for none."""
    if named := _NAMES_TITLE.search(requirement):
        return named["title"].lower().removesuffix("s")
    return "manager" if _MANAGES_PLACE.search(requirement) else ""
