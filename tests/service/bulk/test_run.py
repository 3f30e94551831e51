"""A bulk run gives the list that the page would, goes on from what a killed one left, and keeps its files private."""

import csv
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from feedback.labels import Weights
from feedback.learning.learned import Learned
from i18n.texts import texts
from preprocess.pipeline import Cleaning
from reranker.engine import IdAndText, Query, Score, ScoringError
from reranker.instructions import DEFAULT_INSTRUCTION
from reranker.scheduler import Scheduler
from service.bulk.job import BulkJob
from service.bulk.output import ResultFile
from service.bulk.record import BulkRecord, RecordInUse
from service.bulk.run import BulkResult, run_bulk
from service.model import Model
from service.pile import add_uploads
from tests.encoder import JUDGE
from tests.engines import engine_info
from tests.service.desk import DEFAULTS, Desk, finish, order

JOB = "任职要求：\n1. 熟悉 Python"
WORDS = texts("zh")


class LengthEngine:
    """Scores by length, two at a time; counts what it was asked, and fails after `last` documents."""

    def __init__(self, last: int = 1000):
        self.info = engine_info(name="length", fingerprint="0", batch_size=2)
        self.scored: list[str] = []
        self.last = last

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        for index, (_, text) in enumerate(documents):
            if len(self.scored) == self.last:
                raise ScoringError("no_memory_for_resume", device="cpu", tokens=9)
            self.scored.append(text)
            yield Score(index, len(text) / 100, len(text))

    def forget(self, query: Query) -> None:
        pass


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with people alone, one in two files, a copy, an archive, a mail, and a file that is nothing."""
    folder = tmp_path_factory.mktemp("pool")
    (folder / "2024").mkdir()
    for number in range(6):
        work = "\n".join(
            f"{2010 + year}.01-{2011 + year}.01 第 {number}{year} 公司，用 Python 写了 {number + year} 个服务" for year in range(number + 1)
        )
        (folder / "2024" / f"候选人{number}.txt").write_text(f"工作经历\n{work}\n编号 {number}", "utf-8")
    resume = (
        "林晓\n电话：13800001234\n工作经历\n2015.01-2023.01 青梧科技 工程师\n用 Python 写接口，负责订单系统的拆分\n教育背景\n甬江大学 本科"
    )
    (folder / "林晓_简历.txt").write_text(resume, "utf-8")
    (folder / "林晓_证书.txt").write_text("林晓\n电话：13800001234\n获奖证书\n2022 年云计算认证，编号 77", "utf-8")
    shutil.copy(folder / "2024" / "候选人3.txt", folder / "副本.txt")
    with zipfile.ZipFile(folder / "其他.zip", "w") as archive:
        for name in ("甲", "乙"):
            archive.writestr(f"内/{name}.txt", f"{name}\n工作经历\n2019.01-2024.01 {name}厂 用 Python 做报表与数据清洗，每周三次")
    (folder / "坏.pdf").write_text("no pdf", "utf-8")
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "result.jsonl"


def bulk(pool: Path, output: Path, engine: LengthEngine | None = None, job: str = JOB, **changes: Any) -> BulkResult:
    """Run once, as a command does."""
    query = Query(job, DEFAULT_INSTRUCTION)
    about = BulkJob([pool], query, Cleaning(), DEFAULTS, Scheduler(engine or LengthEngine()), JUDGE, Learned(), output)
    about = replace(about, **changes)
    path = output.with_name(output.name + ".record")
    with closing(BulkRecord(path, about.key())) as record, closing(ResultFile(output, WORDS, about.cleaning.blind)) as result:
        return run_bulk(about, record, result, lambda *progress: None)


def lines(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.read_text("utf-8").splitlines()]


def told(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return what a list says of each person, without where the file lies."""
    keys = ("rank", "id", "logit", "model_rank", "features")
    return [(*(row[key] for key in keys), len(row["match_points"] or ()), sorted(note["code"] for note in row["notes"])) for row in rows]


@pytest.mark.long
def test_the_list_is_that_of_the_page_with_joined_files_copies_and_archives(pool: Path, output: Path):
    result = bulk(pool, output)
    desk = Desk()
    for _ in add_uploads(desk.pile, [pool], DEFAULTS, keep=True):
        pass
    model = Model()
    model.ready(LengthEngine(), JUDGE)
    finish(desk, order(JOB), model)
    assert desk.run.ranking
    of_page = [(row.rank, row.id, row.logit) for row in desk.run.ranking.rows]
    rows = [row for row in lines(output) if "refused" not in row]
    assert [(row["rank"], row["id"], row["logit"]) for row in rows] == of_page and result.ranked == len(of_page) == 10
    for row, page in zip(rows, desk.run.ranking.rows, strict=True):
        assert [point["status"] for point in row["match_points"]] == [point.status for point in page.match_points or ()]
        assert [(note["code"], note["before"]) for note in row["notes"]] == [(note.code, note.before) for note in page.notes]
    (joined,) = [row for row in rows if "林晓" in row["name"]]
    assert sorted(joined["files"]) == ["林晓_简历.txt", "林晓_证书.txt"] and " + " in joined["path"]
    assert any(row["path"].endswith("其他.zip/内/甲.txt") for row in rows)
    (refused,) = [row for row in lines(output) if "refused" in row]
    assert refused["name"] == str(pool / "坏.pdf") and refused["refused"]["reason"] == "not_pdf"


def test_a_run_that_was_cut_off_goes_on_without_scoring_anything_again(pool: Path, output: Path, tmp_path: Path):
    whole = tmp_path / "whole.jsonl"
    bulk(pool, whole)
    first = LengthEngine(last=5)
    with pytest.raises(ScoringError):
        bulk(pool, output, first)
    coming = lines(output)
    assert coming and all(row["rank"] is None for row in coming), "rows as they came"
    with output.open("ab") as file:
        file.write(b'{"rank": null, "na')  # a kill tears the last line
    second = LengthEngine()
    result = bulk(pool, output, second)
    written = sum("refused" not in row for row in coming)
    assert result.known == written > 0
    assert not set(first.scored[:written]) & set(second.scored)
    assert told([row for row in lines(output) if "refused" not in row]) == told([row for row in lines(whole) if "refused" not in row])


def test_what_a_kill_leaves_on_disk_is_enough(pool: Path, output: Path, tmp_path: Path):
    """The files as another process sees them in the middle of a run are what kill −9 leaves."""
    left = tmp_path / "left"
    left.mkdir()

    class Watched(LengthEngine):
        def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
            if len(self.scored) == 6:
                for path in tmp_path.glob("result.jsonl*"):
                    shutil.copy(path, left)
            yield from super().score(query, documents, batch_size)

    bulk(pool, output, Watched())
    again = LengthEngine()
    bulk(pool, left / "result.jsonl", again)
    assert told(lines(left / "result.jsonl")[:10]) == told(lines(output)[:10])
    assert 0 < len(again.scored) < 8


@pytest.mark.long
def test_another_job_uses_nothing_and_the_first_one_is_still_known(pool: Path, output: Path):
    engine = LengthEngine()
    bulk(pool, output, engine)
    other = LengthEngine()
    assert bulk(pool, output, other, job="任职要求：\n1. 熟悉 Go").known == 0
    assert len(other.scored) == len(engine.scored)
    assert bulk(pool, output, changed := LengthEngine(), cleaning=Cleaning(blind=True)).known == 0 and changed.scored
    back = LengthEngine()
    bulk(pool, output, back)
    assert not back.scored


def test_only_what_is_new_is_scored(pool: Path, output: Path, tmp_path: Path):
    more = shutil.copytree(pool, tmp_path / "more")
    bulk(more, output)
    (more / "新人.txt").write_text("工作经历\n2020.01-2024.01 新公司 用 Python 写爬虫" + "，每天一次" * 100, "utf-8")
    engine = LengthEngine()
    result = bulk(more, output, engine)
    assert len(engine.scored) == 1 and result.ranked == 11
    assert lines(output)[0]["path"] == str(more / "新人.txt")


def test_the_top_is_the_beginning_of_the_whole_list(pool: Path, output: Path, tmp_path: Path):
    bulk(pool, output)
    top = tmp_path / "top.jsonl"
    assert bulk(pool, top, top=3).ranked == 10
    assert [row["id"] for row in lines(top) if "refused" not in row] == [row["id"] for row in lines(output)[:3]]


def test_learned_weights_order_a_pool_as_the_page_does(pool: Path, output: Path):
    weights = Weights(1, {"logit": -1.0, "must_coverage": 0.1}, "0")
    bulk(pool, output)
    by_model = [row["logit"] for row in lines(output) if "refused" not in row]
    engine = LengthEngine()
    bulk(pool, output, engine, learned=Learned(weights))
    rows = [row for row in lines(output) if "refused" not in row]
    assert [row["logit"] for row in rows] == sorted(by_model)
    assert rows[0]["model_rank"] >= 9 and rows[-1]["model_rank"] == 1
    assert not engine.scored, "the scores are those of the first run"


def test_the_prefilter_scores_those_of_whom_it_expects_most(pool: Path, output: Path):
    engine = LengthEngine()
    result = bulk(pool, output, engine, prefilter=4)
    assert result.not_scored in (6, 7) and 3 <= result.ranked <= 4
    left_out = [row for row in lines(output) if "not_scored" in row]
    assert len(left_out) == result.not_scored and all(row["path"] and row["not_scored"]["guess"] is not None for row in left_out)
    assert len(engine.scored) <= 5, "four, and the joined text of one of them"
    again = LengthEngine()
    assert bulk(pool, output, again, prefilter=4).ranked == result.ranked and not again.scored
    wider = LengthEngine()
    assert bulk(pool, output, wider, prefilter=6).ranked > result.ranked and len(wider.scored) <= 3


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_spreadsheet_is_written_at_the_end(pool: Path, tmp_path: Path, kind: str):
    output = tmp_path / f"result.{kind}"
    bulk(pool, output, top=2)
    if kind == "csv":
        rows = list(csv.reader(output.read_text("utf-8-sig").splitlines()))
        assert [row[0] for row in rows[1:3]] == ["1", "2"]
    else:
        sheet = openpyxl.load_workbook(output).worksheets[0]
        assert [cell.value for cell in sheet["A"][1:]] == [1, 2]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert not list(tmp_path.glob("*.new"))


def test_blind_rows_have_letters_for_names_and_no_paths(pool: Path, output: Path):
    bulk(pool, output, cleaning=Cleaning(blind=True))
    rows = [row for row in lines(output) if "refused" not in row]
    assert rows and all(row["name"].startswith("候选人 ") and not row["path"] and not row["files"] for row in rows)
    (refused,) = [row for row in lines(output) if "refused" in row]
    assert refused["name"] == WORDS("blind.file", number=1, suffix=".pdf") and str(pool) not in output.read_text("utf-8")
    assert "林晓" not in output.read_text("utf-8")


def test_a_workbook_of_a_pool_says_whether_it_was_blind_and_by_which_weights(pool: Path, tmp_path: Path):
    learned = Learned(Weights(3, {"logit": 1.0, "must_coverage": 0.1}, "0"))
    result = bulk(pool, tmp_path / "result.xlsx", cleaning=Cleaning(blind=True), learned=learned, top=1)
    assert [file.name for file in result.rejected] == [WORDS("blind.file", number=1, suffix=".pdf")]
    about = {row[0]: row[1] for row in openpyxl.load_workbook(tmp_path / "result.xlsx")[WORDS("export.sheet_about")].values}
    assert about[WORDS("export.blind")] == WORDS("shortlist.is_blind")
    assert about[WORDS("export.order")] != WORDS("shortlist.model_order")


def test_a_record_serves_one_run_at_a_time_and_a_damaged_one_is_an_error(output: Path):
    path = output.with_name("result.jsonl.record")
    with closing(BulkRecord(path, b"key")), pytest.raises(RecordInUse):
        BulkRecord(path, b"key")
    path.write_bytes(b"no database " * 1000)
    with pytest.raises(sqlite3.DatabaseError):
        BulkRecord(path, b"key")
