"""Asking the reranker requirement by requirement: the best passage answers, quotes are literal, ten cost as much as a resume or two."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preprocess.document import Resume
from preprocess.intake import File
from preprocess.lexicon.characters import width
from preprocess.pipeline import read_resume
from reranker.embedded.engine import EmbeddedEngine
from reranker.encoder.encoder import Encoder
from reranker.engine import Engine, IdAndText, Query, Score, ScoringError
from reranker.evidence import asking
from reranker.evidence.asking import INSTRUCTION, PASSAGE_WIDTH, PASSAGES, ModelAnswer, choose_passages
from reranker.evidence.match_points import MatchPoint, find_evidence
from reranker.evidence.requirements import Requirement, split_job
from reranker.evidence.resume_text.line_spans import LONG_LINE
from reranker.instructions import TEMPLATES
from reranker.qwen3.device import DeviceChoice
from reranker.qwen3.engine import Qwen3Engine
from reranker.rows import sigmoid
from reranker.scheduler import Scheduler
from tests.encoder import ENCODER, JUDGE
from tests.engines import engine_info, with_ids

EXAMPLES = Path(__file__).parents[3] / "examples"
PAIRS = {"zh": ("JD_AI平台工程师.pdf", "许朝暮_数据工程师.txt"), "en": ("JD_Senior_Backend_Engineer.docx", "Daniel_Brandt.txt")}

RESUME = """李四
工作经历
某某商城  后端开发工程师  2018.03 – 2023.03
- 负责商品与订单系统的开发，使用 Java 与 MySQL，日均处理 300 万笔订单，双十一大促期间零故障，接口耗时降低 37%。
- 搭建持续交付流水线，把发布时间由半天缩短到二十分钟，推动三个团队采用，并编写使用手册与培训材料。
- 优化推荐列表的缓存策略，命中率由 61% 提升到 93%，每年节省服务器费用 40 万元，得到部门年度优秀项目。
某某支付  安全工程师  2015.07 – 2018.02
- 系统通过 PCI DSS Level 1 认证，上线 GDPR 兼容的数据脱敏与审计日志，配合外部机构完成两次年度检查与整改。
- 建设密钥管理服务，覆盖 48 个业务系统，定期轮换证书，并为值班同事编写应急预案，组织季度演练。
教育背景
江城理工大学  软件工程 本科  2011.09 – 2015.06
"""


class ScriptedEngine:
    """Answers with the logit that the script gives for (requirement, passage), last passage first; notes what it was asked."""

    info = engine_info(name="scripted")

    def __init__(self, script: Callable[[str, str], float]):
        self.script = script
        self.asked: list[tuple[Query, list[str]]] = []

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        passages = [text for _, text in documents]
        self.asked.append((query, passages))
        for index in reversed(range(len(passages))):
            yield Score(index, self.script(query.job, passages[index]), tokens=len(passages[index]))

    def forget(self, query: Query) -> None: ...


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return ENCODER


@pytest.fixture(scope="module")
def qwen3(tiny_checkpoint: Path) -> Qwen3Engine:
    return Qwen3Engine(tiny_checkpoint, DeviceChoice("cpu", torch.float32, 4), say=lambda line: None)


def ask(requirements: Sequence[Requirement], text: str, points: Sequence[MatchPoint], *rest: Any, **options: Any) -> Iterator[ModelAnswer]:
    ((resume_id, _),) = with_ids([text])
    return asking.ask(requirements, Resume(resume_id, "resume.txt", text), points, *rest, **options)


def must(*texts: str) -> list[Requirement]:
    return [Requirement(text, "must", ()) for text in texts]


def nothing_found(requirements: list[Requirement]) -> list[MatchPoint]:
    return [MatchPoint(requirement.text, requirement.kind, "missing", "", 0, 0, 0.0) for requirement in requirements]


def quoting(requirement: Requirement, words: str) -> list[MatchPoint]:
    """Return a match point whose quote is the line of RESUME with these words."""
    (line,) = [line for line in RESUME.split("\n") if words in line]
    start = RESUME.index(line)
    return [MatchPoint(requirement.text, requirement.kind, "partial", line, start, start + len(line), 0.5)]


def answers(engine: Engine, encoder: Encoder, requirements: list[Requirement], resume: str = RESUME) -> list[ModelAnswer]:
    return list(ask(requirements, resume, find_evidence(requirements, resume, JUDGE).points, engine, encoder))


def example(language: str, encoder: Encoder) -> tuple[str, list[Requirement], str, tuple[MatchPoint, ...]]:
    """Return the job description, its first ten requirements, a resume, and its match points for them."""
    job, resume = (read_resume(File(name, (EXAMPLES / language / name).read_bytes())).text for name in PAIRS[language])
    requirements = list(split_job(job)[:10])
    assert len(requirements) == 10
    return job, requirements, resume, find_evidence(requirements, resume, JUDGE).points


def test_the_passage_with_the_highest_logit_answers_and_its_closest_line_is_quoted(encoder: Encoder):
    wanted = must("支付行业合规经验", "订单系统开发")
    logits = {"支付行业合规经验": "密钥管理", "订单系统开发": "持续交付"}  # a word of the passage that the engine likes best
    engine = ScriptedEngine(lambda job, passage: 1.75 if logits[job] in passage else -3.0)
    replies = answers(engine, encoder, wanted)
    assert [answer.requirement for answer in replies] == [0, 1]
    for answer, (query, passages) in zip(replies, engine.asked, strict=True):
        assert len(passages) == PASSAGES, "there must be a choice"
        assert (answer.logit, answer.probability) == (1.75, sigmoid(1.75))
        (liked,) = [passage for passage in passages if logits[query.job] in passage]
        assert RESUME[answer.start : answer.end] in liked
        assert "\n" not in RESUME[answer.start : answer.end]


def test_the_second_passage_wins_when_the_engine_says_so(encoder: Encoder):
    (requirement,) = must("支付行业合规经验")
    points = find_evidence([requirement], RESUME, JUDGE).points
    ((first, second),) = choose_passages([requirement], RESUME, points, encoder)
    for liked in (first, second):
        engine = ScriptedEngine(lambda job, passage, liked=liked: float(passage == RESUME[liked.start : liked.end]))
        (answer,) = ask([requirement], RESUME, points, engine, encoder)
        assert (answer.logit, answer.start, answer.end) == (1.0, liked.quote_start, liked.quote_end)


def test_of_equal_passages_the_likelier_one_answers(encoder: Encoder):
    (requirement,) = must("支付行业合规经验")
    (answer,) = ask([requirement], RESUME, quoting(requirement, "PCI DSS"), ScriptedEngine(lambda job, passage: 0.5), encoder)
    assert "PCI DSS" in RESUME[answer.start : answer.end]


def test_each_requirement_is_a_query_of_its_own_with_one_fixed_instruction(encoder: Encoder):
    engine = ScriptedEngine(lambda job, passage: 0.0)
    answers(engine, encoder, must("熟悉 Java", "本科及以上学历"))
    assert [query for query, _ in engine.asked] == [Query("熟悉 Java", INSTRUCTION), Query("本科及以上学历", INSTRUCTION)]


def test_an_answer_in_other_words_in_the_third_paragraph_is_among_what_is_asked(encoder: Encoder):
    requirements = must("有支付合规经验，了解个人信息保护")
    ((*passages,),) = choose_passages(requirements, RESUME, nothing_found(requirements), encoder)
    assert any("PCI DSS Level 1 认证" in RESUME[passage.start : passage.end] for passage in passages)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_quote_of_the_match_point_is_always_asked_first(encoder: Encoder, language: str):
    _, requirements, resume, points = example(language, encoder)
    quoted = [(point, passages[0]) for point, passages in zip(points, choose_passages(requirements, resume, points, encoder), strict=True)]
    assert any(point.quote for point, _ in quoted)
    for point, passage in quoted:
        if point.quote:
            assert point.quote in resume[passage.quote_start : passage.quote_end]
            assert passage.start <= point.start and point.end <= passage.end


def test_a_quote_beyond_the_lines_that_are_read_is_asked_too(encoder: Encoder):
    resume = "整理会议纪要与报销单据\n" * 450 + "接口峰值 3 万 QPS"
    start = resume.index("接口峰值")
    point = MatchPoint("高并发经验", "must", "partial", resume[start:], start, len(resume), 0.5)
    ((first, *_),) = choose_passages(must("高并发经验"), resume, [point], encoder)
    assert (first.start, first.quote_start, first.quote_end, first.end) == (start, start, len(resume), len(resume))


def test_passages_do_not_overlap_and_are_short_unless_one_line_alone_is_long(encoder: Encoder):
    for language in PAIRS:
        _, requirements, resume, points = example(language, encoder)
        for passages in choose_passages(requirements, resume, points, encoder):
            assert len(passages) == PASSAGES
            (_, end), (start, _) = sorted((passage.start, passage.end) for passage in passages)
            assert end <= start
            for passage in passages:
                assert width(resume[passage.start : passage.end]) <= PASSAGE_WIDTH or "\n" not in resume[passage.start : passage.end]


def test_a_passage_shows_the_lines_around_what_it_quotes(encoder: Encoder):
    requirements = must("支付合规")
    ((passage, _),) = choose_passages(requirements, RESUME, quoting(requirements[0], "PCI DSS"), encoder)
    assert "PCI DSS" in RESUME[passage.quote_start : passage.quote_end]
    assert RESUME[passage.start : passage.end].startswith("某某支付  安全工程师")


def test_a_passage_takes_as_many_lines_as_fit(encoder: Encoder):
    resume = "\n".join(f"整理第 {number} 份会议纪要" for number in range(100, 140))
    requirements = must("会议纪要")
    (passages,) = choose_passages(requirements, resume, nothing_found(requirements), encoder)
    for passage in passages:
        assert PASSAGE_WIDTH - 2 * len("整理第 100 份会议纪要") < width(resume[passage.start : passage.end]) <= PASSAGE_WIDTH


@pytest.mark.long
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text("简历 项目a.\n\t。；-•9QPS\u0000", max_size=60) | st.just("长" * 700), max_size=4).map("\n".join),
    st.text(max_size=40),
)
def test_whatever_the_text_an_answer_quotes_it(encoder: Encoder, resume: str, requirement: str):
    points = find_evidence(must(requirement), resume, JUDGE).points
    ((*passages,),) = choose_passages(must(requirement), resume, points, encoder)
    for passage in passages:
        assert 0 <= passage.start <= passage.quote_start < passage.quote_end <= passage.end <= len(resume)
        assert passage.end - passage.start <= max(PASSAGE_WIDTH, 3 * LONG_LINE)
    replies = list(ask(must(requirement), resume, points, ScriptedEngine(lambda job, passage: 0.0), encoder))
    assert [(answer.start, answer.end) for answer in replies] == [(passage.quote_start, passage.quote_end) for passage in passages[:1]]


@pytest.mark.parametrize("resume", ["", " \n\n ", "ab"])
def test_a_resume_without_a_line_gets_no_answers(encoder: Encoder, resume: str):
    engine = ScriptedEngine(lambda job, passage: 0.0)
    assert list(ask(must("熟悉 Java"), resume, nothing_found(must("熟悉 Java")), engine, encoder)) == []


def test_answers_come_one_by_one_and_closing_stops_the_work(encoder: Encoder):
    engine = ScriptedEngine(lambda job, passage: 0.0)
    requirements = must(*(f"第 {number} 项要求" for number in range(10)))
    stream = ask(requirements, RESUME, nothing_found(requirements), engine, encoder)
    assert [next(stream).requirement, next(stream).requirement] == [0, 1]
    assert len(engine.asked) == 2
    stream.close()  # type: ignore[attr-defined]
    assert list(stream) == [] and len(engine.asked) == 2


def test_an_engine_that_fails_says_so_after_the_answers_it_gave(encoder: Encoder):
    def script(job: str, passage: str) -> float:
        if job == "坏":
            raise ScoringError("no_memory_for_resume", device="cpu", tokens=9)
        return 0.0

    stream = ask(must("好", "坏"), RESUME, nothing_found(must("好", "坏")), ScriptedEngine(script), encoder)
    assert next(stream).requirement == 0
    with pytest.raises(ScoringError, match="no_memory_for_resume"):
        next(stream)


def test_points_of_other_requirements_are_refused(encoder: Encoder):
    with pytest.raises(ValueError):
        list(ask(must("熟悉 Java", "熟悉 Go"), RESUME, nothing_found(must("熟悉 Java")), ScriptedEngine(lambda *_: 0.0), encoder))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_stand_in_answers_without_a_probability(encoder: Encoder, language: str):
    _, requirements, resume, points = example(language, encoder)
    replies = list(ask(requirements, resume, points, EmbeddedEngine(JUDGE), encoder))
    assert [answer.requirement for answer in replies] == list(range(10))
    assert {answer.probability for answer in replies} == {None}
    assert len({answer.logit for answer in replies}) > 5, "it must tell requirements apart"


def test_the_model_answers_the_same_again_alone_and_through_the_scheduler(encoder: Encoder, qwen3: Qwen3Engine):
    _, requirements, resume, points = example("zh", encoder)
    replies = list(ask(requirements, resume, points, qwen3, encoder))
    assert all(answer.probability == sigmoid(answer.logit) for answer in replies)
    assert len({answer.logit for answer in replies}) == 10
    assert list(ask(requirements, resume, points, qwen3, encoder)) == replies
    assert list(ask(requirements, resume, points, Scheduler(qwen3), encoder, batch_size=7)) == replies
    (alone,) = ask(requirements[4:5], resume, points[4:5], qwen3, encoder)
    assert (alone.logit, alone.start, alone.end) == (replies[4].logit, replies[4].start, replies[4].end)


@pytest.mark.parametrize(("language", "first", "next_one"), [("zh", 1.9, 1.2), ("en", 2.25, 1.25)])
def test_ten_requirements_cost_as_much_as_one_or_two_resumes(
    encoder: Encoder, qwen3: Qwen3Engine, language: str, first: float, next_one: float
):
    """Counted in tokens that go through the model; `next_one` is another candidate for the same job: the prefixes are known then."""

    def tokens(work: Callable[[], Iterable[object]]) -> int:
        qwen3._model.work.clear()
        list(work())
        return qwen3._model.work["tokens"]

    job, requirements, resume, points = example(language, encoder)
    qwen3._prefixes.clear()
    whole = tokens(lambda: qwen3.score(Query(job, TEMPLATES["tech"]), with_ids([resume])))
    asked = tokens(lambda: ask(requirements, resume, points, qwen3, encoder))
    again = tokens(lambda: ask(requirements, resume, points, qwen3, encoder))
    print(f"{language}: resume with job {whole:,} tokens; ten requirements {asked:,}, {asked / whole:.2f}×, then {again / whole:.2f}×")
    assert asked < first * whole
    assert again < next_one * whole


def test_a_long_resume_costs_no_more_to_ask_than_a_short_one(encoder: Encoder):
    engine = ScriptedEngine(lambda job, passage: 0.0)
    answers(engine, encoder, must("熟悉 Java", "支付合规"), "\n".join(f"第 {number} 年：{RESUME}" for number in range(6)))
    assert sum(len(passage) for _, passages in engine.asked for passage in passages) <= 2 * PASSAGES * PASSAGE_WIDTH


def test_a_ranking_gets_its_turn_between_two_requirements(encoder: Encoder):
    served: list[str] = []
    waiting, asked_for = threading.Event(), threading.Event()

    def script(job: str, passage: str) -> float:
        served.append(job)
        if served == ["第 0 项要求"]:
            waiting.set()
            assert asked_for.wait(10)
        return 0.0

    scheduler = Scheduler(ScriptedEngine(script))
    requirements = must(*(f"第 {number} 项要求" for number in range(10)))

    def rank() -> None:
        assert waiting.wait(10)
        queue = scheduler._turns._queue
        threading.Thread(target=lambda: list(scheduler.score(Query("job", ""), with_ids(["another resume"])))).start()
        while len(queue) < 2:  # until it stands in line behind the first requirement
            threading.Event().wait(0.001)
        asked_for.set()

    ranking = threading.Thread(target=rank)
    ranking.start()
    assert len(list(ask(requirements, RESUME, nothing_found(requirements), scheduler, encoder))) == 10
    ranking.join(timeout=10)
    assert served.index("job") < served.index("第 2 项要求")
