"""The development wordings, by writers who saw no code: each gets the writer's verdict, but for known misses, which may not grow."""

import pytest

from reranker.evidence.facts import certificates, languages
from tests.data.facts import wordings
from tests.reranker.evidence.facts.verdicts import verdict_of

KINDS = {"certificates": certificates, "languages": languages}
KNOWN_MISSES = {
    # "plus one of": the only language named is English, and one part of the two is there
    "Languages: English only",
}
WORDINGS = [(kind, wording) for kind in KINDS for language in ("zh", "en") for wording in wordings("development", language, kind)]


@pytest.mark.parametrize(("kind", "wording"), WORDINGS, ids=[f"{kind}-{wording['resume'][:30]}" for kind, wording in WORDINGS])
def test_each_wording_gets_the_writers_verdict(kind, wording):
    is_right = verdict_of(KINDS[kind], wording["requirement"], wording["resume"]) == wording["verdict"]
    assert is_right is (wording["resume"] not in KNOWN_MISSES)
