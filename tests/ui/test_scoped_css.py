"""Our style sheets count more than Gradio's, each rule once."""

import re

import pytest

from ui.scoped_css import scoped
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
