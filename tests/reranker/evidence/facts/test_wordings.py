"""The development wordings, by writers who saw no code: each gets the writer's verdict, but for known misses, which may not grow."""

import json
from pathlib import Path

import pytest

from reranker.evidence.facts import certificates, languages
from tests.reranker.evidence.facts.verdicts import verdict_of

FOLDER = Path(__file__).parents[3] / "data" / "facts" / "development"
KINDS = {"certificates": certificates, "languages": languages}
KNOWN_MISSES = {
    # "plus one of": the only language named is English, and one part of the two is there
    "Languages: English only",
}
WORDINGS = [
    (kind, wording)
    for kind in KINDS
    for language in ("zh", "en")
    for wording in map(json.loads, (FOLDER / language / f"{kind}.jsonl").read_text("utf-8").splitlines())
]


@pytest.mark.parametrize(("kind", "wording"), WORDINGS, ids=[f"{kind}-{wording['resume'][:30]}" for kind, wording in WORDINGS])
def test_each_wording_gets_the_writers_verdict(kind, wording):
    is_right = verdict_of(KINDS[kind], wording["requirement"], wording["resume"]) == wording["verdict"]
    assert is_right is (wording["resume"] not in KNOWN_MISSES)
