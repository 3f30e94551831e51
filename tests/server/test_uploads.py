"""The folder of uploads is kept small: what is old goes, Gradio's empty folders too."""

import os
from pathlib import Path

from server.uploads import make_room


def test_old_files_and_the_folders_that_held_them_go(tmp_path: Path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "resume.txt").write_text("Python")
    os.utime(tmp_path / "old" / "resume.txt", (0, 0))
    assert make_room(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["new", "old", "resume.txt"], "the folder has just changed"
    os.utime(tmp_path / "old", (0, 0))
    os.utime(tmp_path / "new", (0, 0))
    assert make_room(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["new", "resume.txt"], "a folder with a file in it stays"
