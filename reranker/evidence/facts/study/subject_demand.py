"""Find which subjects a requirement accepts, and tell whether a degree is of one of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from preprocess.lexicon.characters import has_cjk
from reranker.evidence.facts.study.levels import LevelMention
from reranker.evidence.facts.study.subject_names import chinese_names, english_names
from reranker.evidence.facts.study.subjects import GENERAL, degree_families, families_asked, table

_RELATED = re.compile(
    r"相关|相近|类|related|similar|relevant|equivalent (?:field|subject|discipline)|comparable|allied|cognate", re.IGNORECASE
)
_OR = re.compile(r"\bor\b|[/或]")


@dataclass(frozen=True)
class SubjectDemand:
    """A job's subjects: `families` of the table, those `near` that count too where it says "related", `names` that the table lacks."""

    families: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.families or self.names)

    def is_met_by(self, subjects: frozenset[str], words: str) -> bool:
        """Return whether an entry with these subjects, or these words, is of a subject asked for."""
        return bool((self.families | self.near) & subjects) or any(name.lower() in words.lower() for name in self.names)


def subjects_asked(text: str, mentions: Sequence[LevelMention]) -> SubjectDemand:
    """Return the subjects that a folded requirement names; `mentions` are its levels."""
    named = [*(chinese_names(text, mentions) if has_cjk(text) else ()), *english_names(text, mentions)]
    known = frozenset[str]().union(*(families_asked(name) for name, _ in named))
    names = tuple(dict.fromkeys(name for name, may_be_unknown in named if may_be_unknown and not families_asked(name)))
    words = [text[mention.start : mention.end] for mention in mentions]
    of_levels = [_of_level(name) for name in words]
    if known or names:  # "M.Com or MBA (Finance)", "MSW or MA in Psychology"
        known = known.union(*map(degree_families, words)) - (GENERAL - known)
    elif of_levels and all(of_levels):  # "MBA", unless any other degree of its level will do
        known = known.union(*of_levels) - {"general_science"}
    near = {other for family in known for other in table()["subjects"][family]["near"]} if _RELATED.search(text) else ()
    return SubjectDemand(known, frozenset(near), names)


def _of_level(words: str) -> frozenset[str]:
    """The subjects of a degree that is of one by its name (MBA, LL.B); none where another degree of its level will do, too."""
    of_each = [degree_families(part) for part in _OR.split(words)]
    return frozenset[str]().union(*of_each) if all(of_each) else frozenset()
