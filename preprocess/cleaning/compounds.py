"""Tell whether a hyphen at a line end belongs to the word (SQL-/based) or only parts it there (Kuber-/netes)."""

from preprocess.lexicon.english_words import english_words, is_compound
from preprocess.tech_stack.names import is_technology_name

_TAILS = frozenset(
    """accelerated agnostic aligned assisted augmented aware backed based built centric compliant driven enabled facing first focused
    focussed friendly funded hardened hosted intensive managed optimised optimized orientated oriented powered ready savvy specific tested
    winning""".split()
)
"""Second parts of compounds. No English word ends in one behind three letters or more, other than those of the word table (surfacing) and
those that begin with a prefix (over-/powered, con-/tested)."""
_PREFIXES = frozenset("con counter dis hyper inter mis non out over post pre pro sub super trans under".split())
_LINKS = frozenset("and by for of the to".split())
"""Second words of a phrase in hyphens: end-to-end, state-of-the-art."""
_SHORT_TAILS = {"on": "add bolt clip hands", "up": "follow", "in": "built drop opt walk", "off": "kick one sign trade", "out": "opt"}
_SHORTEST = 3  # letters


def keeps_hyphen(head: str, tail: str, words: frozenset[str]) -> bool:
    """Return whether the hyphen between two parts of a word stays, where the document has these words in lower case.

    A compound within the tail is whole: "to-end" behind "end".
    """
    small, first = head.lower(), tail.split("-")[0]
    if small + tail in words or is_parted_name(head, tail):
        return False
    if "-" in head or len(head) == 1 or head.isupper() or not head.isalpha():  # no word is parted behind one letter, nor an acronym
        return True
    if first != tail and (tail.endswith(f"-{small}") or (first in _LINKS and small in english_words())):
        return True
    if small in _SHORT_TAILS.get(first, "").split():
        return True
    if first in _TAILS and is_technology_name(head):
        return True
    if is_technology_name(head, is_sure=True) or any(map(str.isupper, head[1:])):
        return first in _TAILS or (len(first) > _SHORTEST and first in english_words())
    if first in _TAILS and len(head) >= _SHORTEST and small not in _PREFIXES and small + first not in english_words():
        return True
    return is_compound(small, first)


def is_parted_name(head: str, tail: str) -> bool:
    """Return whether the line end parts the name of a technology, which is not written with a hyphen: Postgre-/SQL, but not T-/SQL."""
    return not head.isupper() and is_technology_name(head + tail) and not is_technology_name(f"{head}-{tail}")
