"""The verdict on the audit log: "whole" only where every row could be checked."""

import pytest
from lxml import html

from feedback.fairness.impact import GroupRate, Impact
from feedback.store.audit_chain import Check
from feedback.store.candidate_data import PersonMatch
from i18n.texts import texts
from ui.html.data import found_html, impact_html, verdict_html
from ui.html.erase import question_html
from ui.html.templates import rendered


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("check", "keys"),
    [
        (Check(last=4), ["data.whole"]),
        (Check(broken_at=3), ["data.broken"]),
        (Check(is_key_gone=True), ["data.key_gone"]),
        (Check(is_key_gone=True, broken_at=2), ["data.broken", "data.key_gone"]),
        (Check(unchecked_before=5), ["data.unchecked"]),
    ],
)
def test_the_log_is_called_whole_only_where_all_of_it_was_checked(language: str, check: Check, keys: list[str]):
    words, said = texts(language), verdict_html(check, texts(language))
    values = {"row": check.broken_at or check.unchecked_before or check.last}
    assert said.count("<p") == len(keys) and all(words(key, **values) in said for key in keys)
    assert ("rr-verdict yes" in said) == (keys == ["data.whole"])


HOSTILE = "\"><script>alert('x')</script><img src=x onerror=alert(1)>&lt;"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_comes_from_outside_is_only_text(language: str):
    words = texts(language)
    assert "林知遥（简历.pdf）" in found_html([PersonMatch("c" * 64, ("简历.pdf",), 0.0, 1, 0, called="林知遥")], "", texts("zh"))
    other = PersonMatch("b" * 64, (HOSTILE,), 0.0, 1, 2)
    person = PersonMatch("a" * 64, (HOSTILE, HOSTILE), 1_000_000_000.0, 1, 2, also=(other,))
    group = GroupRate(HOSTILE, 3, 1, 1 / 3, 0.1, 0.8, None, None)
    views = [
        (found_html([person], "", words), 3),
        (found_html([], HOSTILE, words), 1),
        (question_html(person, words, is_blind=False), 3),
        (impact_html(Impact((group,), 0, 0, 1, ()), words), 1),
        (rendered("header", words=words, user=HOSTILE, css_words=()), 1),
    ]
    for markup, count in views:
        page = html.fragment_fromstring(f"<div>{markup}</div>")
        assert not page.xpath(".//script | .//img | .//@onerror")
        assert page.text_content().count(HOSTILE) == count
    page = html.fragment_fromstring(f"<div>{views[0][0]}{views[2][0]}</div>")
    assert page.xpath("string(.//button[@data-action='erase']/@data-ask)").count(HOSTILE) == 2, "the question is whole in the attribute"
    assert [HOSTILE in line for line in page.xpath(".//input/@data-line")] == [True, True]
    assert HOSTILE not in question_html(person, words, is_blind=True)
