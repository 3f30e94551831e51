"""Save the criteria of one job as a preset under a name, by kind of job, and add them to the rubric of another."""

import json

from feedback.store.saved.presets import RUBRIC, presets, save
from feedback.store.store import Store
from reranker.rubric.criteria import Rubric, as_preset
from reranker.rubric.edits import Refused, with_preset


def preset_names(store: Store) -> list[str]:
    """Return the names of all presets, the last saved first."""
    return [preset.name for preset in presets(store, RUBRIC)]


def save_preset(store: Store, name: str, rubric: Rubric, user: str) -> None:
    """Save the criteria that count under a name. Raise ValueError with the code of `feedback.store.saved.presets.save`."""
    criteria = as_preset(rubric)
    save(store, RUBRIC, name, json.dumps(criteria, ensure_ascii=False) if criteria else "", user)


def add_preset(store: Store, name: str, rubric: Rubric) -> tuple[Rubric, Refused | None]:
    """Return the rubric with the criteria of a preset that it lacks, and why one of them was refused; unchanged if the preset is gone."""
    text = next((preset.text for preset in presets(store, RUBRIC) if preset.name == name), "[]")
    return with_preset(rubric, [(text, kind, weight) for text, kind, weight in json.loads(text)])
