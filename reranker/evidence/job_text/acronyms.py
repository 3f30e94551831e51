"""Recognise the abbreviations that a requirement names and no table knows (CRRT, HACCP, IATF 16949): a line that names one shows it.

What is asked for by an abbreviation is nearly always written so on a resume, too, whatever the trade.
"""

import re
from functools import lru_cache

from preprocess.lexicon.english_words import english_words
from reranker.evidence.alternatives import without_names
from reranker.evidence.facts import certificates, degrees, languages
from reranker.evidence.topics import Topic, named_topic, topics_of

_ACRONYM = re.compile(r"(?<![A-Za-z\d@./_&-])([A-Z]{3,6}|[A-Z]{2,5}(?=\s?\d{3,5}\b))(?:\s?(\d{1,5}))?(?![A-Za-z\d@_&]|[./-]\w)")
_EITHER = re.compile(r"或|/|如|例|等|\b(?:or|e\.g\.|such as|like|any)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z]{3,}\s+[A-Z]{2,}")
"""Words in capitals, side by side: a heading."""
_GENERAL = frozenset("AND NOT FOR THE ALL ANY MUST KPI OKR SOP USA JD HR CEO CTO CFO COO CIO PPT TBD ASAP BONUS".split())
"""Abbreviations that stand on resumes of every trade."""


@lru_cache(maxsize=2000)
def acronyms_of(requirement: str) -> tuple[Topic, ...]:
    """Return a topic for each abbreviation of a requirement; one for all of them where one is enough."""
    text = without_names(requirement)
    if not re.search(r"[a-z\u4e00-\u9fff]", text) or _CAPITALS.search(text):
        return ()
    names = {match[1] + (match[2] or ""): match for match in _ACRONYM.finditer(text)}
    unknown = [name for name, match in names.items() if match[1] not in _GENERAL and not _is_known(name)]
    if not unknown:
        return ()
    spelled = [f"{names[name][1]} {names[name][2]}" for name in unknown if names[name][2]]
    if _EITHER.search(text):
        return (named_topic("/".join(unknown), [*unknown, *spelled]),)
    return tuple(named_topic(name, [name, *(word for word in spelled if word.replace(" ", "") == name)]) for name in unknown)


def _is_known(name: str) -> bool:
    """Return whether a name is a word, a topic, or a degree, language test or certificate, which are compared as such."""
    is_fact = any(kind.asked(name) is not None for kind in (degrees, languages, certificates))
    return is_fact or name.lower() in english_words() or bool(topics_of(name))
