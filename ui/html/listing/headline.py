"""Write the line above the list: how the first few candidates meet the hard requirements. Plain text, at most two sentences."""

from collections.abc import Sequence
from itertools import groupby

from i18n.texts import Texts
from preprocess.lexicon.characters import width
from reranker.rows import Ranking, Row
from service.listing.match import asked_first

TOP = 5
"""The number that "the first few" are, where the list has that many."""

MAX_WIDTH = 44
"""Of a requirement that is named in the line; a Chinese character counts 2."""

_WEAK_ENDS = frozenset("a an the of or and in on at to for with by as from such à de la le und der die das im".split())
"""Words that no shortened text ends on."""

_NAMED = 2
"""The number of requirements that are named; the others are counted."""


def headline(ranking: Ranking, words: Texts, top: int = TOP) -> str:
    """Return how many musts (or requirements, if the job has no musts) the first `top` candidates meet; "" until they have match points.

    The second sentence names a candidate further down who meets more than any of them, else the requirements that none of them shows. Only
    points with status "met" count; the text says when others are met in part.
    """
    rows = ranking.rows[:top]
    if not rows or not all(row.match_points for row in rows):
        return ""
    said = _single(rows[0], ranking, words) if len(rows) == 1 else _several(rows, words)
    more = _further_down(ranking.rows, rows, words) or _unseen(rows, words)
    return words("headline.both", first=said, second=more) if more else said


def shortened(requirement: str) -> str:
    """Return a requirement cut to at most MAX_WIDTH columns, between words if it has spaces."""
    if width(requirement) <= MAX_WIDTH:
        return requirement
    cut = requirement
    while width(cut) >= MAX_WIDTH:
        cut = cut[:-1]
    edge = cut[-1] + requirement[len(cut)]
    if edge.isascii() and edge.isalnum() and " " in cut[len(cut) // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return without_weak_end(cut.rstrip(" ,;，；、:：")) + "…"


def without_weak_end(cut: str) -> str:
    """Return the beginning of a sentence without the words at its end that say nothing alone: “in a hotel”, not “in a hotel or à”."""
    said = cut.split(" ")
    while len(said) > 1 and said[-1].casefold().strip("(“\"'/") in _WEAK_ENDS:
        said.pop()
    return " ".join(said).rstrip(" ,;:")


def _count(row: Row, status: str) -> int:
    return sum(point.status == status for point in asked_first(row.match_points))


def _single(row: Row, ranking: Ranking, words: Texts) -> str:
    asked = asked_first(row.match_points)
    counts = {said: sum(point.said == said for point in asked) for said in ("met", "partial", "missing", "no")}
    parts = [words(f"headline.{status}", count=count) for status, count in counts.items() if count]
    who = words("headline.alone") if len(ranking.rows) == 1 else _ranks([row], words)
    total = sum(counts.values())
    return words("headline.single", who=who, total=total, asked=_noun(row, total, words), counts=words("headline.comma").join(parts))


def _several(rows: Sequence[Row], words: Texts) -> str:
    total, met = len(asked_first(rows[0].match_points)), [_count(row, "met") for row in rows]
    least, best = min(met), max(met)
    partial = [_count(row, "partial") for row in rows]
    about = {"top": len(rows), "total": total}
    if best == 0:
        if not any(partial):
            return words("headline.nothing", **about, asked=_noun(rows[0], 1, words))
        most = [row for row, count in zip(rows, partial, strict=True) if count == max(partial)]
        return words("headline.only_partial", **about, asked=_noun(rows[0], 1, words), most=max(partial), ranks=_ranks(most, words))
    if least == total:
        return words("headline.every", **about, asked=_noun(rows[0], 1, words))
    about |= {"asked": _noun(rows[0], total, words), "partly": words("headline.not_counted") if any(partial) else ""}
    if least == best:
        return words("headline.same", **about, least=least)
    first = [row for row, count in zip(rows, met, strict=True) if count == best]
    about |= {"ranks": _ranks(first, words), "meet": _meet(first, words)}
    if least:
        figure = words("headline.all") if best == total else words("headline.figure", count=best)
        return words("headline.range", **about, least=least, best=figure)
    without = [row for row, count in zip(rows, met, strict=True) if count == 0]
    most = max(_count(row, "partial") for row in without)
    about["partly"] = words("headline.at_best", count=most) if most else ""
    return words("headline.uneven", **about, best=best, others=_ranks(without, words), others_meet=_meet(without, words))


def _further_down(rows: Sequence[Row], first: Sequence[Row], words: Texts) -> str:
    """Return a sentence about the candidate below the first ones who meets more than any of them, or "". Rows without points count as 0."""
    row = max(rows, key=lambda row: _count(row, "met"))  # of equals the one that is ranked first
    best = _count(row, "met")
    if best <= max(_count(row, "met") for row in first):
        return ""
    them = words("headline.first", top=len(first)) if len(first) > 1 else _ranks(first, words)
    return words("headline.further_down", rank=_ranks([row], words), best=best, first=them)


def _unseen(rows: Sequence[Row], words: Texts) -> str:
    """Return a sentence about the requirements that none of these resumes shows; "" if there are none or if it is all (already said)."""
    missing = [{point.requirement for point in asked_first(row.match_points) if point.said == "missing"} for row in rows]
    common = [
        point.requirement
        for point in asked_first(rows[0].match_points)
        if all(point.requirement in requirements for requirements in missing)
    ]
    if not common or len(common) == len(asked_first(rows[0].match_points)):
        return ""
    named = words("headline.semicolon").join(map(shortened, common[:_NAMED]))
    if len(common) > _NAMED:
        named = words("headline.more", list=named, count=len(common) - _NAMED)
    return words("headline.unseen" if len(rows) > 1 else "headline.unseen_single", list=named)


def _noun(row: Row, count: int, words: Texts) -> str:
    kind = "must" if any(point.kind == "must" for point in row.match_points or ()) else "requirement"
    return words(f"headline.{kind}{'' if count == 1 else 's'}")


def _meet(rows: Sequence[Row], words: Texts) -> str:
    return words("headline.meets" if len(rows) == 1 else "headline.meet")


def _ranks(rows: Sequence[Row], words: Texts) -> str:
    """Return the ranks as text, runs of three and more as a range: "第 1、3–5 名", "#1 and #3 to #5"."""
    each: list[str] = []
    for _, grouped in groupby(enumerate(rows), key=lambda item: item[1].rank - item[0]):  # the same for neighbours
        run = [words("headline.rank", rank=row.rank) for _, row in grouped]
        each += run if len(run) < 3 else [words("headline.to", first=run[0], last=run[-1])]
    listed = words("headline.and").join([words("headline.comma").join(each[:-1]), each[-1]] if len(each) > 1 else each)
    return words("headline.ranks", list=listed)
