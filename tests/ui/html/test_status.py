"""The top of the page: where resumes go, wherever they leave this process."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from feedback.store.store import Store
from i18n.texts import LANGUAGES, texts
from preprocess.document import Document, Rejected
from service.progress import READING, Progress
from tests.service.desk import ready
from tests.ui.samples import CountingEngine
from ui.html.status import model_html, notice_html
from ui.session import Session
from ui.tabs.rank_contents import board_of

SERVERS = "gpu-box:8000, 10.0.0.5:8000"


@pytest.mark.parametrize("language", LANGUAGES)
def test_servers_that_resumes_are_sent_to_are_named(language: str, tmp_path: Path):
    engine, store, words = CountingEngine(), Store(tmp_path / "feedback.sqlite3"), texts(language)
    assert notice_html(ready(engine), store, words) == ""
    engine.info = replace(engine.info, device=SERVERS, sends_to=SERVERS)
    assert SERVERS in notice_html(ready(engine), store, words)
    assert SERVERS in model_html(ready(engine), words)


def test_the_model_is_named_in_plain_words_and_exactly_in_the_title():
    engine, words = CountingEngine(), texts("zh")
    engine.info = replace(engine.info, name="e5, trained", device="cpu", dtype="BF16", is_fallback=True)
    shown = html.fromstring(model_html(ready(engine), words))
    assert shown.text_content() == "内置替代模型 · 在程序所在的电脑运行" and "e5, trained · BF16 · cpu" in shown.get("title")


def test_the_empty_board_says_what_was_read_as_the_list_of_files_may_be_out_of_sight():
    session = Session()
    assert "rr-read" not in board_of(session)
    session.pile.reading = Progress(READING, 135, 207)
    assert "正在读取简历 135/207" in board_of(session)
    session.pile.reading, session.pile.documents = None, [Document("a.txt", "text", ())]
    session.pile.unread = [Rejected("b.pdf", "empty_file")]
    assert "已读取 1 份简历 · 1 份未能读取" in board_of(session)
