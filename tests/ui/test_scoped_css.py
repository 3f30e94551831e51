"""Our style sheets count more than Gradio's, each rule once."""

import re

import pytest

from ui.scoped_css import growing, scoped
from ui.theme import CSS

SCOPE = ".gradio-container.gradio-container .contain "


@pytest.mark.parametrize(
    ("written", "served"),
    [
        (".a, #b > i { margin: 0; }", f"{SCOPE}.a,{SCOPE}#b > i{{ margin: 0; }}"),
        (":is(.a, .b) q { margin: 0; }", f"{SCOPE}:is(.a, .b) q{{ margin: 0; }}"),
        ("/* a, { */ .a { margin: 0; }", f"{SCOPE}.a{{ margin: 0; }}"),
        (":root[data-rr-open] .a { margin: 0; }", ":root[data-rr-open] .a{ margin: 0; }"),
        (
            "@media (max-width: 9px) { .a { margin: 0; } } .b { top: 0; }",
            f"@media (max-width: 9px) {{{SCOPE}.a{{ margin: 0; }} }}{SCOPE}.b{{ top: 0; }}",
        ),
        ("@keyframes k { from { top: 0; } 50%, to { top: 1px; } } .a { top: 0; }", None),
    ],
)
def test_each_selector_is_scoped_once(written: str, served: str | None):
    if served is None:
        keyframes, _, rule = written.partition(" .a")
        served = f"{keyframes}{SCOPE}.a{rule.replace(' {', '{', 1)}"
    assert scoped(written) == served


def test_no_rule_of_the_page_is_left_to_chance():
    bare = re.sub(r"@keyframes[^{]+\{(?:[^{}]+\{[^{}]*\}\s*)+\}", "", CSS)
    selectors = [part.strip() for part in re.findall(r"([^{}]+)\{[^{}@]*\}", bare)]
    assert len(selectors) > 500
    assert [
        selector for selector in selectors if not selector.startswith((".gradio-container", ":root", ".dark", ".toast", ".rr-copy-area"))
    ] == []


@pytest.mark.parametrize(
    ("written", "served"),
    [
        (".a { font-size: 14px; margin: 8px; }", ".a { font-size: 0.875rem; margin: 8px; }"),
        (".a { font: 700 8px/1.4 serif; line-height: 20px }", ".a { font: 700 0.5rem/1.4 serif; line-height: 1.25rem }"),
        (".a { min-height: 44px; padding-bottom: 4px; }", ".a { min-height: 44px; padding-bottom: 4px; }"),  # grows by what is in it
        (".a { width: 20px; height: 20px; max-width: 160px; }", ".a { width: 1.25rem; height: 1.25rem; max-width: 160px; }"),
        (".a { width: 20px; }", ".a { width: 20px; }"),
        (".a { bottom: calc(124px + 1vh); margin-bottom: 8px; }", ".a { bottom: calc(7.75rem + 1vh); margin-bottom: 8px; }"),
        ("@media (min-width: 1001px) { .a { height: 32px; } }", "@media (min-width: 62.5625em) { .a { height: 2rem; } }"),
    ],
)
def test_text_and_what_is_as_high_follow_the_text_size_that_a_person_set(written: str, served: str):
    assert growing(written) == served


def test_no_text_of_the_page_has_a_size_in_px():
    assert CSS.count("rem") > 300
    assert re.findall(r"[;{ ](?:font-size|line-height): [\d.]+px|@media[^{]*\dpx", CSS) == []
