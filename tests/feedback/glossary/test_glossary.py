"""The company's own words: 3万QPS is 万级QPS, pairs are proposed with their evidence, and an accepted pair moves only who it speaks of."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.glossary import corpus, mining
from feedback.glossary.glossary import abstract, applying, find, share
from feedback.glossary.log_odds import PRIOR, log_odds
from feedback.glossary.mining import mine
from feedback.glossary.ngrams import has_term, is_term, terms_of
from feedback.labels import FULL, NONE, PARTIAL, Candidate, Group, Label, Term
from feedback.learning.features import extract
from feedback.learning.report import tune
from reranker.engine import Query
from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import split_job
from tests.each import each
from tests.encoder import JUDGE, UndecidedJudge
from tests.feedback.houses import House, NoisyEngine, label_world, rank_world, write_world
from tests.growth.clock import is_linear, thread_seconds

QPS = Term("高并发", "#万qps")
SAID = ("大促当天扛住 3 万 QPS", "单机房承接5万QPS", "接口峰值到8万 QPS 仍平稳", "万级QPS的网关", "压到 20 万QPS 不抖动")
ASKED = ("有高并发系统经验", "承担高并发场景下的设计", "做过高并发服务者优先", "对高并发、低延迟有实践")
OTHER = ("熟悉 Excel 与数据录入", "有门店管理经验", "会写测试方案", "擅长商务谈判")


def job(number: int, asked: str, *candidates: tuple[int, str]) -> Group:
    """Return (grade, text) of each candidate; ids count up over the jobs."""
    return Group(
        f"j{number}",
        f"任职要求：{asked}\n本科及以上学历",
        "engine",
        tuple(
            Candidate(f"r{number}.{index}", f"n{index}", index + 1, {"logit": 0.0}, text, (Label("ann", grade),))
            for index, (grade, text) in enumerate(candidates)
        ),
        at=float(number),
    )


def qps_jobs(count: int = 4) -> list[Group]:
    """Return jobs with 高并发, where those fit who tell of QPS, and as many others, where that does not matter."""
    made = []
    for number in range(count):
        said = [SAID[(number + index) % len(SAID)] for index in range(3)]
        made.append(
            job(
                number,
                ASKED[number % len(ASKED)],
                *((FULL, f"赵{number}明\n{line}，负责订单") for line in said),
                *((NONE, f"钱{number}红\n维护后台报表第 {index} 版，负责订单") for index in range(3)),
            )
        )
        made.append(
            job(
                100 + number,
                OTHER[number % len(OTHER)],
                (FULL, f"整理表格 {number} 张，负责订单"),
                (FULL, "接待客户，负责订单"),
                (NONE, f"{SAID[number % len(SAID)]}，负责订单"),
                (NONE, "修复缺陷，负责订单"),
            )
        )
    return made


@each("text", ["3万QPS", "5 万 QPS", "万级QPS", "万级 qps", "十万级QPS", "3w QPS", "3万+ QPS", "上万QPS", "数十万 QPS"])
def test_numbers_of_a_size_are_one_term(text):
    assert abstract(text) == "#万qps"


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("120+ Star", "#star"),
        ("P99 与 k8s", "p99与k8s"),
        ("C# 与 F#", "csharp与fsharp"),
        ("千万别忘记", "千万别忘记"),
        ("亿级流量", "#亿流量"),
        ("4,000 requests per second", "#requests per second"),
    ],
)
def test_names_stay_and_numbers_go(text, term):
    assert abstract(text) == term


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="cf#3 5,.万亿千百十级上数几近余多w+qps别k\tA\n", max_size=14))
def test_abstracting_twice_changes_nothing(text):
    assert abstract(abstract(text)) == abstract(text)


@pytest.mark.growth
@pytest.mark.parametrize("unit", ["9,", "十", " a", "a" + " " * 40, "9 ", "上万", "c#"])
def test_abstracting_takes_linear_time(unit):
    assert is_linear(lambda length: thread_seconds(lambda: abstract(unit * (length // len(unit)))), 10_000)


def test_a_word_is_not_found_inside_another():
    assert has_term("熟悉javascript和java", "java")
    assert not has_term("熟悉javascript", "java")
    assert not has_term("熟悉javascript", "script")
    assert has_term("峰值#万qps", "#万qps")


def test_a_term_is_found_where_the_resume_says_it():
    resume = "姓名：某\n- 网关改造，单集群峰值 6 万 QPS；大促零故障"
    span = find(resume, "#万qps")
    assert span and resume[slice(*span)] == "单集群峰值 6 万 QPS"
    assert find(resume, "#亿流量") is None


def test_any_of_a_job_terms_pairs_answers_it():
    terms = [QPS, Term("高并发", "#亿流量"), Term("数据驱动", "看板")]
    assert applying("要求高并发", terms) == tuple(terms[:2])
    assert share("要求高并发", "亿级流量", terms) == 1.0
    assert share("要求高并发和数据驱动", "亿级流量", terms) == 0.5
    assert share("要求会计证", "亿级流量", terms) == 0.0


def test_the_log_odds_are_those_of_the_paper():
    """Monroe et al. eq. 16 and 19 by hand: 8 of 10 against 1 of 12, said by a fifth of all, prior of 5 resumes."""
    prior, rest = 0.2 * PRIOR, 0.8 * PRIOR
    ratio, variance = log_odds(np.array(8), np.array(10), np.array(1), np.array(12), np.array(0.2))
    assert ratio == pytest.approx(math.log((8 + prior) / (2 + rest)) - math.log((1 + prior) / (11 + rest)))
    assert variance == pytest.approx(1 / (8 + prior) + 1 / (2 + rest) + 1 / (1 + prior) + 1 / (11 + rest))


def test_the_pair_is_proposed_first_with_its_evidence():
    proposal = mine(qps_jobs())[0]
    assert proposal.term == QPS
    assert (proposal.full, proposal.full_of, proposal.none, proposal.none_of, proposal.jobs) == (12, 12, 0, 12, 4)
    assert proposal.z > mining.LEAST_Z
    assert len(proposal.quotes) == 3
    fitting = {
        candidate.resume_id: candidate.text for group in qps_jobs() for candidate in group.candidates if candidate.labels[0].grade == FULL
    }
    for quote in proposal.quotes:
        assert quote.text in fitting[quote.resume_id] and "QPS" in quote.text
        assert len(quote.text) <= mining.QUOTE_LENGTH


def test_no_proposal_is_the_job_term_a_stop_word_or_a_name():
    proposals = mine(qps_jobs())
    assert proposals
    for proposal in proposals:
        job_term, resume_term = proposal.term.job_term, proposal.term.resume_term
        assert job_term not in resume_term and resume_term not in job_term
        assert resume_term not in ("负责", "订单", "负责订单"), "everybody says it"
        assert not resume_term.startswith("赵"), "each name stands in the resumes of one job only"
        assert proposal.full >= corpus.LEAST_RESUMES and proposal.jobs >= corpus.LEAST_JOBS


def test_a_fragment_does_not_stand_beside_the_whole():
    terms = [proposal.term.resume_term for proposal in mine(qps_jobs())]
    assert "#万qps" in terms
    assert not {"qps", "万qps"} & set(terms)


def test_what_the_jobs_say_themselves_needs_no_glossary():
    told = [replace(group, job=group.job + "\n支撑 5 万 QPS") if "高并发" in group.job else group for group in qps_jobs()]
    assert QPS not in [proposal.term for proposal in mine(told)]


def test_what_is_liked_for_every_job_is_no_synonym_of_one_term():
    """The same words in every resume that fits, whatever the job asks; then only for jobs with 高并发."""

    def jobs(elsewhere: str) -> list[Group]:
        made = []
        for number in range(12):
            own = number % 3 == 0
            said = "从零做出" if own else elsewhere
            asked = ASKED[number // 3] if own else OTHER[number % len(OTHER)]
            fitting = [(FULL, f"{said}工具{index}号") for index in range(4)]
            made.append(job(number, asked, *fitting, *((NONE, f"整理资料{index}号") for index in range(4))))
        return made

    assert [proposal for proposal in mine(jobs(elsewhere="接手")) if "做出" in proposal.term.resume_term]
    assert not [proposal for proposal in mine(jobs(elsewhere="从零做出")) if "做出" in proposal.term.resume_term]


def test_one_job_is_not_enough():
    """Nine resumes say it, all beside one job; a second job asks for the same and nobody there says it."""
    told = [job(0, ASKED[0], *((FULL, SAID[index % 5]) for index in range(9)), *((NONE, f"整理资料{index}号") for index in range(9)))]
    silent = [job(1, ASKED[1], (FULL, "开发后台"), *((NONE, f"整理表格{index}张") for index in range(9)))]
    rest = [job(2 + number, OTHER[number], (FULL, "接待客户"), (NONE, "修复缺陷")) for number in range(4)]
    assert QPS not in [proposal.term for proposal in mine([*told, *silent, *rest])]
    spread = [replace(silent[0], candidates=(*silent[0].candidates, *job(9, "", *((FULL, line) for line in SAID[:3])).candidates))]
    assert QPS in [proposal.term for proposal in mine([*told, *spread, *rest])]


def test_two_resumes_are_not_enough():
    """Nobody who says it fails, but only two who fit say it; others say it beside another job."""

    def jobs(*said: str) -> list[Group]:
        failing = [(NONE, f"整理资料{index}号") for index in range(40)]
        asking = [job(number, ASKED[number], (FULL, line), *failing) for number, line in enumerate(said)]
        others = [job(10 + number, OTHER[number], (FULL, "接待客户"), (NONE, "修复缺陷")) for number in range(4)]
        return [*asking, *others, job(20, OTHER[0], (FULL, SAID[4]), (NONE, SAID[0]), *failing[:3])]

    assert QPS not in [proposal.term for proposal in mine(jobs(*SAID[:2]))]
    assert QPS in [proposal.term for proposal in mine(jobs(*SAID[:4]))]
    assert mine([]) == ()


def test_of_a_sentence_too_long_for_a_term_the_middle_is_not_proposed():
    """All who fit use the very same sentence."""
    same = [
        replace(
            job,
            candidates=tuple(
                replace(c, text=f"资料{c.resume_id}，撑住大促洪峰期间全部交易网关") if "QPS" in c.text else c for c in job.candidates
            ),
        )
        for job in qps_jobs()
    ]
    proposed = [proposal.term.resume_term for proposal in mine(same)]
    assert proposed[0].startswith("撑住") or proposed[0].endswith("网关")


def test_the_same_resume_beside_many_jobs_is_one_witness():
    one_person = [
        replace(
            group,
            candidates=tuple(
                replace(candidate, resume_id="same") if candidate.labels[0].grade == FULL else candidate for candidate in group.candidates
            ),
        )
        for group in qps_jobs()
    ]
    assert QPS not in [proposal.term for proposal in mine(one_person)]


def test_what_was_decided_is_not_proposed_again_in_any_variant():
    assert not [proposal for proposal in mine(qps_jobs(), decided=[QPS]) if "qps" in proposal.term.resume_term]


def test_partial_matches_and_deleted_texts_are_no_witnesses():
    def changed(**change) -> list[Group]:
        return [replace(group, candidates=tuple(replace(candidate, **change) for candidate in group.candidates)) for group in qps_jobs()]

    assert mine(changed(labels=(Label("ann", PARTIAL),))) == ()
    assert mine(changed(text="")) == ()


def test_only_the_newest_are_mined(monkeypatch):
    """The newest eight jobs say nothing of QPS any more."""
    newer = [replace(job, job_id=f"new{job.job_id}", job="任职要求：会计证", at=job.at + 1000) for job in qps_jobs()]
    assert QPS in [proposal.term for proposal in mine([*qps_jobs(), *newer])]
    monkeypatch.setattr(corpus, "MAX_GROUPS", 8)
    assert QPS not in [proposal.term for proposal in mine([*qps_jobs(), *newer])]


def test_the_order_of_the_groups_does_not_matter():
    proposals, turned = mine(qps_jobs()), mine(qps_jobs()[::-1])
    assert [proposal.term for proposal in proposals] == [proposal.term for proposal in turned]


@pytest.mark.parametrize(
    ("gram", "expected"), [("北极星", True), ("#万qps", True), ("的看板", False), ("#", False), ("#年", False), ("of", False)]
)
def test_a_term_means_something(gram, expected):
    assert is_term(gram) is expected


def test_terms_are_ngrams_that_enough_texts_have():
    terms = terms_of(["搭北极星看板", "用北极星看板", "北极星计划"], [True, True, True], 2)
    assert "北极星看板" in terms[0] and "北极星" in terms[2]
    assert "搭北极星" not in terms[0]


@pytest.mark.long
def test_a_companys_words_move_the_resume_that_says_them_and_nobody_else():
    """The seed scenario, on texts, through the real features those who tell of 万级 QPS are right for jobs that say 高并发."""
    jobs = write_world(seed=7, resumes=150, jobs=40, size=12)
    engine = NoisyEngine(jobs, noise=0.3)
    ranked = rank_world(jobs, engine, UndecidedJudge())  # the judge knows nothing of these terms anyway
    labelled = label_world(House("qps", own_words={"高并发": 3.0}, noise=0.2), jobs, ranked, seed=1).groups
    assert QPS in [proposal.term for proposal in mine(labelled)[:3]], "proposed, and near the top"

    report = tune(labelled, engine.info.fingerprint, glossary={QPS: None})
    assert report.accepted, report.verdict
    coefficients = report.weights.coefficients
    assert set(coefficients) == {"logit", "glossary"} and coefficients["glossary"] > 0

    def order(asked: str, logits: dict[str, float]) -> list[str]:
        """Return the texts of the resumes in order, as ranking.py orders rows."""
        query, requirements = Query(asked, ""), split_job(asked)
        features = {text: extract(query, text, logit, find_evidence(requirements, text, JUDGE), [QPS]) for text, logit in logits.items()}
        return sorted(logits, key=lambda text: -sum(weight * features[text][name] for name, weight in coefficients.items()))

    plain, other, own = "用 Java 开发订单服务，维护缓存", "维护报表与后台", "用 Java 开发订单服务，上线后扛 6 万 QPS"
    logits = {plain: 2.4, own: 2.1, other: -3.0}
    assert order("任职要求：\n1. 熟悉 Java\n2. 高并发经验", logits) == [own, plain, other]
    unrelated = ["任职要求：\n1. 熟悉 Java", "任职要求：\n1. 有商务谈判经验\n2. 能适应出差", "Requirements\n- 3 years of accounting"]
    assert [order(asked, logits) for asked in unrelated] == [[plain, own, other]] * 3
