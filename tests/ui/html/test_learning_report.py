"""The feedback tab as HTML: it says what the report says, in both languages, and nothing from outside becomes markup."""

from dataclasses import asdict, replace

import pytest
from lxml import html

from feedback.files.imports import Imported
from feedback.files.label_files import LineProblem
from feedback.glossary.terms import ACCEPTED, PROPOSED, REJECTED, GlossaryEntry
from feedback.labels import Label, Term, Weights
from feedback.learning.features import NAMES
from feedback.learning.gate import REASONS, GateVerdict
from feedback.learning.metrics import MEASURES, Interval
from feedback.learning.report import Counts, Effect, Elsewhere, Report, Week
from feedback.learning.tuning import LearningOutcome
from feedback.learning.versions import Version
from i18n.texts import texts
from tests.ui.samples import HOSTILE
from ui.html.learning_report import imported_html, outcome_html, report_html, terms_html, versions_html
from ui.labelling import buttons_html, remark_html


def report(reason: str = "", more: int | None = 0) -> Report:
    measured = None if reason == "too_few_groups" else {name: Interval(0.5, 0.4, 0.6) for name in MEASURES}
    effects = tuple(Effect(name, 1.0, {"logit": 1.0, "quantified": 0.8, "tenure": -0.3}.get(name, 0.0)) for name in NAMES)
    counts = Counts(groups=10, informative=9, labels=50, raters=2, left_out=3, agreement=0.75, compared=8)
    trend = (Week("2026-11-16", 0.5), Week("2026-11-23", 0.75))
    return Report(
        Weights(0, {"logit": 1.0, "quantified": 2.0}, "f"),
        effects,
        GateVerdict(reason, measured, measured, measured, measured, measured),
        counts,
        trend,
        more,
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_says_what_the_weights_do_on_kinds_of_jobs_that_were_held_out(language: str):
    worse, zero = ({name: Interval(value, value, value) for name in MEASURES} for value in (-0.2, 0.0))
    verdict = replace(report().verdict, elsewhere=zero, elsewhere_in_full=worse)
    told = replace(report(), kinds=2, verdict=verdict, elsewhere=(Elsewhere(HOSTILE, 9, 0.35, zero, worse),))
    page = parsed(outcome_html(LearningOutcome(told, [], 0, 1.0), texts(language)))
    [row] = page.xpath("//tbody/tr[contains(., '35%')]")
    assert [cell.text_content().split()[0] for cell in row.xpath("td")] == ["9", "35%", "+0.0", "-20.0"]
    unnamed = report_html(asdict(told), texts(language), titles=False)
    assert HOSTILE in row.text_content() and HOSTILE not in parsed(unnamed).text_content()
    assert texts(language)("learn.kind_number", number=1) in unnamed
    assert "-20.0" in page.xpath("string(//p[contains(., '-20.0')])") and not page.xpath("//img")
    alone = parsed(outcome_html(LearningOutcome(report(), [], 0, 1.0), texts(language))).text_content()
    assert texts(language)("learn.one_kind") in alone
    old = {name: value for name, value in asdict(report()).items() if name not in ("kinds", "elsewhere")}
    assert report_html(old, texts(language)), "a report of an earlier release"


def parsed(text: str) -> html.HtmlElement:
    return html.fromstring(f"<div>{text}</div>")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("reason", ["", *REASONS])
def test_every_verdict_has_words_and_its_numbers(language: str, reason: str):
    page = parsed(outcome_html(LearningOutcome(report(reason, more=4), [], 0, 1.25), texts(language)))
    said = page.text_content()
    assert ("1.2" in said or "1.3" in said) and "50" in said and "75%" in said
    assert bool(page.xpath("//*[contains(@class,'rr-verdict yes')]")) == (reason == "")
    assert len(page.xpath("//table//tbody/tr")) == (0 if reason == "too_few_groups" else len(MEASURES))
    assert said.count("4") >= 1


def test_what_was_learned_is_put_into_words_and_drawn_to_scale():
    page = parsed(outcome_html(LearningOutcome(report(), [], 0, 0.1), texts("zh")))
    lessons = page.xpath("//p[@class='rr-lesson']/text()")
    assert lessons[:2] == ["本公司更看重：量化成果。", "相对不看重：工作年限。"]
    assert "工作年限与年龄相近" in lessons[2], "what may be age is said before anybody applies it"
    bars = {row.xpath("string(span[1])"): row.xpath(".//i")[0].get("style") for row in page.xpath("//ul[@class='rr-effects']/li")}
    assert bars["模型分数"] == "left:50.0%;width:50.0%"
    assert bars["工作年限"] == "left:35.0%;width:15.0%"


def test_versions_say_which_is_in_use_and_offer_the_others():
    known = [
        Version(Weights(2, {}, "f"), 0.0, HOSTILE, asdict(report()), is_active=False, due_for_relearning=True),
        Version(Weights(1, {}, "f"), 0.0, "amy", asdict(report()), is_active=True, due_for_relearning=False),
        Version(Weights(0, {"must_coverage": 1.0}, "f"), 0.0, "amy", asdict(report()), is_active=False, due_for_relearning=True),
    ]
    page = parsed(versions_html(known, texts("en")))
    assert [button.get("data-version") for button in page.xpath("//button")] == ["2", "0", "0"]
    assert "earlier release" in page.xpath("string(//ul[@class='rr-versions']/li[3])")
    assert "In use" in page.xpath("string(//ul[@class='rr-versions']/li[2])")
    assert "learn again" in page.xpath("string(//ul[@class='rr-versions']/li[1])")
    assert not page.xpath("//img") and HOSTILE in page.text_content()


def test_terms_and_imports_show_hostile_text_as_text():
    evidence = {"full": 3, "full_of": 4, "none": 0, "none_of": 5, "jobs": 2, "quotes": [{"resume_id": "x", "text": HOSTILE}]}
    entries = [GlossaryEntry(Term(HOSTILE, "万级qps"), status, evidence, HOSTILE, 0.0) for status in (REJECTED, ACCEPTED, PROPOSED)]
    imported = Imported(
        HOSTILE, added=1, problems=(LineProblem(7, "bad_label", HOSTILE), LineProblem(0, "damaged"), LineProblem(9, "not_found"))
    )
    for language in ("zh", "en"):
        page = parsed(terms_html(entries, texts(language), HOSTILE) + imported_html(imported, texts(language)))
        assert not page.xpath("//img | //script")
        actions = [button.get("data-action") for button in page.xpath("//button")]
        assert actions == ["rewrite", "accept", "reject", "rewrite", "reject", "rewrite", "accept", "write"]
        assert page.xpath("//button")[0].get("data-job") == page.xpath("//input")[0].get("value") == HOSTILE
        assert page.xpath("//details[@class='rr-decided']//button")[-1].get("data-action") == "accept", "the rejected one"
        assert "7" in page.xpath("string(//div[@class='rr-imported']//li[1])")


def test_own_label_is_pressed_and_those_of_colleagues_are_named():
    labels = (Label("amy", 2, HOSTILE), Label("", 0), Label("me", 1, "my reason"))
    page = parsed(buttons_html("a" * 64, HOSTILE, labels, "me", texts("zh")) + remark_html("a" * 64, labels, "me", texts("zh")))
    assert [button.get("aria-pressed") for button in page.xpath("//button[@data-grade]")] == ["false", "true", "false"]
    assert page.xpath("//input")[0].get("value") == "my reason"
    others = [item.text_content() for item in page.xpath("//section/ul/li")]
    assert others == [f"amy 完全匹配: {HOSTILE}", "未登录用户 不匹配"]
    assert not page.xpath("//img")
