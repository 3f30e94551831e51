"""Introduce a candidate by name, latest job, years and degree, read from the resume once and forgotten with it."""

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from preprocess.document import Resume
from preprocess.person import called
from reranker.evidence.profile.profile import Profile, read_profile
from reranker.rows import Row


@dataclass(frozen=True)
class Introduction:
    """The person of a resume: `name` is "" where it does not say it surely. Blind mode must not show it; the profile may be shown."""

    name: str = ""
    profile: Profile = field(default_factory=Profile)


_READ: WeakKeyDictionary[Resume, Introduction] = WeakKeyDictionary()  # nothing of somebody erased outlives the resume


def introduction(resume: Resume) -> Introduction:
    """Return who a resume is of. Takes some milliseconds at the first call for a resume, none afterwards."""
    known = _READ.get(resume)
    if known is None:
        known = _READ[resume] = Introduction(called(resume.text, resume.name), read_profile(resume.text)) if resume.text else Introduction()
    return known


def shown_name(row: Row, resume: Resume) -> str:
    """Return the name of the person of a shown row; "" where the resume does not say it surely, or the row hides it behind a letter."""
    return introduction(resume).name if row.name == resume.name else ""
