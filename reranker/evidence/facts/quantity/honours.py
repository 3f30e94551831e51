"""Find British classes of degrees: "First class honours", "2:1", "BA History, First".

Works on text that is `folded` and in lower case.
"""

import re
from collections.abc import Iterator

_HONOURS = re.compile(
    r"(?P<first>first[ -]class (?:honours|hons|degree)|1st class (?:honours|hons|degree))|"
    r"(?P<upper>(?<![\d:.])2(?::|\.(?=\d (?:degree|hono|hons|in [a-z])))1(?![\d:.]|\s?(?:ratio|[ap]m))"
    r"|upper second)|(?P<lower>(?<![\d:.])2(?::|\.(?=\d (?:degree|hono|hons|in [a-z])))2(?![\d:.]|\s?[ap]m)|lower second)"
    r"|(?P<third>third[ -]class (?:honours|hons|degree))"
)
_CLASS_OF_DEGREE = re.compile(
    r"(?<![a-z])(?:ba|b\.a\.|bsc|b\.sc\.?|beng|meng|bcom|llb|mchem|mphys|hons|honours)(?![a-z])[^.\n;\d]{0,40}?[,(:–-]\s?(?:a )?"
    r"(?:(?P<first>first|1st)|(?P<upper>2[.:]1)|(?P<lower>2[.:]2)|(?P<third>third|3rd))(?=\s?(?:$|[,.;)\n|]|class))"
)
"""The class alone behind the degree: "BA History, First"."""
_HONOURS_SHARES = {"first": 1.0, "upper": 0.95, "lower": 0.88, "third": 0.7}
"""British classes of degrees as shares, so that one below is met in part and two below are not."""


def find_honours(text: str) -> Iterator[tuple[float, int, int]]:
    """Yield (share, start, end) of the classes that a text names."""
    for match in (*_HONOURS.finditer(text), *_CLASS_OF_DEGREE.finditer(text)):
        yield _HONOURS_SHARES[match.lastgroup or ""], *match.span()
