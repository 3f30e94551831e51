"""Write texts that lead a backtracking matcher astray: what a pattern can repeat without end, after what leads there, before a miss.

Patterns without a repetition of `MANY` or more do bounded work at each place of a text and need no pumping, nor does one that ends in
the repetition of a character: once there it has matched, and the search goes on behind it.
"""

import re
from collections.abc import Iterator
from itertools import islice
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parse  # type: ignore[attr-defined]
from typing import Any

Pump = tuple[str, str, str]
"""What leads to the repetition, what is repeated, what comes after it."""

MANY = 400
_MEMBERS = "a1 年-.,:;_/@|(（\"'\n\t=<>#*·A是x“[【&+~"
"""Characters that stand for a class, in the order in which they are tried."""

_CATEGORIES = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
}
_OPPOSITES = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_SINGLE = (sre.IN, sre.LITERAL, sre.NOT_LITERAL, sre.ANY)
_MISS = "\x00"


def pumps(pattern: re.Pattern) -> list[Pump]:
    """Return the texts that a pattern is tried on, each once; none for a pattern of bounded repetitions."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = list(sre_parse.parse(source, pattern.flags & ~re.DEBUG & ~re.UNICODE))
    unique: dict[Pump, None] = {}
    for before, body in _unbounded(tree, [""]):
        for pump in islice(_samples(body), 6):
            for prefix in before[:4]:
                for unit in dict.fromkeys((pump, prefix + pump)):
                    unique[prefix, unit, ""] = unique[prefix, unit, _MISS + "\n"] = None
                unique["", unit, _MISS] = None
                if prefix:
                    unique["", prefix, _MISS] = None
    if unique:
        for character in _alphabet(tree):
            unique["", character, _MISS] = None
    return [pump for pump in unique if pump[1]]


def text_of(pump: Pump, length: int) -> str:
    """Return a text of about that many characters."""
    prefix, unit, suffix = pump
    return prefix + unit * max(1, (length - len(prefix) - len(suffix)) // len(unit)) + suffix


def _unbounded(nodes: list[Any], before: list[str], is_last: bool = True) -> Iterator[tuple[list[str], list[Any]]]:
    """Yield each repetition without end that something may follow, by what it repeats, with texts that lead to it."""
    for index, (operator, argument) in enumerate(nodes):
        is_end = is_last and index == len(nodes) - 1
        if operator in _REPEATS:
            least, most, body = argument
            yield from _unbounded(list(body), before, is_last=False)
            if most >= MANY and not (is_end and len(body) == 1 and body[0][0] in _SINGLE):
                yield before, list(body)
            texts = [sample * max(least, 1) for sample in islice(_samples(list(body)), 2)] if least else [""]
        else:
            for inner in _inner(operator, argument):
                yield from _unbounded(inner, before, is_end and operator in (sre.BRANCH, sre.SUBPATTERN))
            texts = list(islice(_node_samples(operator, argument), 4))
        before = list(dict.fromkeys((start + text)[-80:] for text in texts for start in before))[:6] or before


def _inner(operator: Any, argument: Any) -> list[list[Any]]:
    """Return the sequences inside a node that is no repetition."""
    if operator is sre.BRANCH:
        return [list(branch) for branch in argument[1]]
    if operator is sre.SUBPATTERN:
        return [list(argument[3])]
    if operator is sre.ATOMIC_GROUP:
        return [list(argument)]
    if operator in (sre.ASSERT, sre.ASSERT_NOT):
        return [list(argument[1])]
    if operator is sre.GROUPREF_EXISTS:
        return [list(branch) for branch in argument[1:] if branch]
    return []


def _samples(nodes: list[Any]) -> Iterator[str]:
    """Yield texts that a sequence matches, short ones, the first node in its variety."""
    if not nodes:
        yield ""
        return
    (operator, argument), rest = nodes[0], nodes[1:]
    tails = list(islice(_samples(rest), 2))
    for text in islice(_node_samples(operator, argument), 8):
        for tail in tails:
            yield text + tail


def _node_samples(operator: Any, argument: Any) -> Iterator[str]:
    if operator is sre.LITERAL:
        yield chr(argument)
    elif operator is sre.NOT_LITERAL:
        yield from (character for character in _MEMBERS[:12] if ord(character) != argument)
    elif operator is sre.ANY:
        yield from "a1 年-"
    elif operator is sre.IN:
        yield from _members(argument)
    elif operator in _REPEATS:
        least, _, body = argument
        for sample in islice(_samples(list(body)), 4):
            yield sample * max(least, 1)
        if not least:
            yield ""
    elif operator is sre.ASSERT or operator in (sre.ASSERT_NOT, sre.AT, sre.GROUPREF):
        yield ""
    else:
        for inner in _inner(operator, argument):
            yield from islice(_samples(inner), 3)


def _members(items: list[Any]) -> list[str]:
    """Return some characters of a class: usual ones, and the first of what is named in it."""
    matches = [character for character in _MEMBERS if _is_in(character, items)]
    named = [chr(value if operator is sre.LITERAL else value[0]) for operator, value in items if operator in (sre.LITERAL, sre.RANGE)]
    is_negated = items[0][0] is sre.NEGATE
    return list(dict.fromkeys([*matches[:6], *([] if is_negated else named[:4])]))


def _is_in(character: str, items: list[Any]) -> bool:
    is_member = False
    for operator, value in items:
        if operator is sre.LITERAL:
            is_member |= ord(character) == value
        elif operator is sre.RANGE:
            is_member |= value[0] <= ord(character) <= value[1]
        elif operator is sre.CATEGORY:
            is_member |= not _CATEGORIES[_OPPOSITES[value]](character) if value in _OPPOSITES else _CATEGORIES[value](character)
    return is_member != (items[0][0] is sre.NEGATE)


def _alphabet(nodes: list[Any]) -> list[str]:
    """Return single characters of the pattern, and usual ones."""
    characters: dict[str, None] = dict.fromkeys(_MEMBERS)

    def walk(sequence: list[Any]) -> None:
        for operator, argument in sequence:
            if operator is sre.LITERAL:
                characters[chr(argument)] = None
            elif operator is sre.IN:
                characters.update(dict.fromkeys(_members(argument)))
            elif operator in _REPEATS:
                walk(list(argument[2]))
            for inner in _inner(operator, argument):
                walk(inner)

    walk(nodes)
    return list(characters)[:60]
