"""A page that follows the run of another one is shown what is marked at the fields of RunState, and nothing else of it."""

from dataclasses import fields
from typing import Any

from feedback.labels import FULL, Label, Weights
from preprocess.document import Note, Rejected, Resume
from reranker.evidence.requirements import parse_job
from reranker.rubric.criteria import as_parsed
from service.progress import SCORING, Progress
from service.run_state import KnownScores, RunState, clear_to_follow, follow
from tests.ui.samples import MODEL, QUERY, ranking

RESUME = Resume("a" * 64, "a.txt", "张三")
FOLLOWED: dict[str, Any] = {
    "progress": Progress(SCORING, 1, 2),
    "query": QUERY,
    "job_notes": (Note("page_cap"),),
    "resumes": [RESUME],
    "dropped": frozenset({1}),
    "rejected": [Rejected("b.pdf", "not_pdf")],
    "ranking": ranking(),
    "rubric": as_parsed(parse_job(QUERY.job)),
    "model": MODEL,
    "weights": Weights(2, {"logit": 1.0}, "0"),
}
OTHERS: dict[str, Any] = {
    "number": 7,
    "stops": 2,
    "stopped": True,
    "is_blind": True,
    "was_blind": True,
    "run_id": 4,
    "rubric_version": 3,
    "runs_of": "anna",
    "labels": {"a": (Label("anna", FULL),)},
    "statuses": {"a": None},
    "notes": {"a": ()},
    "listed": {"a": None},
    "kept_files": {"a": ()},
    "answers": {1: ()},
    "asking": 1,
    "order": object(),
    "conditions": object(),
    "marks": object(),
    "change": object(),
    "known_scores": KnownScores("key", {}),
}


def test_whoever_follows_has_what_is_marked_and_nothing_that_is_somebodys():
    assert {each.name for each in fields(RunState)} == FOLLOWED.keys() | OTHERS.keys(), "a new field: is it followed?"
    source, page, own = RunState(**FOLLOWED, **OTHERS), RunState(**OTHERS | {"number": 2, "runs_of": "ben"}), RunState()
    clear_to_follow(page)
    follow(page, source)
    assert {name: getattr(page, name) for name in FOLLOWED} == FOLLOWED
    kept = {"number": 2, "runs_of": "ben", "known_scores": OTHERS["known_scores"]}
    assert {name: getattr(page, name) for name in OTHERS} == {name: kept.get(name, getattr(own, name)) for name in OTHERS}
    source.resumes.append(RESUME)
    source.rejected.clear()
    assert (len(page.resumes), len(page.rejected)) == (1, 1), "lists grow on without the follower"
