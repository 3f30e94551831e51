"""The pictures of the documents: each is drawn from figures that say where they come from, and a page shows it."""

import json
from pathlib import Path

from benchmarks.pictures import FOLDER, PICTURES
from tests.test_docs import DOCUMENTS, links


def test_each_picture_has_its_figures_with_command_day_machine_and_commit():
    records = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
    assert records.keys() == PICTURES.keys() == {path.stem for path in FOLDER.glob("*.png")}
    for name, record in records.items():
        assert record["command"].startswith("python "), name
        assert all(record[key] for key in ("date", "machine", "commit")), name


def test_each_picture_is_shown_in_a_document():
    shown = {(document.parent / target).resolve() for document in DOCUMENTS for target in links(document)}
    assert {path.resolve() for path in Path(FOLDER).glob("*.png")} <= shown
