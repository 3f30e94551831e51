"""Say what decides a match point: one wording for the page, prints and exports."""

from i18n.texts import Texts
from reranker.evidence.match_points import MatchPoint


def reason_said(point: MatchPoint, words: Texts) -> str:
    """Return what is asked for and what the resume states of it, in words; "" where no such fact decides."""
    return words(f"reason.{point.reason.code}", asked=point.reason.asked, said=point.reason.said) if point.reason else ""
