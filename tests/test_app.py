"""What ./start.sh says of its commands to somebody who has nothing but it."""

import re
from pathlib import Path

import pytest

import app

START = Path(app.__file__).with_name("start.sh").read_text("utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_help_names_every_command_of_the_script(language: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        app.main(["--language", language, "--help"])
    said = capsys.readouterr().out
    in_script = set(re.findall(r"[a-z]+", " ".join(re.findall(r"^    ([a-z| ]+)\) ", START, re.MULTILINE)))) | {"bundle"}
    assert in_script == set(app._COMMANDS)
    assert [name for name in in_script if not re.search(rf"\b{name}\b", said.partition("--max-characters")[2])] == []


def test_a_word_that_is_no_command_is_answered_with_those_that_are(capsys: pytest.CaptureFixture[str]):
    assert app.main(["rnak", "--language", "en", "--job", "jd.txt"]) == 2
    assert capsys.readouterr().err.strip() == (
        "There is no command rnak. Commands: rank, read, user, key, doctor, backup, restore, tune, eval, bundle. "
        "./start.sh --help explains each; without a command the page is opened."
    )
