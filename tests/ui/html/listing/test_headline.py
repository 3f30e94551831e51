"""The line above the list: the useful thing is said, in right grammar, and never more than the points hold."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from i18n.texts import texts
from preprocess.lexicon.characters import width
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Ranking, Row
from tests.each import each
from tests.fuzzing import reached, reaches
from ui.html.listing.headline import MAX_WIDTH, headline, shortened

STATUS = {"M": "met", "P": "partial", "-": "missing"}
REQUIREMENTS = ["Python", "Kafka", "payment compliance", "English", "a degree", "three years"]


def row(rank: int, statuses: str | None, kind: str = "must") -> Row:
    """Return a row whose points have these statuses, one letter each: M, P or -."""
    points = None if statuses is None else tuple(point(*requirement, kind) for requirement in zip(REQUIREMENTS, statuses, strict=False))
    return Row(rank, rank, str(rank), f"{rank}.pdf", -rank, None, {"logit": -rank}, points, ())


def point(requirement: str, status: str, kind: str) -> MatchPoint:
    return MatchPoint(requirement, kind, STATUS[status], "" if status == "-" else requirement, 0, 0, 0.0)


def said(*statuses: str | None, language: str = "en", kind: str = "must", top: int = 5) -> str:
    rows = tuple(row(rank, status, kind) for rank, status in enumerate(statuses, start=1))
    return headline(Ranking(rows, len(rows), finished=True), texts(language), top)


def test_what_a_resume_denies_is_counted_as_not_met_and_not_as_unseen():
    missing, denied = point("Kafka", "-", "must"), replace(point("a driving licence", "-", "must"), quote="no licence")
    alone = Ranking((replace(row(1, "-"), match_points=(missing, missing, denied)),), 1, finished=True)
    assert headline(alone, texts("zh")).startswith("名单中只有一位候选人：3 项必须要求中，未见 2 项、不符 1 项。")


@each(
    "statuses, english, chinese",
    [
        (
            ["MMP-M-", "MM-MMM", "MM-MPM", "M--MMM", "MM-MM-"],
            "The top 5 meet at least 3 of 6 must-haves; #2 meets 5 (those partly met do not count).",
            "前 5 名至少符合 6 项必须要求中的 3 项；第 2 名符合 5 项（部分符合的不计）。",
        ),
        (
            ["MM-", "MMM", "MMM"],
            "The top 3 meet at least 2 of 3 must-haves; #2 and #3 meet all.",
            "前 3 名至少符合 3 项必须要求中的 2 项；第 2、3 名符合全部。",
        ),
        (
            ["MM-", "M-M", "-MM"],
            "Each of the top 3 meets 2 of 3 must-haves.",
            "前 3 名各符合 3 项必须要求中的 2 项。",
        ),
        (
            ["M", "M"],
            "Each of the top 2 meets every must-have (1 in all).",
            "前 2 名都符合全部必须要求（1 项）。",
        ),
        (
            ["--M", "-M-", "--P", "---"],
            "#1 and #2 meet 1 of 3 must-haves, the most in the top 4; #3 and #4 meet none (at best 1 in part)."
            " Not found in any of them: Python.",
            "前 4 名中，第 1、2 名符合得最多：3 项必须要求中的 1 项；第 3、4 名没有符合任何一项（至多部分符合 1 项）。都未见：Python。",
        ),
        (
            ["MMM", "M--", "---", "MMM", "MMM", "MMM"],
            "#1, #4 and #5 meet 3 of 3 must-haves, the most in the top 5; #3 meets none.",
            "前 5 名中，第 1、4、5 名符合得最多：3 项必须要求中的 3 项；第 3 名没有符合任何一项。",
        ),
        (
            ["MM", "--", "--", "--", "MM"],
            "#1 and #5 meet 2 of 2 must-haves, the most in the top 5; #2 to #4 meet none.",
            "前 5 名中，第 1、5 名符合得最多：2 项必须要求中的 2 项；第 2–4 名没有符合任何一项。",
        ),
        (
            ["P--", "PP-"],
            "In the top 2, no must-have (of 3) is fully met; partly met at most: 2 (#2). Not found in any of them: payment compliance.",
            "前 2 名没有一人完全符合任何一项必须要求（共 3 项）；部分符合最多 2 项（第 2 名）。都未见：payment compliance。",
        ),
        (
            ["---", "---"],
            "In the top 2, no must-have (of 3) was found in any resume.",
            "前 2 名的简历中未见任何一项必须要求（共 3 项）。",
        ),
        (
            ["M-", "M-", "M-", "M-", "M-", "--", "MM", "MM"],
            "Each of the top 5 meets 1 of 2 must-haves. #7 meets 2, more than anyone in the top 5: worth a look.",
            "前 5 名各符合 2 项必须要求中的 1 项。第 7 名符合 2 项，多于前 5 名，值得一看。",
        ),
        (
            ["MP----"],
            "One candidate on the list: of 6 must-haves, 1 met, 1 partly met, 4 not found."
            " Not found: payment compliance; English; and 2 more.",
            "名单中只有一位候选人：6 项必须要求中，符合 1 项、部分符合 1 项、未见 4 项。未见：payment compliance；English，另有 2 项。",
        ),
        (["M"], "One candidate on the list: of 1 must-have, 1 met.", "名单中只有一位候选人：1 项必须要求中，符合 1 项。"),
    ],
)
def test_the_line_says_what_is_useful_in_right_grammar(statuses, english, chinese):
    assert said(*statuses) == english
    assert said(*statuses, language="zh") == chinese


def test_without_musts_all_requirements_count():
    assert said("M-", "MM", kind="duty").startswith("The top 2 meet at least 1 of 2 requirements")
    assert said("M-", "MM", kind="duty", language="zh").startswith("前 2 名至少符合 2 项要求中的 1 项")


def test_with_musts_nothing_else_counts():
    rows = [row(rank, "M-") for rank in (1, 2)]
    nice = point("Go", "-", "nice")
    rows = tuple(replace(row, match_points=(*(row.match_points or ()), nice)) for row in rows)
    line = headline(Ranking(rows, 2, finished=True), texts("en"))
    assert line == "Each of the top 2 meets 1 of 2 must-haves. Not found in any of them: Kafka."


def test_the_top_can_be_smaller_than_the_list():
    assert said("M-", "--", "MM", top=1) == "#1: of 2 must-haves, 1 met, 1 not found. #3 meets 2, more than #1: worth a look."
    assert (
        said("M-", "--", "MM", top=1, language="zh")
        == "第 1 名：2 项必须要求中，符合 1 项、未见 1 项。第 3 名符合 2 项，多于第 1 名，值得一看。"
    )


@pytest.mark.parametrize("statuses", [[], ["", ""], [None, None], ["MM", None]])
def test_nothing_is_said_while_points_of_the_top_are_missing(statuses):
    assert said(*statuses) == ""


def test_rows_further_down_without_points_claim_nothing():
    assert said("M-", "M-", "M-", "M-", "M-", None) == "Each of the top 5 meets 1 of 2 must-haves. Not found in any of them: Kafka."


def test_a_long_requirement_is_cut_between_words():
    text = "Hands-on experience with payment compliance such as PCI DSS Level 1 certification"
    assert shortened(text) == "Hands-on experience with payment compliance…"
    assert shortened("A track record of controlling food cost to a GP target") == "A track record of controlling food cost…"
    assert shortened("熟悉" * 30) == "熟悉" * 10 + "熟…"
    assert shortened("熟悉 Python") == "熟悉 Python"


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_a_shortened_requirement_is_no_wider_than_allowed(text):
    assert width(shortened(text)) <= MAX_WIDTH + 1  # the ellipsis


NUMBERS = st.integers(1, 4).flatmap(lambda size: st.lists(st.text("MP-", min_size=size, max_size=size), min_size=1, max_size=8))


@reaches("ranked", "each", "every", "uneven", "partly", "none", "further", "gap", "part")
@given(NUMBERS)
@settings(max_examples=400, deadline=None)
def test_every_claim_can_be_counted_again(statuses: Sequence[str]):
    line, first = said(*statuses), statuses[:5]
    met = [statuses.count("M") for statuses in first]
    if ranked := re.search(r"at least (\d+) of (\d+) must-haves?; ([^.(]*?) meets? (all|\d+)", line):
        reached("ranked")
        assert int(ranked[1]) == min(met) < max(met)
        best = len(first[0]) if ranked[4] == "all" else int(ranked[4])
        assert best == max(met)
        assert _ranks(ranked[3]) == [index for index, count in enumerate(met, 1) if count == best]
    if each := re.search(r"Each of the top (\d) meets (\d+) of (\d+)", line):
        reached("each")
        assert set(met) == {int(each[2])}
        assert (int(each[1]), int(each[3])) == (len(first), len(first[0]))
    if "every must-have" in line:
        reached("every")
        assert set("".join(first)) == {"M"}
    if uneven := re.search(r"^(#.*?) meets? (\d+) of \d+ .*, the most in the top \d; (.*?) meets? none", line):
        reached("uneven")
        assert _ranks(uneven[1]) == [index for index, count in enumerate(met, 1) if count == int(uneven[2]) == max(met)]
        assert _ranks(uneven[3]) == [index for index, count in enumerate(met, 1) if count == 0]
    if "is fully met" in line:
        reached("partly")
        assert max(met) == 0 < max(statuses.count("P") for statuses in first)
    if "was found in any" in line:
        reached("none")
        assert set("".join(first)) == {"-"}
    if further := re.search(r"#(\d) meets (\d+), more than anyone", line):
        reached("further")
        assert statuses[int(further[1]) - 1].count("M") == int(further[2]) > max(met)
        assert int(further[1]) > 5
    else:
        assert all(status.count("M") <= max(met) for status in statuses)
    for index, requirement in enumerate(REQUIREMENTS):
        if requirement in line:
            reached("gap")
            assert {statuses[index] for statuses in first} == {"-"}
    if part := re.search(r"at best (\d+) in part", line):
        reached("part")
        assert int(part[1]) == max(statuses.count("P") for statuses in first if "M" not in statuses)
    assert "(those partly met" not in line or any("P" in statuses for statuses in first)
    assert 1 <= line.count(".") <= 2


def _ranks(listed: str) -> list[int]:
    matches = re.findall(r"#(\d+)(?: to #(\d+))?", listed)
    return [rank for first, last in matches for rank in range(int(first), int(last or first) + 1)]
