"""Say what each changed criterion of a rubric adds to a candidate's score: one wording for the page and for exports."""

from i18n.texts import Texts
from reranker.rows import Row
from reranker.rubric.lifts import Lift


def lifts_said(row: Row, words: Texts) -> list[tuple[str, str]]:
    """Return what each changed criterion adds, largest first, as a sentence and a signed amount; what would show as 0 is left out."""
    lifts = sorted(row.lifts, key=lambda lift: -abs(lift.amount))
    return [(change_said(lift, words), signed_amount(row, lift.amount)) for lift in lifts if is_seen(row, lift.amount)]


def change_said(lift: Lift, words: Texts) -> str:
    """Return the criterion with what HR changed about it."""
    return words("rubric.lift", text=lift.text, change=words(f"rubric.change_{lift.change}"))


def signed_amount(row: Row, amount: float) -> str:
    """Return a signed amount in the digits that are shown."""
    return f"{amount:+.{_digits(row)}f}"


def is_seen(row: Row, amount: float) -> bool:
    """Return whether an amount shows as another number than 0."""
    return round(amount, _digits(row)) != 0


def _digits(row: Row) -> int:
    return 2 if row.probability is not None else 3  # without a probability scores lie between 0 and 1
