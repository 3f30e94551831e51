"""Every step after reading takes time that grows at most linearly with the text, whatever the text: it is done in the server's process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from feedback.files.label_files import read_lines
from preprocess.document import Document, Line, Page, Unreadable
from preprocess.pipeline import Cleaning, prepare
from tests.growth.clock import is_linear, thread_seconds

PROGRAM = Path(__file__).parent / "growth" / "measure.py"


@pytest.mark.growth
def test_no_step_takes_more_than_linear_time():
    run = subprocess.run([sys.executable, str(PROGRAM)], capture_output=True, text=True, check=True)
    result = json.loads(run.stdout)
    assert result["growing"] == []
    assert result["measured"] >= 150


@pytest.mark.growth
@pytest.mark.parametrize("line", ['"a', 'a","', 'a,"b', '"'])
def test_a_table_of_open_quotes_takes_linear_time(line: str):
    def seconds(lines: int) -> float:
        data = ("job,resume,label\n" + f"{line}\n" * lines).encode()
        return thread_seconds(lambda: read_lines("x.csv", data))

    assert is_linear(seconds, 5_000)


def test_after_many_broken_quotes_each_line_is_a_record_of_its_own():
    text = "job,resume,label\n" + 'a","\n' * 500 + "j,r,2\n"
    lines, problems = read_lines("x.csv", text.encode())
    assert [(line.number, line.job, line.resume, line.grade) for line in lines] == [(502, "j", "r", 2)]
    assert {problem.line for problem in problems} == set(range(2, 502))


@pytest.mark.parametrize(
    ("text", "cleaning"),
    [
        ("负责\t系统" * 10, Cleaning(tech_stack=False)),  # a tab becomes two spaces
        ("k8s、 " * 10, Cleaning()),  # Kubernetes
        ("I wrote to a@b.cn about the design and led the team " * 10, Cleaning(denoise=False, tech_stack=False, blind=True)),
    ],
)
def test_the_limit_on_characters_holds_for_the_text_as_scored(text: str, cleaning: Cleaning):
    document = Document("x.txt", "text", (Page((Line(text),)),))
    scored = len(prepare(document, cleaning).text)
    assert scored > len(text)
    assert len(prepare(document, cleaning, max_characters=scored).text) == scored
    with pytest.raises(Unreadable, match="too_long"):
        prepare(document, cleaning, max_characters=len(text))
