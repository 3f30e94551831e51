"""Compute how much of an amount that a job asks for a resume has: over currencies, times, and kinds that answer for each other."""

from reranker.evidence.facts.quantity.amounts import NUMBERS
from reranker.evidence.facts.quantity.quantities import Quantity

_LOWER_IS_BETTER = frozenset({"rank_share", "rank_place", "exam_rank", "sales_share", "sales_place"})
_ANSWERED_BY = {kind: (kind, *others) for kind, others in NUMBERS["answered_by"].items()}
_ROW = 1000.0
"""Bytes of a row."""
_DAYS = {"year": 365, "quarter": 91, "month": 30.4, "week": 7, "day": 1, "hour": 1 / 24}

_OF_ONE_NAME = {
    "DOLLAR": frozenset({"DOLLAR", "USD", "AUD", "CAD", "SGD", "NZD", "HKD"}),
    "YUAN": frozenset({"YUAN", "CNY", "TWD", "HKD"}),
}
"""Currencies that "$" or 元 may be."""

_KINDRED = (
    frozenset({"budget", "project"}),
    frozenset({"sales", "project"}),
    frozenset({"funds", "project"}),
    frozenset({"sales", "commission"}),
)

_FLOWS = frozenset(
    {"rate", "orders", "calls", "cases", "customers", "visits", "mau", "dau", "reads", "covers", "documents", "projects", "count"}
)
"""Counts that go by several names: where both speak of the same thing and the same time, they are compared."""
_GOODS = frozenset({"orders", "vehicles", "properties", "machines", "count"})
"""What "units" stands for."""
_THINGS = frozenset({"stores", "rooms", "vehicles", "machines", "projects", "hires", "deals", "orders", "cases", "customers", "properties"})
"""What a deed is counted by: "5 store openings", "opened 11 new stores"."""
_OPPOSITES = (
    ({"中文"}, {"英文", "英语"}), ({"chine"}, {"english"}), ({"chinese"}, {"english"}), ({"进口"}, {"出口"}), ({"import"}, {"export"}),
    ({"门诊"}, {"住院"}), ({"outpatient"}, {"inpatient"}), ({"客运"}, {"货运"}), 
    ({"呼入", "接听"}, {"呼出", "外呼"}), ({"inbound"}, {"outbound"}),
)  # fmt: skip
"""Words of two things that are counted apart."""


def share(wanted: Quantity, value: Quantity, at_most: bool) -> float:
    """Return what part of the wanted quantity a value is; 1 and more is enough. With `at_most`, a larger value is a smaller part."""
    amount = value.amount
    if wanted.kind == "bytes" and value.kind != "bytes":
        amount *= _ROW
    elif wanted.kind == "rows" and value.kind == "bytes":
        amount /= _ROW
    if wanted.kind == "money":
        amount *= _rate(value.currency, wanted.currency)
    period = wanted.period or ("year" if wanted.of in ("budget", "sales") else "")
    if period and value.period and "deal" not in (period, value.period):
        amount *= _DAYS[period] / _DAYS[value.period]
    if wanted.kind in _LOWER_IS_BETTER or at_most:
        return wanted.amount / max(amount, 1e-9)
    return amount / wanted.amount if wanted.amount else 1.0


def _are_apart(wanted: Quantity, value: Quantity, one: set[str], other: set[str]) -> bool:
    return bool(wanted.words & one and value.words & other) and not wanted.words & other and not value.words & one


def _rate(currency: str, wanted: str) -> float:
    if any(name in (currency, wanted) and {currency, wanted} <= currencies for name, currencies in _OF_ONE_NAME.items()):
        return 1.0
    rates = NUMBERS["rates"]
    return rates[currency] / rates[wanted] if currency and wanted else 1.0


def fits(wanted: Quantity, value: Quantity) -> bool:
    """Return whether a value says anything of what is asked for: the same kind or one that answers for it, for the same purpose."""
    if any(_are_apart(wanted, value, one, other) or _are_apart(wanted, value, other, one) for one, other in _OPPOSITES):
        return False
    if value.kind not in _ANSWERED_BY.get(wanted.kind, (wanted.kind,)):
        if wanted.kind == "count" and wanted.of and value.kind in _THINGS and len(wanted.words & value.words) > 1:
            return True
        if wanted.period and wanted.period == value.period:
            if {wanted.kind, value.kind} <= _FLOWS and wanted.words & value.words:
                return True
            if "unit" in wanted.words and {wanted.kind, value.kind} <= _GOODS:
                return True
        return value.kind == "count" and not value.of and bool(wanted.words & value.words)
    if wanted.kind == "employer":
        return value.of in (wanted.of, "")
    if wanted.kind in ("score", "percentile", "exam_rank"):
        return value.of == wanted.of
    if wanted.kind == "percent":
        return bool(wanted.words & value.words)
    if wanted.kind == "count":
        return wanted.of == value.of or len(wanted.words & value.words) > 0
    if wanted.period == "deal" and value.period not in ("deal", ""):  # a year's sales are no single deal
        return False
    pair = {wanted.of, value.of}
    return len(pair) == 1 or "" in pair or "result" in pair or any(pair == kindred for kindred in _KINDRED)
