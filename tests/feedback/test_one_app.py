"""One app a feedback folder, of the real program."""

from pathlib import Path

import pytest

from feedback.one_app import FolderInUse, claim, user_of
from tests.server.process import app_command, app_environment, app_process, free_port
from tests.warm.process import run_warm


@pytest.mark.long
def test_a_second_app_is_refused_in_words_and_a_killed_one_leaves_the_folder_free(tmp_path: Path):
    with app_process(tmp_path) as (address, process):
        _, *arguments = app_command(free_port())
        second = run_warm(*arguments, "--feedback", str(tmp_path), "--language", "en", environment=app_environment())
        told = address.removeprefix("http://")
        assert second.returncode == 1 and told in second.stderr and len(second.stderr.splitlines()) == 1
        assert user_of(tmp_path) == told
        with pytest.raises(FolderInUse):
            claim(tmp_path, "")
        process.kill()
        process.wait(timeout=20)
        assert user_of(tmp_path) is None
    assert claim(tmp_path, "here") > 0
