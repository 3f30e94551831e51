"""The pictures of the documents: each is drawn from figures that say where they come from, and a page shows it."""

import json
import re
from pathlib import Path

import pytest

from benchmarks.pictures import FOLDER, PICTURES, draw_judge, origin
from tests.test_docs import DOCUMENTS, links

RECORDS = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
BY_SCRIPT = {"command": r"python benchmarks/\S+\.py .*--json \S+", "date": r"\d{4}-\d\d-\d\d", "machine": r".+, \d+ cores, Python \S+"}
BY_SCRIPT |= {"commit": r"[0-9a-f]{7,40}"}  # none with "+", which has changes that nobody can look up


def test_each_picture_has_its_figures():
    assert RECORDS.keys() == PICTURES.keys() == {path.stem for path in FOLDER.glob("*.png")}


@pytest.mark.parametrize("name", RECORDS)
def test_the_figures_say_by_which_command_when_where_and_of_which_commit_or_that_a_hand_copied_them(name: str):
    record = RECORDS[name]
    wrong = [key for key, form in BY_SCRIPT.items() if not re.fullmatch(form, record[key] or "")]
    assert not wrong or ("by_hand" in record and len(record["by_hand"]) > 40), f"{wrong}: write it by the script, or say by_hand from where"
    assert "by_hand" not in record or wrong, "written by the script: no hand copied it"


def test_a_picture_of_figures_copied_by_hand_says_so():
    record = {"command": "python benchmarks/speed.py", "date": "2026-11-29", "machine": None, "commit": None}
    assert origin(record | {"by_hand": "from the issue"}) == "python benchmarks/speed.py: machine not noted; 2026-11-29; copied by hand"
    written = record | {"command": "python benchmarks/speed.py --json x.json", "machine": "x86_64, 2 cores", "commit": "a25be79"}
    assert origin(written) == "python benchmarks/speed.py: x86_64, 2 cores; 2026-11-29, commit a25be79"


def test_the_judge_is_drawn_by_kind_of_resume(tmp_path: Path):
    pytest.importorskip("matplotlib", reason="in requirements-benchmarks.txt")
    figures = {"pairs ordered right": 0.9, "pairs ordered right by BM25": 0.4, "found: precision": 0.8, "found: recall": 0.7}
    kinds = {
        "stuffed": {"resumes": 22, **figures, "quoted line right": None},
        "negation": {"resumes": 1, **figures, "quoted line right": 1},
    }
    record = {"command": "python benchmarks/judge.py test2", "date": "2026-11-30", "machine": "x86_64", "commit": "a25be79", "kinds": kinds}
    left, _ = draw_judge(record).axes
    assert [label.get_text() for label in left.get_yticklabels()] == ["stuffed with the job's words (22)"], "one resume tells nothing"
    assert [round(bar.get_width(), 1) for bar in left.patches] == [0.9, 0.4]


def test_each_picture_is_shown_in_a_document():
    shown = {(document.parent / target).resolve() for document in DOCUMENTS for target in links(document)}
    assert {path.resolve() for path in Path(FOLDER).glob("*.png")} <= shown
