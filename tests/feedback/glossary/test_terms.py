"""Company terms: proposed with evidence, decided by people, and a decision holds."""

import pytest

from feedback.glossary.terms import ACCEPTED, PROPOSED, REJECTED, TermsAlreadyThere, decide, propose, rewrite, terms, write
from feedback.labels import Term
from feedback.store.erase import erase
from feedback.store.store import Store
from tests.feedback.stored import id_of, run_of

QPS, DDD = Term("高并发", "#万qps"), Term("架构", "ddd")


def test_a_proposed_pair_waits_with_its_evidence(store: Store):
    propose(store, {QPS: {"log_odds": 2.5}, DDD: {"log_odds": 1.0}})
    assert [(term.term, term.evidence) for term in terms(store, PROPOSED)] == [(QPS, {"log_odds": 2.5}), (DDD, {"log_odds": 1.0})]
    assert terms(store, ACCEPTED) == terms(store, REJECTED) == []


def test_a_rejected_pair_is_never_proposed_again(store: Store):
    propose(store, {QPS: {"log_odds": 2.5}})
    decide(store, QPS, False, "hr")
    propose(store, {QPS: {"log_odds": 9.0}, DDD: {}})
    assert [term.term for term in terms(store, PROPOSED)] == [DDD]
    assert [(term.term, term.user, term.evidence) for term in terms(store, REJECTED)] == [(QPS, "hr", {"log_odds": 2.5})]


def test_an_accepted_pair_stays_accepted_with_newer_evidence(store: Store):
    propose(store, {QPS: {"log_odds": 2.5}})
    decide(store, QPS, True, "hr")
    propose(store, {QPS: {"log_odds": 3.0}})
    assert [(term.term, term.user, term.evidence) for term in terms(store, ACCEPTED)] == [(QPS, "hr", {"log_odds": 3.0})]
    assert terms(store, PROPOSED) == []


def test_a_decision_can_be_changed(store: Store):
    propose(store, {QPS: {}})
    decide(store, QPS, False, "anna")
    decide(store, QPS, True, "ben")
    assert [(term.term, term.user) for term in terms(store, ACCEPTED)] == [(QPS, "ben")]


def test_nothing_is_decided_about_a_pair_that_was_never_proposed(store: Store):
    with pytest.raises(LookupError):
        decide(store, QPS, True, "hr")
    assert terms(store, ACCEPTED) == []


def test_quotes_of_an_erased_candidate_go_from_the_evidence_and_do_not_come_back(store: Store):
    store.add_run(run_of("job", ["a", "b"]))
    quotes = [{"resume_id": id_of(text), "quote": f"{text}: 峰值 3 万 QPS"} for text in ("a", "b")]
    propose(store, {QPS: {"log_odds": 2.5, "quotes": quotes}})
    decide(store, QPS, True, "hr")
    erase(store, [id_of("a")], "hr")
    assert terms(store, ACCEPTED)[0].evidence == {"log_odds": 2.5, "quotes": quotes[1:]}
    propose(store, {QPS: {"log_odds": 2.5, "quotes": quotes}})
    assert terms(store, ACCEPTED)[0].evidence["quotes"] == quotes[1:]


def said(store: Store, status: str) -> list[Term]:
    return [entry.term for entry in terms(store, status)]


def test_a_rewritten_pair_is_accepted_in_its_new_words_and_the_old_ones_are_not_proposed_again(store: Store):
    propose(store, {QPS: {"jobs": 3}})
    assert rewrite(store, QPS, "高并发", "5 万 QPS 以上", "anna") == Term("高并发", "#万qps以上")
    assert said(store, ACCEPTED) == [Term("高并发", "#万qps以上")] and said(store, REJECTED) == [QPS]
    assert terms(store, ACCEPTED)[0].evidence == {"jobs": 3} and terms(store, ACCEPTED)[0].user == "anna"
    propose(store, {QPS: {"jobs": 4}})
    assert said(store, PROPOSED) == []


def test_rewritten_to_the_same_words_is_accepted(store: Store):
    propose(store, {QPS: {}})
    rewrite(store, QPS, QPS.job_term, QPS.resume_term, "anna")
    assert said(store, ACCEPTED) == [QPS] and said(store, REJECTED) == []


def test_no_two_pairs_say_the_same_and_no_side_is_empty(store: Store):
    propose(store, {QPS: {}, DDD: {}})
    with pytest.raises(TermsAlreadyThere):
        rewrite(store, DDD, QPS.job_term, QPS.resume_term, "anna")
    assert said(store, PROPOSED) == [QPS, DDD], "nothing was changed"
    with pytest.raises(ValueError, match="two sides"):
        write(store, "架构", "  ", "anna")
    with pytest.raises(LookupError):
        rewrite(store, Term("x", "y"), "a", "b", "anna")
    decide(store, DDD, False, "anna")
    assert write(store, "架构", "DDD", "ben") == DDD, "a pair that was rejected can be written"
    assert said(store, ACCEPTED) == [DDD]
