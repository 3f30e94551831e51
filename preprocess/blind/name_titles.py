"""Take titles off a name: those before it (Dr., Sgt., Major (Ret'd)) and those behind it (PhD, ACCA, MBE)."""

import re
from functools import cache

from preprocess.blind.lists import one_of, words

_RETIRED = r"(?:[ ]?\((?:Ret'?d?|Rtd|retired)\.?\))?"


def without_titles(name: str) -> str:
    """Return a name in Latin letters without titles. At least two of its words stay, where only a rank or an ending would be left."""
    bare = _courtesy_titles().sub("", name)
    behind_rank = _ranks().sub("", bare)
    parts = (behind_rank if " " in behind_rank else bare).split(" ")
    while len(parts) > 2 and is_post_nominal(parts[-1]):
        parts.pop()
    return " ".join(parts)


def is_courtesy_title(word: str) -> bool:
    """Return whether a single word is a title that is no rank: Dr, Ms."""
    return word.lower() in words("english", "courtesy_titles")


def is_post_nominal(word: str) -> bool:
    """Return whether a single word is a degree, a membership or an honour as it stands behind a name: PhD, ACCA."""
    return word.rstrip(".") in _post_nominals()


@cache
def courtesy_title() -> str:
    """Return a pattern for a capitalised title that is no rank, without its dot."""
    return one_of(word.capitalize() for word in words("english", "courtesy_titles"))


@cache
def _courtesy_titles() -> re.Pattern[str]:
    return re.compile(rf"^(?:{courtesy_title()}\.?[ ])+", re.IGNORECASE)


@cache
def _ranks() -> re.Pattern[str]:
    return re.compile(rf"^(?:{one_of(words('english', 'ranks'))}\.?{_RETIRED}[ ])+", re.IGNORECASE)


@cache
def _post_nominals() -> frozenset[str]:
    listed = words("english", "post_nominals")
    return listed | {word.upper() for word in listed}
