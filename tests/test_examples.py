"""The examples as a first visitor meets them: every file can be read, says what its source says, and names nobody who could be real."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from examples.resume_source import SOURCES, load
from preprocess.read import read_document

EXAMPLES = SOURCES.parent
FILES = sorted(path for language in ("zh", "en") for path in (EXAMPLES / language).iterdir())
GRADES = ("strong", "partial", "weak")


@cache
def read(path: Path) -> str:
    document = read_document(path.read_bytes(), path.name)
    return document.text


def squeezed(text: str) -> str:
    """Return the text without what differs between layouts: spaces, line breaks, capital titles."""
    return re.sub(r"\s", "", text).casefold()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sentence_of_the_source_is_read(path):
    source = load(SOURCES / path.parent.name / f"{path.name}.md")
    wanted = [source.name, source.headline, *(value for _, value in source.facts)]
    for section in source.sections:
        wanted += [section.title, *(part for _, parts in section.blocks for part in parts)]
    if source.layout == "skills":  # the first section is a table of two columns
        wanted = [part for text in wanted for part in re.split("^([^：]{2,5})：", text)]
    text = squeezed(read(path))
    assert [sentence for sentence in wanted if squeezed(sentence) not in text] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nobody_can_be_called_or_written_to(path):
    text = read(path)
    hosts = re.findall(r"[\w-]+(?:\.[\w-]+)*\.(?:com|cn|org|net|io|dev)\b", text, re.ASCII)
    assert hosts or path.name.startswith("JD"), "a resume without an address is not what is meant to be checked here"
    assert [host for host in hosts if not re.search(r"(?:^|\.)example\.(?:com|org)$", host)] == []
    numbers = [run for run in re.findall(r"\+?\d[\d() -]{8,}\d", text) if sum(map(str.isdigit, run)) >= 10]
    assert numbers or path.name.startswith("JD")
    assert [number for number in numbers if not re.fullmatch(r"1\d\d-0000-00\d\d|\+1 \(\d{3}\) 555-01\d\d", number)] == []


def test_each_resume_has_one_expected_grade():
    expected = tomllib.loads((EXAMPLES / "expected.toml").read_text("utf-8"))
    for language, group in expected.items():
        graded = [name for grade in GRADES for name in group[grade]]
        assert sorted([group["job"], *graded]) == sorted(path.name for path in FILES if path.parent.name == language)


def test_the_sets_are_mixed_and_small():
    kinds = [path.suffix for path in FILES if not path.name.startswith("JD")]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {".pdf": 9, ".docx": 6, ".txt": 3}
    with pytest.raises(UnicodeDecodeError):
        (EXAMPLES / "zh" / "沈嘉禾_财务会计.txt").read_text("utf-8")
    assert max(path.stat().st_size for path in FILES) < 300_000
