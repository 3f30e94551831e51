"""Format numbers, dates and percentages of cells as they are shown: 13800005551, 63%, 2013-09."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_BUILT_IN = {
    **dict.fromkeys((9, 10), "0%"),
    **dict.fromkeys((14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58), "y-m-d"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "y-m"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "h:m"),
}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def format_kind(number: int, code: str) -> str:
    """Return how a number format shows a number: "y-m-d", "y-m", "y", "h:m", "%", "hidden", "0000" (with zeros), or "" for as it is."""
    code = code or _BUILT_IN.get(number, "")
    if re.fullmatch("0{2,20}", code):
        return code
    if code.replace(" ", "") and not code.replace(" ", "").strip(";"):
        return "hidden"
    letters = _LITERAL.sub("", code.split(";")[0]).lower()
    if "%" in letters:
        return "%"
    if "general" in letters or not re.search(r"[ymdhs]", letters):
        return ""
    if "y" in letters:
        return "y-m-d" if "d" in letters else "y-m" if "m" in letters else "y"
    return "y-m-d" if "d" in letters else "h:m"


def shown_number(value: float, kind: str = "", is_1904: bool = False) -> str:
    """Return a number as a cell of that kind of format shows it."""
    if kind.startswith("0"):
        return _plain(value).zfill(len(kind))
    if kind == "%":
        return f"{value * 100:.10g}%"
    if kind and kind != "hidden":
        try:
            moment = (_EPOCH_1904 if is_1904 else _EPOCH) + timedelta(days=value)
        except (OverflowError, ValueError):
            return _plain(value)
        patterns = {"y-m": "%Y-%m", "y": "%Y", "h:m": "%H:%M"}
        return moment.strftime(patterns[kind]) if kind in patterns else shown(moment)
    return _plain(value)


def shown(value: Any) -> str:
    """Return a value of calamine as text."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _plain(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def _plain(value: float) -> str:
    return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else f"{value:.10g}"
