"""Look up every text that a person reads in i18n/zh.toml and en.toml, for the page, the command line and exports."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

LANGUAGES = {"zh": "中文", "en": "English"}


class NoteLike(Protocol):
    """A note on a document (`preprocess.document.Note`), as far as its sentence needs it. This package imports none above it."""

    @property
    def code(self) -> str:
        """The key of its sentence in the text tables."""
        ...

    @property
    def page(self) -> int | None:
        """The page that it is about, from 1; None: the whole document."""
        ...

    @property
    def before(self) -> str:
        """The text that was removed, replaced or noticed."""
        ...

    @property
    def after(self) -> str:
        """The text that took its place, "" if none did."""
        ...

    @property
    def count(self) -> int:
        """The number of times it happened."""
        ...


class RejectedLike(Protocol):
    """The reason why a file was refused (`preprocess.document.Rejected`)."""

    @property
    def reason(self) -> str:
        """A key of `[reasons]` in the text tables."""
        ...

    @property
    def detail(self) -> str:
        """The value of `{detail}` in the reason's sentence, "" for none."""
        ...


class ProblemLike(RejectedLike, Protocol):
    """A problem with a line of a label file (`feedback.files.label_files.LineProblem`)."""

    @property
    def line(self) -> int:
        """The number of the line; 0: the whole file."""
        ...


@runtime_checkable
class NoticeLike(Protocol):
    """A sentence about an engine (`reranker.notice.Notice`)."""

    code: str
    values: dict[str, Any]


class _Count(int):
    """A whole number that takes its noun with it: {count:resume|resumes} is "1 resume" or "3 resumes"."""

    def __format__(self, spec: str) -> str:
        singular, _, plural = spec.partition("|")
        return f"{int(self)} {singular if self == 1 else plural}" if plural else int.__format__(self, spec)


_WITH_NOUN = re.compile(r"\{\w+:[^{}|]*\|")


class Texts:
    """The text table of one language: texts("rank.button"), with {placeholders} filled from keywords. A missing key raises KeyError.

    A value that is a notice of an engine, or a tuple of them, is put into words too.
    """

    def __init__(self, language: str):
        self.language = language
        table = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text("utf-8"))
        self.table = dict(_flatten(table))
        self._counting = {key for key, text in self.table.items() if _WITH_NOUN.search(text)}

    def __call__(self, key: str, **values: Any) -> str:
        if not values:
            return self.table[key]
        said = {name: self._said(value) for name, value in values.items()}
        if key in self._counting:
            said = {name: _Count(value) if isinstance(value, int) else value for name, value in said.items()}
        return self.table[key].format(**said)

    def _said(self, value: Any) -> Any:
        if isinstance(value, (str, int, float)):  # most are, and asking for a protocol is slow
            return value
        if isinstance(value, tuple):
            return self("engine.separator").join(str(self._said(item)) for item in value)
        return self.notice(value) if isinstance(value, NoticeLike) else value

    def notice(self, notice: NoticeLike) -> str:
        """Return an engine's notice in words."""
        return self(f"engine.{notice.code}", **notice.values)

    def note(self, note: NoteLike) -> str:
        """Return a note on a document in words."""
        where = self("notes.on_page", page=note.page) if note.page else ""
        return self(f"notes.{note.code}", place=where, page=note.page or "", before=note.before, after=note.after, count=note.count)

    def rejected(self, rejected: RejectedLike) -> str:
        """Return why a file could not be read and what to do about it."""
        return self(f"reasons.{rejected.reason}", detail=rejected.detail)

    def problem(self, problem: ProblemLike) -> str:
        """Return what is wrong with a line of a label file, or with the whole file."""
        section = "imports" if f"imports.{problem.reason}" in self.table else "reasons"
        said = self(f"{section}.{problem.reason}", detail=problem.detail)
        return self("imports.line", line=problem.line, reason=said) if problem.line else said


@cache
def texts(language: str) -> Texts:
    """Return the text table of "zh" or "en", read once."""
    return Texts(language)


def _flatten(table: dict, prefix: str = ""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
