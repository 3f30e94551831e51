"""The feedback tab beside the settings of the app: what its clicks do keeps to the limits that uploads have."""

from pathlib import Path

from feedback.store.store import Store
from service.model import Model
from settings import Settings
from tests.encoder import JUDGE
from tests.ui.clicks import click
from tests.ui.samples import CountingEngine
from ui.page import build_page
from ui.session import Session
from ui.session_parts import Visitor
from ui.session_registry import SessionRegistry

LIMITS = Settings(max_file_mb=1, max_characters=20)


def test_label_files_keep_to_the_limits_of_the_settings(tmp_path: Path):
    store, model = Store(tmp_path / "feedback" / "feedback.sqlite3"), Model()
    model.ready(CountingEngine(), JUDGE)
    page = build_page(model, store, LIMITS, SessionRegistry(lambda _: None, lambda _user, _tab: None))
    session = Session(Visitor("en"))
    large, labels = tmp_path / "large.csv", tmp_path / "labels.jsonl"
    for folder in (tmp_path, store.path.parent):  # uploaded, and laid into the folder
        (folder / "large.csv").write_text("job,resume,label\nj,a,2\n" + "\n" * 1024 * 1024)
        (folder / "labels.jsonl").write_text(
            '{"job": "j", "resume": "%s", "label": 2}\n{"job": "j", "resume": "fits", "label": 2}\n' % ("long " * 10)
        )

    said = click(page, "rr-label-upload", session, [str(large), str(labels)])["rr-imported"]
    assert "Larger than the limit of 1 MB per file" in said and "More than 20 characters" in said
    said = click(page, "rr-learn", session)["rr-imported"]
    assert "Larger than the limit of 1 MB per file" in said and "More than 20 characters" in said
    with store.reading() as db:
        assert db.execute("SELECT text FROM resumes").fetchall() == [("fits",)]
    store.close()
