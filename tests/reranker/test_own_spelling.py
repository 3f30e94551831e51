"""Quotes have the resume's own spelling of technologies, where it is sure which one it was."""

from dataclasses import replace

from preprocess.intake import PastedText
from preprocess.pipeline import Cleaning, read_resume
from reranker.evidence.match_points import MatchPoint
from reranker.own_spelling import in_own_spelling


def quoted(line: str, text: str) -> MatchPoint:
    start = text.index(line)
    return MatchPoint("r", "must", "met", line, start, start + len(line), 0.9)


def test_each_name_is_as_it_was_written():
    written = "Work\nBuilt services in Golang and React.js\nRewrote a tool in Go\nReactJS pages, k8s deployments"
    resume = read_resume(PastedText("a.txt", written), Cleaning())
    lines = resume.text.split("\n")
    assert lines[1] == "Built services in Go and React", "what is scored"
    points = in_own_spelling([quoted(line, resume.text) for line in lines[1:]], resume.text, resume.notes)
    assert [point.shown_quote for point in points] == written.split("\n")[1:]
    assert [point.written for point in points] == [written.split("\n")[1], "", written.split("\n")[3]]
    assert [point.quote for point in points] == lines[1:], "the quote stays that of the text"


def test_places_that_have_moved_are_not_believed():
    resume = read_resume(PastedText("a.txt", "Work\nBuilt services with ReactJS\nBuilt tools with ReactJS"), Cleaning())
    moved = "Mr X\n" + resume.text
    [point] = in_own_spelling([quoted("Built tools with React", moved)], moved, resume.notes)
    assert point.shown_quote == "Built tools with ReactJS", "all of that name were one spelling"
    mixed = (*resume.notes, replace(resume.notes[0], before="React.js", places=()))
    [point] = in_own_spelling([quoted("Built tools with React", moved)], moved, mixed)
    assert point.shown_quote == "Built tools with React"
