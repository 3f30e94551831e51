"""Who a resume is of: name, latest title and employer, years, degree, in resumes of many shapes; what is not sure is left out."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from preprocess.lexicon.characters import has_cjk
from preprocess.person import called
from reranker.evidence.profile.profile import Profile, read_profile

TODAY = date(2026, 1, 1)
HEADS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("heads.toml").read_text("utf-8"))["head"]


def test_there_are_many_shapes_in_both_languages():
    chinese = sum(has_cjk(head["text"]) for head in HEADS)
    assert chinese >= 20
    assert len(HEADS) - chinese >= 10


@pytest.mark.parametrize("head", HEADS, ids=[head.get("name", head["text"][:20]) for head in HEADS])
def test_a_head_is_read_as_a_person_reads_it(head: dict[str, Any]):
    wanted = {name: head[name] for name in ("title", "employer", "years", "degree", "is_studying") if name in head}
    assert called(head["text"], head.get("file", "")) == head.get("name", "")
    assert read_profile(head["text"], TODAY) == Profile(**wanted)


@pytest.mark.parametrize("text", ["", "\n\n", "2019.01 - 至今", "|" * 2_000, "2020.01-2021.01 " * 500, "Engineer " * 2_000, "（" * 3_000])
def test_no_text_is_too_odd(text: str):
    assert isinstance(read_profile(text, TODAY), Profile)
    assert isinstance(called(text), str)


def test_a_long_line_that_begins_with_its_dates_tells_of_years():
    line = "Aug 2015 - Present Halvorsen Hydraulics (Suzhou) Co., Ltd. (German manufacturer) Senior GL Accountant, Supervisor since 2023"
    assert read_profile(f"EXPERIENCE\n{line}\n", TODAY).years == 10
