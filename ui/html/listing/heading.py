"""Say who a candidate is: latest title and employer, years and degree. What the resume does not say is left out."""

from i18n.texts import Texts
from preprocess.document import Resume
from reranker.evidence.profile.profile import Profile
from reranker.ranking import Row
from service.listing.introduction import introduction


def called(row: Row, resume: Resume) -> str:
    """Return the name of the person of a shown row; "" where the resume does not say it surely, or the row hides it behind a letter."""
    return introduction(resume).name if row.name == resume.name else ""


def career_line(profile: Profile, words: Texts) -> str:
    """Return years and degree, "" if neither is known."""
    return words("list.between").join(filter(None, (_years(profile.years, words), _degree(profile, words))))


def job_line(profile: Profile, words: Texts) -> str:
    """Return the latest title and employer, "" if neither is known."""
    if profile.title and profile.employer:
        return words("list.job", title=profile.title, employer=profile.employer)
    return profile.title or profile.employer


def _years(years: int | None, words: Texts) -> str:
    if years is None:
        return ""
    return words("list.under_a_year") if not years else words("list.year") if years == 1 else words("list.years", count=years)


def _degree(profile: Profile, words: Texts) -> str:
    if profile.degree is None:
        return ""
    degree = words(f"list.degree_{profile.degree}")
    return words("list.studying", degree=degree) if profile.is_studying else degree
