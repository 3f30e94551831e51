"""Say by what a list is ordered: one wording for paper and workbooks."""

from collections.abc import Sequence

from feedback.labels import Weights
from i18n.texts import Texts
from reranker.rows import Row
from service.learn import order_said
from service.rubric.lifts import change_said


def order_in_words(rows: Sequence[Row], weights: Weights, where: str, words: Texts) -> str:
    """Return what the order is of: the model, weights that labels taught, and what HR changed in the requirements.

    `where` says where the reader finds what each change adds for each candidate.
    """
    order = order_said(weights, words) or words("shortlist.model_order")
    changed = dict.fromkeys(change_said(lift, words) for row in rows for lift in row.lifts)
    return order + (words("shortlist.changed", changes=words("list.comma").join(changed), where=where) if changed else "")
