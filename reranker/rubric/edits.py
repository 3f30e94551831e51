"""Change a rubric: each function returns a new one, in which one criterion is reworded, split, merged, weighted, moved, added or gone."""

from collections.abc import Sequence
from dataclasses import replace

from reranker.evidence.forbidden import Forbidden, forbidden
from reranker.evidence.requirements import REFUSED, Requirement
from reranker.rubric.criteria import ADDED, KINDS, PARSED, REWORDED, WEIGHTS, Criterion, Rubric, as_parsed
from reranker.rubric.parts import parts

MAX_CRITERIA = 60
MAX_TEXT = 300
"""Characters of a criterion: somewhat more than the parser leaves in one."""


class Refused(ValueError):
    """A change that cannot be made: `code` is "empty", "too_long", "too_many", "duplicate" or "forbidden" (then with `why`)."""

    def __init__(self, code: str, why: Forbidden | None = None):
        super().__init__(code)
        self.code, self.why = code, why


def reword(rubric: Rubric, key: int, text: str) -> Rubric:
    """Return the rubric with another text for a criterion. Raise Refused, LookupError."""
    old, text = rubric.criterion(key), _checked(text)
    if text == old.text:
        return rubric
    _refuse_duplicate(rubric, text)
    origin = ADDED if old.origin == ADDED else PARSED if old.sources == (text,) else REWORDED
    kind = "must" if old.kind == REFUSED and forbidden(old.text) else old.kind
    return _replaced(rubric, key, replace(old, text=text, origin=origin, kind=kind))


def split(rubric: Rubric, key: int) -> Rubric:
    """Return the rubric with a criterion cut into its `parts`, one after the other. Raise Refused, LookupError."""
    old = rubric.criterion(key)
    pieces = parts(old.text)
    if len(pieces) < 2:
        return rubric
    _refuse_too_many(rubric, len(pieces) - 1)
    origin = ADDED if old.origin == ADDED else REWORDED
    first = _next_key(rubric)
    new = [replace(old, text=pieces[0], origin=origin)]
    new += [replace(new[0], key=first + index, text=piece) for index, piece in enumerate(pieces[1:])]
    return _replaced(rubric, key, *new)


def merge(rubric: Rubric, key: int) -> Rubric:
    """Return the rubric with a criterion and the one after it as one, of the first one's kind and weight. Raise Refused, LookupError."""
    first = rubric.criterion(key)
    index = rubric.criteria.index(first)
    if index + 1 == len(rubric.criteria):
        return rubric
    second = rubric.criteria[index + 1]
    mark = "; " if (first.text + second.text).isascii() else "；"
    text = _checked(first.text + mark + second.text)
    origin = REWORDED if first.sources or second.sources else ADDED
    merged = replace(first, text=text, origin=origin, sources=tuple(dict.fromkeys((*first.sources, *second.sources))))
    return replace(rubric, criteria=(*rubric.criteria[:index], merged, *rubric.criteria[index + 2 :]))


def delete(rubric: Rubric, key: int) -> Rubric:
    """Return the rubric without a criterion. Raise LookupError."""
    rubric.criterion(key)
    return _replaced(rubric, key)


def add(rubric: Rubric, text: str, kind: str = "must", weight: float = 1.0) -> Rubric:
    """Return the rubric with one more criterion at its end. Raise Refused."""
    text = _checked(text)
    _refuse_duplicate(rubric, text)
    _refuse_too_many(rubric, 1)
    criterion = Criterion(_next_key(rubric), text, _known_kind(kind), _known_weight(weight), ADDED)
    return replace(rubric, criteria=(*rubric.criteria, criterion))


def move(rubric: Rubric, key: int, step: int) -> Rubric:
    """Return the rubric with a criterion moved by so many places (−1: up), as far as there are places. Raise LookupError."""
    moved = rubric.criterion(key)
    index = rubric.criteria.index(moved)
    others = [criterion for criterion in rubric.criteria if criterion.key != key]
    others.insert(min(max(index + step, 0), len(others)), moved)
    return replace(rubric, criteria=tuple(others))


def set_kind(rubric: Rubric, key: int, kind: str) -> Rubric:
    """Return the rubric with a criterion of another kind. Raise Refused for one that the law forbids to ask, LookupError."""
    old = rubric.criterion(key)
    if _known_kind(kind) != "ignore" and (why := forbidden(old.text)):
        raise Refused("forbidden", why)
    return _replaced(rubric, key, replace(old, kind=kind))


def set_weight(rubric: Rubric, key: int, weight: float) -> Rubric:
    """Return the rubric with another weight, of WEIGHTS, for a criterion. Raise LookupError."""
    return _replaced(rubric, key, replace(rubric.criterion(key), weight=_known_weight(weight)))


def carried_over(rubric: Rubric, requirements: Sequence[Requirement]) -> Rubric:
    """Return the rubric of an edited job description with the changes that HR had made to the one before.

    That is the untouched rubric of `requirements` if fewer than half of the former ones are among them: then it is another job.
    """
    now, before = {requirement.text for requirement in requirements}, {requirement.text for requirement in rubric.parsed}
    if rubric.is_untouched or 2 * len(now & before) < len(before):
        return as_parsed(requirements)
    kept = [criterion for criterion in rubric.criteria if set(criterion.sources) <= now]
    new = [requirement for requirement in requirements if requirement.text not in before]
    for key, requirement in enumerate(new, start=_next_key(rubric)):
        criterion = replace(as_parsed([requirement]).criteria[0], key=key)
        kept.insert(_index_in_job(requirement, kept, requirements), criterion)
    return Rubric(tuple(kept), tuple(requirements))


def with_preset(rubric: Rubric, preset: Sequence[tuple[str, str, float]]) -> tuple[Rubric, Refused | None]:
    """Return the rubric with the criteria of a preset (text, kind, weight) that it does not have, as far as there is room for them.

    What the law forbids to ask is left out; the first refusal of that kind comes back, too.
    """
    refusal = None
    for text, kind, weight in preset:
        try:
            rubric = add(rubric, text, kind, weight)
        except Refused as refused:
            refusal = refusal or (refused if refused.why else None)
    return rubric, refusal


def _index_in_job(requirement: Requirement, criteria: Sequence[Criterion], requirements: Sequence[Requirement]) -> int:
    """Return the index for a new requirement: behind the criteria of the one before it in the job description, and so on upwards."""
    texts = [other.text for other in requirements]
    for before in reversed(texts[: texts.index(requirement.text)]):
        if indexes := [index for index, criterion in enumerate(criteria) if before in criterion.sources]:
            return indexes[-1] + 1
    return 0


def _replaced(rubric: Rubric, key: int, *criteria: Criterion) -> Rubric:
    index = next(index for index, criterion in enumerate(rubric.criteria) if criterion.key == key)
    return replace(rubric, criteria=(*rubric.criteria[:index], *criteria, *rubric.criteria[index + 1 :]))


def _next_key(rubric: Rubric) -> int:
    return max((criterion.key for criterion in rubric.criteria), default=0) + 1


def _checked(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Refused("empty")
    if len(text) > MAX_TEXT:
        raise Refused("too_long")
    if why := forbidden(text):
        raise Refused("forbidden", why)
    return text


def _refuse_duplicate(rubric: Rubric, text: str) -> None:
    if any(criterion.text == text for criterion in rubric.criteria):
        raise Refused("duplicate")


def _refuse_too_many(rubric: Rubric, more: int) -> None:
    if len(rubric.criteria) + more > MAX_CRITERIA:
        raise Refused("too_many")


def _known_kind(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(kind)
    return kind


def _known_weight(weight: float) -> float:
    if weight not in WEIGHTS:
        raise ValueError(weight)
    return float(weight)
