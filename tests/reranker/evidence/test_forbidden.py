"""Criteria that the law forbids are found in both languages, and nothing else is: each line of forbidden.toml beside this file."""

import tomllib
from pathlib import Path

from reranker.evidence.forbidden import GROUNDS, forbidden, without_forbidden
from tests.each import each

LINES = tomllib.loads(Path(__file__).with_name("forbidden.toml").read_text("utf-8"))


def test_each_ground_has_lines():
    assert set(LINES) == {*GROUNDS, "innocent"} and all(len(lines) >= 10 for lines in LINES.values())


@each("ground, line", [(ground, line) for ground in GROUNDS for line in LINES[ground]])
def test_what_the_law_forbids_is_found(ground: str, line: str):
    refusal = forbidden(line)
    assert refusal, "not found"
    assert refusal.part in line
    grounds = {refused.ground for clause in line.replace("，", ",").split(",") if (refused := forbidden(clause))}
    assert ground in grounds, grounds


@each("line", LINES["innocent"])
def test_innocent_lines_pass(line: str):
    refusal = forbidden(line)
    assert refusal is None, refusal


def test_the_clauses_that_may_be_asked_are_kept():
    assert without_forbidden("本科及以上学历，35岁以下，有财务经验") == "本科及以上学历，有财务经验"
    assert without_forbidden("Fluent English, under 35 years old") == "Fluent English"
    assert without_forbidden("男，35岁以下") == ""
