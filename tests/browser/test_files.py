"""One person's files in the page: a row that names them, and the button that splits them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import names, rank
from tests.preprocess.joining import papers


@pytest.mark.long
def test_a_row_names_the_files_of_a_person_and_they_can_be_split(page: Page, tmp_path: Path):
    texts = {"林知遥_简历": papers.RESUME, "林知遥_求职信": papers.SIGNED_LETTER, "陈屿舟": papers.OTHER}
    paths = [tmp_path / f"{name}.txt" for name in texts]
    for path in paths:
        path.write_text(texts[path.stem], "utf-8")
    page.locator("#rr-job textarea").fill("熟悉 Python")
    page.locator("#rr-files input[type=file]").set_input_files(paths)
    expect(page.locator(".rr-pile li")).to_have_count(2)
    expect(page.locator(".rr-pile .rr-with")).to_have_text("＋ 林知遥_求职信.txt")
    expect(page.locator("#rr-run")).to_be_visible()
    rank(page)
    assert sorted(names(page)) == ["林知遥_简历.txt", "陈屿舟.txt"]
    joined = page.locator(".rr-row", has_text="林知遥_简历")
    expect(joined.locator(".rr-files")).to_have_text("＋ 林知遥_求职信.txt")

    joined.click()
    panel = page.locator(".rr-panel")
    expect(panel.locator(".rr-person-files li")).to_have_text(["林知遥_简历.txt", "林知遥_求职信.txt"])
    expect(panel.locator(".rr-notes")).to_contain_text("“林知遥_求职信.txt”已合并")
    panel.get_by_role("button", name="拆成 2 份").click()
    expect(page.locator(".rr-pile li")).to_have_count(3)
    expect(page.locator(".rr-board .rr-message")).to_contain_text("已拆成 2 份")
    expect(panel).to_have_count(0)
    rank(page)
    assert sorted(names(page)) == ["林知遥_求职信.txt", "林知遥_简历.txt", "陈屿舟.txt"]
    expect(page.locator(".rr-files")).to_have_count(0)
