"""Text of a Word file that is off the page, covered, without room or in signs is left out and quoted; visible text stays without a note."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from preprocess.document import Note
from preprocess.docx.reader import read_docx
from tests.data import make_placed_docx as made
from tests.data.clean_docx import LAYOUTS
from tests.each import each

CLEAN = Path(__file__).parents[2] / "data" / "screening" / "clean_unseen.jsonl"


def text_and_notes(data: bytes) -> tuple[list[str], tuple[Note, ...]]:
    document = read_docx(data, "a.docx")
    return [line.text for line in document.pages[0].lines], document.notes


@each("kind", made.HIDDEN)
def test_hidden_text_is_left_out_and_quoted(kind: str) -> None:
    lines, notes = text_and_notes(made.HIDDEN[kind])
    assert made.PLANTED not in "".join(lines)
    assert lines[0] == made.FIRST and lines[-1] == made.LAST
    assert [(note.code, note.before) for note in notes] == [("hidden_text", made.PLANTED)]


@each("kind", made.SEEN)
def test_visible_text_stays_without_a_note(kind: str) -> None:
    lines, notes = text_and_notes(made.SEEN[kind])
    assert made.PLANTED in "".join(lines)
    assert made.FIRST in lines and made.LAST in lines
    assert notes == ()


@pytest.mark.parametrize("kind", made.UNSURE)
def test_what_cannot_be_told_stays_and_is_noted(kind: str) -> None:
    lines, notes = text_and_notes(made.UNSURE[kind])
    assert made.PLANTED in "".join(lines)
    assert [note.code for note in notes] == ["hidden_unsure"]
    assert made.PLANTED.startswith(notes[0].before[: len(made.PLANTED)])


def test_of_a_long_paragraph_in_a_low_row_the_beginning_stays() -> None:
    lines, notes = text_and_notes(made.CUT)
    assert lines[1].startswith("主持分布式训练平台，主持") and 40 < len(lines[1]) < 200
    assert [note.code for note in notes] == ["hidden_text"]


def test_letters_in_a_symbol_font() -> None:
    lines, notes = text_and_notes(made.SYMBOLS)
    assert lines == [made.FIRST, "熟悉  与 ，主持分布式系统", made.LAST]
    assert [(note.code, note.before) for note in notes] == [("hidden_text", "Kubernetes Kafka")]
    lines, notes = text_and_notes(made.BULLETS)
    assert (lines, notes) == ([made.FIRST, "● " + made.PLANTED, made.LAST], ())


@each("layout", LAYOUTS)
def test_clean_resumes_get_no_note_in_any_layout(layout: str) -> None:
    """All 320 of them: benchmarks/hidden_docx.py."""
    for line in CLEAN.read_text("utf-8").splitlines()[5::107]:
        text = json.loads(line)["text"]
        lines, notes = text_and_notes(LAYOUTS[layout](text))
        assert [note for note in notes if note.code.startswith("hidden")] == []
        assert not Counter(re.sub(r"[\W_]", "", text)) - Counter("".join(lines))
