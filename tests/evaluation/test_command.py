"""./start.sh eval as a user runs it: real files, both engines, a real feedback store; figures, what is left out, exit codes."""

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from evaluation import command
from evaluation.evaluate import METRICS, ranked
from evaluation.systems import score_systems
from feedback.files.imports import ImportLimits
from feedback.labels import FULL, NONE, Term, Weights
from feedback.learning.learned import Learned
from feedback.learning.versions import activate, add_weights
from feedback.store.store import FILE_NAME, Run, RunRow, Store
from preprocess.document import Resume
from reranker.embedded.engine import EmbeddedEngine
from reranker.engine import Query, Score
from reranker.ranking import rank
from tests.encoder import JUDGE
from tests.engines import engine_info

pytest.importorskip("ir_measures")

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "data" / "evaluation_sample.jsonl"


@pytest.fixture(autouse=True)
def one_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share one real judge among all tests: it remembers the vectors of the sample's lines, which take seconds."""
    monkeypatch.setattr(command, "Judge", lambda: JUDGE)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the sample: three jobs with five resumes each, the fitting ones behind the others; beside it the plot would go."""
    return Path(shutil.copy(SAMPLE, tmp_path / "data.jsonl"))


def figures(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str | Path) -> dict[str, Any]:
    """Return the JSON object, without a feedback folder unless one is named."""
    given = ["--feedback", str(data.parent), "--model", "embedded", *map(str, arguments)]
    assert command.main([str(data), "--json", *given]) == 0
    return json.loads(capsys.readouterr().out)


def append(data: Path, *lines: Any) -> None:
    with data.open("a", encoding="utf-8") as file:
        file.writelines((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n" for line in lines)


def reason_of(answer: dict[str, Any], system: str) -> str:
    return next(remark for remark in answer["remarks"] if remark.startswith(system))


@pytest.mark.long
def test_the_command_prints_a_table_and_says_what_it_does_elsewhere(tmp_path):
    data = tmp_path / "short.jsonl"
    trades = ("后端开发", "数据分析", "招聘专员")
    append(
        data,
        *(
            {"job": f"任职要求：\n1. {trade}经验", "resume": f"周一鸣\n{work} 5 年", "label": 2 * (trade == work)}
            for trade in trades
            for work in trades
        ),
    )
    command = ["bash", "-c", f'here={ROOT}; set -- eval "$@"; {_end_of_start_sh()}', "start.sh", str(data), "--model", "embedded"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)
    assert result.returncode == 0, result.stderr
    for word in ("as given", "BM25", "embedding", "engine", "nDCG@5", "nDCG@10", "Top-3", "Top-5", "Pairwise", "MRR", "3 of 3 jobs"):
        assert word in result.stdout
    assert "NOT Qwen3-Reranker" in result.stderr and "NOT Qwen3-Reranker" not in result.stdout
    assert "9/9" in result.stderr
    assert "周一鸣" not in result.stdout + result.stderr, "no text of a resume is printed"


def _end_of_start_sh() -> str:
    """Return the lines of start.sh that choose and run the program: the rest would install packages."""
    script = (ROOT / "start.sh").read_text("utf-8")
    return script[script.index("python=") :].replace("$here/.venv/bin/python", sys.executable)


@pytest.mark.long
def test_every_system_has_every_metric_and_its_interval(data, capsys):
    answer = figures(capsys, data)
    assert set(answer) == {"model", "instruction", "data", "reference", "systems", "remarks", "timing"}
    assert list(answer["systems"]) == ["given", "bm25", "embedding", "engine"]
    for system, metrics in answer["systems"].items():
        assert tuple(metrics) == METRICS
        for values in metrics.values():
            assert 0 <= values["low"] <= values["value"] <= values["high"] <= 1 and values["jobs"] == 3
            assert (values["difference"] is None) == (system == answer["reference"] == "engine")
    given, engine = answer["systems"]["given"], answer["systems"]["engine"]
    assert given["mrr"]["value"] == pytest.approx((1 / 4 + 1 / 3 + 1 / 3) / 3), "the order of the lines"
    assert given["mrr"]["difference"]["value"] == pytest.approx(given["mrr"]["value"] - engine["mrr"]["value"])
    for system in ("bm25", "embedding", "engine"):
        assert answer["systems"][system]["pairwise"]["value"] > 0.7 > given["pairwise"]["value"], system
    assert "ignores the instruction" in reason_of(answer, "no instruction")
    assert "nothing was learned yet" in reason_of(answer, "learned")
    assert "certain hit in 3 jobs" in reason_of(answer, "Top-5")
    assert not (data.parent / FILE_NAME).exists(), "looking for weights makes no database"


@pytest.mark.long
def test_the_same_data_gives_the_same_figures(data, capsys):
    first, second = figures(capsys, data), figures(capsys, data)
    assert first["systems"] == second["systems"]


def test_bad_lines_are_named_and_cost_nothing_else(data, capsys):
    good = figures(capsys, data)
    append(
        data,
        "{not json",
        {"job": "J", "resume": "R", "label": "maybe"},
        {"job": "J", "label": 2},
        {"job": "no.pdf", "resume": "R", "label": 1},
    )
    answer = figures(capsys, data)
    assert [(skipped["line"], skipped["reason"]) for skipped in answer["data"]["skipped"]] == [
        (16, "bad_line"),
        (17, "bad_label"),
        (18, "no_resume"),
        (19, "not_found"),
    ]
    assert answer["systems"] == good["systems"]


def test_jobs_that_compare_nothing_are_left_out_and_counted(data, capsys):
    good = figures(capsys, data)
    append(
        data,
        {"job": "招聘厨师", "resume": "八年川菜经验", "label": 2},
        {"job": "招聘司机", "resume": "驾龄十年", "label": 0},
        {"job": "招聘司机", "resume": "驾龄两年", "label": 0},
        {"job": "招聘保安", "resume": "退伍军人", "label": 1},
        {"job": "招聘保安", "resume": "应届毕业生", "label": 0},
    )
    answer = figures(capsys, data)
    counted = {name: answer["data"][name] for name in good["data"] if name != "skipped"}
    assert counted == {
        "jobs": 6,
        "jobs_compared": 4,
        "jobs_with_one_resume": 1,
        "jobs_with_one_grade": 1,
        "jobs_without_full": 1,
        "pairs_compared": 17,
    }
    assert answer["systems"]["engine"]["ndcg_5"]["jobs"] == 4 and answer["systems"]["engine"]["top_3"]["jobs"] == 3


def test_files_that_the_data_names_are_read_as_uploads_are(data, capsys):
    """The same texts in files of another folder, in a table with Chinese headers: the same figures."""
    good = figures(capsys, data)
    folder = data.parent / "files"
    folder.mkdir()
    table = ["职位,简历,标注,职位编号"]
    for number, line in enumerate(data.read_text("utf-8").splitlines()):
        row = json.loads(line)
        for kind in ("job", "resume"):
            (folder / f"{kind}{number}.txt").write_text(row[kind], "utf-8")
        table.append(f"../files/job{number}.txt,../files/resume{number}.txt,{row['label']},{row['job_id']}")
    as_table = data.parent / "tables" / "data.csv"
    as_table.parent.mkdir()
    as_table.write_text("\n".join(table), "utf-8-sig")
    assert figures(capsys, as_table)["systems"] == good["systems"]


def test_the_real_qwen3_path_is_compared_with_and_without_the_instruction(data, capsys, tiny_checkpoint):
    answer = figures(capsys, data, "--model", tiny_checkpoint, "--precision", "fp32", "--device", "cpu")
    assert list(answer["systems"]) == ["given", "bm25", "embedding", "engine", "no_instruction"]
    assert answer["model"]["dtype"] == "FP32" and answer["model"]["has_probability"]
    assert set(answer["systems"]["no_instruction"]) == set(METRICS)


class Recording:
    """An engine that scores by length, last resume first, and keeps what it was asked."""

    info = engine_info()

    def __init__(self):
        self.instructions, self.forgotten = [], []

    def score(self, query, documents, batch_size=None):
        self.instructions.append(query.instruction)
        for index in reversed(range(len(documents))):
            yield Score(index, float(len(documents[index][1])), 1)

    def forget(self, query):
        self.forgotten.append(query.instruction)


def test_scores_go_to_the_resume_that_they_are_of_and_no_job_stays_in_memory(data):
    engine, advanced = Recording(), []
    groups = command.read_data(data, ImportLimits()).compared
    systems = score_systems(groups, engine, JUDGE, "look for tests", None, advanced.append)  # type: ignore[arg-type]
    lengths = [[float(len(candidate.text)) for candidate in group.candidates] for group in groups]
    assert systems["engine"] == systems["no_instruction"] == lengths
    assert engine.instructions == engine.forgotten == ["look for tests"] * 3 + [""] * 3
    assert advanced.count("engine") == advanced.count("bm25") == 15


def test_learned_weights_are_compared_when_some_are_active_for_this_engine(data, capsys):
    fingerprint = EmbeddedEngine(JUDGE).info.fingerprint
    store = Store(data.parent / FILE_NAME)
    reverse = add_weights(store, Weights(1, {"logit": -1.0}, fingerprint), [], {}, "anna")
    of_another = add_weights(store, Weights(1, {"logit": 1.0}, "another engine"), [], {}, "anna")
    assert "no weights" in reason_of(figures(capsys, data), "learned")

    activate(store, reverse, "anna")
    answer = figures(capsys, data)
    learned, engine = answer["systems"]["learned"]["pairwise"], answer["systems"]["engine"]["pairwise"]
    assert learned["value"] == pytest.approx(1 - engine["value"]), "the reverse of an order without ties"
    assert not any(remark.startswith("learned") for remark in answer["remarks"])

    activate(store, of_another, "anna")
    assert "learned" not in figures(capsys, data)["systems"]
    store.close()


def test_the_learned_order_is_the_one_that_a_ranking_has(data):
    """With several features, and a company term that changes what the resumes answer."""
    weights = Weights(
        1, {"logit": 0.2, "must_coverage": 1.0, "glossary": 0.7, "quantified": -0.4, "tenure": 0.3}, EmbeddedEngine(JUDGE).info.fingerprint
    )
    known = Learned(weights, (Term("高并发", "#万qps"), Term("销售", "parent meetings")))
    engine, groups = EmbeddedEngine(JUDGE), command.read_data(data, ImportLimits()).compared
    systems = score_systems(
        groups, engine, JUDGE, "look for tests", dict.fromkeys((group.job for group in groups), known), lambda system: None
    )
    moved = 0
    for group, by_weights, by_engine in zip(groups, systems["learned"], systems["engine"], strict=True):
        resumes = [Resume(candidate.resume_id, candidate.name, candidate.text) for candidate in group.candidates]
        options = {"weights": weights.coefficients, "describe": known.describe, "glossary_span": known.glossary_span}
        ranking = rank(Query(group.job, "look for tests"), resumes, engine, JUDGE, **options)
        assert [row.input_position - 1 for row in ranking.rows] == ranked(by_weights)
        moved += ranked(by_weights) != ranked(by_engine)
    assert moved, "else this would show nothing"


def test_it_says_when_the_weights_may_have_been_learned_from_these_jobs(data, capsys):
    fingerprint = EmbeddedEngine(JUDGE).info.fingerprint
    group = command.read_data(data, ImportLimits()).compared[0]
    rows = tuple(
        RunRow(candidate.resume_id, "", candidate.text, rank, rank, {"logit": 0.0})
        for rank, candidate in enumerate(group.candidates, start=1)
    )
    store = Store(data.parent / FILE_NAME)
    run = store.add_run(Run(group.job, "", {}, engine_info(fingerprint=fingerprint), 0, "anna", 1.0, rows))
    store.label(run, rows[0].resume_id, "anna", NONE)
    store.label(run, rows[3].resume_id, "anna", FULL)
    activate(store, add_weights(store, Weights(1, {"logit": 1.0}, fingerprint), [], {}, "anna"), "anna")
    store.close()
    assert "1 of these jobs" in reason_of(figures(capsys, data), "learned")


def test_a_plot_lies_beside_the_data_or_where_it_was_asked_for(data, capsys):
    pytest.importorskip("matplotlib")
    figures(capsys, data)
    figures(capsys, data, "--plot", data.parent / "other.png")
    for name in ("data_evaluation.png", "other.png"):
        assert (data.parent / name).read_bytes().startswith(b"\x89PNG")


def test_without_matplotlib_the_figures_come_with_one_line_on_how_to_get_a_plot(data, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)  # what an import finds where it is not installed
    assert command.main([str(data), "--model", "embedded", "--json", "--feedback", str(data.parent)]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["systems"]
    assert printed.err.count("pip install") == 1 and "matplotlib" in printed.err
    assert not list(data.parent.glob("*.png"))


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="needs matplotlib")
def test_a_plot_that_cannot_be_written_costs_nothing_but_the_plot(data, capsys):
    assert command.main([str(data), "--model", "embedded", "--plot", str(data.parent / "no" / "where.png")]) == 0
    assert "could not be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "lines",
    [
        ['{"job": "J", "resume": "R", "label": 2}', '{"job": "K", "resume": "S", "label": 0}'],
        ["nothing of use"],
        [],
    ],
)
def test_nothing_to_compare_is_exit_code_1_and_says_why(lines, tmp_path, capsys):
    path = tmp_path / "data.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    assert command.main([str(path), "--model", "embedded"]) == 1
    printed = capsys.readouterr()
    assert "nothing to compare" in printed.err and not printed.out


def test_a_table_without_the_columns_is_exit_code_1_and_names_them(tmp_path, capsys):
    path = tmp_path / "data.csv"
    path.write_text("job,text\nJ,R\n", "utf-8")
    assert command.main([str(path), "--model", "embedded"]) == 1
    assert "resume, label" in capsys.readouterr().err


def test_a_named_model_that_is_not_there_is_exit_code_1(data, capsys):
    assert command.main([str(data), "--model", str(data.parent / "missing"), "--offline"]) == 1
    assert "missing" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["no-such-file.jsonl"], [str(SAMPLE), "--plot", "plot.pdf"], [str(SAMPLE), "--batch-size", "many"]])
def test_bad_usage_is_exit_code_2(arguments, capsys):
    assert command.main(arguments) == 2
    assert capsys.readouterr().err.strip()
    with pytest.raises(SystemExit) as stopped:
        command.main([])
    assert stopped.value.code == 2
