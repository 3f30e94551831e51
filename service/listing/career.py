"""Say what a resume tells of somebody's career in words: years, degree, latest job. What it does not say is left out."""

from i18n.texts import Texts
from reranker.evidence.profile.profile import Profile


def career_line(profile: Profile, words: Texts) -> str:
    """Return years and degree, "" if neither is known."""
    return words("list.between").join(filter(None, (years_said(profile, words), degree_said(profile, words))))


def job_line(profile: Profile, words: Texts) -> str:
    """Return the latest title and employer, "" if neither is known."""
    if profile.title and profile.employer:
        return words("list.job", title=profile.title, employer=profile.employer)
    return profile.title or profile.employer


def years_said(profile: Profile, words: Texts) -> str:
    """Return the whole years of work, "" if they are not known."""
    years = profile.years
    if years is None:
        return ""
    return words("list.under_a_year") if not years else words("list.year") if years == 1 else words("list.years", count=years)


def degree_said(profile: Profile, words: Texts) -> str:
    """Return the highest degree, "" if it is not known."""
    if profile.degree is None:
        return ""
    degree = words(f"list.degree_{profile.degree}")
    return words("list.studying", degree=degree) if profile.is_studying else degree
