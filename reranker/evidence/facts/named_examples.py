"""Find products that a requirement names as examples of a kind: 费控系统（每刻、汇联易、合思等）, "tools such as Foo and Bar"."""

import re
from functools import lru_cache

from preprocess.tech_stack.normalise import find_skills

_PRODUCTS = r"(?:系统|软件|平台|工具|产品|\b(?:tools?|software|systems?|platforms?|products?))"
_EXAMPLES = re.compile(
    rf"{_PRODUCTS}\s?[（(](?:如|例如|比如|包括)?(?P<zh>[^（）()\n]{{2,80}}?)等[^（）()\n]{{0,6}}[）)]"
    rf"|{_PRODUCTS}\s?[（(,]?\s?(?:such as|e\.g\.,?|for example,?|like|including)\s(?P<en>[^.;()\n]{{2,100}})",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[、,，/]|\s?(?:和|或|及|\band\b|\bor\b)\s?")
_PRODUCT_NAME = re.compile(r"[一-鿿]{2,8}|[A-Z][\w.+-]*(?: [A-Z][\w.+-]*){0,2}")


@lru_cache(maxsize=2000)
def named_examples(requirement: str) -> tuple[str, ...]:
    """Return the names of products, technologies of the table left out: these are compared by themselves."""
    names: list[str] = []
    for match in _EXAMPLES.finditer(requirement):
        names += [name for part in _SPLIT.split(match["zh"] or match["en"]) if (name := part.strip()) and _PRODUCT_NAME.fullmatch(name)]
    return tuple(name for name in dict.fromkeys(names) if not find_skills(name))


def names_example(line: str, names: tuple[str, ...]) -> bool:
    """Return whether a line names one of the products as a word of its own."""
    return any(re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", line) for name in names)
