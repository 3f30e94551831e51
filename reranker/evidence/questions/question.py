"""Define a question to ask a candidate, before it is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float | tuple[str, ...]
Asked = tuple[str, dict[str, Value], tuple[int, int]]
"""The kind of a question, the values of its wording, and the line that it is about, NO_LINE if none."""
NO_LINE = (0, 0)


@dataclass(frozen=True)
class Question:
    """`kind` is a key of i18n [questions]; `values` fill its wording: words of the job or the resume, years and months.

    `requirement` is the place of the match point that it is about, None for one about the resume as such. It is about
    resume_text[start:end], if `end` is not 0.
    """

    kind: str
    values: Mapping[str, Value] = field(default_factory=dict)
    requirement: int | None = None
    start: int = 0
    end: int = 0
