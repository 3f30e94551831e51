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
_SMALL = re.compile(
    r"(?:全厂|全公司|全所|全店|全社|公司(?:共|只有|规模)?|事务所(?:共|只有)?|厂里(?:共|只有)?|小厂|小店|小公司)(?:约|大概|才|就)?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:来|多|余)?(?:个)?人(?!团队|小组)"
    r"|\((?:about |approx\.? )?\d{1,2} (?:staff|people|employees|of us)(?: in total)?\)"
    r"|(?<![a-z\d])(?:\d{1,2}|two|three|four|five|six|seven|eight|ten|twelve)-(?:person|man|people|employee|partner|chair|strong|branch)"
    r" (?:[a-z-]{2,12} ){0,3}(?:firm|practice|office|company|shop|agency|business|studio|start-?up|workshop|garage)(?![a-z])"
)
"""A firm that is too small for any class of large ones: 全厂40人, "three-partner practice"."""


def find_absences(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, start, end) of what the writer says he has none of."""
    for match in _SMALL.finditer(text):
        yield "employer", *match.span()
    for patterns in (_DENIED, _ALONE):
        for kind, pattern in patterns.items():
            for match in pattern.finditer(text):
                yield kind, *match.span()
