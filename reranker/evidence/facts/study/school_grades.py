"""Compare grades of school certificates by subject: "GCSE English and Maths at grade 4 or above", and which of them a resume states."""

import re
from collections.abc import Mapping

_CERTIFICATE = re.compile(r"\bGCSEs?\b|\b(?:O|N)[- ]levels?\b|\bIGCSEs?\b|\bCSEC\b", re.IGNORECASE)
_SUBJECTS = {"english": r"English", "maths": r"Math(?:s|ematics)?", "science": r"(?:Combined |Double )?Science"}
_NAMED = {subject: re.compile(rf"\b{name}\b(?: Lang(?:uage)?\b| Lit(?:erature)?\b)?", re.IGNORECASE) for subject, name in _SUBJECTS.items()}
_LETTERS = {"A*": 8, "A": 7, "B": 6, "C": 4, "D": 3, "E": 2, "F": 1, "G": 1}
"""The letters of old certificates on the scale of 9 to 1."""
_GRADE = r"(?P<grade>A\*|[A-G1-9])(?![A-Za-z\d])"
_BEHIND = re.compile(rf"\s?[(:,-]?\s?(?:at )?(?:grade\s?)?{_GRADE}")
_ASKED = re.compile(
    rf"(?:\bgrades?\s?\(?|(?<![A-Za-z\d])(?=\S{{1,2}}(?:\s?/\s?\S)?(?:\s?[-–]\s?[A-G4-9]\b|\s?\+| or (?:above|better|higher))))"
    rf"{_GRADE}(?:\s?[-–]\s?(?P<low>[A-G1-9])\b)?",
    re.IGNORECASE,
)


def grades_asked(text: str) -> Mapping[str, int]:
    """Return the lowest grade, 9 to 1, for each subject that a requirement names beside a school certificate; none without a grade."""
    grade = _ASKED.search(text) if _CERTIFICATE.search(text) else None
    if grade is None:
        return {}
    return {subject: _number(grade["low"] or grade["grade"]) for subject, named in _NAMED.items() if named.search(text)}


def grades_stated(text: str) -> Mapping[str, int]:
    """Return the best grade of each subject whose grade an entry states."""
    stated: dict[str, int] = {}
    for subject, named in _NAMED.items():
        for match in named.finditer(text):
            if grade := _BEHIND.match(text, match.end()):
                stated[subject] = max(_number(grade["grade"]), stated.get(subject, 0))
    return stated


def share_reached(asked: Mapping[str, int], stated: Mapping[str, int]) -> float:
    """Return the share of the subjects asked for whose grade is reached; 1 where no grade of them is stated."""
    if not asked.keys() & stated.keys():
        return 1.0
    return sum(stated.get(subject, 0) >= grade for subject, grade in asked.items()) / len(asked)


def _number(grade: str) -> int:
    return _LETTERS.get(grade.upper()) or int(grade)
