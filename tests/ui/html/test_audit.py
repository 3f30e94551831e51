"""The audit log on the page: words in the reader's language, and no code, hash or setting as it was stored."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from feedback.files.imports import ImportLimits
from feedback.labels import FULL, NONE
from feedback.store import audit
from feedback.store.erase import erase
from feedback.store.history import delete_run
from feedback.store.retention import sweep
from feedback.store.saved.rubrics import save_rubric
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from reranker.rubric.criteria import Criterion, Rubric
from service.access.access import EVERYBODY
from service.access.administration import Administration
from tests.feedback.stored import id_of, run_of
from ui.html.audit import about_words, user_words
from ui.html.data import log_html

NOW = 1_000_000_000.0
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> list[audit.AuditEntry]:
    """Return the rows of a store in which much has happened, newest first."""
    folder: Path = tmp_path_factory.mktemp("audited")
    store = Store(folder / FILE_NAME)
    run = store.add_run(run_of("job", ["林知遥", "陈屿舟"], at=NOW))
    store.label(run, id_of("林知遥"), "王敏", NONE, HOSTILE)
    store.label(run, id_of("林知遥"), "李雷", NONE)
    store.label(run, id_of("林知遥"), "李雷", None)
    store.label(run, id_of("陈屿舟"), HOSTILE, FULL)
    audit.record(store, audit.NAMES_REVEALED, "王敏", run_id=run)
    save_rubric(store, "job", Rubric((Criterion(1, "会Python", "must", origin="added"),), ()), "王敏")
    for kind in ("audit", "candidate", "impact", "xlsx", "csv", "shortlist", "a kind of later"):
        audit.record(store, audit.EXPORTED, "", run_id=run, kind=kind)
    sweep(store, 30, NOW + 60, confirmed=True)
    erase(store, [id_of("陈屿舟")], "王敏")
    delete_run(store, run, "王敏")
    logged = audit.entries(store)
    store.close()
    return logged


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_speaks_in_words_and_leaves_codes_to_the_export(entries: list[audit.AuditEntry], language: str):
    page = html.fragment_fromstring(log_html(entries, texts(language)))
    rows = [[cell.text_content() for cell in row.xpath("./td")] for row in page.xpath(".//tbody/tr")]
    assert len(rows) == len(entries) == 17
    said = "\n".join(" | ".join(row[1:]) for row in rows)
    assert re.findall(r"\b[a-z]+_[a-z_]+\b|\b[0-9a-f]{8,}\b|True|False|None|\{", said) == []
    if language == "zh":
        assert re.findall("[A-Za-z]{3,}", said.replace(HOSTILE, "").replace("CSV", "").replace("Excel", "")) == []
    assert [row.get("class") for row in page.xpath(".//tbody/tr") if row.get("class")] == ["override"] * 2


def test_what_was_done_can_be_read(entries: list[audit.AuditEntry]):
    page = html.fragment_fromstring(log_html(entries, texts("zh")))
    said = [" | ".join(cell.text_content() for cell in row.xpath("./td")[1:]) for row in page.xpath(".//tbody/tr")]
    assert said[-1] == "hr | 排序 | 第 1 次排序 · 2 份简历 · 模型原顺序"
    assert said[-2] == f"王敏 | 标注 | 第 1 次排序 · 第 1 名 · 不匹配 · 与名次相反 · 理由：{HOSTILE}"
    assert said[-4] == "李雷 | 标注 | 第 1 次排序 · 第 1 名 · 撤销标注 · 原为不匹配"
    assert "王敏 | 保存要求 | 某岗位的要求第 1 版：与 JD 一致 0 条，改写 0 条，新增 1 条" in said
    assert "未登录或命令行 | 导出 | 第 1 次排序 · 短名单" in said
    assert said[2] == "程序 | 到期清理 | 超过 30 天：0 次排序、0 位候选人、0 条标注 · 由人确认"
    assert said[1] == "王敏 | 删除候选人 | 1 次排序中的记录、1 条标注"
    assert not page.xpath(".//img")


def test_scoring_of_imported_labels_is_said_as_such_and_who_imported_them(tmp_path: Path):
    store = Store(tmp_path / FILE_NAME)
    (tmp_path / "labels.csv").write_text("job,resume,label\nj,some resume,2\n", "utf-8")
    Administration(store, EVERYBODY).import_labels("王敏", tmp_path / "labels.csv", ImportLimits())
    store.add_run(replace(run_of("j", ["some resume"], shown=False), settings={}))
    store.add_run(run_of("j", ["some resume"], shown=False))
    said = [(user_words(entry, texts("zh")), about_words(entry, texts("zh")).split(" · ")[-1]) for entry in audit.entries(store)]
    store.close()
    assert said == [("hr", "中途停止，未显示名单"), ("hr", "为导入的标注评分，名单没有给人看"), ("王敏", "新增 1 条")]
