"""Earlier rankings in lists: what stands in them, as text, whatever it is; and times as people say them."""

from dataclasses import replace
from datetime import datetime

import pytest
from lxml import html

from feedback.store.history import HistoryEntry
from i18n.texts import texts
from service.progress import SCORING, Progress
from ui.html.history import RankingInWork, in_work_html, runs_html
from ui.html.recent_runs import recent_html
from ui.html.times import time_words

HOSTILE = "\"><script>alert('x')</script>&amp;"
ENTRY = HistoryEntry(7, 1_000_000_000.0, "王敏", "AI 平台工程师", "Rank", 12, (("林知遥", 28),), 3, "engine", 2, False)
EVIL = HistoryEntry(8, 1_000_000_000.0, HOSTILE, HOSTILE, HOSTILE, 1, ((HOSTILE, 1), (HOSTILE, 2)), 0, HOSTILE, 0, False)
NOW = datetime(2026, 11, 29, 14, 30)


@pytest.mark.parametrize(
    ("when", "chinese", "english"),
    [
        (datetime(2026, 11, 29, 9, 5), "今天 09:05", "today 09:05"),
        (datetime(2026, 11, 28, 23, 59), "昨天 23:59", "yesterday 23:59"),
        (datetime(2026, 11, 27, 23, 59), "11月27日 23:59", "27 Nov, 23:59"),
        (datetime(2025, 12, 31, 8, 0), "2025年12月31日", "31 Dec 2025"),
    ],
)
def test_times_are_said_as_a_person_would(when: datetime, chinese: str, english: str):
    assert (time_words(when, NOW, texts("zh")), time_words(when, NOW, texts("en"))) == (chinese, english)


def test_the_lists_say_what_when_how_many_and_by_whom():
    page = html.fragment_fromstring(f"<div>{runs_html([ENTRY], texts('zh'), {ENTRY.run_id})}{recent_html([ENTRY], texts('zh'))}</div>")
    said = [" ".join(part.text_content().split()) for part in page.xpath(".//li")]
    assert said[0].startswith("AI 平台工程师") and "王敏 · 12 份简历 · 已标注 3 人 · 权重第 2 版" in said[0] and "前三：林知遥" in said[0]
    assert said[1].startswith("AI 平台工程师") and said[1].endswith("12 份简历 · 王敏")
    assert page.xpath(".//button[@data-action='open']/@data-run") == ["7", "7"]
    assert [time.get("datetime")[:10] for time in page.xpath(".//time")] == ["2001-09-09"] * 2
    assert "要求已改（第 3 版）" in runs_html([replace(ENTRY, rubric_version=3)], texts("zh"), ())
    blind = runs_html([replace(ENTRY, is_blind=True)], texts("zh"), ())
    assert "林知遥" not in blind and "前三：候选人 AB" in blind, "the letter that the list has"
    assert recent_html([], texts("zh")).strip() == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_comes_from_outside_is_only_text(language: str):
    page = html.fragment_fromstring(f"<div>{runs_html([EVIL], texts(language), {EVIL.run_id})}{recent_html([EVIL], texts(language))}</div>")
    assert not page.xpath(".//script")
    assert page.text_content().count(HOSTILE) == 7
    assert HOSTILE in page.xpath(".//input/@aria-label")[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_rankings_in_work_are_listed_with_how_far_they_are(language: str):
    words, busy = texts(language), RankingInWork(0, f"{HOSTILE}\n任职要求：\n1. Python", HOSTILE, Progress(SCORING, 2, 10))
    page = html.fragment_fromstring(f"<div>{in_work_html([busy], None, words)}</div>")
    [said] = [" ".join(part.text_content().split()) for part in page.xpath(".//li")]
    assert words("history.running", done=2, total=10) in said and HOSTILE in said and not page.xpath(".//script")
    assert not in_work_html([], None, words) and not page.xpath(".//button"), "it cannot be followed before the store has it"
    assert words("history.starting") in in_work_html([RankingInWork(0, "JD", "", None)], None, words), "and not 0 of 0"
