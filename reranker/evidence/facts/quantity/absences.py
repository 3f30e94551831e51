"""Find what a resume says it has none of: no reports, no budget, never in a large firm. The words are numbers.toml's [none].

Works on text that is `folded` and in lower case.
"""

import re
from collections.abc import Iterator

from reranker.evidence.facts.quantity.amounts import NUMBERS, whole_words

_NONE = NUMBERS["none"]
_DENY = whole_words(_NONE["deny"])
_DENIED = {
    kind: re.compile(rf"{_DENY}[^，,。;；\n\d]{{0,24}}?{whole_words(words)}(?!的?(?:问题|障碍|限))")
    for kind, words in _NONE.items()
    if kind not in ("deny", "alone")
}
_ALONE = {kind: re.compile(whole_words(words)) for kind, words in _NONE["alone"].items()}


def find_absences(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, start, end) of what the writer says he has none of."""
    for patterns in (_DENIED, _ALONE):
        for kind, pattern in patterns.items():
            for match in pattern.finditer(text):
                yield kind, *match.span()
