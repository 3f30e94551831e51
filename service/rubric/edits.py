"""Make one change of a rubric as a click on the page asks for it. Values come from a browser, so each is checked."""

from collections.abc import Callable, Mapping
from typing import Any

from reranker.rubric.criteria import Rubric, as_parsed
from reranker.rubric.edits import add, delete, merge, move, reword, set_kind, set_weight, split


def edit(rubric: Rubric, click: Mapping[str, Any]) -> Rubric:
    """Return the rubric after a click: "edit" names the change, "key" the criterion, "text", "kind", "weight" or "step" the new value.

    Raise reranker.rubric.edits.Refused for what cannot stand; ValueError or LookupError for a click on what is not there.
    """
    change = _CHANGES.get(str(click.get("edit")))
    if change is None:
        raise ValueError("no such change")
    return change(rubric, click)


def _key(click: Mapping[str, Any]) -> int:
    key = click.get("key")
    if not isinstance(key, int):
        raise ValueError("no criterion")
    return key


def _text(click: Mapping[str, Any]) -> str:
    text = click.get("text")
    return text if isinstance(text, str) else ""


def _weight(click: Mapping[str, Any]) -> float:
    weight = click.get("weight", 1.0)
    if isinstance(weight, bool) or not isinstance(weight, int | float):
        raise ValueError("no weight")
    return weight


_CHANGES: dict[str, Callable[[Rubric, Mapping[str, Any]], Rubric]] = {
    "reword": lambda rubric, click: reword(rubric, _key(click), _text(click)),
    "split": lambda rubric, click: split(rubric, _key(click)),
    "merge": lambda rubric, click: merge(rubric, _key(click)),
    "delete": lambda rubric, click: delete(rubric, _key(click)),
    "up": lambda rubric, click: move(rubric, _key(click), -1),
    "down": lambda rubric, click: move(rubric, _key(click), 1),
    "kind": lambda rubric, click: set_kind(rubric, _key(click), str(click.get("kind"))),
    "weight": lambda rubric, click: set_weight(rubric, _key(click), _weight(click)),
    "add": lambda rubric, click: add(rubric, _text(click), str(click.get("kind", "must")), _weight(click)),
    "reset": lambda rubric, click: as_parsed(rubric.parsed),
}
