"""Find products that a requirement names as examples of a kind, each of which will do.

费控系统（每刻、汇联易、合思等）, "tools such as Foo and Bar", "a warehouse management system (Foo, Bar or SAP)", "Foo, Bar or SAP".
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from preprocess.tech_stack.normalise import find_skills

_PRODUCTS = (
    r"(?:(?i:系统|软件|平台|工具|产品|\b(?:tools?|software|systems?|platforms?|products?|packages?|suites?|programs?|applications?|apps?|tills?"
    r"|(?:health|medical|patient|care) records?))|\b[A-Z]{2,5})(?: (?:experience|knowledge|skills))?"
)
_NAME = r"[A-Z][\w.+&-]{0,20}(?: [A-Z][\w.+&-]{0,20}){0,2}"
_OR_LIST = rf"{_NAME}(?:\s?[,/]\s?{_NAME}){{0,6}},? or {_NAME}"
_EXAMPLES = re.compile(
    rf"{_PRODUCTS}\s?[（(](?:如|例如|比如|包括)?(?P<zh>[^（）()\n]{{2,80}}?)等[^（）()\n]{{0,6}}[）)]"
    rf"|{_PRODUCTS}\s?[（(](?P<either>[^（）()\n]{{2,60}}或者?[^（）()\n]{{2,20}})[）)]"
    rf"|{_PRODUCTS}\s?(?:[（(](?:e\.g\.,? )?|: )(?P<any>{_OR_LIST})"
    rf"|{_PRODUCTS}\s?[（(,]?\s?(?i:such as|e\.g\.,?|for example,?|like|including)\s(?P<en>[^.;()\n]{{2,100}})"
)
_BARE_LIST = re.compile(_OR_LIST)
_SPLIT = re.compile(r"[、,，/]|\s?(?:和|或者?|及|\band\b|\bor\b)\s?")
_PRODUCT_NAME = re.compile(rf"[一-鿿]{{2,8}}|{_NAME}")
_DEMAND_END = re.compile(r"[，,；;]|\band\b|并且?|以及")
_SAYS_SOMETHING = re.compile(r"\w{3}|[一-鿿]{2}")
_MANY = 3
"""Products of a list that nobody works with all of: a line with all of them repeats the job."""


@lru_cache(maxsize=2000)
def named_examples(requirement: str) -> tuple[str, ...]:
    """Return the names of products, technologies of the table left out: these are compared by themselves."""
    return tuple(name for name in _listed(requirement) if not find_skills(name))


def names_example(line: str, names: tuple[str, ...]) -> bool:
    """Return whether a line names one of the products as a word of its own."""
    return any(_stands_in(line, name) for name in names)


def repeats_examples(line: str, requirement: str) -> bool:
    """Return whether a line names all of several products that the requirement has as examples."""
    names = _listed(requirement)
    return len(names) >= _MANY and all(_stands_in(line, name) for name in names)


def asks_for_an_example_only(requirement: str) -> bool:
    """Return whether a requirement asks for nothing beside one of the products that it names."""
    rest = _BARE_LIST.sub(" ", _EXAMPLES.sub(" ", requirement))
    demands = [part for part in _DEMAND_END.split(rest) if _SAYS_SOMETHING.search(part)]
    return len(demands) <= 1 and len(_EXAMPLES.findall(requirement)) <= 1


def _stands_in(line: str, name: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", line) is not None


@lru_cache(maxsize=2000)
def _listed(requirement: str) -> tuple[str, ...]:
    """Return the names of all products in such lists; a bare list is one of products where it names a technology of the table."""
    lists = [next(filter(None, match.groups())) for match in _EXAMPLES.finditer(requirement)]
    lists += [match[0] for match in _BARE_LIST.finditer(requirement) if find_skills(match[0])]
    return tuple(dict.fromkeys(name for listed in lists for name in _names(listed)))


def _names(listed: str) -> Iterator[str]:
    for part in _SPLIT.split(listed):
        if (name := part.strip()) and _PRODUCT_NAME.fullmatch(name):
            yield name
