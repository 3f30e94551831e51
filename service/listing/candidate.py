"""Describe a candidate of a list: a row with its resume, the reader's label and status, and what it is searched and filtered by."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from weakref import WeakKeyDictionary

from feedback.labels import Label
from preprocess.document import Resume
from preprocess.lexicon.characters import simplified
from preprocess.screening.attention import WARNINGS
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Row
from service.listing.introduction import Introduction, introduction
from service.listing.match import asked_first

PASTED = "pasted"
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NO_LETTER = re.compile(r"[\W\d_]")
_CHINESE_SHARE = 0.2
"""A resume with this share of Chinese characters is in Chinese: English names of technologies fill a good part of most."""
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True)
class ListedCandidate:
    """A row with what else a list is searched, filtered and sorted by. `row` is as shown: in blind mode its name is a letter."""

    row: Row
    resume: Resume
    own_label: Label | None = None
    status: str = ""
    is_blind: bool = False

    @property
    def introduction(self) -> Introduction:
        """Who the resume is of; no name in blind mode."""
        known = introduction(self.resume)
        return Introduction("", known.profile) if self.is_blind else known

    @property
    def asked(self) -> list[MatchPoint]:
        """The match points that count first: the musts, or all where the job has none."""
        return asked_first(self.row.match_points)

    @property
    def is_flagged(self) -> bool:
        """True if there is a warning."""
        return bool(self.row.truncated) or any(note.code in WARNINGS for note in self.row.notes)

    @property
    def name(self) -> str:
        """What the row is headed with."""
        return self.introduction.name or self.row.name

    @property
    def source(self) -> str:
        """The kind of its file, as its name ends, in capitals; PASTED for a text without one."""
        suffix = PurePath(self.resume.name).suffix[1:]
        return suffix.upper() if 1 <= len(suffix) <= 5 and suffix.isalnum() else PASTED

    @property
    def language(self) -> str:
        """The language of the resume, "zh" or "other"."""
        return "zh" if is_chinese(self.resume.text) else "other"

    def found(self, words: Sequence[str]) -> bool:
        """Return whether each of these `comparable` words is in the text, the name, or the names of the files, as far as they are shown."""
        names = [self.row.name] if self.is_blind else [self.row.name, self.resume.name, *self.resume.files]
        told = comparable("\n".join(names))
        text = comparable_text(self.resume)
        return all(word in told or any(spelling in text for spelling in spellings(word, self.resume)) for word in words)


def is_chinese(text: str) -> bool:
    """Return whether a resume is in Chinese."""
    letters = _NO_LETTER.sub("", text)
    return len(_CHINESE.findall(letters)) > _CHINESE_SHARE * len(letters)


def candidates(
    rows: Sequence[Row],
    resumes: Sequence[Resume],
    labels: Mapping[str, Sequence[Label]] = {},
    user: str = "",
    statuses: Mapping[str, str] = {},
    is_blind: bool = False,
) -> list[ListedCandidate]:
    """Return the rows of a shown ranking as candidates; `labels` and `statuses` are by resume id."""
    return [
        ListedCandidate(
            row,
            resumes[row.input_position - 1],
            next((label for label in labels.get(row.id, ()) if label.rater == user), None),
            statuses.get(row.id, ""),
            is_blind,
        )
        for row in rows
    ]


def spellings(word: str, resume: Resume) -> tuple[str, ...]:
    """Return a `comparable` word with the names that the text has for what its owner wrote so: golang is also found as Go."""
    renamed = [comparable(note.after) for note in resume.notes if note.code == "tech_name" and word in comparable(note.before)]
    return (word, *renamed)


_TEXTS: WeakKeyDictionary[Resume, str] = WeakKeyDictionary()  # nothing of somebody erased outlives the resume


def comparable_text(resume: Resume) -> str:
    """Return a resume's `comparable` text, line for line."""
    known = _TEXTS.get(resume)
    if known is None:
        known = _TEXTS[resume] = comparable(resume.text)
    return known


def comparable(text: str) -> str:
    """Return a text as it is searched: without case, width and script of Chinese characters."""
    return simplified(text.casefold()).translate(_HALF_WIDTH)
