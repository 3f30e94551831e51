"""Questions for an interview: one is copied with a click, over http as well, and two candidates have the one that decides."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import names, rank, upload

JOB = "任职要求：\n1. 熟悉 Python\n2. 持有注册会计师证书\n3. 能适应经常出差"
RESUMES = {
    "林晓": "证书\n注册会计师（CPA）\n工作经历\n2019.07-至今 拾光智能 工程师\n用 Python 写订单服务，峰值 3 万 QPS。可出差。",
    "周叙白": "工作经历\n2022.01-2023.12 越州贸易 会计\n负责开票与报税，了解 Python\n证书\nCPA 备考中",
}
PASTED = "() => { const area = document.createElement('textarea'); document.body.append(area); area.focus(); }"


def pasted(page: Page) -> str:
    """Return what is in the clipboard, by pasting it."""
    page.evaluate(PASTED)
    page.keyboard.press("Control+V")
    text = page.locator("body > textarea").input_value()
    page.evaluate("document.querySelector('body > textarea').remove()")
    return text


@pytest.mark.long
def test_questions_are_copied_and_one_decides_between_two(page: Page, tmp_path: Path):
    for name, text in RESUMES.items():
        (tmp_path / f"{name}.txt").write_text(f"{name}\n{text}", "utf-8")
    page.locator("#rr-job textarea").fill(JOB)
    upload(page, *(tmp_path / f"{name}.txt" for name in RESUMES))
    rank(page)
    page.locator("button.rr-row").nth(names(page).index("周叙白.txt")).click()
    asked = page.locator(".rr-interview li")
    question = asked.filter(has_text="CPA 备考中")
    expect(question).to_contain_text("请问目前考到哪一步，预计什么时候拿到证书？")

    question.get_by_role("button", name="复制").click()
    expect(page.locator(".rr-copied")).to_have_text("已复制")
    assert pasted(page) == question.locator("[data-copied]").inner_text()

    page.evaluate("Object.defineProperty(window, 'isSecureContext', { value: false })")  # as over plain http on a team's machine
    page.get_by_role("button", name="复制全部").click()
    expect(page.locator(".rr-copied")).to_contain_text("条")
    assert pasted(page).split("\n") == [
        f"{index}. {text}" for index, text in enumerate(page.locator(".rr-interview ol [data-copied]").all_inner_texts(), 1)
    ]

    page.locator("select[data-beside]").select_option(index=1)
    decide = page.locator(".rr-decide")
    expect(decide).to_contain_text("周叙白：没有写清。请问周叙白：")
    decide.get_by_role("button", name="复制").click()
    expect(decide.locator(".rr-copied")).to_have_text("已复制")
    assert pasted(page) == decide.locator("[data-copied]").inner_text()
