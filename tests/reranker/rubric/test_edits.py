"""A rubric is what was parsed until somebody changes it, and each change is made to that criterion alone."""

from collections.abc import Callable

import pytest

from reranker.evidence.requirements import parse_job, split_job
from reranker.rubric.criteria import ADDED, PARSED, REWORDED, Rubric, as_parsed, as_preset, rubric_as_json, rubric_from_json
from reranker.rubric.edits import (
    MAX_CRITERIA,
    Refused,
    add,
    carried_over,
    delete,
    merge,
    move,
    reword,
    set_kind,
    set_weight,
    split,
    with_preset,
)
from reranker.rubric.parts import parts

JOB = "岗位职责：\n1. 负责总账与报表\n任职要求：\n1. 本科及以上学历\n2. 熟悉金蝶或用友\n3. 有 CPA 证书者优先"


def rubric(job: str = JOB) -> Rubric:
    return as_parsed(parse_job(job))


def stands(of: Rubric) -> list[tuple[str, str, float, str]]:
    return [(criterion.text, criterion.kind, criterion.weight, criterion.origin) for criterion in of.criteria]


def test_parsed_criteria_stand_in_the_order_of_the_job():
    assert stands(rubric()) == [
        ("负责总账与报表", "duty", 1.0, PARSED),
        ("本科及以上学历", "must", 1.0, PARSED),
        ("熟悉金蝶或用友", "must", 1.0, PARSED),
        ("有 CPA 证书者优先", "nice", 1.0, PARSED),
    ]
    assert rubric().is_untouched


@pytest.mark.parametrize(
    "change",
    [
        lambda of: reword(of, 2, "硕士"),
        lambda of: split(of, 1),
        lambda of: merge(of, 2),
        lambda of: delete(of, 4),
        lambda of: add(of, "能接受出差"),
        lambda of: set_kind(of, 3, "nice"),
        lambda of: set_weight(of, 3, 2.0),
    ],
)
def test_each_change_makes_another_rubric_and_another_version(change: Callable[[Rubric], Rubric]):
    changed = change(rubric())
    assert not changed.is_untouched and changed.digest != rubric().digest and not changed.ranks_like(rubric())
    assert changed.parsed == rubric().parsed


def test_a_moved_criterion_ranks_alike():
    moved = move(rubric(), 4, -9)
    assert [criterion.key for criterion in moved.criteria] == [4, 1, 2, 3] and [
        criterion.key for criterion in move(rubric(), 1, 1).criteria
    ] == [2, 1, 3, 4]
    assert moved.ranks_like(rubric()) and moved.digest != rubric().digest


def test_words_put_back_are_as_parsed_again():
    changed = reword(rubric(), 2, "硕士及以上")
    assert stands(changed)[1] == ("硕士及以上", "must", 1.0, REWORDED) and changed.criterion(2).sources == ("本科及以上学历",)
    assert reword(changed, 2, "本科及以上学历") == rubric()


def test_a_criterion_is_split_at_the_strongest_marks_and_alternatives_never_are():
    assert parts("本科及以上，3年经验；熟悉 Excel") == ["本科及以上，3年经验", "熟悉 Excel"]
    assert parts("本科及以上，3年经验") == ["本科及以上", "3年经验"]
    assert parts("1,000 users in sales and marketing") == ["1,000 users in sales", "marketing"]
    assert [parts(text) for text in ("熟悉金蝶、用友或 SAP", "本科及以上学历", "Java or Go and Rust")] == [
        ["熟悉金蝶、用友或 SAP"],
        ["本科及以上学历"],
        ["Java or Go and Rust"],
    ]
    assert [parts(text) for text in ("有费控系统（每刻、汇联易等）上线经验", "会计、财务管理、审计等相关专业")] == [
        ["有费控系统（每刻、汇联易等）上线经验"],
        ["会计、财务管理、审计等相关专业"],
    ], "what stands in brackets belongs together, and nobody has studied three subjects"
    assert parts("熟悉软件销售（ERP/MES）、招投标") == ["熟悉软件销售（ERP/MES）", "招投标"]
    two = split(rubric(), 1)
    assert [(criterion.key, criterion.text, criterion.sources) for criterion in two.criteria[:2]] == [
        (1, "负责总账", ("负责总账与报表",)),
        (5, "报表", ("负责总账与报表",)),
    ]


def test_two_criteria_become_one_with_the_sources_of_both():
    merged = merge(rubric(), 2).criterion(2)
    assert (merged.text, merged.kind, merged.sources) == ("本科及以上学历；熟悉金蝶或用友", "must", ("本科及以上学历", "熟悉金蝶或用友"))
    assert merge(rubric(), 4) == rubric(), "nothing follows the last one"


def test_what_is_added_is_no_part_of_what_was_parsed():
    last = add(rubric(), "  能接受\n出差 ", "nice", 0.5).criteria[-1]
    assert (last.key, last.text, last.kind, last.weight, last.origin, last.sources) == (5, "能接受 出差", "nice", 0.5, ADDED, ())


@pytest.mark.parametrize(
    "code, text", [("empty", " \n"), ("too_long", "长" * 301), ("duplicate", "本科及以上学历"), ("forbidden", "限女性")]
)
def test_what_cannot_stand_is_refused_added_or_reworded(code: str, text: str):
    for change in (lambda: add(rubric(), text), lambda: reword(rubric(), 4, text)):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == code and bool(refused.value.why) == (code == "forbidden")


def test_there_is_room_for_so_many_criteria():
    full = rubric()
    for number in range(MAX_CRITERIA - 4):
        full = add(full, f"criterion {number}")
    for change in (lambda: add(full, "one more"), lambda: split(full, 1)):
        with pytest.raises(Refused, match="too_many"):
            change()


def test_a_criterion_that_is_gone_is_not_found():
    for change in (lambda: delete(rubric(), 9), lambda: set_kind(rubric(), 9, "must"), lambda: move(rubric(), 9, 1)):
        with pytest.raises(LookupError):
            change()


def test_what_the_law_forbids_in_a_job_is_ignored_and_the_rest_of_its_line_stays():
    parsed = rubric("任职要求：\n1. 本科及以上学历，35岁以下，有财务经验\n2. 女性优先\n3. 熟悉金蝶")
    assert stands(parsed) == [
        ("本科及以上学历，有财务经验", "must", 1.0, PARSED),
        ("35岁以下", "ignore", 1.0, PARSED),
        ("女性优先", "ignore", 1.0, PARSED),
        ("熟悉金蝶", "must", 1.0, PARSED),
    ]
    assert parsed.is_untouched, "what the law forbids is left out before HR touches anything"
    with pytest.raises(Refused) as refused:
        set_kind(parsed, 3, "must")
    assert refused.value.why and refused.value.why.ground == "gender"
    assert reword(parsed, 3, "有团队管理经验").criterion(3).kind == "must"


def test_changes_are_carried_over_to_an_edited_job_and_not_to_another_one():
    changed = add(set_kind(delete(rubric(), 4), 3, "nice"), "能接受出差")
    edited = carried_over(changed, split_job(JOB + "\n4. 熟悉 SAP 者优先"))
    assert [(criterion.text, criterion.kind) for criterion in edited.criteria] == [
        ("负责总账与报表", "duty"),
        ("本科及以上学历", "must"),
        ("熟悉金蝶或用友", "nice"),
        ("熟悉 SAP 者优先", "nice"),
        ("能接受出差", "must"),
    ]
    assert [criterion.text for criterion in carried_over(changed, split_job(JOB.replace("本科", "大专"))).criteria] == [
        "负责总账与报表",
        "大专及以上学历",
        "熟悉金蝶或用友",
        "能接受出差",
    ], "where it stands in the job description"
    assert len({criterion.key for criterion in edited.criteria}) == 5
    another = split_job("任职要求：\n1. 熟悉 Java\n2. 三年后端经验")
    assert carried_over(changed, another) == as_parsed(another)


def test_a_preset_adds_what_is_not_there():
    preset = as_preset(add(set_kind(rubric(), 1, "ignore"), "能接受出差", "nice", 2.0))
    assert [text for text, _, _ in preset] == ["本科及以上学历", "熟悉金蝶或用友", "有 CPA 证书者优先", "能接受出差"]
    other, refused = with_preset(rubric("任职要求：\n1. 本科及以上学历\n2. 熟悉 Java"), [*preset, ("限男性", "must", 1.0)])
    assert [(criterion.text, criterion.origin) for criterion in other.criteria] == [
        ("本科及以上学历", PARSED),
        ("熟悉 Java", PARSED),
        ("熟悉金蝶或用友", ADDED),
        ("有 CPA 证书者优先", ADDED),
        ("能接受出差", ADDED),
    ]
    assert refused and refused.why and refused.why.ground == "gender"
    assert with_preset(other, preset) == (other, None), "that it is there already is no refusal to tell"


def test_a_rubric_comes_back_from_json_as_it_was():
    changed = add(split(rubric(), 1), "能接受出差")
    again = rubric_from_json(rubric_as_json(changed))
    assert again == changed and again.digest == changed.digest
