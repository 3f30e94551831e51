"""The weekly report as HTML: bars as long as their figures, on the page and on paper, in both languages."""

import pytest
from lxml import html

from i18n.texts import texts
from service.weekly.report import DecidingRequirement, FirstFiveWeek, KindAgreement, WeeklyReport, WeightsChange
from tests.ui.samples import HOSTILE
from ui.html.weekly import printed_weekly, weekly_html

REPORT = WeeklyReport(
    1.7e9,
    "2026-11-23",
    64,
    0,
    weeks=(FirstFiveWeek("2026-11-16", 2, 10, 4, 1), FirstFiveWeek("2026-11-23", 1, 5, 1, 0)),
    kinds=(KindAgreement(HOSTILE, 3, 30, 40, 30),),
    requirements=(DecidingRequirement(HOSTILE, "must", 0.8, 0.25, 22, 4),),
    weights=WeightsChange(0, 3, (("quantified", 0.0, 0.5), ("tenure", 0.0, -0.25))),
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pictures_are_to_scale_and_say_their_figures(language: str):
    page = html.fromstring(weekly_html(REPORT, texts(language)))
    said = page.text_content()
    assert [bar.get("style") for bar in page.xpath("//ol//i")] == ["height:40%", "height:20%"] and "4/10" in said
    assert "33%" in said, "5 of 15 over the weeks"
    assert [bar.get("style") for bar in page.xpath("//span[@class='rr-bar']/i")] == ["width:75%", "width:80%", "width:25%"]
    effects = [bar.get("style") for bar in page.xpath("//span[@class='rr-effect']/i")]
    assert effects == [f"left:{left}%;width:{width}%" for left, width in ((50.0, 0.0), (50.0, 50.0), (50.0, 0.0), (25.0, 25.0))]
    assert not page.xpath("//img") and HOSTILE in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_below_ten_labels_it_says_how_many_are_missing_and_draws_nothing(language: str):
    page = html.fromstring(weekly_html(WeeklyReport(0.0, "2026-11-23", 7, 3), texts(language)))
    assert "3" in page.text_content() and "7" in page.text_content()
    assert not page.xpath("//i | //h4")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_says_whose_rankings_count_where_they_are_private(language: str):
    words = texts(language)
    for report in (REPORT, WeeklyReport(0.0, "2026-11-23", 7, 3)):
        assert words("weekly.scope_own") in weekly_html(report, words, "own") and words("weekly.scope_all") in weekly_html(
            report, words, "all"
        )
        assert not any(words(f"weekly.scope_{scope}") in weekly_html(report, words) for scope in ("own", "all"))


def test_the_page_to_print_loads_nothing_and_runs_nothing():
    document = printed_weekly(REPORT, texts("zh"), "amy")
    page = html.fromstring(document)
    assert not page.xpath("//script | //img | //link | //*[@src]") and "url(" not in document
    assert "default-src 'none'" in page.xpath("string(//meta[@http-equiv]/@content)")
    assert "amy" in page.text_content() and page.xpath("//ol//i") and "counter(page)" in document
