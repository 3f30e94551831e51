"""Match the rows of a list of candidates with files: by file name first, then by name and contact, last by name alone.

A row or a file that fits several others is matched only if one of them has the row's contact or name; else both are doubtful, which is for
a person to decide.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from preprocess.blind.contact import mails_in, phones_in
from preprocess.document import Document
from preprocess.file_names import extension_of
from preprocess.fold import fold
from preprocess.lexicon.characters import is_cjk, simplified
from preprocess.roster import RosterRow

_HEAD = 160
"""Characters of a resume in which a name is looked for that stands alone, without a contact."""
_NUMBER = re.compile(r"(?:\d[ ().–－-]{0,3}){7}")  # of a line in which a phone number may stand
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"[a-z0-9\u00df-\u024f]+|[^a-z0-9\u00df-\u024f]+")
_LONGEST_CHINESE = 4

SAME_FILE, SEVERAL_FILES, OTHER_NAME, OTHER_CONTACT = "same_file", "several_files", "other_name", "other_contact"
"""Why rows are doubtful: several name one file; one fits several files; the contact agrees but not the name; the name, not the contact."""


@dataclass(frozen=True)
class Doubt:
    """Rows and documents (by place) that may belong together, and why that is not sure."""

    reason: str
    rows: tuple[RosterRow, ...]
    documents: tuple[int, ...]


@dataclass(frozen=True)
class Matching:
    """Rows by the place of their document, and what is left on either side. `by_name`: places that were matched by the name alone."""

    rows: Mapping[int, RosterRow] = field(default_factory=dict)
    by_name: frozenset[int] = frozenset()
    without_file: tuple[RosterRow, ...] = ()
    without_row: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class DocumentFacts:
    """The facts that a document is matched by; each fact is read when it is asked for."""

    def __init__(self, document: Document):
        self.document = document
        self.files = [_file_key(name) for name in document.files]

    @cached_property
    def text(self) -> str:
        """Its text, folded, simplified and in lower case, with its files' names in front."""
        return _comparable("\n".join((*self.document.files, self.document.text)))

    @cached_property
    def contacts(self) -> frozenset[str]:
        """The phone numbers and mail addresses in it."""
        lines = [line for line in self.document.text.split("\n") if "@" in line or "＠" in line or _NUMBER.search(line)]
        folded = fold("\n".join(lines))
        return frozenset((*phones_in(folded), *mails_in(folded)))

    @cached_property
    def head_words(self) -> frozenset[str]:
        """The words of its files' names and of its first lines; of Chinese every run of up to four characters."""
        return frozenset(_words(_comparable("\n".join((*self.document.files, self.document.text[:_HEAD])))))

    def names(self, row: RosterRow) -> bool:
        """Return whether the row's name stands in it."""
        words = _name_words(row.name)
        plain = self.document.text.casefold()
        return bool(words) and all(_stands_in(word, plain) or _stands_in(word, self.text) for word in words)


def match(rows: Sequence[RosterRow], documents: Sequence[DocumentFacts]) -> Matching:
    """Match rows with documents, each at most once. Takes at most half a second of a processor for 2,000 of each."""
    work = _Work(rows, documents)
    work.by_file()
    work.by_contact()
    work.by_name()
    return work.matching()


class _Work:
    """The rows and documents that are not matched yet, by their places."""

    def __init__(self, rows: Sequence[RosterRow], documents: Sequence[DocumentFacts]):
        self._rows, self._documents = rows, documents
        self._open_rows = dict.fromkeys(range(len(rows)))
        self._open = dict.fromkeys(range(len(documents)))
        self._matched: dict[int, RosterRow] = {}
        self._by_name: set[int] = set()
        self._doubts: list[Doubt] = []

    def matching(self) -> Matching:
        """Return what was matched, and the rest."""
        without_file = tuple(self._rows[row] for row in self._open_rows)
        return Matching(self._matched, frozenset(self._by_name), without_file, tuple(self._open), tuple(self._doubts))

    def by_file(self) -> None:
        """Match rows that name a file: with its folder, as it is, then without its extension."""
        whole, stems = defaultdict(set), defaultdict(set)
        for index, document in enumerate(self._documents):
            for name in document.files:
                whole[name].add(index)
                stems[_stem(name)].add(index)
        fitting: dict[int, set[int]] = {}
        for row in self._open_rows:
            if self._rows[row].file:
                with_folder, name = _file_keys(self._rows[row].file)
                fitting[row] = whole.get(with_folder) or whole.get(name) or stems.get(_stem(name)) or set()
        self._settle(fitting, SEVERAL_FILES, SAME_FILE)

    def by_contact(self) -> None:
        """Match rows with a phone number or mail address: in a resume in which their name stands, too."""
        rows = [row for row in self._open_rows if self._rows[row].contacts]
        if not rows or not self._open:
            return
        holders: dict[str, set[int]] = defaultdict(set)
        for index in self._open:
            for contact in self._documents[index].contacts:
                holders[contact].add(index)
        fitting: dict[int, set[int]] = {}
        for row in rows:
            of_row = self._rows[row]
            places = set().union(*(holders.get(contact, ()) for contact in of_row.contacts))
            named = {index for index in places if not of_row.name or self._documents[index].names(of_row)}
            if places and not named:
                self._doubt(OTHER_NAME, [row], places)
            fitting[row] = named
        self._settle({row: places for row, places in fitting.items() if row in self._open_rows}, SEVERAL_FILES, SAME_FILE)

    def by_name(self) -> None:
        """Match rows by a name in a file's name or a resume's first lines, which no other row or document has."""
        wanted = {row: _name_words(self._rows[row].name) for row in self._open_rows}
        words = {word for of_row in wanted.values() for word in of_row}
        holders: dict[str, set[int]] = defaultdict(set)
        for index in self._open if words else ():
            for word in words & self._documents[index].head_words:
                holders[word].add(index)
        fitting: dict[int, set[int]] = {}
        for row, of_row in wanted.items():
            places = set.intersection(*(holders.get(word, set()) for word in of_row)) if of_row else set()
            contacts = frozenset(self._rows[row].contacts)
            agreeing = {index for index in places if not contacts or not self._documents[index].contacts}
            if places and not agreeing:
                self._doubt(OTHER_CONTACT, [row], places)
            fitting[row] = agreeing
        before = set(self._matched)
        self._settle({row: places for row, places in fitting.items() if row in self._open_rows}, SEVERAL_FILES, SAME_FILE)
        self._by_name = set(self._matched) - before

    def _settle(self, fitting: Mapping[int, set[int]], several: str, same: str) -> None:
        """Match what fits once on both sides; of several the one that a contact or name tells apart; note the others as doubtful."""
        chosen: dict[int, list[int]] = defaultdict(list)
        for row, places in fitting.items():
            if places := places & self._open.keys():
                told = self._told_apart(row, places)
                if told is None:
                    self._doubt(several, [row], places)
                else:
                    chosen[told].append(row)
        for index, rows in chosen.items():
            distinct = {(self._rows[row].id, self._rows[row].name) for row in rows}
            own = rows if len(distinct) == 1 else [row for row in rows if self._is_of(row, index)]
            if len(distinct) == 1 or len(own) == 1:
                self._matched[index] = self._rows[own[0]]
                self._close(own, [index])
            else:
                self._doubt(same, rows, [index])

    def _told_apart(self, row: int, places: Collection[int]) -> int | None:
        """Return the one document of the row, None if that cannot be told."""
        own = [index for index in places if self._is_of(row, index)] if len(places) > 1 else [*places]
        return own[0] if len(own) == 1 else None

    def _is_of(self, row: int, index: int) -> bool:
        of_row, document = self._rows[row], self._documents[index]
        contacts = frozenset(of_row.contacts)
        if contacts and document.contacts:
            return not contacts.isdisjoint(document.contacts)
        return document.names(of_row)

    def _doubt(self, reason: str, rows: Collection[int], places: Iterable[int]) -> None:
        places = sorted(places)
        self._doubts.append(Doubt(reason, tuple(self._rows[row] for row in rows), tuple(places)))
        self._close(rows, places)

    def _close(self, rows: Iterable[int], places: Iterable[int]) -> None:
        for row in rows:
            self._open_rows.pop(row, None)
        for index in places:
            self._open.pop(index, None)


def _file_keys(written: str) -> tuple[str, str]:
    """Return a row's file with its folder, as `intake` names files of one name in several folders, and without."""
    parts = [part for part in re.split(r"[/\\]", written) if part.strip()]
    return _file_key(" - ".join(parts[-2:])), _file_key(parts[-1] if parts else "")


def _file_key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _stem(key: str) -> str:
    extension = extension_of(key)
    return key[: -len(extension)].strip() if extension else key


def _name_words(name: str) -> list[str]:
    """Return the words that a name is recognised by; of a Chinese one longer than four characters its first four."""
    words = _WORD.findall(unicodedata.normalize("NFKC", name).casefold())
    return [simplified(word[:_LONGEST_CHINESE]) if is_cjk(word[0]) else word for word in words]


def _comparable(text: str) -> str:
    return simplified(fold(text)).casefold()


def _stands_in(word: str, text: str) -> bool:
    return word in text and (not word.isascii() or re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None)


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        for run in _RUN.findall(word):
            if is_cjk(run[0]):
                for length in range(2, _LONGEST_CHINESE + 1):
                    yield from (run[start : start + length] for start in range(len(run) - length + 1))
            else:
                yield run
